//! Proof that the wire runtime builds without the standard library: this crate names `core`, `alloc` and `tlgen_runtime`
//! only, and uses each entry point once.

#![no_std]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;

use tlgen_runtime::{
    Combinator, Decode, DecodeBare, DecodeError, Encode, EncodeBare, EncodeError, Function, Object, Reader, Writer,
};

/// `ping_delay_disconnect#f3427b8c ping_id:long disconnect_delay:int = Pong;`
#[derive(Clone, Debug, PartialEq)]
pub struct PingDelayDisconnect {
    /// Chosen by the sender.
    pub ping_id: i64,
    /// Seconds.
    pub disconnect_delay: i32,
}

/// `rpc_error#2144ca19 error_code:int error_message:string = RpcError;`
#[derive(Clone, Debug, PartialEq)]
pub struct RpcError {
    /// Like an HTTP status.
    pub error_code: i32,
    /// In capitals.
    pub error_message: String,
}

impl Combinator for PingDelayDisconnect {
    const ID: u32 = 0xf342_7b8c;
    const NAME: &'static str = "ping_delay_disconnect";
}

impl EncodeBare for PingDelayDisconnect {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&self.ping_id);
        w.put(&self.disconnect_delay);
    }
}

impl Function for PingDelayDisconnect {
    type Return = Object;
}

impl Combinator for RpcError {
    const ID: u32 = 0x2144_ca19;
    const NAME: &'static str = "rpc_error";
}

impl<'de> DecodeBare<'de> for RpcError {
    const MIN_SIZE: usize = 8;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { error_code: r.get(), error_message: r.get() }
    }
}

/// The bytes of a request.
///
/// # Errors
/// When it has no encoding.
pub fn request(ping: &PingDelayDisconnect, buf: &mut Vec<u8>) -> Result<(), EncodeError> {
    ping.encode_into(buf)
}

/// The error that an answer is.
///
/// # Errors
/// When it is something else.
pub fn answer(bytes: &[u8]) -> Result<RpcError, DecodeError> {
    Decode::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_and_an_answer() -> Result<(), alloc::boxed::Box<dyn core::error::Error>> {
        let mut buf = Vec::new();
        request(&PingDelayDisconnect { ping_id: 1, disconnect_delay: 75 }, &mut buf)?;
        assert_eq!(buf, b"\x8c\x7b\x42\xf3\x01\0\0\0\0\0\0\0\x4b\0\0\0");
        let error = answer(b"\x19\xca\x44\x21\x90\x01\0\0\x03BAD")?;
        assert_eq!(error, RpcError { error_code: 400, error_message: "BAD".into() });
        Ok(())
    }
}
