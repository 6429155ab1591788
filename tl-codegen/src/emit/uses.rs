//! What the code of an item names from outside of its module: the `use` declarations that it needs, as data.
//!
//! They follow from the item alone, so that whoever writes its code only has to name things as [`Scope`] does.

use std::collections::BTreeSet;
use std::fmt;

use super::codec::{FACTS, KNOWN};
use super::decode::is_for_all_lifetimes;
use super::scope::Scope;
use super::structs::required;
use crate::config::TextType;
use crate::ir::{Enum, InPlace, ItemPath, RustType, Struct, Way};

/// A `use` declaration. Declarations are ordered as their text is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Use {
    /// What is brought in: `::tlgen_runtime::generated`.
    pub(crate) path: String,
    /// The name that it gets, if it gets another one.
    pub(crate) name: Option<&'static str>,
}

/// The declaration, without the `;`.
impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "use {}", self.path)?;
        self.name.map_or(Ok(()), |name| write!(f, " as {name}"))
    }
}

/// What a struct uses.
pub(super) fn of_struct(item: &Struct, scope: &Scope<'_>) -> BTreeSet<Use> {
    let mut uses = Uses::new(scope);
    for field in &item.fields {
        uses.ty(&field.ty);
        uses.boxed(field.boxed);
    }
    item.returns.iter().for_each(|returns| uses.ty(returns));
    if item.unknown && item.usage.decode != Way::Absent {
        uses.root(if is_for_all_lifetimes(item) { FACTS } else { KNOWN });
    }
    if let Some(InPlace::May(error)) = &item.error
        && !matches!(item.returns, Some(RustType::ReturnOf(_)))
    {
        uses.item(error);
    }
    uses.found
}

/// What an enum uses.
pub(super) fn of_enum(item: &Enum, scope: &Scope<'_>) -> BTreeSet<Use> {
    let mut uses = Uses::new(scope);
    if item.unknown && item.usage.decode != Way::Absent {
        uses.root(KNOWN);
    }
    for variant in &item.variants {
        variant.item.iter().for_each(|path| uses.item(path));
        uses.boxed(variant.boxed && scope.is_std_box());
    }
    for shared in item.accessors.iter().flat_map(|accessors| &accessors.fields) {
        match &shared.field.ty {
            // Methods give these as `&str` and as slices.
            RustType::String(_) | RustType::Bytes => {}
            RustType::Vec(item) => uses.ty(item),
            ty => uses.ty(ty),
        }
    }
    uses.found
}

/// What methods for functions use.
pub(super) fn of_calls<'f>(functions: impl IntoIterator<Item = &'f Struct>, scope: &Scope<'_>) -> BTreeSet<Use> {
    let mut uses = Uses::new(scope);
    for function in functions {
        uses.item(&function.path);
        let required = required(function).into_iter();
        let parameters = function.fields.iter().zip(required).filter(|(_, is_required)| *is_required);
        parameters.for_each(|(field, _)| uses.ty(&field.ty));
    }
    uses.found
}

struct Uses<'s> {
    scope: &'s Scope<'s>,
    found: BTreeSet<Use>,
}

impl<'s> Uses<'s> {
    /// Each codec uses the runtime.
    fn new(scope: &'s Scope<'s>) -> Self {
        Self { scope, found: BTreeSet::from([scope.runtime_use()]) }
    }

    fn root(&mut self, name: &str) {
        self.found.extend(self.scope.root_use(name));
    }

    fn item(&mut self, path: &ItemPath) {
        self.found.insert(self.scope.tree_use(path.tree));
    }

    fn alloc(&mut self, module: &str, name: &str) {
        self.found.extend(self.scope.alloc_use(module, name));
    }

    fn boxed(&mut self, is_boxed: bool) {
        if is_boxed {
            self.alloc("boxed", "Box");
        }
    }

    fn ty(&mut self, ty: &RustType) {
        match ty {
            RustType::String(TextType::String) => self.alloc("string", "String"),
            RustType::Bytes => self.alloc("vec", "Vec"),
            RustType::Vec(item) => {
                self.alloc("vec", "Vec");
                self.ty(item);
            }
            RustType::Item(path) | RustType::BorrowedItem(path) => self.item(path),
            RustType::Boxed(item, _) | RustType::Bare(item) => self.ty(item),
            RustType::I32
            | RustType::U32
            | RustType::I64
            | RustType::F32
            | RustType::F64
            | RustType::Bool
            | RustType::String(TextType::Compact)
            | RustType::Array(_)
            | RustType::Str(_)
            | RustType::Slice
            | RustType::Generic(_)
            | RustType::ReturnOf(_)
            | RustType::Object
            | RustType::True
            | RustType::Unit => {}
        }
    }
}
