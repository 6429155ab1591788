//! The names of all files: what the second pass links against.
//!
//! Nothing here refers to a syntax tree, so that each tree can go when its combinator is linked.

use std::collections::{BTreeMap, HashMap};

use tlgen_parser::ast::SectionKind;
use tlgen_parser::docs::Docs;
use tlgen_parser::source::{FileIdx, Location, Span};

use crate::link::collect::Decl;
use crate::link::names::Places;
use crate::schema::{CombinatorIdx, Type, TypeIdx};

/// What is known of a combinator when its syntax tree is gone. Its name is in the text of its file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    name_span: Span,
    pub(crate) file: FileIdx,
    /// Its index among the items of the file.
    pub(crate) item: u32,
    /// The layer of the heading above it.
    pub(crate) layer: Option<u32>,
    pub(crate) kind: SectionKind,
    pub(crate) id: u32,
}

impl Named {
    pub(crate) fn new(decl: &Decl<'_, '_>, id: u32) -> Self {
        let Decl { file, item, layer, kind, .. } = *decl;
        Self { name_span: decl.ast().name_span, file, item, layer, kind, id }
    }

    pub(crate) fn name_location(&self) -> Location {
        Location { file: self.file, span: self.name_span }
    }
}

/// The texts of the files, in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Texts<'a>(Vec<(FileIdx, &'a str)>);

impl<'a> Texts<'a> {
    pub(crate) fn new(mut texts: Vec<(FileIdx, &'a str)>) -> Self {
        texts.sort_unstable_by_key(|(file, _)| *file);
        Self(texts)
    }

    /// The name of a combinator; `_` for a default constructor.
    pub(crate) fn name(&self, named: &Named) -> &'a str {
        let place = self.0.binary_search_by_key(&named.file, |(file, _)| *file).expect("a file has a text");
        &self.0[place].1[named.name_span.range()]
    }
}

/// Stands for the type of a function, and of a constructor whose result has an error.
pub(crate) const NO_TYPE: TypeIdx = TypeIdx(u32::MAX);

/// All names of all files.
#[derive(Debug, Default)]
pub(crate) struct Declared<'a> {
    pub(crate) texts: Texts<'a>,
    /// By [`CombinatorIdx`].
    pub(crate) combinators: Vec<Named>,
    pub(crate) constructors: Places,
    pub(crate) functions: Places,
    /// The names of constructors that are other names of those at these indices.
    pub(crate) aliases: HashMap<&'a str, CombinatorIdx>,
    /// By [`TypeIdx`]; their descriptions are not known yet.
    pub(crate) types: Vec<Type>,
    pub(crate) type_names: Places,
    /// The types whose constructors the numbers among their arguments tell apart, ascending.
    pub(crate) refined: Vec<TypeIdx>,
    /// The type of each combinator, or [`NO_TYPE`].
    pub(crate) type_of: Vec<TypeIdx>,
    /// The ids of the builtin types that are declared, by their bare name.
    pub(crate) builtin_ids: HashMap<&'static str, u32>,
    /// The boxed names of the types that are declared with a `?`.
    pub(crate) opaque_builtins: HashMap<&'static str, Location>,
}

impl<'a> Declared<'a> {
    pub(crate) fn decl(&self, idx: CombinatorIdx) -> &Named {
        &self.combinators[idx.0 as usize]
    }

    pub(crate) fn ty(&self, idx: TypeIdx) -> &Type {
        &self.types[idx.0 as usize]
    }

    /// The name of a combinator; `_` for a default constructor.
    pub(crate) fn name(&self, named: &Named) -> &'a str {
        self.texts.name(named)
    }

    /// The constructor of this name.
    pub(crate) fn constructor(&self, name: &str) -> Option<CombinatorIdx> {
        let found = self.constructors.find(name, |place| self.name(&self.combinators[place as usize]));
        found.map(CombinatorIdx).or_else(|| self.aliases.get(name).copied())
    }

    /// The function of this name.
    pub(crate) fn function(&self, name: &str) -> Option<CombinatorIdx> {
        self.functions.find(name, |place| self.name(&self.combinators[place as usize])).map(CombinatorIdx)
    }

    /// Whether the numbers among the arguments of the type tell its constructors apart.
    pub(crate) fn is_refined(&self, ty: TypeIdx) -> bool {
        self.refined.binary_search(&ty).is_ok()
    }

    /// The type of this name.
    pub(crate) fn type_idx(&self, name: &str) -> Option<TypeIdx> {
        self.type_names.find(name, |place| self.types[place as usize].name.full()).map(TypeIdx)
    }

    /// The types alone.
    pub(crate) fn into_types(self) -> Vec<Type> {
        self.types
    }

    /// Takes the descriptions of types from the comments that name them.
    pub(crate) fn describe(&mut self, docs: &BTreeMap<FileIdx, Docs>) {
        for (class, description) in docs.values().flat_map(|docs| &docs.classes) {
            if let Some(TypeIdx(ty)) = self.type_idx(class)
                && !description.is_empty()
            {
                self.types[ty as usize].description.get_or_insert_with(|| description.as_str().into());
            }
        }
    }

    /// The type of a combinator; `None` for a function, and for a constructor whose result has an error.
    pub(crate) fn type_of(&self, idx: CombinatorIdx) -> Option<TypeIdx> {
        Some(self.type_of[idx.0 as usize]).filter(|ty| *ty != NO_TYPE)
    }
}
