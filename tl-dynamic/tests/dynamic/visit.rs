//! What a visitor is told, and JSON written as bytes are read. The kind of fault: parts that are left out, told twice or told in
//! another order than the value has them; JSON that differs from that of the value; time or memory that grows faster than the bytes.

use std::convert::Infallible;
use std::fmt::Write as _;

use proptest::prelude::*;
use tlgen_dynamic::{
    Codec, DecodeErrorKind, DecodeOptions, FieldStart, Generator, JsonForm, JsonWriter, ListStart, ObjectStart,
    Profile, RecordStart, Root, Scalar, VisitError, Visitor,
};
use tlgen_model::Valid;
use tlgen_model::schema::{Schema, TypeExpr};

use crate::{hazards, hex, schema};

/// Each part on its own line.
#[derive(Default)]
struct Told(String, usize);

impl Told {
    fn line(&mut self, text: &str) -> Result<(), Infallible> {
        writeln!(self.0, "{}{text}", "  ".repeat(self.1)).unwrap();
        Ok(())
    }
}

impl<'b> Visitor<'b> for Told {
    type Stop = Infallible;

    fn object(&mut self, object: ObjectStart<'_>) -> Result<(), Infallible> {
        self.line(&format!("{} of {}", object.name(), object.field_count()))?;
        self.1 += 1;
        Ok(())
    }

    fn field(&mut self, field: FieldStart<'_>) -> Result<(), Infallible> {
        self.line(&format!("{} {}:", field.index(), field.name().unwrap_or("-")))
    }

    fn list(&mut self, list: ListStart) -> Result<(), Infallible> {
        self.line(&format!("{} {}", if list.is_repetition { "repetition" } else { "vector" }, list.len))?;
        self.1 += 1;
        Ok(())
    }

    fn record(&mut self, record: RecordStart) -> Result<(), Infallible> {
        self.line(&format!("record of {}", record.field_count))?;
        self.1 += 1;
        Ok(())
    }

    fn end(&mut self) -> Result<(), Infallible> {
        self.1 -= 1;
        Ok(())
    }

    fn scalar(&mut self, scalar: Scalar<'b>) -> Result<(), Infallible> {
        self.line(&format!("{scalar:?}"))
    }
}

fn told(schema: &Valid<Schema>, bytes: &str) -> String {
    let mut told = Told::default();
    Codec::new(schema).visit(Root::Any, &hex(bytes), &DecodeOptions::default(), &mut told).unwrap();
    assert_eq!(told.1, 0, "what begins ends");
    told.0
}

#[test]
fn parts_come_in_the_order_of_the_bytes() {
    let bytes = "04000000 02000000  05000000 06000000  01000000 09000000 00000000  00000000 01410000  2a000000";
    let expected = "counted of 4
  0 n:
  Nat(2)
  1 items:
  repetition 2
    Int(5)
    Int(6)
  2 records:
  repetition 2
    record of 3
      0 f:
      Nat(1)
      1 x:
      Int(9)
      2 y:
      Text(\"\")
    record of 3
      0 f:
      Nat(0)
      2 y:
      Text(\"A\")
  3 also:
  Int(42)
";
    assert_eq!(told(hazards(), bytes), expected);
    let bytes = "0d000000  0b000000 05000000  0c000000 01410000 0b000000 da9b50a8 06000000
        0b000000 15c4b51c 01000000 01000000 0200000000000000";
    let expected = "generic of 3
  0 a:
  just of 1
    0 value:
    Int(5)
  1 b:
  pair of 2
    0 x:
    Text(\"A\")
    1 y:
    just of 1
      0 value:
      Int(6)
  2 c:
  just of 1
    0 value:
    vector 1
      pair of 2
        0 x:
        Int(1)
        1 y:
        Long(2)
";
    assert_eq!(told(hazards(), bytes), expected);
}

fn objects() -> Valid<Schema> {
    schema(
        "reply#00000101 to:long body:Object = Reply;
        sealed#00000102 body:Object = Sealed;
        message#5bb8e511 msg_id:long seqno:int bytes:int body:Object = Message;
        container#73f1f8dc messages:vector<%Message> = Container;
        packed#3072cfa1 packed_data:bytes = Object2;
        leaf#00000105 = Leaf;
        ---functions---
        count#00000106 = Vector<long>;",
    )
}

/// A value that proves to be unknown deep in it was not told before.
#[test]
fn of_raw_bytes_only_the_bytes_are_told() {
    let schema = objects();
    let vector = "01010000 0700000000000000 15c4b51c 02000000 b5757299 efbeadde";
    let expected = "reply of 2
  0 to:
  Long(7)
  1 body:
  Raw([21, 196, 181, 28, 2, 0, 0, 0, 181, 117, 114, 153, 239, 190, 173, 222])
";
    assert_eq!(told(&schema, vector), expected);
    let nested = "02010000 02010000 39d3ed3f";
    assert_eq!(told(&schema, nested), "sealed of 1\n  0 body:\n  sealed of 1\n    0 body:\n    TrueObject\n");
}

/// Objects within each other are each decided once, not once for each level around them: that would be 2^100 times.
#[test]
fn nested_objects_are_decided_once() {
    let schema = objects();
    let codec = Codec::new(&schema);
    for end in ["05010000", "efbeadde", "15c4b51c 01000000 05000000"] {
        let bytes = hex(&format!("{} {end}", "02010000".repeat(100)));
        let mut out = Vec::new();
        JsonWriter::new(&codec).write(Root::Any, &bytes, &DecodeOptions::default(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap().matches("sealed").count(), 100, "{end}");
    }
}

/// Bodies side by side are raw or not each for itself.
#[test]
fn bodies_in_a_container() {
    let schema = objects();
    let codec = Codec::new(&schema).with_envelopes();
    let bytes = hex("dcf8f173 03000000
        0100000000000000 01000000 08000000 02010000 05010000
        0200000000000000 02000000 08000000 02010000 efbeadde
        0300000000000000 03000000 04000000 b5757299");
    let mut out = Vec::new();
    JsonWriter::new(&codec).write(Root::Any, &bytes, &DecodeOptions::default(), &mut out).unwrap();
    let expected = r#"{"_":"container","messages":[
        {"_":"message","msg_id":"1","seqno":1,"bytes":8,"body":{"_":"sealed","body":{"_":"leaf"}}},
        {"_":"message","msg_id":"2","seqno":2,"bytes":8,"body":{"_":"sealed","body":{"raw":"efbeadde"}}},
        {"_":"message","msg_id":"3","seqno":3,"bytes":4,"body":true}]}"#;
    assert_eq!(String::from_utf8(out).unwrap(), expected.replace("\n        ", ""));
}

#[test]
fn a_visitor_stops() {
    struct UpTo(u32);

    impl Visitor<'_> for UpTo {
        type Stop = &'static str;

        fn scalar(&mut self, _: Scalar<'_>) -> Result<(), &'static str> {
            self.0 = self.0.checked_sub(1).ok_or("enough")?;
            Ok(())
        }
    }

    let codec = Codec::new(hazards());
    let bytes = hex("15000000 01000000 02000000");
    let read = |count, bytes| codec.visit(Root::Any, bytes, &DecodeOptions::default(), &mut UpTo(count));
    assert_eq!(read(1, &bytes), Err(VisitError::Stopped("enough")));
    assert_eq!(read(2, &bytes), Ok(()));
    let Err(VisitError::Decode(error)) = read(2, &bytes[..8]) else { panic!("no fault") };
    assert_eq!((error.kind, error.path.to_string().as_str()), (DecodeErrorKind::UnexpectedEnd, "pixel.y"));
}

/// A type that is given and not declared has its repetitions and their words, too.
#[test]
fn a_type_of_its_own() {
    let schema =
        schema("holder#00000001 n:# items:n*[ f:# x:f.1?int ] = Holder; boxed#00000002 a:3*[ f:# x:f.1?int ] = Boxed;");
    let codec = Codec::new(&schema);
    let ty = &schema.combinator(codec.by_name("boxed").unwrap()).params[0].ty;
    let mut out = Vec::new();
    let bytes = hex("00000000 02000000 07000000 00000000");
    JsonWriter::new(&codec).write(Root::Type(ty), &bytes, &DecodeOptions::default(), &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), r#"[{"f":0},{"f":2,"x":7},{"f":0}]"#);
}

/// Both ways from bytes to JSON, for bytes that are right and for bytes that are not.
fn compare(codec: &Codec<'_>, root: Root<'_>, bytes: &[u8], options: &DecodeOptions) -> bool {
    for form in [JsonForm::Tlgen, JsonForm::TdLib, JsonForm::Vk] {
        let mut out = b"before".to_vec();
        let writer = JsonWriter::new(codec).with_form(form);
        let written = writer.write(root, bytes, options, &mut out);
        let value = codec.decode_root(root, bytes, options);
        assert_eq!(written, value.as_ref().map(drop).map_err(Clone::clone));
        let json = value.as_ref().map(|value| codec.typed_root(root, value).with_form(form));
        let expected = json.map(|json| serde_json::to_string(&json).unwrap()).unwrap_or_default();
        assert_eq!(std::str::from_utf8(&out).unwrap(), format!("before{expected}"));
        if value.is_err() {
            return false;
        }
        let mut again = Vec::new();
        let length = writer.write_prefix(root, &[bytes, &[1; 8]].concat(), options, &mut again);
        // What is raw has no end of its own.
        if let Ok(length) = length {
            assert_eq!((length, &*again), (bytes.len(), expected.as_bytes()));
        }
    }
    true
}

/// How many values of all combinators are the same JSON both ways.
fn compare_all(schema: &Valid<Schema>, seed: u64, (at, change): (usize, u8)) -> usize {
    let codec = Codec::new(schema).with_envelopes();
    let profile = Profile::default().with_invalid_text(true).with_undeclared_bits(true);
    let mut generator = Generator::new(schema, seed).with_profile(profile);
    let mut same = 0;
    for (idx, combinator) in schema.constructors().chain(schema.functions()) {
        let Ok(mut bytes) = generator.combinator_bytes(idx) else { continue };
        let root = if combinator.ty.is_some() && combinator.generics.is_empty() {
            Root::Type(&combinator.result)
        } else {
            Root::Boxed(idx)
        };
        same += usize::from(compare(&codec, root, &bytes, &DecodeOptions::default().with_any_text()));
        if !bytes.is_empty() {
            let at = at % bytes.len();
            bytes[at] ^= change;
            compare(&codec, root, &bytes, &DecodeOptions::lenient());
            compare(&codec, Root::Any, &bytes, &DecodeOptions::default());
        }
    }
    same
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn json_is_that_of_the_value(seed: u64, at: usize, change in 1u8..) {
        prop_assert!(compare_all(hazards(), seed, (at, change)) > 20);
        compare_all(&objects(), seed, (at, change));
    }

    #[test]
    fn json_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..64), id in 0x101u32..0x106) {
        let schema = objects();
        let codec = Codec::new(&schema).with_envelopes();
        compare(&codec, Root::Any, &[&id.to_le_bytes(), &*bytes].concat(), &DecodeOptions::default());
        compare(&codec, Root::Type(&TypeExpr::Object), &bytes, &DecodeOptions::default());
    }
}

#[test]
fn json_of_real_schemas() {
    let Some(folder) = tl_corpus::folder() else { return };
    for file in ["telegram/api-layer-228.tl", "ton/ton_api.tl", "tdlib/td_api-newest.tl"] {
        let schema = schema(&std::fs::read_to_string(folder.join("schemas").join(file)).unwrap());
        let same = compare_all(&schema, 1, (17, 3));
        assert!(same > 500, "{file}: {same}");
    }
}
