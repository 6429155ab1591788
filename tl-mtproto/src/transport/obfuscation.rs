//! Obfuscation: both directions are encrypted with keys that the client sends first, so that no pattern shows.

use crate::aes::Ctr;
use crate::hash::part;

/// The length of what a connection begins with: 8 random bytes, key, initial vector, mark, and 4 bytes more.
pub(super) const HEAD: usize = 64;

/// The key streams of an obfuscated connection.
///
/// ```
/// use tlgen_mtproto::Obfuscation;
///
/// let (mut obfuscation, head) = Obfuscation::new(&[0x55; 64]);
/// // The first 56 bytes are sent as they are. A server finds the transport in those that come then.
/// assert_ne!(head[56..60], [0x55; 4]);
/// obfuscation.from_client.apply(&mut [0; 8]);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Obfuscation {
    /// That of the client, after the first 64 bytes.
    pub from_client: Ctr,
    /// That of the server, at its beginning.
    pub to_client: Ctr,
}

impl Obfuscation {
    /// From the first bytes of the client; and these bytes decrypted.
    #[must_use]
    pub fn new(head: &[u8; HEAD]) -> (Self, [u8; HEAD]) {
        let mut reversed: [u8; 48] = part(head, 8);
        reversed.reverse();
        let mut from_client = Ctr::new(part(head, 8), part(head, 40));
        let mut decrypted = *head;
        from_client.apply(&mut decrypted);
        (Self { from_client, to_client: Ctr::new(part(&reversed, 0), part(&reversed, 32)) }, decrypted)
    }
}
