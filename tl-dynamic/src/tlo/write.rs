//! A syntax tree to a value of the form.

use std::collections::{BTreeMap, HashMap};

use tlgen_model::schema::GenericKind;
use tlgen_parser::ast::{self, DeclarationKind, SectionKind, Term, TermKind};
use tlgen_parser::id::{IdRule, compute};

use super::{BANG, BARE, CONDITIONAL, IN_BRACES, NAT, NUMBERED, TYPE, TloError};
use crate::Codec;
use crate::value::{Object, Value};

/// The whole schema.
pub(super) fn file(codec: &Codec<'_>, schema: &ast::Schema<'_>) -> Result<Object, TloError> {
    let declared: Vec<Declared<'_, '_>> =
        schema.declarations().filter_map(|(kind, it)| Declared::new(kind, it)).collect();
    let mut types = Types::of(&declared);
    let mut constructors = Vec::new();
    let mut functions = Vec::new();
    for it in &declared {
        let value = Combinator { codec, types: &mut types, declared: it, variables: Vec::new() }.value()?;
        match it.kind {
            SectionKind::Types => constructors.push((it.result, value)),
            SectionKind::Functions => functions.push((it.name, value)),
        }
    }
    // As the official compiler has them: constructors by their types, in the order of the file; functions by their names.
    constructors.sort_by_key(|(ty, _)| *ty);
    functions.sort_by_key(|(name, _)| *name);
    let types: Vec<Value> = types.all.iter().map(|(name, ty)| ty.value(codec, name)).collect();
    let values = |list: Vec<(&str, Value)>| list.into_iter().map(|(_, value)| value).collect::<Vec<_>>();
    let mut fields = vec![Some(Value::Int(0)), Some(Value::Int(0))];
    fields.extend(counted(types));
    fields.extend(counted(values(constructors)));
    fields.extend(counted(values(functions)));
    Ok(Object { combinator: codec.by_name("tls.schema_v2").expect("it is declared"), fields })
}

/// A list with the number of its items before it.
fn counted(items: Vec<Value>) -> [Option<Value>; 2] {
    [Some(Value::Nat(u32::try_from(items.len()).unwrap_or(u32::MAX))), Some(Value::List(items))]
}

fn object(codec: &Codec<'_>, name: &str, fields: impl IntoIterator<Item = Option<Value>>) -> Value {
    let combinator = codec.by_name(name).expect("the form has it");
    Value::Object(Object { combinator, fields: fields.into_iter().collect() })
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

fn int(number: u32) -> Option<Value> {
    Some(Value::Int(number as i32))
}

/// A constructor or function, or a builtin type.
struct Declared<'t, 's> {
    kind: SectionKind,
    name: &'s str,
    id: u32,
    /// The name of its type.
    result: &'s str,
    /// `None` for a builtin type.
    combinator: Option<&'t ast::Combinator<'s>>,
    term: &'t Term<'s>,
}

impl<'t, 's> Declared<'t, 's> {
    fn new(kind: SectionKind, declaration: &'t ast::Declaration<'s>) -> Option<Self> {
        let (name, id, term, combinator) = match &declaration.kind {
            DeclarationKind::Combinator(it) => (it.name.map_or("_", |name| name.text), it.id, &it.result, Some(&**it)),
            DeclarationKind::Builtin(it) => (it.name.text, it.id, &it.result, None),
            DeclarationKind::Partial(_) | DeclarationKind::Finality(_) => return None,
        };
        let id = id.map(|id| id.value).or_else(|| compute(declaration, IdRule::Plain))?;
        Some(Self { kind, name, id, result: head(term).0, combinator, term })
    }
}

/// The name that a type begins with, whether a `%` is before it, and its arguments.
fn head<'t, 's>(term: &'t Term<'s>) -> (&'s str, bool, Vec<&'t Term<'s>>) {
    match &term.kind {
        TermKind::Name(name) => (name, false, Vec::new()),
        TermKind::Bare(inner) => {
            let (name, _, args) = head(inner);
            (name, true, args)
        }
        TermKind::Apply(application) => {
            let (name, is_bare, mut args) = head(&application.head);
            args.extend(&application.args);
            (name, is_bare, args)
        }
        _ => ("", false, Vec::new()),
    }
}

/// The types of a schema by name.
struct Types<'s> {
    all: BTreeMap<&'s str, Type>,
    /// The types of constructors, by their names.
    of_constructor: HashMap<&'s str, &'s str>,
}

#[derive(Default)]
struct Type {
    number: i32,
    constructors: u32,
    params: Vec<GenericKind>,
    is_bare: bool,
}

impl<'s> Types<'s> {
    fn of(declared: &[Declared<'_, 's>]) -> Self {
        let mut types = Self { all: BTreeMap::new(), of_constructor: HashMap::new() };
        types.all.insert("#", Type { number: NAT, ..Type::default() });
        types.all.insert("Type", Type { number: TYPE, ..Type::default() });
        for it in declared.iter().filter(|it| it.kind == SectionKind::Types) {
            let ty = types.all.entry(it.result).or_default();
            ty.number ^= it.id as i32;
            ty.constructors += 1;
            ty.params = it.combinator.map(|combinator| params(combinator, it.term)).unwrap_or_default();
            types.of_constructor.insert(it.name, it.result);
        }
        types
    }
}

/// The kinds of the arguments in a result.
fn params(combinator: &ast::Combinator<'_>, result: &Term<'_>) -> Vec<GenericKind> {
    let is_type = |name: &str| {
        let mut variables = combinator.opt_args.iter().filter(|arg| arg.names.iter().any(|it| it.text == name));
        variables.any(|arg| arg.ty.kind == TermKind::Type)
    };
    let kind = |term: &&Term<'_>| match &term.kind {
        TermKind::Name(name) if is_type(name) => GenericKind::Type,
        _ => GenericKind::Nat,
    };
    head(result).2.iter().map(kind).collect()
}

impl Type {
    fn value(&self, codec: &Codec<'_>, name: &str) -> Value {
        let flags = if self.constructors > 1 { 16 } else { u32::from(self.is_bare) };
        let numbers = self.params.iter().enumerate().filter(|(_, kind)| **kind == GenericKind::Nat);
        let numbers: i64 = numbers.map(|(index, _)| 1_i64.checked_shl(index as u32).unwrap_or(0)).sum();
        let arity = u32::try_from(self.params.len()).unwrap_or(u32::MAX);
        let fields = [
            Some(Value::Int(self.number)),
            text(name),
            int(self.constructors),
            int(flags),
            int(arity),
            Some(Value::Long(numbers)),
        ];
        object(codec, "tls.type", fields)
    }
}

/// A combinator while its value is made.
struct Combinator<'c, 't, 's> {
    codec: &'c Codec<'c>,
    types: &'c mut Types<'s>,
    declared: &'c Declared<'t, 's>,
    /// The names of the variables by number, and their kinds; empty for one without a name.
    variables: Vec<(&'s str, GenericKind)>,
}

impl<'s> Combinator<'_, '_, 's> {
    fn value(mut self) -> Result<Value, TloError> {
        let (name, id) = (self.declared.name, self.declared.id);
        let left = match self.declared.combinator {
            None => object(self.codec, "tls.combinatorLeftBuiltin", []),
            Some(combinator) => {
                let mut args = Vec::new();
                for arg in &combinator.opt_args {
                    for name in &arg.names {
                        args.push(self.variable(name.text, &arg.ty)?);
                    }
                }
                for arg in &combinator.args {
                    args.push(self.arg(arg)?);
                }
                object(self.codec, "tls.combinatorLeft", counted(args))
            }
        };
        let result = self.ty(self.declared.term)?;
        let right = object(self.codec, "tls.combinatorRight", [Some(result)]);
        // For a function it is the type that it returns, of which only the number matters.
        let ty = self.types.all.get(self.declared.result).map_or(0, |ty| ty.number);
        Ok(object(self.codec, "tls.combinator", [int(id), text(name), Some(Value::Int(ty)), Some(left), Some(right)]))
    }

    /// A variable in braces.
    fn variable(&mut self, name: &'s str, kind: &Term<'s>) -> Result<Value, TloError> {
        let ty = self.ty(kind)?;
        let number =
            int(self.next(name, if kind.kind == TermKind::Nat { GenericKind::Nat } else { GenericKind::Type }));
        // The lowest bit is always there, too.
        let flags = Some(Value::Nat(IN_BRACES | NUMBERED | 1));
        Ok(object(self.codec, "tls.arg", [text(name), flags, number, None, None, Some(ty)]))
    }

    fn next(&mut self, name: &'s str, kind: GenericKind) -> u32 {
        self.variables.push((name, kind));
        u32::try_from(self.variables.len() - 1).unwrap_or(u32::MAX)
    }

    fn arg(&mut self, arg: &ast::Arg<'s>) -> Result<Value, TloError> {
        let name = arg.name.map_or("", |name| name.text);
        let (mut flags, mut word, mut bit) = (0, None, None);
        if let Some(condition) = &arg.condition {
            flags |= CONDITIONAL;
            (word, bit) = (int(self.number_of(condition.word.text)?), int(condition.bit));
        }
        let term = match &arg.ty.kind {
            TermKind::Bang(inner) => {
                flags |= BANG;
                inner
            }
            _ => &arg.ty,
        };
        let ty = self.ty(term)?;
        let mut number = None;
        if term.kind == TermKind::Nat {
            flags |= NUMBERED;
            number = int(self.next(name, GenericKind::Nat));
        }
        Ok(object(self.codec, "tls.arg", [text(name), Some(Value::Nat(flags)), number, word, bit, Some(ty)]))
    }

    fn number_of(&self, name: &str) -> Result<u32, TloError> {
        let found = self.variables.iter().rposition(|(variable, _)| *variable == name);
        let found = found.and_then(|index| u32::try_from(index).ok());
        found.ok_or_else(|| TloError::UnknownVariable {
            combinator: self.declared.name.to_owned(),
            variable: format!("`{name}`"),
        })
    }

    fn ty(&mut self, term: &Term<'s>) -> Result<Value, TloError> {
        match &term.kind {
            TermKind::Nat => Ok(self.named(NAT, 0, Vec::new())),
            TermKind::Type => Ok(self.named(TYPE, 0, Vec::new())),
            TermKind::Repeat(repeat) => {
                let count = match &repeat.count {
                    Some(count) => self.nat(count)?,
                    None => {
                        let last = self.variables.iter().rposition(|(_, kind)| *kind == GenericKind::Nat);
                        let last = last.ok_or_else(|| TloError::UnknownVariable {
                            combinator: self.declared.name.to_owned(),
                            variable: "of a repetition".to_owned(),
                        })?;
                        object(self.codec, "tls.natVar", [int(0), int(u32::try_from(last).unwrap_or(u32::MAX))])
                    }
                };
                let args = repeat.args.iter().map(|arg| self.arg(arg)).collect::<Result<Vec<_>, _>>()?;
                let [length, args] = counted(args);
                Ok(object(self.codec, "tls.array", [Some(count), length, args]))
            }
            _ => self.applied(term),
        }
    }

    /// A name with its arguments.
    fn applied(&mut self, term: &Term<'s>) -> Result<Value, TloError> {
        let (name, is_bare, args) = head(term);
        let is_variable = |(variable, kind): &(&str, GenericKind)| *variable == name && *kind == GenericKind::Type;
        if let Some(number) = self.variables.iter().position(is_variable) {
            let number = int(u32::try_from(number).unwrap_or(u32::MAX));
            return Ok(object(self.codec, "tls.typeVar", [number, int(u32::from(is_bare))]));
        }
        let of_constructor = self.types.of_constructor.get(name).copied();
        let is_bare = is_bare || of_constructor.is_some();
        let Some(ty) = self.types.all.get_mut(of_constructor.unwrap_or(name)) else {
            let (combinator, ty) = (self.declared.name.to_owned(), format!("`{name}`"));
            return Err(TloError::UnknownType { combinator, ty });
        };
        ty.is_bare |= is_bare;
        let (number, kinds) = (ty.number, ty.params.clone());
        let mut children = Vec::new();
        for (index, arg) in args.into_iter().enumerate() {
            let is_number = kinds.get(index) == Some(&GenericKind::Nat);
            let expr = if is_number { self.nat(arg)? } else { self.ty(arg)? };
            children.push(object(self.codec, if is_number { "tls.exprNat" } else { "tls.exprType" }, [Some(expr)]));
        }
        Ok(self.named(number, if is_bare { BARE as u32 } else { 0 }, children))
    }

    fn named(&self, number: i32, flags: u32, children: Vec<Value>) -> Value {
        let [length, children] = counted(children);
        object(self.codec, "tls.typeExpr", [Some(Value::Int(number)), int(flags), length, children])
    }

    fn nat(&self, term: &Term<'s>) -> Result<Value, TloError> {
        let terms = match &term.kind {
            TermKind::Sum(terms) => terms.as_slice(),
            _ => std::slice::from_ref(term),
        };
        let (mut sum, mut variable) = (0_u32, None);
        for term in terms {
            match &term.kind {
                TermKind::Number(number) => sum = sum.wrapping_add(*number),
                TermKind::Name(name) => variable = Some(self.number_of(name)?),
                _ => {
                    let combinator = self.declared.name.to_owned();
                    return Err(TloError::UnknownVariable { combinator, variable: "in a number".to_owned() });
                }
            }
        }
        Ok(match variable {
            Some(variable) => object(self.codec, "tls.natVar", [int(sum), int(variable)]),
            None => object(self.codec, "tls.natConstOld", [int(sum)]),
        })
    }
}
