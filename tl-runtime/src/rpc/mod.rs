//! Calls: a request goes out, the value that it returns comes back.
//!
//! A transport is whatever moves the bytes of a request to a server and those of the answer back: whoever implements
//! [`Invoke`] (it blocks) or [`InvokeAsync`] (it is awaited) says how, and which answers are errors. What a caller gets is
//! typed: the value that the request returns, or an [`InvokeError`].
//!
//! | name | what it is |
//! |---|---|
//! | [`Transport`] | moves bytes; what both kinds have in common |
//! | [`Invoke`], [`InvokeAsync`] | a transport that makes calls: `transport.invoke(&request)` |
//! | [`PendingCall`] | a call that is not made yet: what the generated methods by namespace return |
//! | [`InvokeError`], [`RpcError`], [`KnownError`] | how a call fails |
//!
//! # Methods by namespace
//!
//! With the option `calls` the generated module `calls` has a trait `Calls` with a method for each namespace, so that
//! `client.contacts().get_contacts(0)` is a call. Where the traits of two layers are in scope, `calls::on` says which is meant:
//! `layer_228::calls::on(&client).contacts().get_contacts(0)`.

mod call;
mod error;
mod known;
#[cfg(feature = "tower")]
pub mod tower;
mod transport;

pub use call::{PendingCall, Response};
pub use error::{InvokeError, RpcError};
pub use known::KnownError;
#[doc(hidden)]
pub use known::error_numbers;
pub use transport::{Invoke, InvokeAsync, Transport};
