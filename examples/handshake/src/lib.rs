//! The first step of MTProto over TCP, with generated types: a client sends `req_pq_multi`, a server answers `resPQ`.
//!
//! ```text
//! functions::ReqPqMulti ─tlgen_runtime─▶ bytes ─envelope─▶ message ─transport─▶ frame ─tokio─▶ TCP
//! ```
//!
//! Each layer is a module and knows only the one below: [`transport`] is the
//! [intermediate transport](https://core.telegram.org/mtproto/mtproto-transports#intermediate), [`envelope`] the
//! [unencrypted message](https://core.telegram.org/mtproto/description#unencrypted-message), and [`client`] and
//! [`server`] speak in values of generated types. The client is a [`tlgen_runtime::rpc::InvokeAsync`].

pub mod client;
pub mod envelope;
mod error;
pub mod server;
pub mod transport;

pub use error::ConnectionError;
