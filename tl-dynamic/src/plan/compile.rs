//! Schema -> plan.

use tlgen_model::schema::{
    Combinator, CombinatorIdx, Generic, GenericKind, NatExpr, NatRef, Param, Schema, SectionKind, Type, TypeArg,
    TypeExpr,
};

use super::reach::Reach;
use super::{Arg, Choice, Condition, Entry, Field, Fields, Ids, Items, Node, Number, Pattern, Plan, Repeat, Root};
use crate::codec::Codec;
use crate::error::SchemaFault;
use crate::json;
use crate::value::{is_default, is_plain_item};

/// The plan of all that a codec knows.
pub(crate) fn plan(codec: &Codec<'_>) -> Plan {
    let schema: &Schema = codec.schema();
    let reach = Reach::new(schema);
    let indexed = || (0..).zip(&schema.combinators);
    let entries = indexed().map(|(idx, combinator)| entry(codec, &reach, CombinatorIdx(idx), combinator)).collect();
    let of = |kind| indexed().filter(move |(_, combinator)| combinator.kind == kind);
    let functions: Vec<_> = of(SectionKind::Functions).map(|(idx, function)| (function.id, idx)).collect();
    let mut any: Vec<_> = of(SectionKind::Types).map(|(idx, constructor)| (constructor.id, idx)).collect();
    any.extend(&functions);
    Plan {
        combinators: entries,
        types: schema.types.iter().map(|ty| choice(schema, ty)).collect(),
        any: Ids::new(&any),
        functions: Ids::new(&functions),
        answer: codec.answered().map(|function| of_type(codec, &reach, &schema.combinator(function).result)),
        reach,
    }
}

/// The plan of a type beside a plan of its schema. Its variables stand for nothing, its words for 0.
pub(crate) fn root(codec: &Codec<'_>, plan: &Plan, ty: &TypeExpr) -> Root {
    of_type(codec, &plan.reach, ty)
}

fn of_type(codec: &Codec<'_>, reach: &Reach, ty: &TypeExpr) -> Root {
    let mut compiler = Compiler::new(codec, reach, &[]);
    compiler.levels.push(Vec::new());
    let node = compiler.node(ty);
    Root { node, words: compiler.words }
}

fn choice(schema: &Schema, ty: &Type) -> Choice {
    let is_default = |idx: &CombinatorIdx| is_default(schema.combinator(*idx));
    let meant = ty.constructors.iter().filter(|idx| !is_default(idx));
    let ids: Vec<_> = meant.map(|idx| (schema.combinator(*idx).id, idx.0)).collect();
    Choice {
        ids: Ids::new(&ids),
        default: ty.constructors.iter().find(|idx| is_default(idx)).map(|idx| idx.0),
        all: ty.constructors.iter().map(|idx| idx.0).collect(),
    }
}

fn entry(codec: &Codec<'_>, reach: &Reach, idx: CombinatorIdx, combinator: &Combinator) -> Entry {
    let mut compiler = Compiler::new(codec, reach, &combinator.generics);
    let mut fields = compiler.fields(&combinator.params);
    if codec.has_int53() {
        for field in &mut fields.all {
            field.is_int53 = codec.is_int53(idx, field.place);
        }
    }
    let patterns = match &combinator.result {
        TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. } => args.iter().map(pattern).collect(),
        _ => Box::default(),
    };
    Entry {
        idx,
        fields,
        words: compiler.words,
        generics: combinator.generics.iter().map(|generic| generic.kind).collect(),
        patterns,
        rule: codec.rule(idx),
    }
}

fn pattern(arg: &TypeArg) -> Pattern {
    match arg {
        TypeArg::Type(TypeExpr::Var { generic, .. }) => Pattern::Type(*generic),
        TypeArg::Type(_) => Pattern::AnyType,
        TypeArg::Nat(NatExpr::Const(value)) => Pattern::Const(*value),
        TypeArg::Nat(NatExpr::Ref { nat: NatRef::Generic(generic), plus }) => {
            Pattern::Nat { generic: *generic, plus: *plus }
        }
        TypeArg::Nat(NatExpr::Ref { .. }) => Pattern::Never,
    }
}

/// The key of a field in JSON. Names of the language need no escapes.
fn key(params: &[Param], place: usize) -> Box<str> {
    match &params[place].name {
        Some(name) => ["\"", name, "\":"].concat().into(),
        None => format!("\"{}\":", json::key(params, place)).into(),
    }
}

/// Goes through one combinator.
struct Compiler<'c> {
    codec: &'c Codec<'c>,
    reach: &'c Reach,
    /// The places of the variables that are numbers.
    generics: Vec<Option<u32>>,
    /// How many words have a place.
    words: u32,
    /// The places of the words among the parameters, then in each record around the type at hand, from the outside in.
    levels: Vec<Vec<Option<u32>>>,
}

impl<'c> Compiler<'c> {
    fn new(codec: &'c Codec<'c>, reach: &'c Reach, generics: &[Generic]) -> Self {
        let mut compiler = Self { codec, reach, generics: Vec::new(), words: 0, levels: Vec::new() };
        for generic in generics {
            let word = (generic.kind == GenericKind::Nat).then(|| compiler.word());
            compiler.generics.push(word);
        }
        compiler
    }

    /// A place for a word.
    fn word(&mut self) -> u32 {
        self.words += 1;
        self.words - 1
    }

    fn fields(&mut self, params: &[Param]) -> Fields {
        self.levels.push(Vec::with_capacity(params.len()));
        let (mut all, mut conditions) = (Vec::with_capacity(params.len()), Vec::with_capacity(params.len()));
        for (place, param) in params.iter().enumerate() {
            let node = self.node(&param.ty);
            conditions.push(match param.condition.map(|found| (self.place(found.word), found.bit)) {
                None => Condition::Always,
                Some((Some(word), bit)) => Condition::Bit { word, bit },
                Some((None, _)) => Condition::Never,
            });
            let word = matches!(node, Node::Nat).then(|| self.word());
            if let Some(level) = self.levels.last_mut() {
                level.push(word);
            }
            let usage = param.word;
            let is_free = usage.bits == 0 || usage.is_count || usage.is_argument;
            all.push(Field {
                word,
                undeclared: if is_free { 0 } else { !usage.bits },
                may_hold_object: self.reach.holds(&param.ty),
                is_int53: false,
                place,
                is_named: param.name.is_some(),
                key: key(params, place),
                node,
            });
        }
        self.levels.pop();
        Fields { all: all.into(), conditions: conditions.into() }
    }

    /// The place of a word. Nothing for one that is not there, which is 0.
    fn place(&self, nat: NatRef) -> Option<u32> {
        let level = match nat {
            NatRef::Param(_) => self.levels.first(),
            NatRef::Field(_) => self.levels.last(),
            NatRef::Outer { up, .. } => {
                self.levels.len().checked_sub(1 + usize::from(up)).and_then(|level| self.levels.get(level))
            }
            NatRef::Generic(_) => Some(&self.generics),
        };
        let (NatRef::Param(place) | NatRef::Field(place) | NatRef::Outer { field: place, .. } | NatRef::Generic(place)) =
            nat;
        level?.get(place as usize).copied().flatten()
    }

    fn number(&self, expr: &NatExpr) -> Number {
        match expr {
            NatExpr::Const(value) => Number::Const(*value),
            NatExpr::Ref { nat, plus } => match self.place(*nat) {
                Some(word) => Number::Sum { word, plus: *plus },
                None => Number::Const(*plus),
            },
        }
    }

    fn node(&mut self, expr: &TypeExpr) -> Node {
        match expr {
            TypeExpr::Nat => Node::Nat,
            TypeExpr::Primitive { primitive, boxed: None } => Node::Primitive(*primitive),
            TypeExpr::Primitive { primitive, boxed: Some(id) } => {
                Node::BoxedPrimitive { id: *id, primitive: *primitive }
            }
            TypeExpr::Object => Node::Object,
            TypeExpr::Function { .. } => Node::Function,
            TypeExpr::Vector { boxed, item } => {
                let least = self.codec.min_size(item);
                Node::Vector { boxed: *boxed, items: Box::new(Items { node: self.node(item), least }) }
            }
            TypeExpr::Boxed { ty, args } => Node::Boxed { ty: *ty, args: self.args(args) },
            TypeExpr::Bare { constructor, args } => Node::Bare { constructor: constructor.0, args: self.args(args) },
            TypeExpr::Var { generic, bare } if (*generic as usize) < self.generics.len() => {
                Node::Var { generic: *generic, bare: *bare }
            }
            TypeExpr::Var { .. } => Node::Fault(SchemaFault::Unbound),
            TypeExpr::Refined { ty, args } => Node::Refined { ty: *ty, args: self.args(args) },
            TypeExpr::Unresolved => Node::Fault(SchemaFault::Unresolved),
            TypeExpr::Repeat { count, fields } => {
                let least = fields.iter().filter(|field| field.condition.is_none());
                let least = least.fold(0usize, |sum, field| sum.saturating_add(self.codec.min_size(&field.ty)));
                let (count, first) = (self.number(count), self.words);
                let is_plain = is_plain_item(fields);
                let fields = self.fields(fields);
                Node::Repeat(Box::new(Repeat { count, least, fields, is_plain, words: (first, self.words - first) }))
            }
        }
    }

    fn args(&mut self, args: &[TypeArg]) -> Box<[Arg]> {
        let arg = |arg: &TypeArg| match arg {
            TypeArg::Type(expr) => Arg::Type(self.node(expr)),
            TypeArg::Nat(expr) => Arg::Nat(self.number(expr)),
        };
        args.iter().map(arg).collect()
    }
}
