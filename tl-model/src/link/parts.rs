//! Parts of schemas: files that use types which no file declares.
//!
//! What comes in are all uses of undeclared types; what goes out are errors or warnings. A mistake and a part of a
//! schema look alike: both use a name that nobody declares. The written ids tell them apart. An id is the checksum of
//! its line, so a line that has the id that follows from it holds no slip of the pen, and a type in it that is not
//! declared is declared elsewhere. A file with such a line is a part of a schema. A boxed type that only the results of
//! such lines name may as well have no constructor at all, as of a request that is never answered: that is no error in a
//! whole schema either.

use std::collections::{BTreeMap, HashMap};

use tlgen_parser::source::{FileIdx, Location};

use crate::Reading;
use crate::error::{ErrorKind, KEPT, Problems};

/// One use of a type that no file declares.
#[derive(Debug)]
pub(crate) struct Undeclared<'a> {
    pub(crate) name: &'a str,
    pub(crate) location: Location,
    pub(crate) suggestion: Option<String>,
    /// Whether it is the type of an argument without a name.
    pub(crate) is_anonymous: bool,
    /// The function of this name.
    pub(crate) function: Option<Location>,
    /// Whether the value has no id, so that it cannot be read without the declaration.
    pub(crate) is_bare: bool,
    /// Whether the written id proves the line that it is in.
    pub(crate) is_proved: bool,
    /// Whether it is in the result of a function.
    pub(crate) is_returned: bool,
}

impl Undeclared<'_> {
    /// Whether the type may have no constructor.
    fn may_be_empty(&self) -> bool {
        self.is_returned && self.is_proved && !self.is_bare
    }
}

/// All uses.
#[derive(Debug, Default)]
pub(crate) struct Uses<'a> {
    listed: Vec<Undeclared<'a>>,
    files: BTreeMap<FileIdx, Counts>,
}

/// What is known of the uses in a file.
#[derive(Debug, Default)]
struct Counts {
    /// Whether a proved line is among them.
    is_part: bool,
    /// Those that are not listed: in results and elsewhere in proved lines, boxed in others, bare in others.
    returned: usize,
    proved: usize,
    boxed: usize,
    bare: usize,
}

impl<'a> Uses<'a> {
    /// Adds a use. Only as many are listed as can be reported; the others are counted.
    pub(crate) fn add(&mut self, used: Undeclared<'a>) {
        let counts = self.files.entry(used.location.file).or_default();
        counts.is_part |= used.is_proved;
        if self.listed.len() < 2 * KEPT {
            self.listed.push(used);
        } else if used.may_be_empty() {
            counts.returned += 1;
        } else if used.is_proved {
            counts.proved += 1;
        } else if used.is_bare {
            counts.bare += 1;
        } else {
            counts.boxed += 1;
        }
    }

    /// Reports them: as warnings in a fragment and in what must be a part of a schema, else as errors.
    pub(crate) fn report(self, reading: &Reading<'_>, problems: &mut Problems) {
        let is_part = |file: &FileIdx| reading.may_be_part() && self.files[file].is_part;
        // One warning for each name in a file: what is declared elsewhere may be used everywhere.
        let mut warnings: Vec<(ErrorKind, Location)> = Vec::new();
        let mut places: HashMap<(FileIdx, &str), usize> = HashMap::new();
        for used in self.listed {
            let may_be_empty = used.may_be_empty();
            let Undeclared { name, location, suggestion, function, is_anonymous, is_bare, is_proved, .. } = used;
            let is_warning =
                reading.is_fragment() || may_be_empty || is_part(&location.file) && (is_proved || !is_bare);
            if is_warning && let Some(&first) = places.get(&(location.file, name)) {
                if let (ErrorKind::UndefinedType { more, .. }, _) = &mut warnings[first] {
                    *more += 1;
                }
                continue;
            }
            let kind = ErrorKind::UndefinedType { name: name.to_owned(), suggestion, function, is_anonymous, more: 0 };
            if is_warning {
                places.insert((location.file, name), warnings.len());
                warnings.push((kind, location));
            } else {
                problems.report(kind, location, false);
            }
        }
        for (kind, location) in warnings {
            problems.report(kind, location, true);
        }
        for (file, counts) in &self.files {
            let is_part = is_part(file);
            let mut more = |count, is_warning| problems.more(count, reading.is_fragment() || is_warning);
            more(counts.returned, true);
            more(counts.proved, is_part);
            more(counts.boxed, is_part);
            more(counts.bare, false);
        }
    }
}
