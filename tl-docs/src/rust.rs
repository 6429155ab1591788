//! The Rust items of the declarations of a schema.

use std::collections::{BTreeMap, HashMap};

use tlgen_build::TextType;
use tlgen_build::ir::{Boxed, Enum, Field, ItemPath, Package, RustType, Struct, Variant};
use tlgen_model::schema::{CombinatorIdx, Param, Schema, TypeIdx};

/// The items of a package by the indices of the schema.
pub(crate) struct Items<'a> {
    structs: HashMap<CombinatorIdx, &'a Struct>,
    variants: HashMap<CombinatorIdx, (&'a Enum, &'a Variant)>,
    types: Vec<&'a Boxed>,
    by_path: BTreeMap<&'a ItemPath, Item<'a>>,
}

/// An item by its path.
#[derive(Clone, Copy)]
pub(crate) enum Item<'a> {
    Struct(&'a Struct),
    Enum(&'a Enum),
}

impl<'a> Items<'a> {
    /// `None` if the package is not that of the schema.
    pub(crate) fn new(schema: &Schema, package: &'a Package) -> Option<Self> {
        let (mut structs, mut variants, mut by_path) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        let is_of = |idx: CombinatorIdx, tl_name: &str| {
            schema.combinators.get(idx.0 as usize).is_some_and(|combinator| combinator.name.full() == tl_name)
        };
        for item in package.functions.iter().chain(&package.constructors) {
            if !is_of(item.combinator, &item.tl_name) {
                return None;
            }
            structs.insert(item.combinator, item);
            by_path.insert(&item.path, Item::Struct(item));
        }
        for boxed in &package.types {
            match boxed {
                Boxed::Enum(item) => {
                    by_path.insert(&item.path, Item::Enum(item));
                    variants.extend(item.variants.iter().map(|variant| (variant.combinator, (item, variant))));
                }
                Boxed::Alias { path, target } => {
                    if let Some(item) = by_path.get(target).copied() {
                        by_path.insert(path, item);
                    }
                }
            }
        }
        let is_whole = package.types.len() == schema.types.len()
            && variants.iter().all(|(idx, (_, variant))| is_of(*idx, &variant.tl_name));
        is_whole.then(|| Self { structs, variants, types: package.types.iter().collect(), by_path })
    }

    /// The struct of a function or constructor. A constructor without fields may not have one.
    pub(crate) fn structure(&self, idx: CombinatorIdx) -> Option<&'a Struct> {
        self.structs.get(&idx).copied()
    }

    /// The variant of a constructor and its enum. A constructor that is alone in its type does not have one.
    pub(crate) fn variant(&self, idx: CombinatorIdx) -> Option<(&'a Enum, &'a Variant)> {
        self.variants.get(&idx).copied()
    }

    pub(crate) fn ty(&self, idx: TypeIdx) -> &'a Boxed {
        self.types[idx.0 as usize]
    }

    /// The item at a path; an alias leads to its struct.
    pub(crate) fn at(&self, path: &ItemPath) -> Option<Item<'a>> {
        self.by_path.get(path).copied()
    }

    /// The path of the Rust form of a combinator, without the path of the package.
    pub(crate) fn path(&self, idx: CombinatorIdx) -> Option<String> {
        self.structure(idx).map(|item| path(&item.path)).or_else(|| {
            let (item, variant) = self.variant(idx)?;
            Some(format!("{}::{}", path(&item.path), variant.name))
        })
    }
}

/// The path of a type as users write it, without the path of the package.
pub(crate) fn boxed_path(boxed: &Boxed) -> &ItemPath {
    match boxed {
        Boxed::Alias { path, .. } => path,
        Boxed::Enum(item) => &item.path,
    }
}

/// `types::contacts::TopPeers`.
pub(crate) fn path(item: &ItemPath) -> String {
    let mut out = item.tree.module().to_owned();
    for part in item.namespace.iter().chain([&item.name]) {
        out.push_str("::");
        out.push_str(part);
    }
    out
}

/// The type of a field, with `Option` and `Box`.
pub(crate) fn field_type(field: &Field) -> String {
    let ty = type_text(&field.ty);
    let ty = if field.boxed { format!("Box<{ty}>") } else { ty };
    if field.optional { format!("Option<{ty}>") } else { ty }
}

/// A type, with paths that begin at the modules of the package.
pub(crate) fn type_text(ty: &RustType) -> String {
    match ty {
        RustType::I32 => "i32".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::F32 => "f32".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::String(TextType::String) => "String".to_owned(),
        RustType::String(TextType::Compact) => "tlgen_runtime::CompactString".to_owned(),
        RustType::Bytes => "Vec<u8>".to_owned(),
        RustType::Array(len) => format!("[u8; {len}]"),
        RustType::Vec(item) => format!("Vec<{}>", type_text(item)),
        RustType::Item(item) => path(item),
        RustType::Generic(name) => name.clone(),
        RustType::ReturnOf(name) => format!("{name}::Return"),
        RustType::Boxed(item, id) => format!("tlgen_runtime::Boxed<{}, {id:#010x}>", type_text(item)),
        RustType::Bare(item) => format!("tlgen_runtime::Bare<{}>", type_text(item)),
        RustType::Object => "tlgen_runtime::Object".to_owned(),
        RustType::True => "tlgen_runtime::True".to_owned(),
        RustType::Str(_) => "&str".to_owned(),
        RustType::Slice => "&[u8]".to_owned(),
        RustType::BorrowedItem(item) => format!("{}<'_>", path(item)),
        RustType::Unit => "()".to_owned(),
    }
}

/// The field of each parameter. A flags word that is computed from other fields does not have one, nor does a length.
pub(crate) fn fields<'a>(params: &[Param], item: &'a Struct) -> Vec<Option<&'a Field>> {
    let mut fields = vec![None; params.len()];
    for field in &item.fields {
        fields[field.param] = Some(field);
    }
    fields
}
