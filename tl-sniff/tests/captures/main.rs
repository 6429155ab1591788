//! Captures made here, of which it is known what was called.

#![allow(clippy::unwrap_used)]

mod damage;
mod session;
mod tcp;
mod transports;
