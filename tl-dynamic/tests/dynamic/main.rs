//! Values without generated code: hand-made bytes, other people's bytes, random bytes.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod corpus;
mod decode;
mod encode;
mod json;
mod json_schema;
mod locate;
mod objects;
mod random;
mod round_trip;
mod text;
mod trace;
mod visit;
mod vk;

use std::sync::LazyLock;

use tlgen_dynamic::{Codec, DecodeOptions, Object, Value};
use tlgen_model::schema::{CombinatorIdx, GenericKind, Schema};
use tlgen_model::{Fragment, Options, Valid, load_fragment};
use tlgen_parser::source::Sources;

/// Everything that bytes can depend on.
const HAZARDS: &str = "
    flagged#00000001 flags:# a:flags.0?int b:flags.1?true c:flags.1?string d:flags.31?Vector<int> = Flagged;
    late#00000002 on:flags.3?true flags:# = Late;
    nested#00000003 flags:# mode:flags.0?# deep:mode.4?long = Nested;
    counted#00000004 n:# items:n*[ int ] records:n*[ f:# x:f.0?int y:string ] also:n.1?int = Counted;
    fixed#00000005 four:4*[ int ] switches:3*[ true ] = Fixed;
    maskTop#00000006 m:# inner:(masked m) = MaskTop;
    masked#00000007 {m:#} x:m.2?int y:m.5?string = Masked m;
    matrix#00000008 {r:#} {c:#} cells:r*[ c*[ int ] ] = Matrix r c;
    shape#00000009 r:# c:# m:%(Matrix r c) = Shape;
    nothing#0000000a {t:Type} = Maybe t;
    just#0000000b {t:Type} value:t = Maybe t;
    pair#0000000c {X:Type} {Y:Type} x:X y:Y = Pair X Y;
    generic#0000000d a:(Maybe int) b:(Pair string (Maybe Int)) c:(Maybe (Vector %(Pair int long))) = Generic;
    leaf#0000000e = Tree;
    node#0000000f left:Tree right:Tree others:Vector<Tree> more:(Maybe Tree) = Tree;
    endless#00000010 self:Endless = Endless;
    end#00000011 = Endless;
    any#00000012 body:Object = Any;
    scalars#00000013 i:int l:long d:double f:float s:string b:bytes t:Bool a:int128 c:int256 e:int512 u:true = Scalars;
    boxes#00000014 i:Int v:Vector<Vector<long>> w:vector<vector<Bool>> p:%Pixel = Boxes;
    pixel#00000015 x:int y:int = Pixel;
    vnil#00000016 {X:Type} = List X 0;
    vcons#00000017 {X:Type} {n:#} head:X tail:(List X n) = List X (n + 1);
    listed#00000018 n:# items:(List int n) = Listed;
    ---functions---
    wrap#00000020 {X:Type} id:long query:!X = X;
    ask#00000021 flags:# text:flags.0?string = Vector<Tree>;
";

fn hazards() -> &'static Valid<Schema> {
    static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| schema(HAZARDS));
    &SCHEMA
}

fn schema(text: &str) -> Valid<Schema> {
    load(text).unwrap_or_else(|errors| panic!("{errors}: {text}"))
}

fn load(text: &str) -> Result<Valid<Schema>, String> {
    let mut sources = Sources::new();
    let file = sources.add("a.tl", text);
    let loaded = tlgen_model::load(&sources, &[file], &Options::default());
    loaded.value.ok_or_else(|| format!("{:?}", loaded.diagnostics))
}

/// A part of a schema with the types that it does not declare: each has a constructor without fields.
/// `None` if it contradicts itself.
fn completed(text: &str) -> Option<Valid<Schema>> {
    let mut sources = Sources::new();
    let file = sources.add("a.tl", text);
    let part = load_fragment(&sources, &[file], &Options::default(), Fragment::Stated).value.unwrap();
    let missing = part.types.iter().filter(|ty| ty.constructors.is_empty()).enumerate();
    let missing = missing.map(|(place, ty)| {
        let (name, params) = (ty.name.full(), ty.params.iter().enumerate());
        let variable = |(place, kind): (usize, &GenericKind)| match *kind {
            GenericKind::Type => (format!("{{x{place}:Type}}"), format!(" x{place}")),
            GenericKind::Nat => (format!("{{x{place}:#}}"), format!(" x{place}")),
        };
        let (variables, args): (Vec<_>, Vec<_>) = params.map(variable).unzip();
        format!(
            "missing{place}#{:08x} {} = {name}{};\n",
            0xffff_0000_u32 + place as u32,
            variables.join(" "),
            args.concat()
        )
    });
    load(&format!("{text}\n---types---\n{}", missing.collect::<String>())).ok()
}

fn named(schema: &Valid<Schema>, name: &str) -> CombinatorIdx {
    Codec::new(schema).by_name(name).unwrap_or_else(|| panic!("no {name}"))
}

fn object(schema: &Valid<Schema>, name: &str, fields: impl Into<Vec<Option<Value>>>) -> Object {
    Object { combinator: named(schema, name), fields: fields.into() }
}

/// Hex digits, blanks between them.
fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(16).unwrap()).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).unwrap()).collect()
}

/// The value of the bytes, after a look that they come back.
fn both_ways(schema: &Valid<Schema>, bytes: &[u8]) -> Object {
    let codec = Codec::new(schema);
    let object = codec.decode_boxed(bytes, &DecodeOptions::default()).unwrap();
    assert_eq!(codec.encode_boxed(&object).unwrap(), bytes);
    object
}
