//! Calls and [tower](https://docs.rs/tower) services, both ways.
//!
//! [`CallService`] makes a service of a caller: requests go in, what they return comes out, and the layers of tower
//! (time-outs, retries, limits) go around. [`ServiceCaller`] makes a caller of a service that moves bytes, so that the
//! generated methods work on a stack of layers.

mod call;
mod caller;

pub use call::CallService;
pub use caller::ServiceCaller;
