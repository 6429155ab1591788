//! What a call is about: the schemas and options of `tlgen.toml` or of the arguments, and the folder that the code goes to.
//!
//! [`config`] reads the file. [`job`] turns it, or the arguments, into what the commands take. [`metadata`] reads the files that
//! describe the schemas. [`inputs`] tells when one of the files changed. [`stated`] is what `tlgen.toml` says about the ids of a single file. [`plan`] compares files in memory with a folder, and [`write`] does what a plan says.

pub(crate) mod config;
pub(crate) mod inputs;
pub(crate) mod job;
pub(crate) mod keys;
pub(crate) mod metadata;
pub(crate) mod plan;
pub(crate) mod stamp;
pub(crate) mod stated;
pub(crate) mod write;
