//! Counts, lengths, padding, strings and numbers: for each there is one right answer.

use tl_full_api::types::RichText;
use tlgen_runtime::{Decode, DecodeErrorKind as Kind, DecodeOptions, Encode, ids};

use crate::roots::{self, Failure, Outcome, run as decode};
use crate::{Line, memory_bound};

/// The lengths at which the form of a string changes, and those beside them.
const LENGTHS: [usize; 13] = [0, 1, 3, 252, 253, 254, 255, 256, 257, 258, (1 << 24) - 1, 1 << 24, (1 << 24) + 1];

/// Random bit patterns of `double`.
const DOUBLES: u64 = 1_000_000;

/// All of it.
///
/// # Errors
/// The first that is not as promised.
pub fn run() -> Result<Vec<Line>, String> {
    Ok(vec![counts()?, lengths()?, strings()?, doubles()?])
}

/// Vectors of all types that promise more items than there can be.
fn counts() -> Result<Line, String> {
    let mut count = 0;
    for root in roots::all() {
        for (promised, expected) in [
            (i32::MAX, Kind::CountTooLarge { count: i32::MAX as u32 }),
            (-1, Kind::NegativeCount { count: -1 }),
            (i32::MIN, Kind::NegativeCount { count: i32::MIN }),
        ] {
            let mut bytes = ids::VECTOR.to_le_bytes().to_vec();
            bytes.extend(promised.to_le_bytes());
            let outcome = (root.decode_vector)(&bytes, &DecodeOptions::new());
            refused(&outcome, expected, &bytes)
                .map_err(|problem| format!("{} of `{}`: {problem}", promised, root.name))?;
            count += 1;
        }
    }
    Ok(Line::new(
        "vectors of each type with a count of 2^31-1, -1 and -2^31",
        count,
        "`CountTooLarge`, `NegativeCount` before anything is allocated for them",
    ))
}

fn refused(outcome: &Outcome, expected: Kind, bytes: &[u8]) -> Result<(), String> {
    match &outcome.result {
        Err(Failure::Decode(error)) if error.kind() == expected => {}
        other => return Err(format!("{other:?} where {expected:?} is due")),
    }
    let bound = memory_bound(bytes.len());
    if outcome.peak > bound { Err(format!("{} bytes held", outcome.peak)) } else { Ok(()) }
}

/// Lengths in the wrong form, lengths that make no sense, padding that is not zero; alone and as the field of a value.
fn lengths() -> Result<Line, String> {
    let cases: [(&[u8], Kind); 7] = [
        (b"\xfe\x03\0\0abc\0", Kind::NonCanonicalLength { length: 3 }),
        (b"\xff\x03\0\0\0\0\0\0abc\0", Kind::NonCanonicalLength { length: 3 }),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff", Kind::LengthTooLarge { length: (1 << 56) - 1 }),
        (b"\xfe\xff\xff\xff", Kind::UnexpectedEnd),
        (b"\x01a\0\x01", Kind::NonZeroPadding),
        (b"\x02ab\x80", Kind::NonZeroPadding),
        (b"\x02a", Kind::UnexpectedEnd),
    ];
    let text = RichText::from(tl_full_api::constructors::TextPlain { text: String::new() }).to_bytes();
    let id = text.map_err(|error| error.to_string())?[..4].to_vec();
    let mut count = 0;
    for (bytes, expected) in cases {
        for config in [DecodeOptions::new(), DecodeOptions::new().strict()] {
            refused(&decode::<String>(bytes, &config), expected, bytes)?;
            refused(&decode::<Vec<u8>>(bytes, &config), expected, bytes)?;
            let field = [&id, bytes].concat();
            refused(&decode::<RichText>(&field, &config), expected, &field)?;
            count += 3;
        }
    }
    Ok(Line::new(
        "lengths in a form that is too long, of 2^56-1, beyond the end; padding of ones",
        count,
        "each its own error",
    ))
}

/// Text and bytes, compared with their bytes as the description of the format gives them.
fn strings() -> Result<Line, String> {
    for len in LENGTHS {
        let text = "x".repeat(len);
        let expected = written(text.as_bytes());
        let problem = |what: &str| format!("a string of {len} bytes {what}");
        if text.to_bytes().ok().as_deref() != Some(&expected)
            || text.as_bytes().to_bytes().ok().as_deref() != Some(&expected)
        {
            return Err(problem("is written in another form"));
        }
        for config in [DecodeOptions::new(), DecodeOptions::new().strict(), DecodeOptions::new().lenient()] {
            if config.from_bytes::<String>(&expected).as_ref() != Ok(&text) {
                return Err(problem("is not read"));
            }
            if config.from_bytes::<Vec<u8>>(&expected).as_deref() != Ok(text.as_bytes()) {
                return Err(problem("is not read as bytes"));
            }
        }
    }
    let lengths = "0, 1, 3, 252 to 258, 2^24-1, 2^24 and 2^24+1 bytes";
    Ok(Line::new(format!("strings of {lengths}"), LENGTHS.len() as u64, "the expected bytes, both ways"))
}

fn written(data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u64).to_le_bytes();
    let mut bytes = match data.len() {
        0..=253 => vec![length[0]],
        254..0x100_0000 => vec![0xfe, length[0], length[1], length[2]],
        _ => [&[0xff], &length[..7]].concat(),
    };
    bytes.extend(data);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// Numbers keep all their bits.
fn doubles() -> Result<Line, String> {
    let edges = [
        0,
        1 << 63,
        1,
        0x7ff0_0000_0000_0000,
        0x7ff0_0000_0000_0001,
        0x7ff8_0000_0000_0000,
        0xfff4_dead_beef_0001,
        u64::MAX,
    ];
    let mut rng = fastrand::Rng::with_seed(0);
    for bits in edges.into_iter().chain((0..DOUBLES).map(|_| rng.u64(..))) {
        let bytes = bits.to_le_bytes();
        let value = f64::from_bytes(&bytes).map_err(|error| error.to_string())?;
        if value.to_bits() != bits || value.to_bytes().ok().as_deref() != Some(&bytes) {
            return Err(format!("a double of the bits {bits:#x} comes out as {value:?}"));
        }
    }
    let count = DOUBLES + edges.len() as u64;
    Ok(Line::new(
        "`double`: all edges, -0.0 and NaN with payload among them, and random bits",
        count,
        "bit-exact both ways",
    ))
}
