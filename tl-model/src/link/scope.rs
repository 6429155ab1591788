//! The names that are known while one combinator is linked.

use std::collections::HashMap;

use tlgen_parser::ast::{Arg, Combinator, TermKind};
use tlgen_parser::source::{FileIdx, Location, Span};

use crate::error::ErrorKind;
use crate::schema::{Generic, GenericKind, NatRef, Param, TypeExpr, WordUse};
use crate::suggest::Suggest;

/// The variables of a combinator, its arguments so far and those of the records that are open.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) file: FileIdx,
    pub(crate) generics: Vec<Generic>,
    generic_names: HashMap<&'a str, u32>,
    /// Whether something uses it, by index in `generics`.
    used: Vec<bool>,
    /// Whether something has the type `!X`, and whether something uses it otherwise, likewise.
    held: Vec<bool>,
    named: Vec<bool>,
    /// How many of them stand in braces; the others are added where they are used.
    declared: usize,
    /// The arguments first, then the records, from the outside in.
    levels: Vec<Level<'a>>,
    /// How many unknown words were looked up: each costs a walk over the fields.
    unknown: u32,
}

/// Unknown words in one declaration beyond this many get no suggestion.
const SUGGESTED: u32 = 8;

/// The fields of a combinator or of a repeated record.
#[derive(Debug, Default)]
struct Level<'a> {
    params: Vec<Param>,
    names: HashMap<&'a str, u32>,
    last_nat: Option<u32>,
    /// Where each name is declared, also those that come later.
    all: HashMap<&'a str, Location>,
}

/// How a number is used.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Use {
    /// A condition looks at this bit.
    Bit(u8),
    Count,
    Argument,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(file: FileIdx) -> Self {
        Self {
            file,
            generics: Vec::new(),
            generic_names: HashMap::new(),
            used: Vec::new(),
            held: Vec::new(),
            named: Vec::new(),
            declared: 0,
            levels: Vec::new(),
            unknown: 0,
        }
    }

    pub(crate) fn at(&self, span: Span) -> Location {
        Location { file: self.file, span }
    }

    /// Adds a variable; if there is one of this name, gives its index.
    pub(crate) fn add_generic(
        &mut self,
        name: &'a str,
        kind: GenericKind,
        location: Location,
    ) -> Result<u32, Location> {
        if let Some(&first) = self.generic_names.get(name) {
            return Err(self.generics[first as usize].location);
        }
        let place = u32::try_from(self.generics.len()).expect("a file is shorter than 4 GiB");
        self.generics.push(Generic { name: name.into(), kind, location });
        self.generic_names.insert(name, place);
        self.used.push(false);
        self.held.push(false);
        self.named.push(false);
        Ok(place)
    }

    /// The variable of this name, which is used from now on.
    pub(crate) fn generic(&mut self, name: &str) -> Option<(u32, GenericKind)> {
        let place = *self.generic_names.get(name)?;
        self.used[place as usize] = true;
        Some((place, self.generics[place as usize].kind))
    }

    /// Notes that something has the type `!X`.
    pub(crate) fn hold(&mut self, generic: u32) {
        self.held[generic as usize] = true;
    }

    /// Notes that something has the type `X`, or one with `X` in it.
    pub(crate) fn name_type(&mut self, generic: u32) {
        self.named[generic as usize] = true;
    }

    /// Whether a variable is only the result of a function that a value holds. The id of the function tells what it is, so no type
    /// need say it.
    pub(crate) fn is_told_by_value(&self, generic: usize) -> bool {
        self.held[generic] && !self.named[generic]
    }

    /// The variables that nothing uses.
    pub(crate) fn unused(&self) -> impl Iterator<Item = &Generic> {
        self.generics.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(generic, _)| generic)
    }

    /// Whether there are variables in braces.
    pub(crate) fn has_declared_variables(&self) -> bool {
        self.declared > 0
    }

    /// Opens the arguments of a combinator or a record.
    pub(crate) fn open(&mut self, args: &[Arg<'a>]) {
        if self.levels.is_empty() {
            self.declared = self.generics.len();
        }
        let mut level = Level { params: Vec::with_capacity(args.len()), ..Level::default() };
        for name in args.iter().filter_map(|arg| arg.name) {
            level.all.entry(name.text).or_insert_with(|| self.at(name.span));
        }
        self.levels.push(level);
    }

    /// Closes what was opened last.
    pub(crate) fn close(&mut self) -> Box<[Param]> {
        self.levels.pop().map(|level| level.params.into_boxed_slice()).unwrap_or_default()
    }

    pub(crate) fn is_record(&self) -> bool {
        self.levels.len() > 1
    }

    /// Where the name is declared for the first time in what is open.
    pub(crate) fn first(&self, name: &str) -> Option<Location> {
        self.levels.last()?.all.get(name).copied()
    }

    /// Adds a field to what was opened last.
    pub(crate) fn add(&mut self, name: Option<&'a str>, param: Param) {
        let Some(level) = self.levels.last_mut() else { return };
        let place = u32::try_from(level.params.len()).expect("a file is shorter than 4 GiB");
        if param.ty == TypeExpr::Nat {
            level.last_nat = Some(place);
        }
        if let Some(name) = name {
            level.names.entry(name).or_insert(place);
        }
        level.params.push(param);
    }

    /// The `#` before a repetition without a count: the last one.
    pub(crate) fn last_nat(&mut self) -> Option<NatRef> {
        for depth in (0..self.levels.len()).rev() {
            if let Some(place) = self.levels[depth].last_nat {
                return Some(self.word(depth, place, Use::Count));
            }
        }
        let place = self.generics.iter().rposition(|generic| generic.kind == GenericKind::Nat)?;
        self.used[place] = true;
        Some(NatRef::Generic(u32::try_from(place).expect("a file is shorter than 4 GiB")))
    }

    /// The number of this name, which is used from now on.
    pub(crate) fn nat(&mut self, name: &str, usage: Use) -> Result<NatRef, ErrorKind> {
        for depth in (0..self.levels.len()).rev() {
            let level = &self.levels[depth];
            if let Some(&place) = level.names.get(name) {
                let param = &level.params[place as usize];
                if param.ty != TypeExpr::Nat {
                    return Err(ErrorKind::WordIsNoNat { name: name.to_owned(), declared: param.location });
                }
                return Ok(self.word(depth, place, usage));
            }
        }
        match self.generic(name) {
            Some((place, GenericKind::Nat)) => Ok(NatRef::Generic(place)),
            Some((place, GenericKind::Type)) => {
                let declared = self.generics[place as usize].location;
                Err(ErrorKind::WordIsNoNat { name: name.to_owned(), declared })
            }
            None => Err(self.unknown_word(name)),
        }
    }

    /// Whether the name is that of a number.
    pub(crate) fn is_nat(&self, name: &str) -> Option<Location> {
        if let Some(&place) = self.generic_names.get(name) {
            let generic = &self.generics[place as usize];
            return (generic.kind == GenericKind::Nat).then_some(generic.location);
        }
        let level = self.levels.iter().rev().find(|level| level.names.contains_key(name))?;
        let param = &level.params[level.names[name] as usize];
        (param.ty == TypeExpr::Nat).then_some(param.location)
    }

    fn word(&mut self, depth: usize, place: u32, usage: Use) -> NatRef {
        let up = self.levels.len() - 1 - depth;
        let param = &mut self.levels[depth].params[place as usize];
        param.word = mark(param.word, usage);
        match depth {
            0 => NatRef::Param(place),
            _ if up == 0 => NatRef::Field(place),
            // The parser limits how deep records nest.
            _ => NatRef::Outer { up: u8::try_from(up).unwrap_or(u8::MAX), field: place },
        }
    }

    fn unknown_word(&mut self, name: &str) -> ErrorKind {
        let name = name.to_owned();
        if let Some(&declared) = self.levels.iter().rev().find_map(|level| level.all.get(name.as_str())) {
            return ErrorKind::UseBeforeDeclaration { name, declared };
        }
        self.unknown += 1;
        if self.unknown > SUGGESTED {
            return ErrorKind::UndefinedWord { name, suggestion: None };
        }
        let words = self.levels.iter().flat_map(|level| {
            let nats = level.params.iter().filter(|param| param.ty == TypeExpr::Nat);
            nats.filter_map(|param| param.name.as_deref())
        });
        let variables = self.generics.iter().filter(|generic| generic.kind == GenericKind::Nat);
        let suggestion = Suggest::new(words.chain(variables.map(|generic| &*generic.name))).nearest(&name);
        ErrorKind::UndefinedWord { name, suggestion }
    }
}

fn mark(mut word: WordUse, usage: Use) -> WordUse {
    match usage {
        Use::Bit(bit) => word.bits |= 1 << bit,
        Use::Count => word.is_count = true,
        Use::Argument => word.is_argument = true,
    }
    word
}

/// The indices of the arguments in the order in which they are linked: that of the file, but a `true` whose word comes
/// after it is linked right after the word. It takes no bytes, so the wire is the same.
pub(crate) fn order(combinator: &Combinator<'_>) -> (Vec<usize>, Vec<usize>) {
    let args = &combinator.args;
    let mut words: HashMap<&str, usize> = HashMap::new();
    for (place, arg) in args.iter().enumerate() {
        if let (Some(name), TermKind::Nat) = (arg.name, &arg.ty.kind) {
            words.entry(name.text).or_insert(place);
        }
    }
    let mut late: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut moved = Vec::new();
    for (place, arg) in args.iter().enumerate() {
        if let Some(condition) = &arg.condition
            && matches!(&arg.ty.kind, TermKind::Name("true"))
            && let Some(&word) = words.get(condition.word.text)
            && word > place
        {
            late.entry(word).or_default().push(place);
            moved.push(place);
        }
    }
    let mut order = Vec::with_capacity(args.len());
    for place in 0..args.len() {
        if moved.binary_search(&place).is_err() {
            order.push(place);
            order.extend(late.remove(&place).unwrap_or_default());
        }
    }
    (order, moved)
}
