//! One combinator: variables, arguments, result.

use std::collections::HashMap;

use tlgen_parser::ast::{self, SectionKind, TermKind};
use tlgen_parser::docs::ItemDocs;
use tlgen_parser::print;
use tlgen_parser::source::Location;

use super::Linker;
use crate::error::ErrorKind;
use crate::link::collect::Decl;
use crate::link::scope::{self, Scope, Use};
use crate::link::term::Flat;
use crate::references::Target;
use crate::schema::{
    Combinator, CombinatorIdx, Condition, GenericKind, Name, NatExpr, NatRef, Param, Primitive, TypeArg, TypeExpr,
    WordUse,
};

/// How many variables a message shows, and how many letters of them.
const SHOWN: usize = 8;
const LONGEST: usize = 200;

impl<'a> Linker<'_, 'a> {
    pub(super) fn combinator(&mut self, idx: CombinatorIdx, decl: &Decl<'_, 'a>) -> Combinator {
        let mut scope = Scope::new(decl.file);
        let variables_fit = self.variables(&mut scope, decl);
        let docs = self.docs.get_mut(&decl.file).map(|docs| docs.take(decl.item)).unwrap_or_default();
        self.arguments(&mut scope, decl, &docs);
        let result = match decl.kind {
            SectionKind::Functions => {
                self.is_returned = true;
                let result = self.ty(&mut scope, &decl.ast().result);
                self.is_returned = false;
                result
            }
            SectionKind::Types => self.constructor_result(&mut scope, idx, decl, variables_fit),
        };
        let params = scope.close();
        if decl.kind == SectionKind::Functions {
            for variable in scope.unused() {
                let kind = ErrorKind::UnusedVariable { name: variable.name.to_string(), result: None };
                self.problems.add(kind, variable.location);
            }
        }
        Combinator {
            kind: decl.kind,
            name: Name::new(decl.name()),
            id: self.declared.decl(idx).id,
            has_written_id: decl.ast().id.is_some(),
            generics: scope.generics.into_boxed_slice(),
            params,
            result,
            ty: self.declared.type_of(idx),
            layer: decl.layer,
            description: docs.description.map(String::into_boxed_str),
            annotations: decl.ast().annotations.iter().map(|annotation| annotation.text.into()).collect(),
            declaration: print::declaration(decl.whole).into_boxed_str(),
            location: decl.at(decl.whole.span),
            name_location: decl.name_location(),
        }
    }

    /// Adds the variables; `false` if there was an error.
    fn variables(&mut self, scope: &mut Scope<'a>, decl: &Decl<'_, 'a>) -> bool {
        let mut fit = true;
        for arg in &decl.ast().opt_args {
            // `{X:!Type}` says where `X` is declared that values of it are functions.
            let kind = match &arg.ty.kind {
                TermKind::Bang(inner) => &inner.kind,
                kind => kind,
            };
            let kind = match kind {
                TermKind::Nat => GenericKind::Nat,
                TermKind::Type => GenericKind::Type,
                _ => {
                    let names: Vec<&str> = arg.names.iter().map(|name| name.text).collect();
                    let kind = ErrorKind::VariableKind { name: names.join(" ") };
                    self.problems.add(kind, decl.at(arg.ty.span));
                    fit = false;
                    GenericKind::Type
                }
            };
            for name in &arg.names {
                if let Err(first) = scope.add_generic(name.text, kind, decl.at(name.span)) {
                    let kind = ErrorKind::DuplicateField { name: name.text.to_owned(), first };
                    self.problems.add(kind, decl.at(name.span));
                    fit = false;
                }
            }
        }
        fit
    }

    fn arguments(&mut self, scope: &mut Scope<'a>, decl: &Decl<'_, 'a>, docs: &ItemDocs) {
        let args = &decl.ast().args;
        scope.open(args);
        let (order, moved) = scope::order(decl.ast());
        for place in moved {
            if let Some(condition) = &args[place].condition {
                let name = condition.word.text.to_owned();
                let declared = scope.first(&name).unwrap_or_default();
                self.problems.add(ErrorKind::LateWord { name, declared }, decl.at(condition.span));
            }
        }
        let texts: HashMap<&str, &String> =
            docs.params.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.as_str(), text)).collect();
        for place in order {
            let arg = &args[place];
            let mut param = self.argument(scope, arg);
            param.description = arg.name.and_then(|name| texts.get(name.text)).map(|text| text.as_str().into());
            scope.add(arg.name.map(|name| name.text), param);
        }
    }

    pub(super) fn argument(&mut self, scope: &mut Scope<'a>, arg: &ast::Arg<'a>) -> Param {
        if let Some(name) = arg.name {
            let location = scope.at(name.span);
            let first = scope.first(name.text).unwrap_or(location);
            if first != location {
                self.problems.add(ErrorKind::DuplicateField { name: name.text.to_owned(), first }, location);
            }
        }
        let condition = arg.condition.as_ref().and_then(|condition| self.condition(scope, condition));
        self.is_anonymous = arg.name.is_none()
            && arg.condition.is_none()
            && matches!(&arg.ty.kind, TermKind::Name(name) if name.starts_with(|c: char| c.is_ascii_lowercase()));
        let ty = self.ty(scope, &arg.ty);
        self.is_anonymous = false;
        let is_true = ty == TypeExpr::Primitive { primitive: Primitive::True, boxed: None };
        if is_true && arg.condition.is_none() && !scope.is_record() {
            self.problems.add(ErrorKind::UnconditionalTrue, scope.at(arg.span));
        }
        Param {
            name: arg.name.map(|name| name.text.into()),
            condition,
            ty,
            word: WordUse::default(),
            description: None,
            location: scope.at(arg.span),
        }
    }

    fn condition(&mut self, scope: &mut Scope<'a>, condition: &ast::Condition<'a>) -> Option<Condition> {
        let bit = u8::try_from(condition.bit).ok().filter(|bit| *bit < 32);
        if bit.is_none() {
            self.problems.add(ErrorKind::BitTooLarge { bit: condition.bit }, scope.at(condition.bit_span));
        }
        match scope.nat(condition.word.text, Use::Bit(bit.unwrap_or(0))) {
            Ok(word) => {
                self.used_word(scope, condition.word.text, scope.at(condition.word.span));
                Some(Condition { word, bit: bit? })
            }
            Err(kind) => {
                self.problems.add(kind, scope.at(condition.word.span));
                None
            }
        }
    }

    /// The type of a constructor with its variables.
    fn constructor_result(
        &mut self,
        scope: &mut Scope<'a>,
        idx: CombinatorIdx,
        decl: &Decl<'_, 'a>,
        variables_fit: bool,
    ) -> TypeExpr {
        let flat = Flat::of(&decl.ast().result);
        // A result that is no type has its error already.
        let Some(ty) = self.declared.type_of(idx) else { return TypeExpr::Unresolved };
        self.used(decl.at(flat.head.span), Target::Type(ty));
        let kinds = &self.declared.ty(ty).params;
        let args: Box<[TypeArg]> =
            kinds.iter().zip(&flat.args).map(|(kind, arg)| self.type_arg(scope, *kind, arg)).collect();
        let mut named = Vec::new();
        for (arg, term) in args.iter().zip(&flat.args) {
            match arg {
                TypeArg::Type(TypeExpr::Var { generic, bare: false }) => named.push(*generic),
                TypeArg::Nat(NatExpr::Ref { nat: NatRef::Generic(generic), plus }) => {
                    named.push(*generic);
                    if *plus > 0 {
                        self.refined(term, scope);
                    }
                }
                _ => self.refined(term, scope),
            }
        }
        if variables_fit {
            self.check_result(scope, &named, self.declared.ty(ty).name.full(), decl.at(flat.span));
        }
        TypeExpr::Boxed { ty, args }
    }

    fn refined(&mut self, term: &ast::Term<'a>, scope: &Scope<'a>) {
        self.problems.add(ErrorKind::RefinedResult { text: print::term(term) }, scope.at(term.span));
    }

    /// Whether the result names each variable once and in order. One that the value itself tells need not be named:
    /// `query {X:Type} query:!X = Query`.
    fn check_result(&mut self, scope: &Scope<'a>, named: &[u32], ty: &str, location: Location) {
        let mut seen = vec![false; scope.generics.len()];
        named.iter().for_each(|generic| seen[*generic as usize] = true);
        let mut complete = true;
        let told = |place: usize| !seen[place] && scope.is_told_by_value(place);
        let needed: Vec<usize> = (0..seen.len()).filter(|&place| !told(place)).collect();
        let names: Vec<&str> = needed.iter().map(|&place| &*scope.generics[place].name).collect();
        let result = || {
            let all = names.iter().take(SHOWN).fold(ty.to_owned(), |text, name| text + " " + name);
            let is_whole = names.len() <= SHOWN && all.len() <= LONGEST;
            if is_whole { all } else { format!("{} ...", all.get(..LONGEST).unwrap_or(&all)) }
        };
        for &place in needed.iter().filter(|&&place| !seen[place]) {
            complete = false;
            let variable = &scope.generics[place];
            let kind = ErrorKind::UnusedVariable { name: variable.name.to_string(), result: Some(result()) };
            self.problems.add(kind, variable.location);
        }
        if complete && !named.iter().map(|&generic| generic as usize).eq(needed.iter().copied()) {
            self.problems.add(ErrorKind::ResultArguments { expected: result() }, location);
        }
    }
}
