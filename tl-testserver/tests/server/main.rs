//! The server, by clients over TCP.

#![allow(clippy::unwrap_used)]

mod calls;
mod client;
mod handshake;
mod hostile;
mod messages;
mod sessions;
