//! Measures generated code, runtime, parser and generator beside their peers.
//!
//! [`message`] makes the messages from our generated types; [`peer`] holds what other implementations make of the same
//! bytes; [`case`] pairs the operations on them; [`measure`] measures; [`section`] fills one part of the table each;
//! [`picture`] draws the main numbers.
//! `cargo bench -p tl-benches` runs all of it.

pub mod case;
pub mod measure;
pub mod message;
pub mod peer;
pub mod picture;
pub mod schema;
pub mod section;
pub mod table;

/// Contacts with borrowed text.
pub mod borrowed {
    tlgen_runtime::include_schema!("borrowed");
}

/// Contacts with views by code.
pub mod coded {
    tlgen_runtime::include_schema!("coded");
}

/// Contacts with small strings as text.
pub mod compact {
    tlgen_runtime::include_schema!("compact");
}

/// MTProto itself, generated from the schema of the peer.
pub mod mtproto {
    tlgen_runtime::include_schema!("mtproto");
}
