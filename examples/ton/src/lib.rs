//! Calls of a TON lite server with generated types, through two clients of other people.
//!
//! ```text
//! functions::lite_server::GetTime ─tlgen_runtime─▶ bytes ─liteServer.query─▶ bytes ─adnl::AdnlPeer───────▶ TCP
//!                                                                          └─────── tonutils::LiteClient ─┘
//! ```
//!
//! A transport is written once, in some ten lines, and then makes every call of the schema. `tests/lite_server.rs` makes them
//! against the server of `ton_liteapi` in the same process.

mod over_adnl;
mod over_tonutils;

/// Generated from `schema/lite.tl` by the build script.
#[allow(clippy::all, missing_docs)]
pub mod lite {
    tlgen_runtime::include_schema!("lite");
}

pub use over_adnl::{AdnlClosed, OverAdnl};
pub use over_tonutils::OverTonutils;
