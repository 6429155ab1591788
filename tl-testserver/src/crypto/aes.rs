//! AES-256 in the two modes that MTProto uses: IGE for messages, CTR for obfuscated connections.

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit, KeyIvInit, StreamCipher};

/// A key and what stands in for the blocks before the first: the ciphertext, then the plaintext.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct IgeKey {
    pub(crate) key: [u8; 32],
    pub(crate) iv: [u8; 32],
}

impl IgeKey {
    /// Encrypts whole blocks of 16 bytes; bytes beyond the last whole one stay as they are.
    pub(crate) fn encrypt(&self, data: &mut [u8]) {
        let cipher = Aes256::new(&self.key.into());
        self.each_block(data, false, |block| cipher.encrypt_block((&mut *block).into()));
    }

    /// Decrypts whole blocks of 16 bytes; bytes beyond the last whole one stay as they are.
    pub(crate) fn decrypt(&self, data: &mut [u8]) {
        let cipher = Aes256::new(&self.key.into());
        self.each_block(data, true, |block| cipher.decrypt_block((&mut *block).into()));
    }

    /// Each block is combined with the output before it, goes through the cipher, and is combined with the input before it.
    fn each_block(&self, data: &mut [u8], decrypts: bool, cipher: impl Fn(&mut [u8; 16])) {
        let (ciphertext, plaintext) = self.iv.split_at(16);
        let (first, second) = if decrypts { (plaintext, ciphertext) } else { (ciphertext, plaintext) };
        let mut output: [u8; 16] = super::part(first, 0);
        let mut input: [u8; 16] = super::part(second, 0);
        let (blocks, _) = data.as_chunks_mut::<16>();
        for block in blocks {
            let before = *block;
            combine(block, &output);
            cipher(block);
            combine(block, &input);
            (input, output) = (before, *block);
        }
    }
}

fn combine(block: &mut [u8; 16], with: &[u8; 16]) {
    block.iter_mut().zip(with).for_each(|(byte, with)| *byte ^= with);
}

/// The key stream of one direction of an obfuscated connection.
pub(crate) struct Ctr(ctr::Ctr128BE<Aes256>);

impl Ctr {
    /// At its beginning.
    pub(crate) fn new(key: [u8; 32], iv: [u8; 16]) -> Self {
        Self(ctr::Ctr128BE::new(&key.into(), &iv.into()))
    }

    /// Encrypts or decrypts what comes next.
    pub(crate) fn apply(&mut self, data: &mut [u8]) {
        self.0.apply_keystream(data);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against another implementation, both ways and for several lengths.
    #[test]
    fn ige_is_that_of_grammers() {
        let key = IgeKey { key: std::array::from_fn(|i| i as u8 * 3), iv: std::array::from_fn(|i| 200 - i as u8) };
        for blocks in [0, 1, 2, 7] {
            let plain: Vec<u8> = (0..blocks * 16).map(|i| (i * 31) as u8).collect();
            let (mut ours, mut theirs) = (plain.clone(), plain.clone());
            key.encrypt(&mut ours);
            grammers_crypto::aes::ige_encrypt(&mut theirs, &key.key, &key.iv);
            assert_eq!(ours, theirs);
            assert_eq!(ours == plain, blocks == 0);
            key.decrypt(&mut ours);
            assert_eq!(ours, plain);
        }
    }
}
