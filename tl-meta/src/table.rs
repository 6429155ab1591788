//! The tables.

use std::collections::BTreeMap;
use std::fmt;

use tlgen_parser::source::Location;

use crate::ErrorName;

/// Everything that is known about one schema. Keys are exact TL names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// What the source calls itself, where it does.
    pub source: Option<String>,
    /// The layer that the source is about, where it says so.
    pub layer: Option<u32>,
    /// The days on which layers appeared.
    pub layers: BTreeMap<u32, Date>,
    /// Functions.
    pub functions: BTreeMap<String, Function>,
    /// Constructors.
    pub constructors: BTreeMap<String, Constructor>,
    /// Boxed types.
    pub types: BTreeMap<String, Type>,
    /// Errors, whichever function they come from.
    pub errors: BTreeMap<ErrorName, Known>,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, as in 2021.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

/// `2021-09-02`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// What is known about a function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Function {
    /// What it does.
    pub description: Option<String>,
    /// Its arguments by name.
    pub fields: BTreeMap<String, Field>,
    /// Who may call it.
    pub usable_by: UsableBy,
    /// The errors that it is known to answer with. `None` if no source says anything; an empty list if a source says that none
    /// is known.
    pub errors: Option<Vec<FunctionError>>,
    /// Related pages.
    pub related: Vec<Related>,
    /// Where it is said, in a source that has locations.
    pub location: Option<Location>,
}

/// What is known about a constructor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constructor {
    /// What it means.
    pub description: Option<String>,
    /// Its fields by name.
    pub fields: BTreeMap<String, Field>,
    /// Related pages.
    pub related: Vec<Related>,
    /// Where it is said, in a source that has locations.
    pub location: Option<Location>,
}

/// What is known about a boxed type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Type {
    /// What it means.
    pub description: Option<String>,
    /// Related pages.
    pub related: Vec<Related>,
    /// Where it is said, in a source that has locations.
    pub location: Option<Location>,
}

/// What is known about an argument or a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// What it is.
    pub description: Option<String>,
    /// When it is absent or null, and what that means.
    pub null: Option<String>,
    /// Where it is said, in a source that has locations.
    pub location: Option<Location>,
}

/// Who may call a function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UsableBy {
    /// Nothing is known, which does not mean nobody.
    #[default]
    Unknown,
    /// Users only.
    Users,
    /// Bots only.
    Bots,
    /// Users and bots.
    Both,
}

impl UsableBy {
    /// The words for people: `users only`, `bots only`, `users and bots`, `not known`.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Unknown => "not known",
            Self::Users => "users only",
            Self::Bots => "bots only",
            Self::Both => "users and bots",
        }
    }
}

/// An error in the list of a function. What it leaves out is in [`Metadata::errors`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionError {
    /// Its name.
    pub name: ErrorName,
    /// Its code, such as 400.
    pub code: Option<i32>,
    /// What it means for this function.
    pub description: Option<String>,
}

/// What is known about an error, whichever function it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The codes under which it comes, ascending.
    pub codes: Vec<i32>,
    /// What the numbers in it are called, one after the other; empty where nobody says it.
    pub fields: Vec<String>,
    /// What it means.
    pub description: Option<String>,
}

/// An error of a function with all that is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RpcError {
    /// The codes under which it comes; empty if no source says any.
    pub codes: Vec<i32>,
    /// Its name.
    pub name: ErrorName,
    /// What it means.
    pub description: Option<String>,
}

/// A related page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// What is to be found there.
    pub description: Option<String>,
}

impl Metadata {
    /// What is known about a function.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.get(name)
    }

    /// What is known about a constructor.
    #[must_use]
    pub fn constructor(&self, name: &str) -> Option<&Constructor> {
        self.constructors.get(name)
    }

    /// What is known about a boxed type.
    #[must_use]
    pub fn ty(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// The errors that a function is known to answer with, completed from the table of all errors and sorted by code
    /// and name. `None` if no source says anything about its errors.
    #[must_use]
    pub fn errors_of(&self, function: &str) -> Option<Vec<RpcError>> {
        let listed = self.functions.get(function)?.errors.as_ref()?;
        let mut errors: Vec<RpcError> = listed
            .iter()
            .map(|error| {
                let known = self.errors.get(&error.name);
                RpcError {
                    codes: match (error.code, known) {
                        (Some(code), _) => vec![code],
                        (None, Some(known)) => known.codes.clone(),
                        (None, None) => Vec::new(),
                    },
                    name: error.name.clone(),
                    description: error
                        .description
                        .clone()
                        .or_else(|| known.and_then(|known| known.description.clone())),
                }
            })
            .collect();
        errors.sort_by(|a, b| (&a.codes, &a.name).cmp(&(&b.codes, &b.name)));
        Some(errors)
    }
}
