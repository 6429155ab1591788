//! Errors of generated code with the fields around them.

use std::fmt;

use tlgen_model::schema::Schema;
use tlgen_model::{Options, Outcome, Valid};
use tlgen_parser::source::Sources;

use crate::codec::Codec;
use crate::locate::Place;

/// Finds the field at which bytes are wrong, by the schema that the code was generated from.
///
/// An error of generated code has an offset and the constructors around it, but no fields: their names would be in every
/// program. Where they are wanted the schema is at hand as text, by `include_str!` or from the generator (its option
/// `declarations` makes a constant `DECLARATIONS`), and the bytes are walked once more.
///
/// ```
/// let schema = "
///     userStatusEmpty#09d05049 = UserStatus;
///     user#0a0b0c0d flags:# id:long status:flags.6?UserStatus = User;
///     contacts.contacts#eae87e42 saved_count:int users:Vector<User> = contacts.Contacts;
/// ";
/// let locator = tlgen_dynamic::Locator::new(schema).unwrap();
/// let words = [0xeae8_7e42_u32, 1, 0x1cb5_c415, 1, 0x0a0b_0c0d, 1 << 6, 7, 0, 0xdead_beef];
/// let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
/// // What `tlgen_runtime::DecodeError::offset` says: the id at byte 32 is unknown.
/// let place = locator.locate(&bytes, 32);
/// assert_eq!(place.to_string(), "contacts.contacts.users[0](user).status: flags.6?UserStatus");
/// ```
#[derive(Clone, Debug)]
pub struct Locator(Valid<Schema>);

/// Text that is no schema: its first error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatorError(String);

impl fmt::Display for LocatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no schema: {}", self.0)
    }
}

impl std::error::Error for LocatorError {}

impl From<Valid<Schema>> for Locator {
    fn from(schema: Valid<Schema>) -> Self {
        Self(schema)
    }
}

impl Locator {
    /// Reads a schema.
    ///
    /// # Errors
    /// When it is not valid; `tlgen check` shows all errors and their locations.
    pub fn new(schema: &str) -> Result<Self, LocatorError> {
        let mut sources = Sources::new();
        let file = sources.add("schema", schema);
        let Outcome { value, diagnostics } = tlgen_model::load(&sources, &[file], &Options::default());
        let first = || diagnostics.iter().find(|found| found.is_error()).map(|error| error.message.clone());
        value.map(Self).ok_or_else(|| LocatorError(first().unwrap_or_default()))
    }

    /// Where the byte `offset` is in `bytes`, which begin with the id of a constructor or function, of `Bool` or
    /// `True`, or of a boxed vector of such. For other values there is [`Codec::locate`].
    #[must_use]
    pub fn locate(&self, bytes: &[u8], offset: usize) -> Place {
        Codec::new(&self.0).locate_boxed(bytes, offset)
    }

    /// The same in bytes that were to be an answer to the function `name`; `None` if there is no such function.
    #[must_use]
    pub fn locate_answer(&self, name: &str, bytes: &[u8], offset: usize) -> Option<Place> {
        let codec = Codec::new(&self.0);
        let (_, function) = self.0.functions().find(|(_, function)| function.name.full() == name)?;
        Some(codec.locate(&function.result, bytes, offset))
    }

    /// The same in bytes that were to be the constructor or function `name` without its id; `None` if there is none.
    #[must_use]
    pub fn locate_bare(&self, name: &str, bytes: &[u8], offset: usize) -> Option<Place> {
        let codec = Codec::new(&self.0);
        codec.by_name(name).map(|combinator| codec.locate_bare(combinator, bytes, offset))
    }
}
