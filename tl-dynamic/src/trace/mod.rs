//! Bytes to rows: what each byte is, also of bytes that are damaged.
//!
//! What comes in are bytes and what they should be; what goes out is a list of rows whose bytes follow each other from the first
//! to the last. `walk` reads without recursion, so its state can be copied. Where bytes are wrong, `resume` lists the states in
//! which reading may go on, and `search` finds the next bytes that fit one of them. Rows that cannot be explained are holes.

mod dump;
mod page;
mod resume;
mod row;
mod say;
mod search;
mod state;
mod walk;

pub use dump::Look;
pub use row::{Fit, Row, RowKind, Slot, Trace};
pub(crate) use say::set_bits;

use tlgen_model::schema::TypeExpr;

use crate::codec::Codec;
use crate::decode::DecodeOptions;
use crate::root::Root;

/// The type of a value that says by its id what it is.
static OBJECT: TypeExpr = TypeExpr::Object;

impl Codec<'_> {
    /// What each byte of a message is. An `Object` that is unknown is a fault, and so is all that `options` do not allow; after a
    /// fault reading goes on where bytes make sense again.
    ///
    /// The rows that come before the first fault, and that fault, are those of [`Codec::decode_root`]. Time grows with the number
    /// of bytes, whatever they are.
    #[must_use]
    pub fn trace<'c>(&'c self, root: Root<'c>, bytes: &[u8], options: &DecodeOptions) -> Trace<'c> {
        search::run(self, root, bytes, options)
    }
}
