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
    /// The type of each combinator; `None` for a function.
    pub(crate) type_of: Vec<Option<TypeIdx>>,
    /// The ids of the builtin types that are declared, by their bare name.
    pub(crate) builtin_ids: HashMap<&'static str, u32>,
}

impl<'a> Declared<'a> {
    pub(crate) fn decl(&self, idx: CombinatorIdx) -> &Decl<'a> {
        &self.combinators[idx.0 as usize]
    }

    pub(crate) fn ty(&self, idx: TypeIdx) -> &TypeDecl<'a> {
        &self.types[idx.0 as usize]
    }

    /// The type of a constructor.
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
        for (builtin, _) in &file.builtins {
            if let Some(known) = builtin::find(builtin.name.text)
                && let Some(id) = builtin.id
            {
                out.builtin_ids.insert(known.bare, id.value);
            }
        }
    }
    let ordinary_bool = has_ordinary_bool(files);
    for (_, file) in files {
        for decl in layers::select(file, options, problems) {
            if decl.kind == SectionKind::Types && take_builtin(&mut out, decl, ids, ordinary_bool) {
                continue;
            }
            add(&mut out, decl, ids, options, problems);
        }
    }
    group(&mut out, problems);
    check_finality(files, &out, problems);
    out
}

/// Whether `Bool` is anything but `boolTrue` and `boolFalse`.
fn has_ordinary_bool(files: &[(FileIdx, Collected<'_>)]) -> bool {
    files
        .iter()
        .flat_map(|(_, file)| &file.combinators)
        .filter(|decl| decl.kind == SectionKind::Types && Flat::of(&decl.ast.result).name() == Some("Bool"))
        .any(|decl| !builtin::is_bool(decl.ast))
}

/// Keeps a declaration of a builtin type out of the combinators.
fn take_builtin<'a>(out: &mut Declared<'a>, decl: &Decl<'a>, ids: &Ids, ordinary_bool: bool) -> bool {
    if let Some(known) = builtin::declared(decl.ast) {
        out.builtin_ids.insert(known.bare, ids.of(decl));
        return true;
    }
    if builtin::is_vector(decl.ast) {
        return true;
    }
    !ordinary_bool && builtin::is_bool(decl.ast) && Flat::of(&decl.ast.result).name() == Some("Bool")
}

fn add<'a>(out: &mut Declared<'a>, decl: &Decl<'a>, ids: &Ids, options: &Options, problems: &mut Problems) {
    let idx = CombinatorIdx(u32::try_from(out.combinators.len()).expect("a file holds fewer than 2^32 declarations"));
    let names = match decl.kind {
        SectionKind::Types => &mut out.constructors,
        SectionKind::Functions => &mut out.functions,
    };
    // Each type may have a default constructor, and nothing can refer to it.
    if decl.ast.name.is_some() {
        if let Some(&first) = names.get(decl.name()) {
            let name = decl.name().to_owned();
            let place = &mut out.combinators[first.0 as usize];
            let location = place.name_location();
            if place.file != decl.file && ids.same_line(place, decl) {
                problems.warning(ErrorKind::RepeatedInFile { name, first: location }, decl.name_location());
            } else {
                let kind = ErrorKind::DuplicateName { name, kind: decl.kind, first: location };
                problems.report(kind, decl.name_location(), options.fragment);
                // A fragment may be a collection of versions: the last one is meant.
                if options.fragment {
                    *place = *decl;
                }
            }
            return;
        }
        names.insert(decl.name(), idx);
    }
    out.combinators.push(*decl);
}

/// Makes the types of the results of the constructors.
fn group(out: &mut Declared<'_>, problems: &mut Problems) {
    let mut spoiled = HashSet::new();
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
            TermKind::Name(name) if !result.bare && variable(decl.ast, name.text).is_none() => name.text,
            _ => {
                problems.error(ErrorKind::ResultIsNoType, location);
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
        let declared = &mut out.types[ty.0 as usize];
        if declared.params != kinds && spoiled.insert(ty) {
            let first = declared.location;
            problems.error(ErrorKind::ParameterClash { ty: name.to_owned(), first }, location);
        }
        declared.constructors.push(idx);
        out.type_of.push(Some(ty));
    }
}

/// The kinds of the arguments of a result.
fn result_kinds(combinator: &ast::Combinator<'_>, args: &[&ast::Term<'_>]) -> Vec<GenericKind> {
    let kind = |arg: &&ast::Term<'_>| match &arg.kind {
        TermKind::Number(_) | TermKind::Sum(_) | TermKind::Nat => GenericKind::Nat,
        TermKind::Name(name) => match variable(combinator, name.text) {
            Some(kind) => kind,
            None if has_word(combinator, name.text) => GenericKind::Nat,
            None => GenericKind::Type,
        },
        _ => GenericKind::Type,
    };
    args.iter().map(kind).collect()
}

/// The kind of a variable of the combinator.
fn variable(combinator: &ast::Combinator<'_>, name: &str) -> Option<GenericKind> {
    let arg = combinator.opt_args.iter().find(|arg| arg.names.iter().any(|variable| variable.text == name))?;
    Some(if arg.ty.kind == TermKind::Nat { GenericKind::Nat } else { GenericKind::Type })
}

fn has_word(combinator: &ast::Combinator<'_>, name: &str) -> bool {
    combinator.args.iter().any(|arg| arg.ty.kind == TermKind::Nat && arg.name.is_some_and(|own| own.text == name))
}

fn check_finality(files: &[(FileIdx, Collected<'_>)], declared: &Declared<'_>, problems: &mut Problems) {
    for Finality { kind, ty, location } in files.iter().flat_map(|(_, file)| &file.finality) {
        let Some(idx) = declared.type_names.get(ty) else { continue };
        let constructors = declared.ty(*idx).constructors.iter().map(|idx| declared.decl(*idx).name_location());
        let (word, against) = match kind {
            FinalityKind::New => ("New", constructors.filter(|at| at < location).min()),
            FinalityKind::Final => ("Final", constructors.filter(|at| at > location).min()),
            FinalityKind::Empty => ("Empty", constructors.min()),
        };
        if let Some(at) = against {
            let (at, first) = if at > *location { (at, *location) } else { (*location, at) };
            problems.error(ErrorKind::Finality { ty: (*ty).to_owned(), word, first }, at);
        }
    }
}
