//! Types and numbers of arguments and results.

use tlgen_parser::ast::{Name, Repeat, SectionKind, Term, TermKind};
use tlgen_parser::print;
use tlgen_parser::source::{FileIdx, Location};

use super::Linker;
use crate::builtin;
use crate::error::ErrorKind;
use crate::link::parts::Undeclared;
use crate::link::scope::{Scope, Use};
use crate::link::term::Flat;
use crate::references::Target;
use crate::schema::{CombinatorIdx, GenericKind, NatExpr, Primitive, TypeArg, TypeExpr, TypeIdx};

impl<'a> Linker<'_, 'a> {
    pub(super) fn ty(&mut self, scope: &mut Scope<'a>, term: &Term<'a>) -> TypeExpr {
        let flat = Flat::of(term);
        match &flat.head.kind {
            TermKind::Name(text) => self.named(scope, Name { span: flat.head.span, text }, &flat),
            TermKind::Nat if flat.args.is_empty() => TypeExpr::Nat,
            TermKind::Bang(variable) => self.function(scope, variable),
            TermKind::Repeat(repeat) => self.repeat(scope, repeat, term),
            _ => {
                let kind = ErrorKind::NotAType { text: print::term(term), declared: None };
                self.problems.add(kind, scope.at(term.span));
                TypeExpr::Unresolved
            }
        }
    }

    /// A partial application: a type outside of any combinator.
    pub(super) fn partial(&mut self, file: FileIdx, term: &Term<'a>) -> TypeExpr {
        self.kind = SectionKind::Types;
        self.is_proved = false;
        let mut scope = Scope::new(file);
        scope.open(&[]);
        self.ty(&mut scope, term)
    }

    /// `!X`.
    fn function(&mut self, scope: &mut Scope<'a>, term: &Term<'a>) -> TypeExpr {
        let location = scope.at(term.span);
        let text = match &term.kind {
            TermKind::Name(name) => name,
            _ => "",
        };
        if let Some((generic, GenericKind::Type)) = scope.generic(text) {
            self.used(location, Target::Local(scope.generics[generic as usize].location));
            scope.hold(generic);
            return TypeExpr::Function { generic };
        }
        let is_name = !text.is_empty() && !text.contains('.') && scope.is_nat(text).is_none();
        // Where variables are declared, a missing one is a slip of the pen.
        if !is_name
            || scope.has_declared_variables()
            || self.declared.type_idx(text).is_some()
            || builtin::find(text).is_some()
        {
            let kind = ErrorKind::BangWithoutVariable { text: print::term(term) };
            self.problems.add(kind, location);
            return TypeExpr::Unresolved;
        }
        let missing = ErrorKind::MissingVariable { name: text.to_owned() };
        // Only functions of old schemas leave it out.
        if self.kind == SectionKind::Types {
            self.problems.add(missing, location);
            return TypeExpr::Unresolved;
        }
        self.problems.report(missing, location, true);
        match scope.add_generic(text, GenericKind::Type, location) {
            Ok(_) => self.function(scope, term),
            Err(_) => TypeExpr::Unresolved,
        }
    }

    fn repeat(&mut self, scope: &mut Scope<'a>, repeat: &Repeat<'a>, term: &Term<'a>) -> TypeExpr {
        let count = match &repeat.count {
            Some(count) => self.nat(scope, count, Use::Count),
            None => match scope.last_nat() {
                Some(nat) => NatExpr::Ref { nat, plus: 0 },
                None => {
                    self.problems.add(ErrorKind::MissingCount, scope.at(term.span));
                    NatExpr::Const(0)
                }
            },
        };
        scope.open(&repeat.args);
        for arg in &repeat.args {
            let param = self.argument(scope, arg);
            scope.add(arg.name.map(|name| name.text), param);
        }
        TypeExpr::Repeat { count, fields: scope.close() }
    }

    fn named(&mut self, scope: &mut Scope<'a>, name: Name<'a>, flat: &Flat<'_, 'a>) -> TypeExpr {
        let location = scope.at(name.span);
        if let Some((generic, kind)) = scope.generic(name.text) {
            if kind == GenericKind::Nat {
                return self.number_as_type(scope, name, location);
            }
            scope.name_type(generic);
            let declared = scope.generics[generic as usize].location;
            self.used(location, Target::Local(declared));
            if !flat.args.is_empty() {
                self.wrong_count(scope, name.text, 0, Some(declared), flat);
            }
            return TypeExpr::Var { generic, bare: flat.bare };
        }
        if let Some(constructor) = self.declared.constructor(name.text)
            && let Some(expr) = self.constructor(scope, constructor, name, flat)
        {
            return expr;
        }
        // `object ? = Object` says that anything may stand there, whatever else is an `Object`.
        let is_any = builtin::find(name.text).is_some_and(builtin::is_any);
        if let Some(ty) = self.declared.type_idx(name.text)
            && !(is_any && self.declared.opaque_builtins.contains_key(name.text))
        {
            return self.declared_type(scope, ty, name, flat);
        }
        if matches!(name.text, "vector" | "Vector") {
            return self.vector(scope, name, flat);
        }
        if let Some(expr) = self.builtin(scope, name, flat) {
            return expr;
        }
        self.undefined(scope, name, flat)
    }

    /// A constructor that is used as a type; `None` if its name means something else here.
    fn constructor(
        &mut self,
        scope: &mut Scope<'a>,
        constructor: CombinatorIdx,
        name: Name<'a>,
        flat: &Flat<'_, 'a>,
    ) -> Option<TypeExpr> {
        // A constructor without a type has its error already.
        let Some(ty) = self.declared.type_of(constructor) else { return Some(TypeExpr::Unresolved) };
        let declared = self.declared.ty(ty);
        if name.text != "true" || declared.constructors.len() == 1 {
            self.used(scope.at(name.span), Target::Constructor(constructor));
        }
        let other = declared.constructors.iter().find(|other| **other != constructor);
        let Some(other) = other else {
            let args = self.args(scope, ty, flat);
            return Some(args.map_or(TypeExpr::Unresolved, |args| TypeExpr::Bare { constructor, args }));
        };
        if name.text == "true" {
            return None;
        }
        let other = self.declared.decl(*other);
        let kind = ErrorKind::ConstructorOfUnion {
            name: name.text.to_owned(),
            ty: declared.name.full().to_owned(),
            other: self.declared.name(other).to_owned(),
            first: other.name_location(),
        };
        self.report(kind, scope.at(name.span));
        Some(self.args(scope, ty, flat).map_or(TypeExpr::Unresolved, |args| TypeExpr::Boxed { ty, args }))
    }

    fn declared_type(&mut self, scope: &mut Scope<'a>, ty: TypeIdx, name: Name<'a>, flat: &Flat<'_, 'a>) -> TypeExpr {
        self.used(scope.at(name.span), Target::Type(ty));
        let Some(args) = self.args(scope, ty, flat) else { return TypeExpr::Unresolved };
        if !flat.bare {
            return TypeExpr::Boxed { ty, args };
        }
        match &*self.declared.ty(ty).constructors {
            [constructor] => TypeExpr::Bare { constructor: *constructor, args },
            _ if self.declared.is_refined(ty) => TypeExpr::Refined { ty, args },
            several => {
                let declared = several.first().map(|first| self.declared.decl(*first).name_location());
                let kind = ErrorKind::BareUnion {
                    name: name.text.to_owned(),
                    constructors: several.len(),
                    declared,
                    through: None,
                };
                self.problems.add(kind, scope.at(flat.span));
                TypeExpr::Unresolved
            }
        }
    }

    fn vector(&mut self, scope: &mut Scope<'a>, name: Name<'a>, flat: &Flat<'_, 'a>) -> TypeExpr {
        let [item] = flat.args.as_slice() else {
            return self.wrong_count(scope, name.text, 1, None, flat);
        };
        TypeExpr::Vector { boxed: name.text == "Vector" && !flat.bare, item: Box::new(self.ty(scope, item)) }
    }

    fn builtin(&mut self, scope: &mut Scope<'a>, name: Name<'a>, flat: &Flat<'_, 'a>) -> Option<TypeExpr> {
        let bool_type = self.declared.type_idx("Bool");
        if name.text == "bool" {
            self.problems.add(ErrorKind::LowerCaseBool, scope.at(name.span));
            if let Some(ty) = bool_type {
                return Some(self.declared_type(scope, ty, name, flat));
            }
        }
        let expr = if matches!(name.text, "Bool" | "bool") {
            TypeExpr::Primitive { primitive: Primitive::Bool, boxed: None }
        } else {
            let known = builtin::find(name.text)?;
            if builtin::is_any(known) {
                TypeExpr::Object
            } else {
                let is_boxed = name.text == known.boxed && !flat.bare;
                let id = || self.declared.builtin_ids.get(known.bare).copied().unwrap_or(known.id);
                TypeExpr::Primitive { primitive: known.primitive, boxed: is_boxed.then(id) }
            }
        };
        if !flat.args.is_empty() {
            return Some(self.wrong_count(scope, name.text, 0, None, flat));
        }
        let is_union = matches!(expr, TypeExpr::Object | TypeExpr::Primitive { primitive: Primitive::Bool, .. });
        if flat.bare && is_union {
            let constructors = if expr == TypeExpr::Object { 0 } else { 2 };
            let kind = ErrorKind::BareUnion { name: name.text.to_owned(), constructors, declared: None, through: None };
            self.problems.add(kind, scope.at(flat.span));
        }
        Some(expr)
    }

    /// The arguments of a declared type; `None` if their number is wrong.
    fn args(&mut self, scope: &mut Scope<'a>, ty: TypeIdx, flat: &Flat<'_, 'a>) -> Option<Box<[TypeArg]>> {
        let declared = self.declared.ty(ty);
        if declared.params.len() != flat.args.len() {
            self.wrong_count(scope, declared.name.full(), declared.params.len(), Some(declared.location), flat);
            return None;
        }
        Some(declared.params.iter().zip(&flat.args).map(|(kind, arg)| self.type_arg(scope, *kind, arg)).collect())
    }

    pub(super) fn type_arg(&mut self, scope: &mut Scope<'a>, kind: GenericKind, term: &Term<'a>) -> TypeArg {
        match kind {
            GenericKind::Type => TypeArg::Type(self.ty(scope, term)),
            GenericKind::Nat => TypeArg::Nat(self.nat(scope, term, Use::Argument)),
        }
    }

    /// A number: a constant, a `#`, or a sum of constants and at most one `#`.
    fn nat(&mut self, scope: &mut Scope<'a>, term: &Term<'a>, usage: Use) -> NatExpr {
        let mut found = None;
        let mut constant = 0u32;
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            let location = scope.at(term.span);
            match &term.kind {
                TermKind::Sum(terms) => open.extend(terms.iter().rev()),
                TermKind::Number(number) => match constant.checked_add(*number) {
                    Some(sum) => constant = sum,
                    None => self.problems.add(ErrorKind::SumTooLarge, location),
                },
                TermKind::Name(_) if found.is_some() => self.problems.add(ErrorKind::SumOfNames, location),
                TermKind::Name(name) => match scope.nat(name, usage) {
                    Ok(nat) => {
                        found = Some(nat);
                        self.used_word(scope, name, location);
                    }
                    Err(kind) => {
                        let kind = self.not_a_word(kind);
                        self.problems.add(kind, location);
                    }
                },
                _ => {
                    let kind = ErrorKind::NotANumber { text: print::term(term), declared: None };
                    self.problems.add(kind, location);
                }
            }
        }
        match found {
            Some(nat) => NatExpr::Ref { nat, plus: constant },
            None => NatExpr::Const(constant),
        }
    }

    /// Notes that a number is used by its name.
    pub(super) fn used_word(&mut self, scope: &Scope<'a>, name: &str, location: Location) {
        if let Some(declared) = scope.is_nat(name) {
            self.used(location, Target::Local(declared));
        }
    }

    /// A name that is no field, but that of a type.
    fn not_a_word(&self, kind: ErrorKind) -> ErrorKind {
        let ErrorKind::UndefinedWord { name, .. } = &kind else { return kind };
        let ty = self.declared.type_idx(name).map(|ty| self.declared.ty(ty).location);
        let constructor = self.declared.constructor(name);
        let declared = ty.or_else(|| constructor.map(|idx| self.declared.decl(idx).name_location()));
        if declared.is_some() || builtin::names().any(|builtin| builtin == name) {
            return ErrorKind::NotANumber { text: name.clone(), declared };
        }
        kind
    }

    fn number_as_type(&mut self, scope: &Scope<'a>, name: Name<'a>, location: Location) -> TypeExpr {
        let kind = ErrorKind::NotAType { text: name.text.to_owned(), declared: scope.is_nat(name.text) };
        self.report(kind, location);
        TypeExpr::Unresolved
    }

    fn wrong_count(
        &mut self,
        scope: &Scope<'a>,
        name: &str,
        expected: usize,
        declared: Option<Location>,
        flat: &Flat<'_, 'a>,
    ) -> TypeExpr {
        let kind = ErrorKind::WrongArgumentCount { name: name.to_owned(), expected, found: flat.args.len(), declared };
        self.report(kind, scope.at(flat.span));
        TypeExpr::Unresolved
    }

    fn undefined(&mut self, scope: &mut Scope<'a>, name: Name<'a>, flat: &Flat<'_, 'a>) -> TypeExpr {
        let location = scope.at(name.span);
        if scope.is_nat(name.text).is_some() {
            return self.number_as_type(scope, name, location);
        }
        let suggestion = self.suggestion(name.text).or_else(|| builtin::foreign(name.text).map(str::to_owned));
        let is_proved = self.is_proved;
        self.undeclared.add(Undeclared {
            name: name.text,
            location,
            suggestion,
            is_anonymous: self.is_anonymous,
            function: self.declared.function(name.text).map(|idx| self.declared.decl(idx).name_location()),
            is_bare: flat.bare || name.ident().starts_with(|c: char| c.is_ascii_lowercase()),
            is_proved,
            is_returned: self.is_returned,
        });
        let is_number = |term: &Term<'a>, scope: &Scope<'a>| match &term.kind {
            TermKind::Number(_) | TermKind::Sum(_) => true,
            TermKind::Name(name) => scope.is_nat(name).is_some(),
            _ => false,
        };
        let mut args = Vec::new();
        let mut kinds = Vec::new();
        for arg in &flat.args {
            let kind = if is_number(arg, scope) { GenericKind::Nat } else { GenericKind::Type };
            args.push(self.type_arg(scope, kind, arg));
            kinds.push(kind);
        }
        if !self.reading.is_fragment() && !is_proved {
            return TypeExpr::Unresolved;
        }
        let ty = self.opaque(name.text, kinds, location);
        self.used(location, Target::Type(ty));
        TypeExpr::Boxed { ty, args: args.into_boxed_slice() }
    }
}
