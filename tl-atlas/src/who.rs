//! Whose id a number is: in every way in which people write ids, and what else it may be if nobody has it.

use std::collections::BTreeSet;
use std::fmt;

use tlgen_model::schema::SectionKind;

use crate::atlas::{Atlas, Entry};

/// How a number was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// Hexadecimal, as in `#5dd69e12`, `0x5dd69e12` and `5dd69e12`.
    Hexadecimal,
    /// Decimal, with or without a sign: other languages print ids as signed numbers.
    Decimal,
    /// Hexadecimal, with the bytes in the order of the wire.
    Swapped,
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hexadecimal => "hexadecimal",
            Self::Decimal => "decimal",
            Self::Swapped => "with its bytes in the order of the wire",
        })
    }
}

/// The numbers that a word may mean, the likeliest first; none if it is no number of 32 bits.
#[must_use]
pub fn readings(word: &str) -> Vec<(Reading, u32)> {
    let (digits, is_hexadecimal) = match word.trim().trim_start_matches('#') {
        word if word.len() > 2 && word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x")) => {
            (&word[2..], true)
        }
        word => (word, word.len() != word.trim_start_matches('#').len()),
    };
    let digits = digits.replace('_', "");
    let mut found = Vec::new();
    let has_letters = digits.bytes().any(|byte| byte.is_ascii_alphabetic());
    if let Ok(number) = u32::from_str_radix(&digits, 16)
        && !digits.starts_with(['+', '-'])
    {
        found.push((Reading::Hexadecimal, number));
        if digits.len() == 8 {
            found.push((Reading::Swapped, number.swap_bytes()));
        }
    }
    let decimal = digits.parse::<u32>().ok().or_else(|| digits.parse::<i32>().ok().map(i32::cast_unsigned));
    if let (Some(number), false) = (decimal, is_hexadecimal || has_letters) {
        // Eight digits without a letter are an id more often than not.
        let at = if digits.len() == 8 { found.len() } else { 0 };
        found.insert(at, (Reading::Decimal, number));
    }
    found
}

/// What an id belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The id.
    pub id: u32,
    /// How the word was read.
    pub reading: Reading,
    /// The entry.
    pub entry: &'a Entry,
    /// The id of the same name in the newest layer, if it is another one.
    pub replaced_by: Option<u32>,
}

/// What a word belongs to, by each of its readings that is known.
#[must_use]
pub fn find<'a>(atlas: &'a Atlas, word: &str) -> Vec<Found<'a>> {
    let mut seen = BTreeSet::new();
    let known = readings(word).into_iter().filter_map(|(reading, id)| {
        let entry = atlas.get(id).filter(|_| seen.insert(id))?;
        Some(Found { id, reading, entry, replaced_by: replaced_by(atlas, id, entry) })
    });
    known.collect()
}

/// The id that the name of an entry has in a later layer than the last one that has this id.
fn replaced_by(atlas: &Atlas, id: u32, entry: &Entry) -> Option<u32> {
    let last = entry.layers.last()?;
    let same =
        atlas.entries().filter(|(other, same)| *other != id && same.name == entry.name && same.kind == entry.kind);
    let (later, newest) = same.filter_map(|(id, same)| Some((same.layers.last()?, id))).max()?;
    (later > last).then_some(newest)
}

/// What a number may be that no declaration has as its id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Guess {
    /// The id of a builtin type, which no schema declares anew.
    Builtin(&'static str),
    /// Four printable characters.
    Text(String),
    /// A time between 2000 and 2040, in seconds since 1970.
    UnixTime(u32),
    /// A number of items, a length, or flags.
    SmallNumber(u32),
    /// A part of a known id.
    Misaligned(Misaligned),
}

/// A number that was read some bytes beside the beginning of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misaligned {
    /// How many bytes too late it was read, 1; or too early, -1 to -3.
    pub offset: i8,
    /// The id that begins there.
    pub id: u32,
    /// Its name.
    pub name: String,
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin(name) => write!(f, "the id of `{name}`, which is builtin"),
            Self::Text(text) => write!(f, "the text {text:?}: probably the middle of a string"),
            Self::UnixTime(time) => write!(f, "a time, {time} seconds after 1970"),
            Self::SmallNumber(number) => write!(f, "the number {number}: a count, a length, or flags"),
            Self::Misaligned(Misaligned { offset, id, name }) => {
                let bytes = if offset.abs() == 1 { "byte" } else { "bytes" };
                let when = if *offset > 0 { "late" } else { "early" };
                write!(f, "a part of the id {id:08x} (`{name}`), read {} {bytes} too {when}", offset.abs())
            }
        }
    }
}

/// The first second of 2000 and of 2040.
const TIMES: core::ops::Range<u32> = 946_684_800..2_208_988_800;

/// What an unknown number may be. `next` is the number that was read after it, if there is one: with it, ids that begin two or three
/// bytes later are found, too.
#[must_use]
pub fn guesses(atlas: &Atlas, number: u32, next: Option<u32>) -> Vec<Guess> {
    let mut guesses = Vec::new();
    let builtin =
        [(0x1cb5_c415, "vector"), (0x9972_75b5, "boolTrue"), (0xbc79_9737, "boolFalse"), (0x3fed_d339, "true")];
    guesses.extend(builtin.iter().filter(|(id, _)| *id == number).map(|(_, name)| Guess::Builtin(name)));
    let bytes = number.to_le_bytes();
    if bytes.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
        guesses.push(Guess::Text(bytes.iter().map(|byte| char::from(*byte)).collect()));
    }
    if number < 1 << 16 {
        guesses.push(Guess::SmallNumber(number));
    } else if TIMES.contains(&number) {
        guesses.push(Guess::UnixTime(number));
    }
    guesses.extend(misaligned(atlas, number, next).into_iter().map(Guess::Misaligned));
    guesses
}

/// Ids of which a number may be a part. At least three of four bytes must agree: fewer do so by chance.
fn misaligned(atlas: &Atlas, number: u32, next: Option<u32>) -> Vec<Misaligned> {
    // The next byte of the stream is above this number, the one before it below.
    let late = move |id: u32| id >> 8 == number & 0x00ff_ffff;
    let early = move |bytes: u32| {
        move |id: u32| match next {
            Some(next) => id == number >> (8 * bytes) | next << (32 - 8 * bytes),
            None => bytes == 1 && id & 0x00ff_ffff == number >> 8,
        }
    };
    let constructors = || atlas.entries().filter(|(_, entry)| entry.kind == SectionKind::Types);
    let of = |offset: i8, is_meant: &dyn Fn(u32) -> bool| -> Vec<Misaligned> {
        let found = constructors().filter(|(id, _)| is_meant(*id));
        found.map(|(id, entry)| Misaligned { offset, id, name: entry.name.clone() }).collect()
    };
    [of(1, &late), of(-1, &early(1)), of(-2, &early(2)), of(-3, &early(3))].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_every_form() {
        use Reading::{Decimal, Hexadecimal, Swapped};
        let id = 0x5dd6_9e12;
        for (word, expected) in [
            ("5dd69e12", vec![(Hexadecimal, id), (Swapped, 0x129e_d65d)]),
            ("#5DD69E12", vec![(Hexadecimal, id), (Swapped, 0x129e_d65d)]),
            ("0x5dd6_9e12", vec![(Hexadecimal, id), (Swapped, 0x129e_d65d)]),
            ("1574346258", vec![(Decimal, id)]),
            ("-2", vec![(Decimal, 0xffff_fffe)]),
            ("0x10", vec![(Hexadecimal, 16)]),
            ("10", vec![(Decimal, 10), (Hexadecimal, 16)]),
            ("12345678", vec![(Hexadecimal, 0x1234_5678), (Swapped, 0x7856_3412), (Decimal, 12_345_678)]),
            ("user", vec![]),
            ("", vec![]),
            ("123456789a", vec![]),
        ] {
            assert_eq!(readings(word), expected, "{word}");
        }
    }
}
