//! AES-256 in the two modes that MTProto uses: IGE for messages, CTR for obfuscated connections.

use std::fmt;

use aes::Aes256;
use aes::cipher::common::BlockSizeUser;
use aes::cipher::consts::U16;
use aes::cipher::{
    BlockCipherDecBackend, BlockCipherDecClosure, BlockCipherDecrypt, BlockCipherEncBackend, BlockCipherEncClosure,
    BlockCipherEncrypt, KeyInit, KeyIvInit, StreamCipher, StreamCipherSeek,
};

use crate::hash::part;

/// A key for infinite garble extension, and what stands in for the blocks before the first: the ciphertext, then the plaintext.
///
/// ```
/// use tlgen_mtproto::IgeKey;
///
/// let key = IgeKey { key: [1; 32], iv: [2; 32] };
/// let mut data = *b"two blocks of 16 bytes, exactly.";
/// key.encrypt(&mut data);
/// key.decrypt(&mut data);
/// assert_eq!(&data, b"two blocks of 16 bytes, exactly.");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct IgeKey {
    /// The key of AES.
    pub key: [u8; 32],
    /// The blocks before the first.
    pub iv: [u8; 32],
}

impl IgeKey {
    /// Encrypts whole blocks of 16 bytes; bytes beyond the last whole one stay as they are.
    pub fn encrypt(&self, data: &mut [u8]) {
        Aes256::new(&self.key.into()).encrypt_with_backend(Ige { iv: &self.iv, data });
    }

    /// Decrypts whole blocks of 16 bytes; bytes beyond the last whole one stay as they are.
    pub fn decrypt(&self, data: &mut [u8]) {
        Aes256::new(&self.key.into()).decrypt_with_backend(Ige { iv: &self.iv, data });
    }
}

/// Without the secret.
impl fmt::Debug for IgeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IgeKey").finish_non_exhaustive()
    }
}

/// All blocks at once, so that which instructions the processor has is asked once for all of them.
struct Ige<'a> {
    iv: &'a [u8; 32],
    data: &'a mut [u8],
}

impl Ige<'_> {
    /// Each block is combined with the output before it, goes through the cipher, and is combined with the input before it.
    #[inline(always)]
    fn each_block(self, decrypts: bool, cipher: impl Fn(&mut [u8; 16])) {
        let (ciphertext, plaintext) = self.iv.split_at(16);
        let (first, second) = if decrypts { (plaintext, ciphertext) } else { (ciphertext, plaintext) };
        let mut output = u128::from_ne_bytes(part(first, 0));
        let mut input = u128::from_ne_bytes(part(second, 0));
        let (blocks, _) = self.data.as_chunks_mut::<16>();
        for block in blocks {
            let before = u128::from_ne_bytes(*block);
            *block = (before ^ output).to_ne_bytes();
            cipher(block);
            output = u128::from_ne_bytes(*block) ^ input;
            *block = output.to_ne_bytes();
            input = before;
        }
    }
}

impl BlockSizeUser for Ige<'_> {
    type BlockSize = U16;
}

impl BlockCipherEncClosure for Ige<'_> {
    #[inline(always)]
    fn call<B: BlockCipherEncBackend<BlockSize = U16>>(self, backend: &B) {
        self.each_block(false, |block| backend.encrypt_block_inplace(block.into()));
    }
}

impl BlockCipherDecClosure for Ige<'_> {
    #[inline(always)]
    fn call<B: BlockCipherDecBackend<BlockSize = U16>>(self, backend: &B) {
        self.each_block(true, |block| backend.decrypt_block_inplace(block.into()));
    }
}

/// The key stream of one direction of an obfuscated connection.
///
/// ```
/// use tlgen_mtproto::Ctr;
///
/// let mut data = *b"as it comes";
/// Ctr::new([1; 32], [2; 16]).apply(&mut data);
/// let mut other = Ctr::new([1; 32], [2; 16]);
/// other.apply(&mut data[..5]);
/// other.apply(&mut data[5..]);
/// assert_eq!(&data, b"as it comes");
/// ```
pub struct Ctr(ctr::Ctr128BE<Aes256>);

impl Ctr {
    /// At its beginning.
    #[must_use]
    pub fn new(key: [u8; 32], iv: [u8; 16]) -> Self {
        Self(ctr::Ctr128BE::new(&key.into(), &iv.into()))
    }

    /// Encrypts or decrypts what comes next.
    pub fn apply(&mut self, data: &mut [u8]) {
        self.0.apply_keystream(data);
    }

    /// Passes over bytes that are not there, however many, at once.
    ///
    /// ```
    /// use tlgen_mtproto::Ctr;
    ///
    /// let mut data = *b"a part of it is lost";
    /// Ctr::new([1; 32], [2; 16]).apply(&mut data);
    /// let mut other = Ctr::new([1; 32], [2; 16]);
    /// other.skip(10);
    /// other.apply(&mut data[10..]);
    /// assert_eq!(&data[10..], b"it is lost");
    /// ```
    pub fn skip(&mut self, bytes: u64) {
        // The key stream has 2^132 bytes: no connection comes to its end, nor to that of the numbers of its bytes.
        let place = self.0.try_current_pos::<u128>().unwrap_or(u128::MAX).saturating_add(bytes.into());
        _ = self.0.try_seek(place);
    }
}

/// Without the secret.
impl fmt::Debug for Ctr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ctr").finish_non_exhaustive()
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

    #[test]
    fn the_key_stream_goes_on_after_what_is_passed_over() {
        for passed in [0, 1, 15, 16, 17, 4095, 4096, 10_001] {
            let mut whole = vec![0; passed + 40];
            Ctr::new([3; 32], [4; 16]).apply(&mut whole);
            let (mut ctr, mut rest) = (Ctr::new([3; 32], [4; 16]), [0; 40]);
            ctr.skip(passed as u64);
            ctr.apply(&mut rest);
            assert_eq!(whole[passed..], rest, "{passed}");
            // In two steps, the first of which ends within a block or not.
            let (mut ctr, mut rest) = (Ctr::new([3; 32], [4; 16]), [0; 40]);
            ctr.apply(&mut rest[..7]);
            ctr.skip(passed as u64 / 2);
            ctr.skip((passed - passed / 2) as u64);
            ctr.apply(&mut rest[7..]);
            assert_eq!(whole[passed + 7..], rest[7..], "{passed}");
        }
    }

    /// More than can be counted out, and past the place where the counter begins again.
    #[test]
    fn any_number_of_bytes_is_passed_over_at_once() {
        let (mut one, mut two) = (Ctr::new([3; 32], [0xff; 16]), Ctr::new([3; 32], [0xff; 16]));
        for _ in 0..1000 {
            one.skip(1 << 40);
        }
        two.skip(1000 << 40);
        let (mut a, mut b) = ([0; 40], [0; 40]);
        one.apply(&mut a);
        two.apply(&mut b);
        assert_eq!(a, b);
        two.skip(u64::MAX);
        two.apply(&mut b);
        assert_ne!(a, b);
    }
}
