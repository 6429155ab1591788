//! Bytes that must be read, and bytes that must be refused.

use tlgen_dynamic::{Codec, DecodeErrorKind, DecodeOptions, Value};

use crate::{both_ways, hazards, hex, schema};

/// What is wrong with the bytes, where, and in which field.
fn refused(bytes: &str) -> (DecodeErrorKind, usize, String) {
    let schema = hazards();
    let error = Codec::new(schema).decode_boxed(&hex(bytes), &DecodeOptions::default()).unwrap_err();
    (error.kind, error.offset, error.path.to_string())
}

#[test]
fn flags_say_which_fields_are_there() {
    let schema = hazards();
    let value = both_ways(schema, &hex("01000000 01000080 07000000 15c4b51c 00000000"));
    assert_eq!(value.field(schema, "a"), Some(&Value::Int(7)));
    assert_eq!(value.field(schema, "b"), None);
    assert_eq!(value.field(schema, "d"), Some(&Value::List(vec![])));
    let value = both_ways(schema, &hex("01000000 02000000 02 4869 00"));
    assert_eq!(value.field(schema, "b"), Some(&Value::True));
    assert_eq!(value.field(schema, "c"), Some(&Value::Text("Hi".to_owned())));
}

#[test]
fn a_switch_may_stand_before_its_word() {
    let schema = hazards();
    assert_eq!(both_ways(schema, &hex("02000000 08000000")).field(schema, "on"), Some(&Value::True));
    assert_eq!(both_ways(schema, &hex("02000000 04000000")).field(schema, "on"), None);
}

#[test]
fn a_word_that_is_not_there_is_zero() {
    let schema = hazards();
    assert_eq!(both_ways(schema, &hex("03000000 00000000")).field(schema, "deep"), None);
    let value = both_ways(schema, &hex("03000000 01000000 10000000 ffffffffffffffff"));
    assert_eq!(value.field(schema, "deep"), Some(&Value::Long(-1)));
}

#[test]
fn counts_repeat_items_and_records() {
    let schema = hazards();
    let bytes = "04000000 02000000  05000000 06000000  01000000 09000000 00000000  00000000 01410000  2a000000";
    let value = both_ways(schema, &hex(bytes));
    assert_eq!(value.field(schema, "items"), Some(&Value::List(vec![Value::Int(5), Value::Int(6)])));
    let record = |f, x: Option<i32>, y: &str| {
        Value::Record(vec![Some(Value::Nat(f)), x.map(Value::Int), Some(Value::Text(y.to_owned()))])
    };
    assert_eq!(value.field(schema, "records"), Some(&Value::List(vec![record(1, Some(9), ""), record(0, None, "A")])));
    assert_eq!(value.field(schema, "also"), Some(&Value::Int(42)), "the count is a mask as well");
}

#[test]
fn arguments_go_down_into_templates() {
    let schema = hazards();
    both_ways(schema, &hex("06000000 04000000 07000000"));
    both_ways(schema, &hex("06000000 20000000 00000000"));
    both_ways(schema, &hex("09000000 02000000 01000000 07000000 08000000"));
    let generic = "0d000000  0b000000 05000000  0c000000 01410000 0b000000 da9b50a8 06000000
        0b000000 15c4b51c 01000000 01000000 0200000000000000";
    both_ways(schema, &hex(generic));
    both_ways(schema, &hex("18000000 02000000 17000000 05000000 17000000 06000000 16000000"));
}

#[test]
fn the_query_of_a_call_is_any_function() {
    let schema = hazards();
    let value = both_ways(schema, &hex("20000000 0100000000000000 20000000 0200000000000000 21000000 00000000"));
    let Some(Value::Object(inner)) = value.field(schema, "query") else { panic!("{value:?}") };
    assert_eq!(schema.combinator(inner.combinator).name.full(), "wrap");
    let (kind, offset, path) = refused("20000000 0100000000000000 0e000000");
    assert!(matches!(kind, DecodeErrorKind::UnexpectedId { id: 0xe, .. }), "{kind:?}");
    assert_eq!((offset, path.as_str()), (12, "wrap.query"));
}

#[test]
fn the_default_constructor_has_no_id() {
    let schema = schema(
        "_ {X:Type} result:X = ReqResult X; error#00000001 {X:Type} code:int = ReqResult X;
        root#00000002 r:(ReqResult string) = Root;",
    );
    let value = both_ways(&schema, &hex("02000000 01410000"));
    let Some(Value::Object(inner)) = value.field(&schema, "r") else { panic!("{value:?}") };
    assert_eq!(inner.fields, [Some(Value::Text("A".to_owned()))]);
    both_ways(&schema, &hex("02000000 01000000 05000000"));
}

#[test]
fn faults_say_what_and_where() {
    use DecodeErrorKind::{Count, LongForm, Padding, TrailingBytes, UnexpectedEnd, Utf8};
    let at = |kind, offset, path: &str| (kind, offset, path.to_owned());
    assert_eq!(refused("01000000 01000000 0700"), at(UnexpectedEnd, 8, "flagged.a"));
    assert_eq!(refused("11000000 00"), at(TrailingBytes(1), 4, ""));
    assert_eq!(refused("21000000 01000000 fe010000 41000000"), at(LongForm, 8, "ask.text"));
    assert_eq!(refused("21000000 01000000 ff0100000000000041000000"), at(LongForm, 8, "ask.text"));
    assert_eq!(refused("21000000 01000000 01410001"), at(Padding, 8, "ask.text"));
    assert_eq!(refused("21000000 01000000 01ff0000"), at(Utf8, 8, "ask.text"));
    assert_eq!(refused("01000000 00000080 15c4b51c ffffffff"), at(Count(u32::MAX), 12, "flagged.d"));
    assert_eq!(refused("04000000 ffffffff 00000000"), at(Count(u32::MAX), 8, "counted.items"));
    let (kind, offset, path) = refused("0f000000 0e000000 0e000000 15c4b51c 01000000 15000000");
    assert_eq!((offset, path.as_str()), (20, "node.others[0]"));
    assert_eq!(kind.to_string(), "expected Tree, found id 00000015 (pixel)");
}

#[test]
fn nesting_ends_at_the_limit() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let nested = |levels: usize| {
        let mut bytes = hex("10000000").repeat(levels - 1);
        bytes.extend(hex("11000000"));
        bytes
    };
    let options = DecodeOptions::default();
    let value = codec.decode_boxed(&nested(options.max_depth), &options).unwrap();
    assert_eq!(codec.encode_boxed(&value).unwrap(), nested(options.max_depth));
    let error = codec.decode_boxed(&nested(1_000_000), &options).unwrap_err();
    assert_eq!((error.kind, error.offset), (DecodeErrorKind::TooDeep, 4 * (options.max_depth + 1)));
}

#[test]
fn deep_values_need_little_stack() {
    let kib = if cfg!(debug_assertions) { 1024 } else { 256 };
    let thread = std::thread::Builder::new().stack_size(kib * 1024);
    let read = thread.spawn(|| {
        let schema = hazards();
        let codec = Codec::new(schema);
        let options = DecodeOptions::default();
        let limit = options.max_depth;
        // Each level of a tree stands in a vector of the level above.
        let level = hex("0f000000 0e000000 0e000000 15c4b51c 01000000");
        let mut bytes = level.repeat(limit - 1);
        bytes.extend(hex("0e000000"));
        bytes.extend(hex("0a000000").repeat(limit - 1));
        let value = codec.decode_boxed(&bytes, &options).unwrap();
        assert_eq!(codec.encode_boxed(&value.clone()).unwrap(), bytes);
        assert_eq!(codec.from_json_boxed(&codec.to_json_boxed(&value)).unwrap(), value);
        codec.decode_boxed(&level.repeat(100_000), &options).unwrap_err().kind
    });
    assert_eq!(read.unwrap().join().unwrap(), DecodeErrorKind::TooDeep);
}

#[test]
fn a_count_takes_no_memory_that_the_bytes_do_not_justify() {
    let schema =
        schema("many#00000001 n:# nothing:n*[ true ] = Many; nest#00000002 m:# k:# x:m*[ k*[ true ] ] = Nest;");
    let codec = Codec::new(&schema);
    let read = |bytes: &str| codec.decode_boxed(&hex(bytes), &DecodeOptions::default());
    assert!(read("01000000 e8030000").is_ok());
    assert_eq!(read("01000000 ffffffff").unwrap_err().kind, DecodeErrorKind::Count(u32::MAX));
    assert_eq!(read("02000000 e8030000 e8030000").unwrap_err().kind, DecodeErrorKind::Count(1000));
}

#[test]
fn options_widen_and_narrow_what_is_read() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let text = |bytes: &str, options| {
        codec.decode_boxed(&hex(bytes), &options).map(|value| value.field(schema, "text").cloned())
    };
    let lenient = DecodeOptions::lenient();
    assert_eq!(text("21000000 01000000 fe010000 41000001", lenient), Ok(Some(Value::Text("A".to_owned()))));
    assert_eq!(text("21000000 01000000 01ff0000", lenient), Ok(Some(Value::Bytes(vec![0xff]))));
    let any_text = DecodeOptions::default().with_any_text();
    assert_eq!(text("21000000 01000000 01ff0000", any_text), Ok(Some(Value::Bytes(vec![0xff]))));
    assert_eq!(text("21000000 02000000", DecodeOptions::default()), Ok(None));
    let mut strict = DecodeOptions::default();
    strict.declared_bits = true;
    let error = text("21000000 06000000", strict).unwrap_err();
    assert_eq!((error.kind, error.offset), (DecodeErrorKind::UndeclaredBits { bits: 6 }, 4));
}

/// A count beyond what is left, after a field that a bit of its own word leaves out: the least size of an item counts.
#[test]
fn a_count_beyond_what_is_left() {
    let bytes = "01000000 00000080 15c4b51c 03000000 01000000 02000000";
    let (kind, offset, path) = refused(bytes);
    assert_eq!((format!("{kind:?}"), offset, path.as_str()), ("Count(3)".to_owned(), 12, "flagged.d"));
    let enough = "01000000 00000080 15c4b51c 02000000 01000000 02000000";
    both_ways(hazards(), &hex(enough));
}

/// A bare variable is the value of what it stands for without the id, directly or through another template; an item with one
/// named field is a record.
#[test]
fn bare_variables_and_records_of_one_field() {
    let schema = schema(
        "pixel#00000001 x:int y:int = Pixel;
        bared#00000002 {X:Type} value:%X = Bared X;
        passed#00000003 {X:Type} inner:%(Just %X) = Passed X;
        just#00000004 {X:Type} value:X = Just X;
        direct#00000005 a:(Bared Pixel) = Direct;
        through#00000006 a:(Passed Pixel) = Through;
        named#00000007 n:# records:n*[ x:int ] plain:n*[ int ] = Named;",
    );
    both_ways(&schema, &hex("05000000 02000000 0a000000 0b000000"));
    both_ways(&schema, &hex("06000000 03000000 0a000000 0b000000"));
    let value = both_ways(&schema, &hex("07000000 01000000 05000000 06000000"));
    let record = Value::Record(vec![Some(Value::Int(5))]);
    assert_eq!(value.field(&schema, "records"), Some(&Value::List(vec![record])));
    assert_eq!(value.field(&schema, "plain"), Some(&Value::List(vec![Value::Int(6)])));
}

/// What was expected has the name of the boxed type.
#[test]
fn another_id_before_a_number() {
    let types = ["Int", "Long", "Double", "Float", "String", "Bytes", "Int128", "Int256", "Int512", "True", "Bool"];
    for (index, ty) in types.into_iter().enumerate() {
        let schema = schema(&format!("boxed#0000000{index:x} value:{ty} = Boxed;"));
        let bytes = hex(&format!("0{index:x}000000 {}", "efbeadde".repeat(17)));
        let error = Codec::new(&schema).decode_boxed(&bytes, &DecodeOptions::default()).unwrap_err();
        assert_eq!(error.kind.to_string(), format!("expected {ty}, found id deadbeef"));
        assert_eq!((error.offset, error.path.to_string().as_str()), (4, "boxed.value"));
    }
}

/// As many items without bytes as there are bytes, and 1024 more: in all of a value.
#[test]
fn the_number_of_items_without_bytes() {
    let schema = schema("many#00000001 n:# first:n*[ true ] m:# second:m*[ true ] = Many;");
    let codec = Codec::new(&schema);
    let read = |first: u32, second: u32| {
        let bytes = [1, first, second].map(u32::to_le_bytes).concat();
        codec.decode_boxed(&bytes, &DecodeOptions::default()).map(|_| ()).map_err(|error| (error.kind, error.offset))
    };
    assert_eq!(read(12 + 1024, 0), Ok(()));
    assert_eq!(read(36, 1000), Ok(()));
    assert_eq!(read(12 + 1025, 0), Err((DecodeErrorKind::Count(1037), 8)));
    assert_eq!(read(37, 1000), Err((DecodeErrorKind::Count(1000), 12)));
}

/// Words that are items and not fields: nothing depends on them.
#[test]
fn words_as_items() {
    let schema = schema("words#00000001 v:Vector<#> n:# w:n*[ # ] = Words;");
    let value = both_ways(&schema, &hex("01000000 15c4b51c 01000000 ffffffff 02000000 00000000 07000000"));
    assert_eq!(value.field(&schema, "v"), Some(&Value::List(vec![Value::Nat(u32::MAX)])));
    assert_eq!(value.field(&schema, "w"), Some(&Value::List(vec![Value::Nat(0), Value::Nat(7)])));
    let wrong =
        crate::object(&schema, "words", [Some(Value::List(vec![Value::Int(1)])), None, Some(Value::List(vec![]))]);
    let error = Codec::new(&schema).encode_boxed(&wrong).unwrap_err();
    assert_eq!(error.path.to_string(), "words.v[0]");
}
