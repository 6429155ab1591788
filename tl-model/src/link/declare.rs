//! First pass, second half: all names of all files.
//!
//! What comes in are the lists of the files; what goes out are the tables of names that the second pass links against.
//! What can no longer occur: a name with two declarations, a declaration of a builtin type, a constructor whose result
//! is not the name of a type.

use std::collections::{HashMap, HashSet};

use tlgen_parser::ast::{self, FinalityKind, SectionKind, TermKind};
use tlgen_parser::source::{FileIdx, Location};

use crate::Reading;
use crate::builtin;
use crate::error::{ErrorKind, Problems};
use crate::link::collect::{Collected, Decl, Finality};
use crate::link::declared::{Declared, NO_TYPE, Named, Texts};
use crate::link::ids::Ids;
use crate::link::layers;
use crate::link::term::Flat;
use crate::schema::{CombinatorIdx, GenericKind, Name, Type, TypeIdx};

pub(crate) fn declare<'a>(
    files: &[(FileIdx, Collected<'_, 'a>)],
    texts: Vec<(FileIdx, &'a str)>,
    ids: &Ids,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Declared<'a> {
    let mut out = Declared { texts: Texts::new(texts), ..Declared::default() };
    for (_, file) in files {
        for (builtin, location) in &file.builtins {
            if let Some(known) = builtin::find(builtin.name.text) {
                out.opaque_builtins.entry(known.boxed).or_insert(*location);
                out.builtin_ids.extend(builtin.id.map(|id| (known.bare, id.value)));
            }
        }
    }
    out.combinators.reserve_exact(files.iter().map(|(_, file)| file.combinators.len()).sum());
    let ordinary = ordinary_types(files);
    let trees = Trees::new(files);
    let mut taken = Taken { trees: &trees, shared: shared_ids(files, ids), ids: HashMap::new() };
    for (_, file) in files {
        for decl in layers::select(file, reading, problems) {
            if decl.kind == SectionKind::Functions || !take_builtin(&mut out, decl, ids, &ordinary) {
                taken.add(&mut out, decl, ids, reading, problems);
            }
        }
    }
    group(&mut out, &trees, problems);
    out.refined = refined(&out, &trees);
    check_finality(files, &out, problems);
    out
}

/// The builtin types with a constructor that is not the declaration of a builtin type. They are no builtin types.
fn ordinary_types<'a>(files: &[(FileIdx, Collected<'_, 'a>)]) -> HashSet<&'a str> {
    files
        .iter()
        .flat_map(|(_, file)| &file.combinators)
        .filter(|decl| decl.kind == SectionKind::Types && !builtin::is_declaration(decl.ast()))
        .filter_map(|decl| Flat::of(&decl.ast().result).name())
        .filter(|name| builtin::names().any(|builtin| builtin == *name))
        .collect()
}

/// The ids that several constructors have.
fn shared_ids(files: &[(FileIdx, Collected<'_, '_>)], ids: &Ids) -> HashSet<u32> {
    let all = files.iter().flat_map(|(_, file)| &file.combinators);
    let mut found: Vec<u32> = all.filter(|decl| decl.kind == SectionKind::Types).map(|decl| ids.of(decl)).collect();
    found.sort_unstable();
    found.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

/// The syntax trees of what is declared.
struct Trees<'f, 't, 'a> {
    /// In the order of their file.
    files: HashMap<FileIdx, &'f [Decl<'t, 'a>]>,
}

impl<'f, 't, 'a> Trees<'f, 't, 'a> {
    fn new(files: &'f [(FileIdx, Collected<'t, 'a>)]) -> Self {
        Self { files: files.iter().map(|(file, collected)| (*file, collected.combinators.as_slice())).collect() }
    }

    fn of(&self, named: &Named) -> &'f Decl<'t, 'a> {
        let decls = self.files[&named.file];
        let place = decls.binary_search_by_key(&named.item, |decl| decl.item).expect("a combinator has a tree");
        &decls[place]
    }
}

/// Keeps a declaration of a builtin type out of the combinators.
fn take_builtin<'a>(out: &mut Declared<'a>, decl: &Decl<'_, 'a>, ids: &Ids, ordinary: &HashSet<&str>) -> bool {
    let is_ordinary = Flat::of(&decl.ast().result).name().is_some_and(|name| ordinary.contains(name));
    if is_ordinary || !builtin::is_declaration(decl.ast()) {
        return false;
    }
    if let Some(known) = builtin::declared(decl.ast()) {
        out.builtin_ids.insert(known.bare, ids.of(decl));
    }
    true
}

/// The combinators that are taken so far.
struct Taken<'f, 't, 'a> {
    trees: &'f Trees<'f, 't, 'a>,
    /// The ids that several constructors have.
    shared: HashSet<u32>,
    /// Of those, by type and id, the first constructor.
    ids: HashMap<(&'a str, u32), CombinatorIdx>,
}

impl<'a> Taken<'_, '_, 'a> {
    fn add(
        &mut self,
        out: &mut Declared<'a>,
        decl: &Decl<'_, 'a>,
        ids: &Ids,
        reading: &Reading<'_>,
        problems: &mut Problems,
    ) {
        let idx =
            CombinatorIdx(u32::try_from(out.combinators.len()).expect("a file holds fewer than 2^32 declarations"));
        let known = match decl.kind {
            SectionKind::Types => out.constructor(decl.name()),
            SectionKind::Functions => out.function(decl.name()),
        };
        // Each type may have a default constructor, and nothing can refer to it.
        let has_name = decl.ast().name.is_some();
        if let Some(first) = known.filter(|_| has_name) {
            let place = &mut out.combinators[first.0 as usize];
            if repeated(self.trees.of(place), decl, ids, reading, problems) {
                *place = Named::new(decl, ids.of(decl));
            }
            return;
        }
        let id = ids.of(decl);
        if decl.kind == SectionKind::Types
            && self.shared.contains(&id)
            && let Some(ty) = Flat::of(&decl.ast().result).name()
        {
            let first = *self.ids.entry((ty, id)).or_insert(idx);
            if first != idx && Ids::same_fields(self.trees.of(out.decl(first)), decl) {
                let other = out.decl(first);
                let first_at = other.name_location();
                let (name, other) = (decl.name().to_owned(), out.name(other).to_owned());
                problems.add(ErrorKind::Alias { name, other, id, first: first_at }, decl.name_location());
                out.aliases.insert(decl.name(), first);
                return;
            }
        }
        out.combinators.push(Named::new(decl, id));
        if has_name {
            let places = match decl.kind {
                SectionKind::Types => &mut out.constructors,
                SectionKind::Functions => &mut out.functions,
            };
            places.insert(idx.0, |place| out.texts.name(&out.combinators[place as usize]));
        }
    }
}

/// A second declaration of the name of `place`. Whether it counts instead of the first.
fn repeated(
    place: &Decl<'_, '_>,
    decl: &Decl<'_, '_>,
    ids: &Ids,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> bool {
    let (name, first) = (decl.name().to_owned(), place.name_location());
    if place.file != decl.file && ids.same_line(place, decl) {
        problems.add(ErrorKind::RepeatedInFile { name, first }, decl.name_location());
        return false;
    }
    if ids.is_respelled(place, decl) {
        problems.add(ErrorKind::Respelled { name, first }, decl.name_location());
        return false;
    }
    let kind = ErrorKind::DuplicateName { name, kind: decl.kind, first };
    problems.report(kind, decl.name_location(), reading.is_fragment());
    // A fragment may be a collection of versions: the last one is meant.
    reading.is_fragment()
}

/// A type, and how many constructors it has.
struct Head<'a> {
    name: &'a str,
    params: Box<[GenericKind]>,
    /// Its name in the result of the first constructor.
    location: Location,
    constructors: u32,
}

/// Makes the types of the results of the constructors.
fn group(out: &mut Declared<'_>, trees: &Trees<'_, '_, '_>, problems: &mut Problems) {
    out.type_of.reserve_exact(out.combinators.len());
    let mut heads: Vec<Head<'_>> = Vec::new();
    for place in 0..out.combinators.len() {
        let decl = trees.of(&out.combinators[place]);
        if decl.kind == SectionKind::Functions {
            out.type_of.push(NO_TYPE);
            continue;
        }
        let result = Flat::of(&decl.ast().result);
        let kinds = result_kinds(decl.ast(), &result.args);
        let location = decl.at(result.head.span);
        let name = match &result.head.kind {
            TermKind::Name(name) if !result.bare && !is_variable(decl.ast(), name) && !builtin::is_bare(name) => *name,
            _ => {
                problems.add(ErrorKind::ResultIsNoType, decl.at(result.span));
                out.type_of.push(NO_TYPE);
                continue;
            }
        };
        let known = out.type_names.find(name, |place| heads[place as usize].name);
        let ty = known.unwrap_or_else(|| {
            if name.rsplit('.').next().is_some_and(|ident| ident.starts_with(|c: char| c.is_ascii_lowercase())) {
                problems.add(ErrorKind::LowerCaseType { name: name.to_owned() }, location);
            }
            let ty = u32::try_from(heads.len()).expect("there are no more types than constructors");
            heads.push(Head { name, params: kinds.clone(), location, constructors: 0 });
            out.type_names.insert(ty, |place| heads[place as usize].name);
            ty
        });
        if let Some(&first) = out.opaque_builtins.get(name)
            && !builtin::find(name).is_some_and(builtin::is_any)
        {
            problems.add(ErrorKind::BuiltinWithConstructor { ty: name.to_owned(), first }, location);
        }
        let declared = &mut heads[ty as usize];
        if declared.params != kinds {
            problems.add(ErrorKind::ParameterClash { ty: name.to_owned(), first: declared.location }, location);
            out.type_of.push(NO_TYPE);
            continue;
        }
        declared.constructors += 1;
        out.type_of.push(TypeIdx(ty));
    }
    let mut lists: Vec<Vec<CombinatorIdx>> = Vec::with_capacity(heads.len());
    out.types.reserve_exact(heads.len());
    for Head { name, params, location, constructors } in heads {
        lists.push(Vec::with_capacity(constructors as usize));
        let constructors = Box::default();
        out.types.push(Type { name: Name::new(name), constructors, params, description: None, location });
    }
    for (place, ty) in (0..).zip(&out.type_of).filter(|(_, ty)| **ty != NO_TYPE) {
        lists[ty.0 as usize].push(CombinatorIdx(place));
    }
    for (ty, list) in out.types.iter_mut().zip(lists) {
        ty.constructors = list.into_boxed_slice();
    }
}

/// The types with several constructors that a number in their results tells apart: a constant each, or one name with a
/// constant that is greater than all of them, as in `nil = List 0` and `cons {n:#} = List (n + 1)`.
fn refined(declared: &Declared<'_>, trees: &Trees<'_, '_, '_>) -> Vec<TypeIdx> {
    let types = (0..).map(TypeIdx).zip(&declared.types);
    let several = types.filter(|(_, ty)| ty.constructors.len() > 1 && ty.params.contains(&GenericKind::Nat));
    let is_refined = |ty: &Type| {
        (0..ty.params.len()).filter(|place| ty.params[*place] == GenericKind::Nat).any(|place| {
            let mut constants = HashSet::new();
            let mut least = None;
            let apart = ty.constructors.iter().all(|idx| {
                let result = Flat::of(&trees.of(declared.decl(*idx)).ast().result);
                match result.args.get(place).and_then(|arg| pattern(arg)) {
                    Some((false, constant)) => constants.insert(constant),
                    Some((true, constant)) => least.replace(constant).is_none(),
                    None => false,
                }
            });
            apart && least.is_none_or(|least| constants.iter().all(|constant| *constant < least))
        })
    };
    several.filter(|(_, ty)| is_refined(ty)).map(|(idx, _)| idx).collect()
}

/// Whether a name is in a number, and the sum of its constants.
fn pattern(term: &ast::Term<'_>) -> Option<(bool, u64)> {
    let terms = match &term.kind {
        TermKind::Sum(terms) => terms.as_slice(),
        _ => std::slice::from_ref(term),
    };
    terms.iter().try_fold((false, 0u64), |(has_name, sum), term| match &term.kind {
        TermKind::Number(number) => Some((has_name, sum + u64::from(*number))),
        TermKind::Name(_) if !has_name => Some((true, sum)),
        _ => None,
    })
}

/// The kinds of the arguments of a result.
fn result_kinds(combinator: &ast::Combinator<'_>, args: &[&ast::Term<'_>]) -> Box<[GenericKind]> {
    if args.is_empty() {
        return Box::default();
    }
    let mut kinds = HashMap::new();
    for arg in combinator.args.iter().filter(|arg| arg.ty.kind == TermKind::Nat) {
        kinds.extend(arg.name.map(|name| (name.text, GenericKind::Nat)));
    }
    for arg in &combinator.opt_args {
        let kind = if arg.ty.kind == TermKind::Nat { GenericKind::Nat } else { GenericKind::Type };
        kinds.extend(arg.names.iter().map(|name| (name.text, kind)));
    }
    let kind = |arg: &&ast::Term<'_>| match &arg.kind {
        TermKind::Number(_) | TermKind::Sum(_) | TermKind::Nat => GenericKind::Nat,
        TermKind::Name(name) => kinds.get(name).copied().unwrap_or(GenericKind::Type),
        _ => GenericKind::Type,
    };
    args.iter().map(kind).collect()
}

fn is_variable(combinator: &ast::Combinator<'_>, name: &str) -> bool {
    combinator.opt_args.iter().flat_map(|arg| &arg.names).any(|variable| variable.text == name)
}

fn check_finality(files: &[(FileIdx, Collected<'_, '_>)], declared: &Declared<'_>, problems: &mut Problems) {
    for Finality { kind, ty, location } in files.iter().flat_map(|(_, file)| &file.finality) {
        let Some(idx) = declared.type_idx(ty) else { continue };
        // In the order of the files, and so of their indices.
        let constructors = &declared.ty(idx).constructors;
        let place = |idx: &CombinatorIdx| declared.decl(*idx).name_location();
        let behind = constructors.partition_point(|idx| place(idx) < *location);
        let (word, against) = match kind {
            FinalityKind::New => ("New", constructors[..behind].first()),
            FinalityKind::Final => ("Final", constructors.get(behind)),
            FinalityKind::Empty => ("Empty", constructors.first()),
        };
        if let Some(at) = against.map(place) {
            let (at, first) = if at > *location { (at, *location) } else { (*location, at) };
            problems.add(ErrorKind::Finality { ty: (*ty).to_owned(), word, first }, at);
        }
    }
}
