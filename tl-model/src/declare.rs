//! First pass, second half: all names of all files.
//!
//! What comes in are the lists of the files; what goes out are the tables of names that the second pass links against.
//! What can no longer occur: a name with two declarations, a declaration of a builtin type, a constructor whose result
//! is not the name of a type.

use std::collections::{HashMap, HashSet};

use tl_parser::ast::{self, FinalityKind, SectionKind, TermKind};
use tl_parser::source::{FileIdx, Location};

use crate::Options;
use crate::builtin;
use crate::collect::{Collected, Decl, Finality};
use crate::error::{ErrorKind, Problems};
use crate::ids::Ids;
use crate::layers;
use crate::schema::{CombinatorIdx, GenericKind, TypeIdx};
use crate::term::Flat;

/// A type as its constructors make it.
#[derive(Debug)]
pub(crate) struct TypeDecl<'a> {
    pub(crate) name: &'a str,
    pub(crate) constructors: Vec<CombinatorIdx>,
    pub(crate) params: Vec<GenericKind>,
    /// Its name in the result of the first constructor.
    pub(crate) location: Location,
}

/// All names of all files.
#[derive(Debug, Default)]
pub(crate) struct Declared<'a> {
    /// By [`CombinatorIdx`].
    pub(crate) combinators: Vec<Decl<'a>>,
    pub(crate) constructors: HashMap<&'a str, CombinatorIdx>,
    pub(crate) functions: HashMap<&'a str, CombinatorIdx>,
    /// By [`TypeIdx`].
    pub(crate) types: Vec<TypeDecl<'a>>,
    pub(crate) type_names: HashMap<&'a str, TypeIdx>,
    /// The type of each combinator; `None` for a function, and for a constructor whose result has an error.
    pub(crate) type_of: Vec<Option<TypeIdx>>,
    /// The ids of the builtin types that are declared, by their bare name.
    pub(crate) builtin_ids: HashMap<&'static str, u32>,
    /// The boxed names of the types that are declared with a `?`.
    pub(crate) opaque_builtins: HashMap<&'static str, Location>,
}

impl<'a> Declared<'a> {
    pub(crate) fn decl(&self, idx: CombinatorIdx) -> &Decl<'a> {
        &self.combinators[idx.0 as usize]
    }

    pub(crate) fn ty(&self, idx: TypeIdx) -> &TypeDecl<'a> {
        &self.types[idx.0 as usize]
    }

    /// The type of a combinator; `None` for a function, and for a constructor whose result has an error.
    pub(crate) fn type_of(&self, idx: CombinatorIdx) -> Option<TypeIdx> {
        self.type_of[idx.0 as usize]
    }
}

pub(crate) fn declare<'a>(
    files: &[(FileIdx, Collected<'a>)],
    ids: &Ids,
    options: &Options,
    problems: &mut Problems,
) -> Declared<'a> {
    let mut out = Declared::default();
    for (_, file) in files {
        for (builtin, location) in &file.builtins {
            if let Some(known) = builtin::find(builtin.name.text) {
                out.opaque_builtins.entry(known.boxed).or_insert(*location);
                out.builtin_ids.extend(builtin.id.map(|id| (known.bare, id.value)));
            }
        }
    }
    let ordinary = ordinary_types(files);
    let mut taken = Taken { ids: HashMap::new() };
    for (_, file) in files {
        for decl in layers::select(file, options, problems) {
            if decl.kind == SectionKind::Functions || !take_builtin(&mut out, decl, ids, &ordinary) {
                taken.add(&mut out, decl, ids, options, problems);
            }
        }
    }
    group(&mut out, problems);
    check_finality(files, &out, problems);
    out
}

/// The types with a constructor that is not the declaration of a builtin type. They are no builtin types.
fn ordinary_types<'a>(files: &[(FileIdx, Collected<'a>)]) -> HashSet<&'a str> {
    files
        .iter()
        .flat_map(|(_, file)| &file.combinators)
        .filter(|decl| decl.kind == SectionKind::Types && !builtin::is_declaration(decl.ast))
        .filter_map(|decl| Flat::of(&decl.ast.result).name())
        .collect()
}

/// Keeps a declaration of a builtin type out of the combinators.
fn take_builtin<'a>(out: &mut Declared<'a>, decl: &Decl<'a>, ids: &Ids, ordinary: &HashSet<&str>) -> bool {
    let is_ordinary = Flat::of(&decl.ast.result).name().is_some_and(|name| ordinary.contains(name));
    if is_ordinary || !builtin::is_declaration(decl.ast) {
        return false;
    }
    if let Some(known) = builtin::declared(decl.ast) {
        out.builtin_ids.insert(known.bare, ids.of(decl));
    }
    true
}

/// The combinators that are taken so far.
struct Taken<'a> {
    /// By type and id, the first constructor.
    ids: HashMap<(&'a str, u32), CombinatorIdx>,
}

impl<'a> Taken<'a> {
    fn add(&mut self, out: &mut Declared<'a>, decl: &Decl<'a>, ids: &Ids, options: &Options, problems: &mut Problems) {
        let idx =
            CombinatorIdx(u32::try_from(out.combinators.len()).expect("a file holds fewer than 2^32 declarations"));
        let names = match decl.kind {
            SectionKind::Types => &mut out.constructors,
            SectionKind::Functions => &mut out.functions,
        };
        // Each type may have a default constructor, and nothing can refer to it.
        if decl.ast.name.is_some() {
            if let Some(&first) = names.get(decl.name()) {
                repeated(&mut out.combinators[first.0 as usize], decl, ids, options, problems);
                return;
            }
            names.insert(decl.name(), idx);
        }
        if decl.kind == SectionKind::Types
            && let Some(ty) = Flat::of(&decl.ast.result).name()
        {
            let id = ids.of(decl);
            let first = *self.ids.entry((ty, id)).or_insert(idx);
            if first != idx && Ids::same_fields(&out.combinators[first.0 as usize], decl) {
                let other = &out.combinators[first.0 as usize];
                let (name, other, first_at) = (decl.name().to_owned(), other.name().to_owned(), other.name_location());
                problems.warning(ErrorKind::Alias { name, other, id, first: first_at }, decl.name_location());
                names.insert(decl.name(), first);
                return;
            }
        }
        out.combinators.push(*decl);
    }
}

/// A second declaration of the name of `place`.
fn repeated<'a>(place: &mut Decl<'a>, decl: &Decl<'a>, ids: &Ids, options: &Options, problems: &mut Problems) {
    let (name, first) = (decl.name().to_owned(), place.name_location());
    if place.file != decl.file && ids.same_line(place, decl) {
        problems.warning(ErrorKind::RepeatedInFile { name, first }, decl.name_location());
        return;
    }
    if ids.is_respelled(place, decl) {
        problems.warning(ErrorKind::Respelled { name, first }, decl.name_location());
        return;
    }
    let kind = ErrorKind::DuplicateName { name, kind: decl.kind, first };
    problems.report(kind, decl.name_location(), options.fragment);
    // A fragment may be a collection of versions: the last one is meant.
    if options.fragment {
        *place = *decl;
    }
}

/// Makes the types of the results of the constructors.
fn group(out: &mut Declared<'_>, problems: &mut Problems) {
    for (place, decl) in (0..).zip(&out.combinators) {
        let idx = CombinatorIdx(place);
        if decl.kind == SectionKind::Functions {
            out.type_of.push(None);
            continue;
        }
        let result = Flat::of(&decl.ast.result);
        let kinds = result_kinds(decl.ast, &result.args);
        let location = decl.at(result.head.span);
        let name = match &result.head.kind {
            TermKind::Name(name)
                if !result.bare && !is_variable(decl.ast, name.text) && !builtin::is_bare(name.text) =>
            {
                name.text
            }
            _ => {
                problems.error(ErrorKind::ResultIsNoType, decl.at(result.span));
                out.type_of.push(None);
                continue;
            }
        };
        let ty = *out.type_names.entry(name).or_insert_with(|| {
            if name.rsplit('.').next().is_some_and(|ident| ident.starts_with(|c: char| c.is_ascii_lowercase())) {
                problems.warning(ErrorKind::LowerCaseType { name: name.to_owned() }, location);
            }
            let ty = TypeIdx(u32::try_from(out.types.len()).expect("there are no more types than constructors"));
            out.types.push(TypeDecl { name, constructors: Vec::new(), params: kinds.clone(), location });
            ty
        });
        if let Some(&first) = out.opaque_builtins.get(name)
            && !builtin::find(name).is_some_and(builtin::is_any)
        {
            problems.error(ErrorKind::BuiltinWithConstructor { ty: name.to_owned(), first }, location);
        }
        let declared = &mut out.types[ty.0 as usize];
        if declared.params != kinds {
            problems.error(ErrorKind::ParameterClash { ty: name.to_owned(), first: declared.location }, location);
            out.type_of.push(None);
            continue;
        }
        declared.constructors.push(idx);
        out.type_of.push(Some(ty));
    }
}

/// The kinds of the arguments of a result.
fn result_kinds(combinator: &ast::Combinator<'_>, args: &[&ast::Term<'_>]) -> Vec<GenericKind> {
    if args.is_empty() {
        return Vec::new();
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
        TermKind::Name(name) => kinds.get(name.text).copied().unwrap_or(GenericKind::Type),
        _ => GenericKind::Type,
    };
    args.iter().map(kind).collect()
}

fn is_variable(combinator: &ast::Combinator<'_>, name: &str) -> bool {
    combinator.opt_args.iter().flat_map(|arg| &arg.names).any(|variable| variable.text == name)
}

fn check_finality(files: &[(FileIdx, Collected<'_>)], declared: &Declared<'_>, problems: &mut Problems) {
    for Finality { kind, ty, location } in files.iter().flat_map(|(_, file)| &file.finality) {
        let Some(idx) = declared.type_names.get(ty) else { continue };
        // In the order of the files, and so of their places.
        let constructors = &declared.ty(*idx).constructors;
        let place = |idx: &CombinatorIdx| declared.decl(*idx).name_location();
        let behind = constructors.partition_point(|idx| place(idx) < *location);
        let (word, against) = match kind {
            FinalityKind::New => ("New", constructors[..behind].first()),
            FinalityKind::Final => ("Final", constructors.get(behind)),
            FinalityKind::Empty => ("Empty", constructors.first()),
        };
        if let Some(at) = against.map(place) {
            let (at, first) = if at > *location { (at, *location) } else { (*location, at) };
            problems.error(ErrorKind::Finality { ty: (*ty).to_owned(), word, first }, at);
        }
    }
}
