//! Views: what can be looked at without decoding, and the table of wire layouts by which that is done.
//!
//! They follow from the items: each struct has a view with the fields that it has, each enum an enum of the views of its variants.

mod code;
mod layouts;
mod op;

use super::{Boxed, Codec, ItemPath, Package, RustType, Step, Struct, Tree};
use code::Code;
pub use code::{Amount, Arm, Part};
pub use layouts::Layouts;
use layouts::Table;

/// The module `views`.
#[derive(Clone, Debug, PartialEq)]
pub struct Views {
    /// Views of constructors and functions.
    pub structs: Vec<ViewStruct>,
    /// Views of boxed types.
    pub types: Vec<ViewType>,
    /// The wire layouts of all constructors, and of the functions that have views.
    pub layouts: Layouts,
    /// The views with code, if it is wanted.
    pub code: Option<Coded>,
}

/// The views with code, in the order of the layouts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Those of constructors; `None` for one that always takes as many bytes, or is a part of its enum.
    pub constructors: Vec<Option<ItemPath>>,
    /// Those of enums.
    pub enums: Vec<ItemPath>,
}

/// A view of a constructor or a function.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewStruct {
    /// Where it is.
    pub path: ItemPath,
    /// What it is a view of.
    pub item: ItemPath,
    /// The TL declaration, if it is shown.
    pub tl: Vec<String>,
    /// Its index in the layouts.
    pub index: u32,
    /// The least number of bytes with the id.
    pub min_size: u32,
    /// Its fields.
    pub fields: Vec<ViewField>,
    /// What goes over the fields; `None` where the table does, where they always take as many bytes, and where the enum does.
    pub code: Option<Vec<Part>>,
}

/// A field of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewField {
    /// The Rust name, safe to write.
    pub name: String,
    /// What it gives.
    pub ty: Seen,
    /// Whether it may be absent.
    pub optional: bool,
    /// Where it is.
    pub place: Place,
    /// The type as in the schema, with its condition.
    pub tl_type: String,
}

/// Where in the layout of its constructor a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value.
    Step(u32),
    /// A bit of the word of a step.
    Flag {
        /// The step.
        step: u32,
        /// 0 to 31.
        bit: u8,
    },
}

/// What a view gives of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// A number, a `bool`, an array or `True`.
    Value(RustType),
    /// `&str`.
    Text,
    /// `Cow<str>`.
    LossyText,
    /// `&[u8]`.
    Bytes,
    /// A vector.
    Items(Box<Self>),
    /// Another view.
    View(ItemPath),
}

/// A view of a boxed type.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewType {
    /// The view of its only constructor.
    Alias {
        /// Where it is.
        path: ItemPath,
        /// The view of the constructor.
        target: ItemPath,
    },
    /// One of several.
    Enum {
        /// Where it is.
        path: ItemPath,
        /// What it is a view of.
        item: ItemPath,
        /// Its index in the layouts.
        index: u32,
        /// The least number of bytes with the id.
        min_size: u32,
        /// The variants.
        variants: Vec<ViewVariant>,
        /// What goes over a value, if the table does not.
        code: Option<EnumCode>,
    },
}

/// What goes over a value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumCode {
    /// Whether it counts towards the depth limit.
    pub counts_depth: bool,
    /// What comes after each id.
    pub arms: Vec<Arm>,
}

/// A view of a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewVariant {
    /// The Rust name, safe to write.
    pub name: String,
    /// The id on the wire.
    pub id: u32,
    /// The TL name.
    pub tl_name: String,
    /// The view of the constructor; `None` for one without fields.
    pub target: Option<ItemPath>,
}

/// The names of the structs with more flags, counts and lengths than a layout can name.
pub(super) type TooManyWords<'a> = Vec<&'a Struct>;

/// The views of a package, with those of functions, and with code, if they are wanted.
pub(super) fn views(package: &Package, with_functions: bool, with_code: bool) -> Result<Views, TooManyWords<'_>> {
    let functions = package.functions.iter().filter(|item| with_functions && item.generics.is_empty());
    let structs: Vec<&Struct> = package.constructors.iter().chain(functions).collect();
    let mut table = Table::new(&package.types, &structs);
    let mut too_many = Vec::new();
    let mut found = Vec::new();
    for item in &structs {
        match table.layout(item) {
            Some((index, places)) => found.push(view(item, index, &places)),
            None => too_many.push(*item),
        }
    }
    if !too_many.is_empty() {
        return Err(too_many);
    }
    let types = package.types.iter().map(|ty| match ty {
        Boxed::Alias { path, target } => ViewType::Alias { path: beside(path), target: beside(target) },
        Boxed::Enum(item) => ViewType::Enum {
            path: beside(&item.path),
            item: item.path.clone(),
            index: table.type_index(&item.path),
            min_size: item.min_size,
            variants: item
                .variants
                .iter()
                .map(|variant| ViewVariant {
                    name: variant.name.clone(),
                    id: variant.id,
                    tl_name: variant.tl_name.clone(),
                    target: variant.item.as_ref().map(beside),
                })
                .collect(),
            code: None,
        },
    });
    let mut views = Views { types: types.collect(), structs: found, layouts: table.finish(), code: None };
    if with_code {
        add_code(&mut views);
    }
    Ok(views)
}

/// Adds code to what has a table.
fn add_code(views: &mut Views) {
    let mut constructors = vec![None; views.layouts.ids.len()];
    for item in &views.structs {
        constructors[item.index as usize] = Some(&item.path);
    }
    let enums = views.types.iter().filter_map(|ty| match ty {
        ViewType::Enum { path, .. } => Some(path),
        ViewType::Alias { .. } => None,
    });
    let code = Code { layouts: &views.layouts, constructors, enums: enums.collect() };
    let constructors = code.of_constructors();
    let mut coded = Coded { constructors: vec![None; views.layouts.ids.len()], enums: Vec::new() };
    coded.enums.extend(code.enums.iter().copied().cloned());
    let of_enums: Vec<_> = (0..)
        .zip(&code.enums)
        .map(|(index, _)| EnumCode {
            counts_depth: code.layouts.counts_depth(index),
            arms: code.arms(index, &constructors),
        })
        .collect();
    for item in &mut views.structs {
        item.code = constructors.own(item.index).cloned();
        coded.constructors[item.index as usize] = item.code.is_some().then(|| item.path.clone());
    }
    let enums = views.types.iter_mut().filter_map(|ty| match ty {
        ViewType::Enum { code, .. } => Some(code),
        ViewType::Alias { .. } => None,
    });
    for (place, found) in enums.zip(of_enums) {
        *place = Some(found);
    }
    views.code = Some(coded);
}

/// The view of a struct, by the places of its fields.
fn view(item: &Struct, index: u32, places: &[Option<Place>]) -> ViewStruct {
    let codecs = |place: usize| {
        item.steps.iter().find_map(|step| match step {
            Step::Value { field, codec, .. } if *field == place => Some(codec),
            _ => None,
        })
    };
    let fields = item.fields.iter().enumerate().filter_map(|(at, field)| {
        Some(ViewField {
            name: field.name.clone(),
            ty: seen(&field.ty, codecs(at).unwrap_or(&Codec::Plain)),
            optional: field.optional,
            place: places.get(at).copied().flatten()?,
            tl_type: field.tl_type.clone(),
        })
    });
    ViewStruct {
        path: beside(&item.path),
        item: item.path.clone(),
        tl: item.docs.tl.clone(),
        index,
        min_size: layouts::boxed_min(item),
        fields: fields.collect(),
        code: None,
    }
}

/// What is seen of a field.
fn seen(ty: &RustType, codec: &Codec) -> Seen {
    match (ty, codec) {
        (RustType::String(_), Codec::LossyText | Codec::WithId { lossy: true, .. }) => Seen::LossyText,
        (RustType::String(_), _) => Seen::Text,
        (RustType::Bytes | RustType::Object, _) => Seen::Bytes,
        (RustType::Vec(item), Codec::Vector { item: codec, .. } | Codec::Repeat { item: codec, .. }) => {
            Seen::Items(Box::new(seen(item, codec)))
        }
        (RustType::Vec(item), _) => Seen::Items(Box::new(seen(item, &Codec::Plain))),
        (RustType::Item(path), _) => Seen::View(beside(path)),
        (other, _) => Seen::Value(other.clone()),
    }
}

/// The same path in the trees of views.
fn beside(path: &ItemPath) -> ItemPath {
    let tree = match path.tree {
        Tree::Constructors => Tree::ViewConstructors,
        Tree::Functions => Tree::ViewFunctions,
        Tree::Types => Tree::ViewTypes,
        other => other,
    };
    ItemPath { tree, ..path.clone() }
}
