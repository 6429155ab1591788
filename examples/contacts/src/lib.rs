//! Calls of the Telegram API against a server in the same process.
//!
//! [`server`] decodes requests and answers with bytes, as a server at the other end of a wire would; its errors are
//! `rpc_error`s of MTProto. [`client`] wraps it into something that can call: [`client::Direct`] blocks,
//! [`client::Remote`] is awaited and reaches the server through a channel. Both take an answer out of its `rpc_result`
//! and tell errors from results; all else is done by `tlgen_runtime` and the generated types.

pub mod client;
pub mod server;
