//! The outer layers of MTProto 2, without input and output: how [messages are cut out of a connection][transports], and how they are
//! [encrypted].
//!
//! A [`Link`] is the connection as a server sees it. Who only watches one asks [`detect`] how it begins and
//! [`TransportKind::head`] where each frame ends. [`AuthKey`] encrypts and decrypts messages.
//!
//! [transports]: https://core.telegram.org/mtproto/mtproto-transports
//! [encrypted]: https://core.telegram.org/mtproto/description
//!
//! ```
//! use tlgen_mtproto::{AuthKey, Link, Side};
//!
//! let key = AuthKey::new([7; 256]);
//! // Salt, session, id, number, length and body.
//! let message = [&[0; 28][..], &4u32.to_le_bytes(), b"body"].concat();
//! let sealed = key.seal(Side::Client, message, &[1; 32]);
//!
//! // A client says by one byte that it speaks the abridged transport, in which lengths are in words.
//! let mut link = Link::new(1 << 20);
//! link.receive(&[0xef, (sealed.len() / 4) as u8]);
//! link.receive(&sealed);
//! let mut frame = link.next_frame()?.expect("the frame is whole");
//! assert_eq!(key.open(Side::Client, &mut frame.payload)?.body, b"body");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod aes;
mod auth_key;
mod error;
mod hash;
mod transport;

pub use aes::{Ctr, IgeKey};
pub use auth_key::{AuthKey, OpenError, Opened, Side};
pub use error::TransportError;
pub use hash::{part, sha1, sha256};
pub use transport::{Detected, Frame, Head, Link, Obfuscation, TransportKind, detect};
