//! Any bytes as rows, as text and as a line of JSON.

use std::sync::LazyLock;

use tlgen_dynamic::{Codec, DecodeOptions, JsonWriter, Root, RowKind};
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load};
use tlgen_parser::source::Sources;

/// Everything that bytes can depend on, and messages that hold others.
static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let files = [
        sources.add("mtproto.tl", include_str!("../../schema/mtproto.tl")),
        sources.add("telegram.tl", include_str!("../../schema/telegram-228.tl")),
        sources.add("forms.tl", FORMS),
    ];
    load(&sources, &files, &Options::default()).value.expect("the schemas are valid")
});

const FORMS: &str = "
    forms.counted#00000004 n:# items:n*[ int ] records:n*[ f:# x:f.0?int y:string ] also:n.1?int = forms.Counted;
    forms.fixed#00000005 four:4*[ int ] switches:3*[ true ] = forms.Fixed;
    forms.matrix#00000008 {r:#} {c:#} cells:r*[ c*[ int ] ] = forms.Matrix r c;
    forms.shape#00000009 r:# c:# m:%(forms.Matrix r c) = forms.Shape;
    forms.just#0000000b {t:Type} value:t = forms.Maybe t;
    forms.nothing#0000000a {t:Type} = forms.Maybe t;
    forms.generic#0000000d a:(forms.Maybe int) b:(forms.Maybe (Vector %(forms.Matrix 1 2))) = forms.Generic;
    forms.node#0000000f left:forms.Tree others:Vector<forms.Tree> = forms.Tree;
    forms.leaf#0000000e = forms.Tree;
    forms.scalars#00000013 i:int l:long d:double f:float s:string b:bytes t:Bool a:int128 c:int256 u:true = forms.Scalars;
    forms.boxes#00000014 i:Int v:Vector<Vector<long>> w:vector<vector<Bool>> o:Object x:int = forms.Boxes;
";

/// JSON is the same by way of the value and without it.
fn json(codec: &Codec<'_>, bytes: &[u8], options: &DecodeOptions) {
    let mut line = Vec::new();
    let written = JsonWriter::new(codec).write(Root::Any, bytes, options, &mut line);
    let value = codec.decode_root(Root::Any, bytes, options);
    assert_eq!(written, value.as_ref().map(drop).map_err(Clone::clone));
    let json = value.map(|value| serde_json::to_vec(&codec.typed_root(Root::Any, &value)).expect("a value has JSON"));
    assert_eq!(line, json.unwrap_or_default());
}

/// Rows have each byte once, their first fault is that of the decoder, and the text makes the same bytes.
pub fn trace(bytes: &[u8]) {
    static CODEC: LazyLock<Codec<'static>> = LazyLock::new(|| Codec::new(&SCHEMA).with_envelopes());
    let mut options = DecodeOptions::default();
    options.raw_objects = false;
    let trace = CODEC.trace(Root::Any, bytes, &options);
    let mut end = 0;
    for row in &trace.rows {
        assert_eq!(row.bytes.start, end);
        end = row.bytes.end;
    }
    assert_eq!(end, bytes.len());
    let first = trace.rows.iter().find_map(|row| match &row.kind {
        RowKind::Fault { kind, offset, path, .. } => Some((kind, *offset, path)),
        _ => None,
    });
    match CODEC.decode_root(Root::Any, bytes, &options) {
        Ok(value) => assert_eq!(CODEC.encode_root(Root::Any, &value).as_deref(), Ok(bytes)),
        Err(error) => assert_eq!(first, Some((&error.kind, error.offset, &error.path))),
    }
    json(&CODEC, bytes, &options);
    json(&CODEC, bytes, &DecodeOptions::default());
    let text = CODEC.disassemble(Root::Any, bytes, &options);
    assert_eq!(CODEC.assemble(&text).as_deref(), Ok(bytes), "{text}");
    drop(CODEC.assemble(&String::from_utf8_lossy(bytes)));
}
