//! Obfuscation: both directions are encrypted with keys that the client sends first, so that no pattern shows.

use crate::crypto::aes::Ctr;
use crate::crypto::part;

/// The length of what a connection begins with: 8 random bytes, key, initial vector, mark, and 4 bytes more.
pub(super) const HEAD: usize = 64;

/// The key streams of a connection.
pub(crate) struct Obfuscation {
    from_client: Ctr,
    to_client: Ctr,
}

impl Obfuscation {
    /// From the first bytes of the client; and these bytes decrypted.
    pub(super) fn new(head: &[u8; HEAD]) -> (Self, [u8; HEAD]) {
        let mut reversed: [u8; 48] = part(head, 8);
        reversed.reverse();
        let mut from_client = Ctr::new(part(head, 8), part(head, 40));
        let mut decrypted = *head;
        from_client.apply(&mut decrypted);
        (Self { from_client, to_client: Ctr::new(part(&reversed, 0), part(&reversed, 32)) }, decrypted)
    }

    pub(super) fn decrypt(&mut self, bytes: &mut [u8]) {
        self.from_client.apply(bytes);
    }

    pub(super) fn encrypt(&mut self, bytes: &mut [u8]) {
        self.to_client.apply(bytes);
    }
}
