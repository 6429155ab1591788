//! One file or folder for each command: arguments in, text and files out.

pub(crate) mod asm;
pub(crate) mod atlas;
pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod convert;
pub(crate) mod decode;
pub(crate) mod diff;
pub(crate) mod disasm;
#[cfg(feature = "docs")]
pub(crate) mod docs;
pub(crate) mod dump;
pub(crate) mod encode;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod generate;
pub(crate) mod git_diff;
pub(crate) mod id;
pub(crate) mod init;
pub(crate) mod lint;
pub(crate) mod merge;
pub(crate) mod random;
pub(crate) mod shell;
pub(crate) mod slice;
pub(crate) mod stats;
pub(crate) mod watch;
pub(crate) mod who;
