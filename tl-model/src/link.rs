//! Second pass: every name becomes an index.
//!
//! What comes in are the names of all files; what goes out are the types and combinators of the schema. What can no
//! longer occur, if no error was found: an undefined name, a wrong number of arguments, a condition without a word.

pub(crate) mod bare;
pub(crate) mod check;
pub(crate) mod collect;
mod combinator;
pub(crate) mod declare;
pub(crate) mod declared;
mod expr;
pub(crate) mod headings;
pub(crate) mod ids;
pub(crate) mod layers;
mod names;
mod parts;
pub(crate) mod scope;
pub(crate) mod term;

use std::collections::{BTreeMap, HashMap, HashSet};

use tlgen_parser::ast::{self, Item, LayerHeading, SectionKind};
use tlgen_parser::docs::Docs;
use tlgen_parser::source::{FileIdx, Location};

use crate::Reading;
use crate::builtin;
use crate::error::{ErrorKind, Problems};
use crate::link::collect::Decl;
use crate::link::declared::{Declared, Named};
use crate::link::ids::{Ids, Mismatches};
use crate::link::parts::Uses;
use crate::references::{References, Target};
use crate::schema::{Combinator, CombinatorIdx, GenericKind, Name, Type, TypeExpr, TypeIdx};
use crate::suggest::Suggest;

/// What is linked, beside the types that are declared.
pub(crate) struct Linked {
    pub(crate) combinators: Vec<Combinator>,
    pub(crate) partials: Vec<TypeExpr>,
    /// The types that a fragment uses and does not declare. Their indices come after the declared ones.
    pub(crate) opaque_types: Vec<Type>,
    /// By [`CombinatorIdx`], whether the written id proves the line.
    pub(crate) proved: Vec<bool>,
    pub(crate) references: References,
}

/// `trees` are the items of the files, which are taken one by one, so that no tree outlives its turn.
pub(crate) fn link<'a>(
    declared: &Declared<'a>,
    mut trees: BTreeMap<FileIdx, Vec<Item<'a>>>,
    ids: &Ids,
    docs: &mut BTreeMap<FileIdx, Docs>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Linked {
    let mut linker = Linker {
        declared,
        docs,
        reading,
        problems,
        suggest: None,
        opaque: HashMap::new(),
        opaque_types: Vec::new(),
        undeclared: Uses::default(),
        is_anonymous: false,
        kind: SectionKind::Types,
        is_proved: false,
        is_returned: false,
        uses: reading.options.references.then(Vec::new),
    };
    let allowed: HashSet<&str> = reading.options.allow_id_mismatch.iter().map(String::as_str).collect();
    let mut mismatches = Mismatches::default();
    let mut combinators = Vec::with_capacity(declared.combinators.len());
    let mut proved = Vec::with_capacity(declared.combinators.len());
    for (place, named) in (0..).zip(&declared.combinators) {
        let Named { file, kind, layer, item, .. } = *named;
        let whole = trees.get_mut(&file).and_then(|items| take(&mut items[item as usize]));
        let whole = whole.expect("each combinator has a tree of its own");
        let decl = Decl { file, kind, layer, item, whole: &whole };
        linker.kind = kind;
        linker.is_proved = ids.proves(&decl);
        proved.push(linker.is_proved);
        combinators.push(linker.combinator(CombinatorIdx(place), &decl));
        if !allowed.contains(declared.name(named))
            && let Some(mismatch) = ids.mismatch(&decl)
        {
            mismatches.add(mismatch);
        }
    }
    let partials = trees.iter().flat_map(|(file, items)| items.iter().filter_map(move |item| partial(*file, item)));
    let partials = partials.map(|(file, term)| linker.partial(file, term)).collect();
    let Linker { opaque_types, undeclared, uses, .. } = linker;
    undeclared.report(reading, problems);
    mismatches.report(problems);
    let references = References::new(uses.unwrap_or_default());
    Linked { combinators, partials, opaque_types, proved, references }
}

/// The declaration of an item, which is then gone.
fn take<'a>(item: &mut Item<'a>) -> Option<ast::Declaration<'a>> {
    let gone = Item::Layer(LayerHeading { span: item.span(), layer: 0 });
    match std::mem::replace(item, gone) {
        Item::Declaration(declaration) => Some(declaration),
        _ => None,
    }
}

/// A partial application and its file.
fn partial<'t, 's>(file: FileIdx, item: &'t Item<'s>) -> Option<(FileIdx, &'t ast::Term<'s>)> {
    match item {
        Item::Declaration(ast::Declaration { kind: ast::DeclarationKind::Partial(term), .. }) => Some((file, term)),
        _ => None,
    }
}

struct Linker<'d, 'a> {
    declared: &'d Declared<'a>,
    docs: &'d mut BTreeMap<FileIdx, Docs>,
    reading: &'d Reading<'d>,
    problems: &'d mut Problems,
    /// The known names, made for the first unknown one.
    suggest: Option<Suggest<'d>>,
    /// The types that a fragment uses and does not declare.
    opaque: HashMap<&'a str, TypeIdx>,
    opaque_types: Vec<Type>,
    /// All uses of undeclared types.
    undeclared: Uses<'a>,
    /// Whether the argument at hand has no name, and its type could be one.
    is_anonymous: bool,
    /// What the combinator at hand is.
    kind: SectionKind,
    /// Whether the written id proves its line.
    is_proved: bool,
    /// Whether the result of a function is at hand.
    is_returned: bool,
    /// Where names are used, if somebody asks.
    uses: Option<Vec<(Location, Target)>>,
}

impl<'d, 'a> Linker<'d, 'a> {
    fn suggestion(&mut self, name: &str) -> Option<String> {
        let declared = self.declared;
        let suggest = self.suggest.get_or_insert_with(|| {
            let mut names: Vec<&'d str> = declared.types.iter().map(|ty| ty.name.full()).collect();
            builtin::names().for_each(|name| names.push(name));
            let constructors = declared.combinators.iter().filter(|decl| decl.kind == SectionKind::Types);
            names.extend(constructors.map(|constructor| declared.name(constructor)));
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
                constructors: Box::default(),
                params: params.into_boxed_slice(),
                description: None,
                location,
            });
            TypeIdx(u32::try_from(places).expect("there are no more types than names"))
        })
    }

    fn used(&mut self, location: Location, target: Target) {
        if let Some(uses) = &mut self.uses {
            uses.push((location, target));
        }
    }

    fn report(&mut self, kind: ErrorKind, location: Location) {
        self.problems.report(kind, location, self.reading.is_fragment());
    }
}
