//! Runs of values of fixed sizes are read and written as if they came one by one.

use tlgen_runtime::generated::{self as rt, Flags};
use tlgen_runtime::{DecodeError, DecodeErrorKind, DecodeOptions, Reader, Writer, ids};

type Values = (u32, i64, bool, [u8; 16], u32, f64, i32);

fn one_by_one(r: &mut Reader<'_>) -> Values {
    (r.flags(0b101), r.get(), r.get(), r.get(), r.flags(0), r.get(), r.get())
}

fn at_once(r: &mut Reader<'_>) -> Values {
    let (Flags::<0b101>(first), long, flag, raw, Flags::<0>(second), double, int) = rt::fixed(r);
    (first, long, flag, raw, second, double, int)
}

fn read(input: &[u8], options: &DecodeOptions, read: fn(&mut Reader<'_>) -> Values) -> Result<Values, DecodeError> {
    let mut r = Reader::with_options(input, options);
    let values = read(&mut r);
    r.finish().map(|()| values)
}

fn message() -> Vec<u8> {
    let mut w = Writer::new();
    rt::put_fixed(&mut w, (0b100u32, -5i64, true, [7u8; 16], 0u32, 0.5f64, 9i32));
    w.finish().unwrap()
}

#[test]
fn bytes_are_the_same() {
    let mut w = Writer::new();
    w.u32(0b100);
    w.put(&-5i64);
    w.put(&true);
    w.put(&[7u8; 16]);
    w.u32(0);
    w.put(&0.5f64);
    w.put(&9i32);
    assert_eq!(message(), w.finish().unwrap());
    assert_eq!(
        read(&message(), &DecodeOptions::new().strict(), at_once).unwrap(),
        (0b100, -5, true, [7; 16], 0, 0.5, 9)
    );
}

/// A word by itself or as a `#` with declared bits: all of its bits are written.
#[test]
fn words_are_written_whole() {
    let mut w = Writer::new();
    rt::put_fixed(&mut w, (Flags::<0b101>(0b111), 7i32, u32::MAX));
    assert_eq!(w.finish().unwrap(), [7, 0, 0, 0, 7, 0, 0, 0, 255, 255, 255, 255]);
}

#[test]
fn errors_are_the_same() {
    let whole = message();
    let mut refused = 0;
    for options in [DecodeOptions::new().lenient(), DecodeOptions::new(), DecodeOptions::new().strict()] {
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut input = whole.clone();
                input[at] ^= 1 << bit;
                for end in [at, at + 1, input.len()] {
                    let [found, wanted] = [at_once, one_by_one].map(|how| read(&input[..end], &options, how));
                    // As text, in which not-a-number is equal to itself.
                    assert_eq!(format!("{found:?}"), format!("{wanted:?}"), "byte {at}, bit {bit}, {end} bytes");
                    refused += usize::from(found.is_err());
                }
            }
        }
        let longer = [&whole[..], &[0]].concat();
        assert_eq!(read(&longer, &options, at_once), read(&longer, &options, one_by_one));
    }
    assert!(refused > 1000);
}

/// Numbers of which any bytes are valid: only the end of the input can be wrong.
#[test]
fn a_run_of_numbers_that_is_cut() {
    let input = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0];
    for end in 0..=input.len() {
        let mut r = Reader::new(&input[..end]);
        let values = rt::fixed::<(i64, i32)>(&mut r);
        let error = r.finish().err().map(|error| (error.kind(), error.offset()));
        match end {
            0..8 => assert_eq!(error, Some((DecodeErrorKind::UnexpectedEnd, 0)), "{end}"),
            8..12 => assert_eq!(error, Some((DecodeErrorKind::UnexpectedEnd, 8)), "{end}"),
            _ => assert_eq!((error, values), (None, (1, 2))),
        }
    }
}

#[test]
fn a_failed_reader_stays_as_it_is() {
    let input = ids::BOOL_TRUE.to_le_bytes();
    let mut r = Reader::new(&input);
    r.expect_id(1, "one");
    assert_eq!(rt::fixed::<(i64, i32)>(&mut r), (0, 0));
    let error = r.finish().unwrap_err();
    assert_eq!((error.offset(), error.id()), (0, Some(ids::BOOL_TRUE)));
}
