//! An atlas, its bytes, and what the runtime makes of them.

#![allow(clippy::unwrap_used)]

mod clashes;
mod corpus;
mod hostile;
mod layouts;
mod look;
mod names;
mod read;
mod rules;
mod who;

use tlgen_atlas::Atlas;
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load};
use tlgen_parser::source::Sources;

/// A schema without mistakes.
fn schema(text: &str) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("schema.tl", text);
    let loaded = load(&sources, &[file], &Options::default());
    loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// The atlas of schemas, oldest first, each with a letter as its name.
fn atlas(texts: &[&str]) -> Atlas {
    let mut atlas = Atlas::new();
    for (name, text) in ('a'..).zip(texts) {
        atlas.add(&name.to_string(), &schema(text));
    }
    atlas
}
