//! Values of type `Object`. The kind of fault: a value that is no constructor or function of the schema is refused, although its
//! id says what it is, or although nothing follows it.

use tlgen_dynamic::{Codec, DecodeErrorKind, DecodeOptions, Object, Value};
use tlgen_model::Valid;
use tlgen_model::schema::{Schema, TypeExpr};

use crate::{hex, object, schema};

fn envelopes() -> Valid<Schema> {
    schema(
        "reply#00000101 to:long body:Object = Reply;
        early#00000102 body:Object mark:int = Early;
        maybe#00000103 flags:# body:Object note:flags.0?string loud:flags.1?true = Maybe;
        pile#00000104 bodies:Vector<Object> = Pile;
        tree#00000105 age:int = Tree;
        sealed#00000106 inner:Reply = Sealed;",
    )
}

/// The value of the bytes, which come back from it and from its JSON.
fn read(schema: &Valid<Schema>, bytes: &str) -> Object {
    let (codec, bytes) = (Codec::new(schema), hex(bytes));
    let value = codec.decode_boxed(&bytes, &DecodeOptions::default()).unwrap();
    assert_eq!(codec.encode_boxed(&value).unwrap(), bytes);
    let json = codec.to_json_boxed(&value);
    let again = codec.from_json_boxed(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(again, value, "{json}");
    value
}

fn body(schema: &Valid<Schema>, bytes: &str) -> Value {
    let value = read(schema, &format!("01010000 0700000000000000 {bytes}"));
    value.field(schema, "body").unwrap().clone()
}

fn refused(schema: &Valid<Schema>, bytes: &str, options: &DecodeOptions) -> (DecodeErrorKind, usize, String) {
    let error = Codec::new(schema).decode_boxed(&hex(bytes), options).unwrap_err();
    (error.kind, error.offset, error.path.to_string())
}

#[test]
fn builtin_types_and_vectors_of_objects() {
    let schema = envelopes();
    assert_eq!(body(&schema, "b5757299"), Value::Bool(true));
    assert_eq!(body(&schema, "379779bc"), Value::Bool(false));
    assert_eq!(body(&schema, "39d3ed3f"), Value::True);
    let tree = |age| Value::Object(object(&schema, "tree", [Some(Value::Int(age))]));
    assert_eq!(body(&schema, "05010000 03000000"), tree(3));
    assert_eq!(body(&schema, "15c4b51c 00000000"), Value::List(vec![]));
    assert_eq!(
        body(&schema, "15c4b51c 02000000 05010000 03000000 b5757299"),
        Value::List(vec![tree(3), Value::Bool(true)])
    );
    assert_eq!(
        body(&schema, "15c4b51c 02000000 15c4b51c 01000000 39d3ed3f 15c4b51c 00000000"),
        Value::List(vec![Value::List(vec![Value::True]), Value::List(vec![])])
    );
    // Also where more follows, and as a value of its own.
    assert_eq!(read(&schema, "02010000 b5757299 09000000").field(&schema, "body"), Some(&Value::Bool(true)));
    let codec = Codec::new(&schema);
    let value = codec.decode(&TypeExpr::Object, &hex("379779bc"), &DecodeOptions::default()).unwrap();
    assert_eq!(
        (value.clone(), codec.encode(&TypeExpr::Object, &value).unwrap()),
        (Value::Bool(false), hex("379779bc"))
    );
}

#[test]
fn what_is_unknown_stays_raw_up_to_the_end() {
    let schema = envelopes();
    let raw = |bytes: &str| Value::Raw(hex(bytes));
    for bytes in [
        "efbeadde",
        "efbeadde 01020304 05060708",
        // Vectors of `long`, of `int` and of text; then one item that is known and one that is not.
        "15c4b51c 02000000 0100000000000000 0200000000000000",
        "15c4b51c 01000000 05000000",
        "15c4b51c 01000000 03616263",
        "15c4b51c 02000000 b5757299 efbeadde",
        // A vector of `long` whose first number begins like a Bool.
        "15c4b51c 01000000 b5757299 00000000",
        "15c4b51c 01000000 15c4b51c 01000000 efbeadde",
    ] {
        assert_eq!(body(&schema, bytes), raw(bytes), "{bytes}");
    }
    // The last one of a list, the last one within another object, the last field that has bytes.
    let pile = read(&schema, "04010000 15c4b51c 02000000 b5757299 efbeadde 01000000");
    assert_eq!(pile.field(&schema, "bodies"), Some(&Value::List(vec![Value::Bool(true), raw("efbeadde 01000000")])));
    let outer = body(&schema, "06010000 01010000 0100000000000000 efbeadde 00");
    assert!(matches!(outer, Value::Object(_)), "{outer:?}");
    let maybe = read(&schema, "03010000 02000000 efbeadde 00000000");
    assert_eq!(maybe.field(&schema, "body"), Some(&raw("efbeadde 00000000")));
}

#[test]
fn what_is_unknown_is_a_fault_where_more_follows() {
    let schema = envelopes();
    let options = DecodeOptions::default();
    let unknown = |offset: usize, path: &str| (offset, path.to_owned());
    for (bytes, place) in [
        ("02010000 efbeadde 09000000", unknown(4, "early.body")),
        ("02010000 15c4b51c 01000000 efbeadde 09000000", unknown(12, "early.body[0]")),
        ("03010000 01000000 efbeadde 00000000", unknown(8, "maybe.body")),
        ("04010000 15c4b51c 02000000 efbeadde b5757299", unknown(12, "pile.bodies[0]")),
    ] {
        let (kind, offset, path) = refused(&schema, bytes, &options);
        assert!(
            matches!(kind, DecodeErrorKind::UnexpectedId { id: 0xdead_beef, known: None, .. }),
            "{bytes}: {kind:?}"
        );
        assert_eq!((offset, path), place, "{bytes}");
    }
    // A known object with a fault is no unknown one; neither is a vector of them.
    let cut = "01010000 0700000000000000 05010000";
    assert_eq!(refused(&schema, cut, &options).0, DecodeErrorKind::UnexpectedEnd);
    let cut = "01010000 0700000000000000 15c4b51c 01000000 05010000";
    assert_eq!(refused(&schema, cut, &options).0, DecodeErrorKind::UnexpectedEnd);
    let many = "01010000 0700000000000000 15c4b51c ffffff7f 05010000";
    assert_eq!(refused(&schema, many, &options).0, DecodeErrorKind::Count(0x7fff_ffff));
    // On demand nothing is raw.
    let mut strict = DecodeOptions::default();
    strict.raw_objects = false;
    let raw = refused(&schema, "01010000 0700000000000000 efbeadde", &strict);
    assert_eq!((raw.1, raw.2.as_str()), (12, "reply.body"));
}

/// What decoding knows by its id, locating knows, too: each offset has its field, and an error has the path of the field.
#[test]
fn a_place_within_an_object() {
    let schema = envelopes();
    let codec = Codec::new(&schema);
    let place = |bytes: &str, offset| codec.locate_boxed(&hex(bytes), offset).to_string();
    // After a value without fields the walk goes on.
    for builtin in ["b5757299", "379779bc", "39d3ed3f"] {
        let early = format!("02010000 {builtin} 09000000");
        assert_eq!(place(&early, 4), "early.body: Object");
        assert_eq!(place(&early, 8), "early.mark: int");
        assert_eq!(place(builtin, 0), "");
    }
    let vector = "02010000 15c4b51c 03000000 b5757299 05010000 03000000 15c4b51c 01000000 39d3ed3f 09000000";
    let expected = [
        "",
        "early.body: Object",
        "early.body: Object",
        "early.body[0]: Object",
        "early.body[1]: Object",
        "early.body[1](tree).age: int",
        "early.body[2]: Object",
        "early.body[2]: Object",
        "early.body[2][0]: Object",
        "early.mark: int",
    ];
    for (word, expected) in expected.iter().enumerate() {
        assert_eq!(place(vector, 4 * word + 3), *expected, "word {word}");
    }
    assert_eq!(place("15c4b51c 02000000 b5757299 05010000 03000000", 16), "[1](tree).age: int");
    // Where bytes are refused, both say the same path.
    let mut options = DecodeOptions::default();
    options.raw_objects = false;
    let mut compared = 0;
    for bytes in [
        vector,
        "04010000 15c4b51c 02000000 b5757299 15c4b51c 01000000 05010000 03000000",
        "06010000 01010000 0700000000000000 15c4b51c 01000000 39d3ed3f",
    ] {
        let bytes = hex(bytes);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x40;
            for input in [&changed[..], &bytes[..at]] {
                let Err(error) = codec.decode_boxed(input, &options) else { continue };
                if !matches!(error.kind, DecodeErrorKind::TrailingBytes(_)) {
                    let found = codec.locate_boxed(input, error.offset).path.to_string();
                    assert_eq!(found, error.path.to_string(), "{error} in {input:02x?}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Whether an optional field follows is what its bit says, and no other bit.
#[test]
fn what_follows_by_its_bit() {
    let schema = schema("late#00000001 flags:# body:Object note:flags.3?string = Late;");
    let codec = Codec::new(&schema);
    for flags in 0..32_u32 {
        let bytes = [1, flags, 0xdead_beef, 0].map(u32::to_le_bytes).concat();
        let read = codec.decode_boxed(&bytes, &DecodeOptions::default());
        if flags & 8 == 0 {
            let raw = Value::Raw(hex("efbeadde 00000000"));
            assert_eq!(read.unwrap().field(&schema, "body"), Some(&raw), "{flags:b}");
        } else {
            assert_eq!(read.unwrap_err().path.to_string(), "late.body", "{flags:b}");
        }
    }
}

#[test]
fn vectors_in_vectors_end() {
    let schema = envelopes();
    let codec = Codec::new(&schema);
    let nested = |levels: usize| hex(&format!("{} 39d3ed3f", "15c4b51c 01000000 ".repeat(levels)));
    let read = |levels| codec.decode(&TypeExpr::Object, &nested(levels), &DecodeOptions::default());
    let deepest = read(128).unwrap();
    assert_eq!(codec.encode(&TypeExpr::Object, &deepest).unwrap(), nested(128));
    assert_eq!(codec.from_json(&TypeExpr::Object, &codec.to_json(&TypeExpr::Object, &deepest)).unwrap(), deepest);
    assert_eq!(read(129).unwrap_err().kind, DecodeErrorKind::TooDeep);
    assert_eq!(read(100_000).unwrap_err().kind, DecodeErrorKind::TooDeep);
    // Side by side they are no deeper, in whichever form.
    let wide = hex(&format!("15c4b51c c8000000 {}", "15c4b51c 00000000 ".repeat(200)));
    let many = codec.decode(&TypeExpr::Object, &wide, &DecodeOptions::default()).unwrap();
    assert_eq!(codec.encode(&TypeExpr::Object, &many).unwrap(), wide);
    assert_eq!(codec.from_json(&TypeExpr::Object, &codec.to_json(&TypeExpr::Object, &many)).unwrap(), many);
    let deeper = Value::List(vec![deepest]);
    assert!(codec.encode(&TypeExpr::Object, &deeper).is_err());
    assert!(codec.from_json(&TypeExpr::Object, &codec.to_json(&TypeExpr::Object, &deeper)).is_err());
}

#[test]
fn a_schema_may_give_the_ids_another_meaning() {
    let schema = schema(
        "yes#997275b5 = Truth; no#bc799737 why:string = Truth; true#3fedd339 x:int = Sure; reply#00000101 to:long body:Object = Reply;",
    );
    let value = body(&schema, "379779bc 01410000");
    assert!(matches!(&value, Value::Object(found) if found.fields.len() == 1), "{value:?}");
    assert!(matches!(body(&schema, "39d3ed3f 01000000"), Value::Object(_)));
    // Their names and their fields are those of the schema, too.
    let codec = Codec::new(&schema);
    let reply = hex("01010000 0700000000000000 39d3ed3f 01000000");
    assert_eq!(codec.locate_boxed(&reply, 16).to_string(), "reply.body(true).x: int");
    let Some((_, reply_type)) = schema.types().find(|(_, ty)| ty.name.full() == "Reply") else { panic!("no Reply") };
    let reply_type =
        TypeExpr::Boxed { ty: schema.combinator(reply_type.constructors[0]).ty.unwrap(), args: Box::default() };
    let error = codec.decode(&reply_type, &hex("b5757299"), &DecodeOptions::default()).unwrap_err();
    assert_eq!(error.kind.to_string(), "expected Reply, found id 997275b5 (yes)");
}
