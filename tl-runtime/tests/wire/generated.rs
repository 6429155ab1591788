//! The functions that generated code calls do what the methods of the reader do.

#![expect(clippy::redundant_closure_for_method_calls, reason = "the path of a method is for one lifetime of the input")]

use core::fmt::Debug;

use tlgen_runtime::generated as rt;
use tlgen_runtime::{DecodeOptions, EncodeErrorKind, Indirect, Reader, Writer};

use super::hex;
use super::sample::User;

/// One way to read something: what was read, where the reader is, and its error.
fn outcome<T: Debug>(input: &[u8], options: &DecodeOptions, read: impl Fn(&mut Reader<'_>) -> T) -> String {
    let mut r = Reader::with_options(input, options);
    let value = read(&mut r);
    let offset = r.offset();
    match r.check() {
        Ok(()) => format!("{value:?} at {offset}"),
        // What a failed reader gives means nothing.
        Err(error) => error.to_string(),
    }
}

/// `bytes` are read as `expected`. Whatever a byte is changed to and wherever the input ends, both ways say the same.
fn same<T: Debug>(
    bytes: &str,
    expected: &str,
    function: impl Fn(&mut Reader<'_>) -> T,
    method: impl Fn(&mut Reader<'_>) -> T,
) {
    let whole = hex(bytes);
    for options in [DecodeOptions::new(), DecodeOptions::new().strict(), DecodeOptions::new().max_memory(whole.len())] {
        for end in 0..=whole.len() {
            let input = &whole[..end];
            assert_eq!(outcome(input, &options, &function), outcome(input, &options, &method), "{input:02x?}");
        }
        for index in 0..whole.len() {
            for change in [1, 0x10, 0x80, 0xff] {
                let mut input = whole.clone();
                input[index] ^= change;
                assert_eq!(outcome(&input, &options, &function), outcome(&input, &options, &method), "{input:02x?}");
            }
        }
    }
    assert_eq!(outcome(&whole, &DecodeOptions::new(), &function), expected);
}

#[test]
fn ids_and_words() {
    same("07000000", "7 at 4", |r| rt::word(r), |r| r.u32());
    same("07000000", "7 at 4", |r| rt::id(r), |r| r.id());
    same("07000000", "() at 4", |r| rt::expect_id(r, 7, "seven"), |r| r.expect_id(7, "seven"));
    same("05000000", "5 at 4", |r| rt::flags(r, 0b101), |r| r.flags(0b101));
    same("07000000", "() at 0", |r| rt::nothing(r), |_| ());
    let unknown = "the id 0x00000007 is no constructor of `Type`, at byte 0";
    let by_function = |r: &mut Reader<'_>| {
        let id = rt::id(r);
        rt::unknown_id(r, id, "Type");
    };
    let by_method = |r: &mut Reader<'_>| {
        let id = r.id();
        r.unknown_id(id, "Type");
    };
    same("07000000", unknown, by_function, by_method);
}

#[test]
fn values_and_boxes() {
    let user = User { id: 5, ..User::default() };
    let bare = "00000000 0500000000000000";
    let boxed = format!("010a0000 {bare}");
    same("0900000000000000", "9 at 8", |r| rt::get::<i64>(r), |r| r.get());
    same(bare, &format!("{user:?} at 12"), |r| rt::bare::<User>(r), |r| r.bare());
    same(&boxed, &format!("{user:?} at 16"), |r| rt::get::<User>(r), |r| r.get());
    same("09000000", "9 at 4", |r| rt::boxed_with(r, Reader::u32), |r| r.boxed_with(Reader::u32));
    same(bare, &format!("{:?} at 12", Some(&user)), |r| rt::variant::<User, _>(r, Some), |r| Some(r.bare()));
    let by_method = |r: &mut Reader<'_>| Some(Indirect::from(r.boxed_with(Reader::bare::<User>)));
    same(bare, &format!("{:?} at 12", Some(&user)), |r| rt::variant_indirect::<User, _>(r, Some), by_method);
    let by_method = |r: &mut Reader<'_>| Some(r.boxed_with(Reader::bare::<User>));
    same(bare, &format!("{:?} at 12", Some(&user)), |r| rt::variant_in_box::<User, _>(r, Some), by_method);
}

#[test]
fn optional_values() {
    for (flags, bit, is_there) in
        [(0b100, 2, true), (0b100, 1, false), (1 << 31, 31, true), (u32::MAX, 3, true), (0, 0, false)]
    {
        let expected = |value: &str, bytes: usize| {
            if is_there { format!("Some({value}) at {bytes}") } else { "None at 0".to_owned() }
        };
        same("09000000", &expected("9", 4), |r| rt::opt::<i32>(r, flags, bit), |r| r.opt::<i32>(flags, bit));
        same("09000000", &expected("9", 4), |r| rt::opt_boxed::<i32>(r, flags, bit), |r| r.opt_boxed(flags, bit));
        let by_method = |r: &mut Reader<'_>| r.opt_with(flags, bit, |r| r.u32());
        same("09000000", &expected("9", 4), |r| rt::opt_with(r, flags, bit, Reader::u32), by_method);
        same("03616263", &expected("\"abc\"", 4), |r| rt::opt::<String>(r, flags, bit), |r| r.opt(flags, bit));
    }
    // A failed reader makes no boxes.
    let mut r = Reader::new(&[]);
    r.u32();
    assert_eq!((rt::opt_boxed::<i32>(&mut r, 1, 0), r.opt_boxed::<i32>(1, 0)), (None, None));
}

#[test]
fn text_and_objects() {
    same("03616263", "\"abc\" at 4", |r| rt::lossy::<String>(r), |r| r.lossy());
    same("0361ff63", "\"a\u{fffd}c\" at 4", |r| rt::lossy::<String>(r), |r| r.lossy());
    same("0100000002000000", "Object(0x00000001, 8 bytes) at 8", |r| rt::object(r, 8), |r| r.object(8));
    let refused = "the length of an object is no positive multiple of 4 (-4), at byte 0";
    same("01000000", refused, |r| rt::object(r, -4), |r| r.object(-4));
}

#[test]
fn vectors_and_repetitions() {
    let (boxed, bare) = ("15c4b51c 02000000 07000000 09000000", "02000000 07000000 09000000");
    same(bare, "[7, 9] at 12", |r| rt::vector_bare::<i32>(r), |r| r.vector_bare());
    same(boxed, "[7, 9] at 16", |r| rt::vector_with(r, 4, Reader::u32), |r| r.vector_with(4, Reader::u32));
    same(bare, "[7, 9] at 12", |r| rt::vector_bare_with(r, 4, Reader::u32), |r| r.vector_bare_with(4, Reader::u32));
    same("07000000 09000000", "[7, 9] at 8", |r| rt::repeat::<i32>(r, 2), |r| r.repeat(2));
    same(
        "07000000 09000000",
        "[7, 9] at 8",
        |r| rt::repeat_with(r, 2, 4, Reader::u32),
        |r| r.repeat_with(2, 4, Reader::u32),
    );
    // Items that may be smaller than they are: the vector ends with the input.
    same(bare, "[7, 9] at 12", |r| rt::vector_bare_with(r, 0, Reader::u32), |r| r.vector_bare_with(0, Reader::u32));
}

/// Items that are far larger in memory than on the wire: their vector grows while they arrive, as far as it may.
#[test]
fn vectors_that_grow() {
    const COUNT: u32 = 2000;
    fn read(r: &mut Reader<'_>) -> [u64; 100] {
        [u64::from(r.u32()); 100]
    }
    let input: Vec<u8> =
        (0..=COUNT).map(|word| if word == 0 { COUNT } else { word }).flat_map(u32::to_le_bytes).collect();
    let by_function = |r: &mut Reader<'_>| rt::vector_bare_with(r, 4, read);
    let by_method = |r: &mut Reader<'_>| r.vector_bare_with(4, read);
    let whole = 800 * COUNT as usize;
    for (limit, fits) in [(usize::MAX, true), (4 * whole, true), (whole / 2, false), (input.len(), false)] {
        let options = DecodeOptions::new().max_memory(limit);
        for way in [by_function as fn(&mut Reader<'_>) -> Vec<[u64; 100]>, by_method] {
            let mut r = Reader::with_options(&input, &options);
            let items = way(&mut r);
            assert_eq!(r.is_ok(), fits, "{limit}");
            if fits {
                assert!(items.iter().map(|item| item[99]).eq(1..=u64::from(COUNT)), "{limit}");
            }
        }
        assert_eq!(outcome(&input, &options, by_function), outcome(&input, &options, by_method));
    }
}

/// Items are read as often as the count says, also those without a size, and not after the one that fails.
#[test]
fn items_are_read_until_one_fails() {
    use core::cell::Cell;

    for (count, min_size, bytes, calls, is_ok) in
        [(3_u32, 4, 12, 3, true), (3, 0, 12, 3, true), (3, 0, 4, 2, false), (3, 0, 0, 1, false), (3, 4, 8, 0, false)]
    {
        let input = [&count.to_le_bytes()[..], &[0; 12][..bytes]].concat();
        let called = Cell::new(0);
        let item = |r: &mut Reader<'_>| {
            called.set(called.get() + 1);
            r.u32()
        };
        let by_function = |r: &mut Reader<'_>| rt::vector_bare_with(r, min_size, item).len();
        let by_method = |r: &mut Reader<'_>| r.vector_bare_with(min_size, item).len();
        let functions: [&dyn Fn(&mut Reader<'_>) -> usize; 2] = [&by_function, &by_method];
        for read in functions {
            let mut r = Reader::new(&input);
            called.set(0);
            let len = read(&mut r);
            assert_eq!((called.get(), r.is_ok()), (calls, is_ok), "{count} items in {bytes} bytes");
            assert!(!is_ok || len == 3);
        }
    }
    let input = [3, 0, 0, 0];
    assert_eq!(rt::vector_bare_with(&mut Reader::new(&input), 0, |_| ()).len(), 3);
    assert_eq!(Reader::new(&input).vector_bare_with(0, |_| ()).len(), 3);
}

#[test]
fn levels() {
    let by_function = |r: &mut Reader<'_>| {
        for _ in 0..3 {
            rt::enter(r, "Type");
            rt::enter(r, "Type");
            rt::leave(r);
            rt::leave(r);
        }
        rt::word(r)
    };
    let by_method = |r: &mut Reader<'_>| {
        for _ in 0..3 {
            r.enter("Type");
            r.enter("Type");
            r.leave();
            r.leave();
        }
        r.u32()
    };
    let bytes = [9, 0, 0, 0];
    for read in [by_function as fn(&mut Reader<'_>) -> u32, by_method] {
        assert_eq!(outcome(&bytes, &DecodeOptions::new().max_depth(2), read), "9 at 4");
        let refused = outcome(&bytes, &DecodeOptions::new().max_depth(1), read);
        assert_eq!(refused, "`Type` is nested in more than 1 levels, at byte 0");
    }
}

/// A word that may be missing is written if it is there, with the bits of the fields, and missed if a field needs it.
#[test]
fn words_that_may_be_missing() {
    let write = |word, presence| {
        let mut w = Writer::new();
        rt::opt_word(&mut w, word, 0b110, presence, "type", "word");
        w.finish().map_err(|error| error.kind())
    };
    assert_eq!(write(Some(0b1011), 0b100), Ok(vec![0b1101, 0, 0, 0]));
    assert_eq!(write(Some(0), 0), Ok(vec![0; 4]));
    assert_eq!(write(None, 0), Ok(vec![]));
    assert_eq!(write(None, 0b100), Err(EncodeErrorKind::MissingWord { ty: "type", field: "word" }));
}
