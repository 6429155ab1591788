//! Random choices, the same on every platform for the same seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Text of one to four bytes a character, with those that tools stumble over.
const CHARS: [char; 18] = [
    'a',
    'Z',
    '7',
    ' ',
    '"',
    '\\',
    '\n',
    '\u{7f}',
    '\0',
    'é',
    'ß',
    'Ж',
    'ך',
    '€',
    '語',
    '\u{feff}',
    '😀',
    '\u{10ffff}',
];

/// Lengths around which the form or the padding of a string changes.
const LENGTHS: [usize; 13] = [0, 0, 1, 2, 3, 4, 5, 7, 8, 31, 253, 254, 256];

/// A stream of random choices.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// From a seed.
    Seeded(Box<ChaCha8Rng>),
    /// From bytes, two for each choice and eight for each number; after them zeros, which choose what is first and smallest.
    #[cfg(feature = "arbitrary")]
    Given { bytes: std::sync::Arc<[u8]>, at: usize },
}

impl Source {
    pub(crate) fn new(seed: u64) -> Self {
        Self::Seeded(Box::new(ChaCha8Rng::seed_from_u64(seed)))
    }

    pub(crate) fn u64(&mut self) -> u64 {
        match self {
            Self::Seeded(random) => random.next_u64(),
            #[cfg(feature = "arbitrary")]
            Self::Given { bytes, at } => {
                let mut word = [0; 8];
                let given = bytes.get(*at..).unwrap_or_default();
                let length = given.len().min(8);
                word[..length].copy_from_slice(&given[..length]);
                *at += length;
                u64::from_be_bytes(word)
            }
        }
    }

    /// A number of which the highest bits count.
    fn choice(&mut self) -> u64 {
        match self {
            // A byte or two decide, so that a change of one byte of the input is a change of one choice.
            #[cfg(feature = "arbitrary")]
            Self::Given { bytes, at } => {
                let mut word = [0; 2];
                let given = bytes.get(*at..).unwrap_or_default();
                let length = given.len().min(2);
                word[..length].copy_from_slice(&given[..length]);
                *at += length;
                u64::from(u16::from_be_bytes(word)) << 48
            }
            Self::Seeded(_) => self.u64(),
        }
    }

    pub(crate) fn u32(&mut self) -> u32 {
        let [a, b, c, d, ..] = self.u64().to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    /// A number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.choice()) * (bound as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A 32-bit pattern, often at the end of a range.
    pub(crate) fn edge32(&mut self) -> u32 {
        const EDGES: [u32; 10] = [0, 1, 2, 0x7f, 0xff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
        if self.once_in(2) { self.pick(&EDGES) } else { self.u32() }
    }

    /// A 64-bit pattern, often at the end of a range.
    pub(crate) fn edge64(&mut self) -> u64 {
        const EDGES: [u64; 10] = [
            0,
            1,
            0xffff_ffff,
            0x1_0000_0000,
            (1 << 53) - 1,
            1 << 53,
            i64::MAX as u64,
            1 << 63,
            u64::MAX - 1,
            u64::MAX,
        ];
        if self.once_in(2) { self.pick(&EDGES) } else { self.u64() }
    }

    /// A `double`, often one that is not like the others.
    pub(crate) fn double(&mut self, nan: bool) -> f64 {
        const EDGES: [f64; 9] =
            [0.0, -0.0, 1.0, -1.5, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, 5e-324];
        let value = match self.below(4) {
            0 | 1 => self.pick(&EDGES),
            2 if nan => f64::from_bits(0x7ff8_0000_0000_0000 | self.u64() >> 13),
            _ => f64::from_bits(self.u64()),
        };
        if value.is_nan() && !nan { 0.5 } else { value }
    }

    /// A `float`, often one that is not like the others.
    pub(crate) fn float(&mut self, nan: bool) -> f32 {
        const EDGES: [f32; 8] = [0.0, -0.0, 1.0, -1.5, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, 1e-45];
        let value = match self.below(4) {
            0 | 1 => self.pick(&EDGES),
            2 if nan => f32::from_bits(0x7fc0_0000 | self.u32() >> 10),
            _ => f32::from_bits(self.u32()),
        };
        if value.is_nan() && !nan { 0.5 } else { value }
    }

    /// The length of a string.
    pub(crate) fn length(&mut self) -> usize {
        match self.below(4) {
            0 => self.pick(&LENGTHS),
            1 => 0,
            _ => self.below(20),
        }
    }

    /// How many items a list has.
    pub(crate) fn count(&mut self) -> usize {
        match self.below(8) {
            0 | 1 => 0,
            2 | 3 => 1,
            4 | 5 => 2,
            6 => 3,
            _ => 4 + self.below(6),
        }
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        for chunk in bytes.chunks_mut(8) {
            let random = self.u64().to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
        bytes
    }

    /// Text of exactly `length` bytes.
    pub(crate) fn text(&mut self, length: usize) -> String {
        let mut text = String::with_capacity(length);
        let plain = self.once_in(2);
        while text.len() < length {
            let char = if plain { char::from(b'a' + (self.below(26) as u8)) } else { self.pick(&CHARS) };
            text.push(if text.len() + char.len_utf8() <= length { char } else { 'x' });
        }
        text
    }
}
