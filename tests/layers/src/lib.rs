//! Layers of the Telegram API and the small schemas of other people's byte vectors, as a build script generates them from
//! the corpus that `TL_CORPUS` names, under the strictest lints. Without the variable there is nothing here.

#![deny(warnings, missing_docs)]

pub mod vectors;

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
