//! Second pass: every name becomes a place.
//!
//! What comes in are the names of all files; what goes out are the types and combinators of the schema. What can no
//! longer occur, if no error was found: an undefined name, a wrong number of arguments, a condition without a word.

mod combinator;
mod expr;

use std::collections::{BTreeMap, HashMap};

use tl_parser::ast::SectionKind;
use tl_parser::docs::Docs;
use tl_parser::source::{FileIdx, Location};

use crate::Options;
use crate::builtin;
use crate::collect::Decl;
use crate::declare::Declared;
use crate::error::{ErrorKind, Problems};
use crate::ids::Ids;
use crate::parts::Uses;
use crate::schema::{Combinator, CombinatorIdx, GenericKind, Name, Type, TypeIdx};
use crate::suggest::Suggest;

/// The linked types and combinators.
pub(crate) struct Arenas {
    pub(crate) types: Vec<Type>,
    pub(crate) combinators: Vec<Combinator>,
}

pub(crate) fn link<'a>(
    declared: &Declared<'a>,
    ids: &Ids,
    docs: &BTreeMap<FileIdx, Docs>,
    options: &Options,
    problems: &mut Problems,
) -> Arenas {
    let mut linker = Linker {
        declared,
        ids,
        docs,
        options,
        problems,
        suggest: None,
        opaque: HashMap::new(),
        opaque_types: Vec::new(),
        undeclared: Uses::default(),
        is_anonymous: false,
        current: None,
        is_proved: None,
    };
    let places = (0..).map(CombinatorIdx).take(declared.combinators.len());
    let combinators = places.map(|idx| linker.combinator(idx)).collect();
    let Linker { opaque_types: opaque, undeclared, .. } = linker;
    undeclared.report(options, problems);
    let mut types: Vec<Type> = declared
        .types
        .iter()
        .map(|ty| Type {
            name: Name::new(ty.name),
            constructors: ty.constructors.clone(),
            params: ty.params.clone(),
            description: None,
            location: ty.location,
        })
        .collect();
    types.extend(opaque);
    for docs in docs.values() {
        for (class, description) in &docs.classes {
            if let Some(ty) = declared.type_names.get(class.as_str())
                && !description.is_empty()
            {
                types[ty.0 as usize].description.get_or_insert_with(|| description.clone());
            }
        }
    }
    Arenas { types, combinators }
}

struct Linker<'d, 'a> {
    declared: &'d Declared<'a>,
    ids: &'d Ids,
    docs: &'d BTreeMap<FileIdx, Docs>,
    options: &'d Options,
    problems: &'d mut Problems,
    /// The known names, made for the first unknown one.
    suggest: Option<Suggest<'a>>,
    /// The types that a fragment uses and does not declare.
    opaque: HashMap<&'a str, TypeIdx>,
    opaque_types: Vec<Type>,
    /// All uses of undeclared types.
    undeclared: Uses<'a>,
    /// Whether the argument at hand has no name, and its type could be one.
    is_anonymous: bool,
    /// The combinator at hand.
    current: Option<Decl<'a>>,
    /// Whether the written id proves the line of the combinator at hand, once that was asked.
    is_proved: Option<bool>,
}

impl<'a> Linker<'_, 'a> {
    fn suggestion(&mut self, name: &str) -> Option<String> {
        let declared = self.declared;
        let suggest = self.suggest.get_or_insert_with(|| {
            let mut names: Vec<&'a str> = declared.types.iter().map(|ty| ty.name).collect();
            builtin::names().for_each(|name| names.push(name));
            let constructors = declared.combinators.iter().filter(|decl| decl.kind == SectionKind::Types);
            names.extend(constructors.map(Decl::name));
            Suggest::new(names.into_iter())
        });
        suggest.nearest(name)
    }

    /// The type of a name that only a fragment may leave undeclared.
    fn opaque(&mut self, name: &'a str, params: Vec<GenericKind>, location: Location) -> TypeIdx {
        let places = self.declared.types.len() + self.opaque_types.len();
        *self.opaque.entry(name).or_insert_with(|| {
            self.opaque_types.push(Type {
                name: Name::new(name),
                constructors: Vec::new(),
                params,
                description: None,
                location,
            });
            TypeIdx(u32::try_from(places).expect("there are no more types than names"))
        })
    }

    fn report(&mut self, kind: ErrorKind, location: Location) {
        self.problems.report(kind, location, self.options.fragment);
    }
}
