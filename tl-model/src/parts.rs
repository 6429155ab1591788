//! Parts of schemas: files that use types which no file declares.
//!
//! What comes in are all uses of undeclared types; what goes out are errors or warnings. A mistake and a part of a
//! schema look alike: both use a name that nobody declares. The written ids tell them apart. An id is the checksum of
//! its line, so a line that has the id that follows from it holds no slip of the pen, and a type in it that is not
//! declared is declared elsewhere. A file with such a line is a part of a schema.

use std::collections::{HashMap, HashSet};

use tl_parser::source::{FileIdx, Location};

use crate::Options;
use crate::error::{ErrorKind, Problems};

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
    /// Whether the value has no id, so that it can not be read without the declaration.
    pub(crate) is_bare: bool,
    /// Whether the written id proves the line that it stands in.
    pub(crate) is_proved: bool,
}

/// Reports the uses: as warnings in a fragment and in what must be a part of a schema, else as errors.
pub(crate) fn report(uses: Vec<Undeclared<'_>>, options: &Options, problems: &mut Problems) {
    let parts: HashSet<FileIdx> =
        uses.iter().filter(|used| options.parts && used.is_proved).map(|used| used.location.file).collect();
    // One warning for each name in a file: what is declared elsewhere may be used everywhere.
    let mut warnings: Vec<(ErrorKind, Location)> = Vec::new();
    let mut places: HashMap<(FileIdx, &str), usize> = HashMap::new();
    for used in uses {
        let Undeclared { name, location, suggestion, function, is_anonymous, is_bare, is_proved } = used;
        let is_warning = options.fragment || is_proved && options.parts || parts.contains(&location.file) && !is_bare;
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
            problems.error(kind, location);
        }
    }
    for (kind, location) in warnings {
        problems.warning(kind, location);
    }
}
