//! What holds for every schema that leaves the linker.
#![allow(unreachable_pub)]

use tlgen_model::schema::{
    Combinator, Condition, GenericKind, NatExpr, NatRef, Param, Schema, SectionKind, TypeArg, TypeExpr,
};
use tlgen_model::view::Declaration;

/// Panics with the name of the combinator where something does not hold.
pub fn check(schema: &Schema) {
    for (idx, ty) in schema.types() {
        for constructor in &ty.constructors {
            let combinator = schema.combinator(*constructor);
            assert_eq!(combinator.kind, SectionKind::Types);
            assert_eq!(combinator.ty, Some(idx), "{}", combinator.name);
        }
        let mut ids: Vec<u32> = ty.constructors.iter().map(|idx| schema.combinator(*idx).id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ty.constructors.len(), "{}: ids", ty.name);
    }
    for (idx, constructor) in schema.constructors() {
        let ty = constructor.ty.expect("a constructor has a type");
        assert!(schema.ty(ty).constructors.contains(&idx), "{}", constructor.name);
        assert!(matches!(&constructor.result, TypeExpr::Boxed { ty: of, .. } if *of == ty), "{}", constructor.name);
    }
    for (_, function) in schema.functions() {
        assert_eq!(function.ty, None, "{}", function.name);
    }
    for kind in [SectionKind::Types, SectionKind::Functions] {
        let of_kind = schema.combinators.iter().filter(|combinator| combinator.kind == kind);
        let mut names: Vec<&str> =
            of_kind.map(|combinator| combinator.name.full()).filter(|name| *name != "_").collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a name twice");
    }
    for combinator in &schema.combinators {
        Check { schema, combinator }.combinator();
    }
}

struct Check<'s> {
    schema: &'s Schema,
    combinator: &'s Combinator,
}

impl Check<'_> {
    fn combinator(&self) {
        let params = &self.combinator.params;
        for (place, param) in params.iter().enumerate() {
            self.param(param, &params[..place], &[]);
        }
        self.expr(&self.combinator.result, params, &[]);
        for param in params {
            let word = param.word;
            assert!(param.ty == TypeExpr::Nat || (word.bits == 0 && !word.is_count && !word.is_argument), "{self}");
        }
        self.view();
    }

    /// The parts of the declaration are those that were linked.
    fn view(&self) {
        let (params, view) = (&self.combinator.params, Declaration::of(self.combinator));
        let types = view.types();
        assert_eq!(types.len(), params.len(), "{self}");
        assert!(self.combinator.declaration.ends_with(&view.result()), "{self}");
        for (param, ty) in params.iter().zip(&types) {
            let name = param.name.as_deref().map(|name| format!("{name}:")).unwrap_or_default();
            assert!(self.combinator.declaration.contains(&format!(" {name}{ty} ")), "{self}: {name}{ty}");
        }
        for (param, ty) in params.iter().zip(&types).take(64) {
            assert_eq!(view.type_of(param).as_ref(), Some(ty), "{self}");
            param.ty.visit(&mut |part| {
                if let TypeExpr::Repeat { fields, .. } = part {
                    assert!(fields.iter().all(|field| view.type_of(field).is_some()), "{self}");
                }
            });
        }
    }

    /// `before` are the arguments of the combinator before it, `fields` those of the record.
    fn param(&self, param: &Param, before: &[Param], fields: &[&[Param]]) {
        if let Some(Condition { word, bit }) = param.condition {
            assert!(bit < 32, "{self}");
            self.nat(word, before, fields);
            if let NatRef::Param(place) = word {
                assert!(before[place as usize].word.bits >> bit & 1 == 1, "{self}: bit {bit} is not marked");
            }
        }
        self.expr(&param.ty, before, fields);
    }

    fn expr(&self, expr: &TypeExpr, before: &[Param], fields: &[&[Param]]) {
        match expr {
            TypeExpr::Nat | TypeExpr::Primitive { .. } | TypeExpr::Object | TypeExpr::Unresolved => {}
            TypeExpr::Vector { item, .. } => self.expr(item, before, fields),
            TypeExpr::Boxed { ty, args } => {
                let ty = self.schema.ty(*ty);
                if !ty.constructors.is_empty() {
                    self.args(&ty.params, args, before, fields);
                }
            }
            TypeExpr::Refined { ty, args } => {
                let ty = self.schema.ty(*ty);
                assert!(ty.constructors.len() > 1, "{self}");
                self.args(&ty.params, args, before, fields);
            }
            TypeExpr::Bare { constructor, args } => {
                let ty = self.schema.ty(self.schema.combinator(*constructor).ty.expect("a constructor"));
                assert_eq!(*ty.constructors, [*constructor], "{self}");
                self.args(&ty.params, args, before, fields);
            }
            TypeExpr::Var { generic, .. } | TypeExpr::Function { generic } => {
                assert_eq!(self.combinator.generics[*generic as usize].kind, GenericKind::Type, "{self}");
            }
            TypeExpr::Repeat { count, fields: items } => {
                self.number(count, before, fields);
                for (place, field) in items.iter().enumerate() {
                    let records: Vec<&[Param]> = fields.iter().copied().chain([&items[..place]]).collect();
                    self.param(field, before, &records);
                }
            }
        }
    }

    fn args(&self, kinds: &[GenericKind], args: &[TypeArg], before: &[Param], fields: &[&[Param]]) {
        assert_eq!(kinds.len(), args.len(), "{self}");
        for (kind, arg) in kinds.iter().zip(args) {
            match (kind, arg) {
                (GenericKind::Type, TypeArg::Type(expr)) => self.expr(expr, before, fields),
                (GenericKind::Nat, TypeArg::Nat(nat)) => self.number(nat, before, fields),
                _ => panic!("{self}: an argument of the wrong kind"),
            }
        }
    }

    fn number(&self, nat: &NatExpr, before: &[Param], fields: &[&[Param]]) {
        if let NatExpr::Ref { nat, .. } = nat {
            self.nat(*nat, before, fields);
        }
    }

    fn nat(&self, nat: NatRef, before: &[Param], fields: &[&[Param]]) {
        match nat {
            NatRef::Param(place) => assert_eq!(before[place as usize].ty, TypeExpr::Nat, "{self}"),
            NatRef::Field(place) => {
                assert_eq!(fields[fields.len() - 1][place as usize].ty, TypeExpr::Nat, "{self}");
            }
            NatRef::Outer { up, field } => {
                assert_eq!(fields[fields.len() - 1 - usize::from(up)][field as usize].ty, TypeExpr::Nat, "{self}");
            }
            NatRef::Generic(place) => {
                assert_eq!(self.combinator.generics[place as usize].kind, GenericKind::Nat, "{self}");
            }
        }
    }
}

impl std::fmt::Display for Check<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.combinator.declaration)
    }
}
