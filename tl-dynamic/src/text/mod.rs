//! Bytes as text that a person can read and change, and back to exactly the same bytes, whether they mean something or not.
//!
//! Each word of the text is some bytes by itself, so an assembler needs no types, and text can say what no value is: wrong counts,
//! unknown ids, padding that is not zero.
//!
//! | text | bytes |
//! |---|---|
//! | `user`, `#d23c81a3` | the id of a constructor or function; `vector`, `true`, `boolTrue`, `boolFalse` are known |
//! | `user { ... }` | the id and what is in the braces; `{ ... }` alone is a value without an id |
//! | `[ ... ]` | the number of items in four bytes, and the items; `vector [ ... ]` with the id before it |
//! | `7*[ ... ]` | the same with a number that need not be right |
//! | `5`, `-5`, `0xff` | four bytes |
//! | `5L`, `0xffL` | eight bytes |
//! | `1.5`, `1.5f` | a `double`, a `float` |
//! | `"text"` | a string: its length, its bytes, and zeros up to a multiple of four |
//! | `bytes( ... )` | a string with these bytes |
//! | `'text'` | bytes of text without a length |
//! | `` `c0ffee` `` | bytes |
//! | `len( ... )` | how many bytes follow in the parentheses, in four bytes, and these |
//! | `name:` | nothing: names of fields are for the reader |
//! | `// ...` | nothing |
//!
//! Braces and brackets that belong to an id are on the same line. In text, `\"`, `\\`, `\n`, `\r`, `\t`, `\x7f` and `\u{1f600}` stand for a character, and `\xff` for a byte. Commas are blanks.

mod asm;
mod disasm;
mod lex;

pub use asm::{AsmError, AsmErrorKind};

use crate::codec::Codec;
use crate::decode::DecodeOptions;
use crate::root::Root;
use crate::wire;

impl Codec<'_> {
    /// The text of any bytes. [`Codec::assemble`] makes the same bytes of it.
    ///
    /// ```text
    /// user { // 3: bot, photo
    ///     flags: 3
    ///     id: 4L
    ///     name: "Joe"
    ///     photo: bytes(`cafe`)
    /// }
    /// ```
    #[must_use]
    pub fn disassemble(&self, root: Root<'_>, bytes: &[u8], options: &DecodeOptions) -> String {
        let trace = self.trace(root, bytes, options);
        // A value that was found between items of a list may count as one of them; then all counts are written. What comes out is
        // checked, so that no form of damage makes a text of other bytes.
        let texts = [false, true].into_iter().map(|counted| disasm::print(self, &trace, bytes, counted));
        let mut right = texts.filter(|text| self.assemble(text).is_ok_and(|again| again == bytes));
        right.next().unwrap_or_else(|| disasm::digits(bytes))
    }

    /// The bytes of a text. Only names of constructors and functions are looked up in the schema.
    ///
    /// # Errors
    /// The first part of the text that is no bytes, with its line and column.
    pub fn assemble(&self, text: &str) -> Result<Vec<u8>, AsmError> {
        asm::assemble(self, text)
    }

    /// The id of a name in text.
    fn id_of(&self, name: &str) -> Option<u32> {
        if let Some(found) = self.by_name(name) {
            return Some(self.schema().combinator(found).id);
        }
        match name {
            "vector" => Some(wire::VECTOR),
            "true" => Some(wire::TRUE),
            "boolTrue" => Some(wire::BOOL_TRUE),
            "boolFalse" => Some(wire::BOOL_FALSE),
            _ => None,
        }
    }
}
