//! Every form of a field: what is skipped is what the codec of `tl-dynamic` writes.

use tlgen_dynamic::Generator;
use tlgen_runtime::atlas::Atlas as Table;
use tlgen_runtime::{DecodeErrorKind, DecodeOptions};

use super::{atlas, schema};

/// Each line is one hazard.
const FORMS: &str = "
    none = None;
    numbers a:int b:long c:double d:# e:int128 f:int256 g:int512 = Numbers;
    texts a:string b:bytes c:Bool d:True = Texts;
    flags flags:# a:flags.0?true b:flags.1?int c:flags.31?string flags2:# d:flags2.1?long e:flags.1?None = Flags;
    laterWord flags:# extra:flags.0?# a:extra.3?int b:flags.1?string = LaterWord;
    boxed a:None b:Union = Boxed;
    unionA a:int = Union;
    unionB a:Union b:string = Union;
    bare a:numbers b:%Texts c:vector<flags> = Bare;
    vectors a:Vector<int> b:vector<string> c:Vector<Vector<Union>> d:vector<vector<int>> e:Vector<none> = Vectors;
    builtins a:Int b:Long c:String d:Vector<Double> = Builtins;
    repeats n:# a:3*[ int ] b:n*[ string ] c:2*[ Union ] = Repeats;
    records n:# a:n*[ x:int y:string ] b:Vector<records> = Records;
    ---functions---
    get flags:# a:flags.0?Union b:Vector<long> = Vector<Union>;
    wrap {X:Type} layer:int query:!X = X;
";

#[test]
fn values_of_every_form_are_skipped() {
    let schema = schema(FORMS);
    let bytes = atlas(&[FORMS]).to_bytes(true).unwrap();
    let table = Table::new(&bytes).unwrap();
    let mut generator = Generator::new(&schema, 1);
    for (idx, combinator) in schema.constructors().chain(schema.functions()) {
        for count in 0..200 {
            let mut value =
                generator.combinator_bytes(idx).unwrap_or_else(|error| panic!("{}: {error}", combinator.name));
            let length = value.len();
            let tried = if count % 10 == 0 { 0..length } else { 0..0 };
            for end in tried {
                let error = table.length_of(&value[..end], &DecodeOptions::new()).unwrap_err();
                assert_eq!(error.kind(), DecodeErrorKind::UnexpectedEnd, "{} {end}", combinator.name);
            }
            value.extend(b"more");
            assert_eq!(table.length_of(&value, &DecodeOptions::new()), Ok(length), "{}", combinator.declaration);
        }
    }
}

#[test]
fn objects_hold_what_every_reader_knows() {
    let bytes = atlas(&["some#00000001 a:Object b:int = Some; x#00000002 = X;"]).to_bytes(false).unwrap();
    let table = Table::new(&bytes).unwrap();
    let (bool_true, truth, vector, x) = (0x9972_75b5_u32, 0x3fed_d339_u32, 0x1cb5_c415_u32, 2_u32);
    for object in
        [&[bool_true][..], &[truth], &[x], &[vector, 0], &[vector, 3, x, bool_true, x], &[vector, 1, vector, 0]]
    {
        let words = [&[1][..], object, &[7, 8]].concat();
        let value: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        // All but the last word.
        assert_eq!(table.length_of(&value, &DecodeOptions::new()), Ok(value.len() - 4), "{object:?}");
    }
}

#[test]
fn what_the_field_says_is_checked() {
    let text = "a#0000000a x:B = A; b#0000000b = B; c#0000000c = C; ---functions--- f#0000000f = B;";
    let bytes = atlas(&[text]).to_bytes(false).unwrap();
    let table = Table::new(&bytes).unwrap();
    let of = |inner: u32| table.length_of(&[10_u32.to_le_bytes(), inner.to_le_bytes()].concat(), &DecodeOptions::new());
    assert_eq!(of(11), Ok(8));
    for (id, kind) in [
        (12, DecodeErrorKind::WrongType { id: 12 }),
        (15, DecodeErrorKind::WrongType { id: 15 }),
        (13, DecodeErrorKind::NotInAtlas { id: 13 }),
    ] {
        let error = of(id).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, 4));
    }
}

#[test]
fn levels_and_items_without_bytes_are_bounded() {
    let text = "leaf#00000001 = Tree; node#00000002 next:Tree = Tree; many#00000003 items:vector<unit> = Many; unit#00000004 = Unit;";
    let bytes = atlas(&[text]).to_bytes(false).unwrap();
    let table = Table::new(&bytes).unwrap();
    let nested = |levels: usize| [vec![2_u32.to_le_bytes(); levels], vec![1_u32.to_le_bytes()]].concat().concat();
    let options = DecodeOptions::new().max_depth(10);
    assert_eq!(table.length_of(&nested(10), &options), Ok(44));
    let error = table.length_of(&nested(10_000), &options).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooDeep { limit: 10, .. }), "{error}");

    let many = |count: u32| table.length_of(&[3_u32.to_le_bytes(), count.to_le_bytes()].concat(), &options);
    assert_eq!(many(32 * 1024), Ok(8));
    assert_eq!(many(32 * 1024 + 1).unwrap_err().kind(), DecodeErrorKind::CountTooLarge { count: 32 * 1024 + 1 });
    assert_eq!(many(u32::MAX).unwrap_err().kind(), DecodeErrorKind::NegativeCount { count: -1 });
}
