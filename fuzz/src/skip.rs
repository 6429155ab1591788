//! Skipping by an atlas: whatever atlas and message are, nothing panics, and the work is bounded.

use std::sync::LazyLock;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use tlgen_model::Options;
use tlgen_parser::source::Sources;
use tlgen_runtime::DecodeOptions;
use tlgen_runtime::atlas::Atlas;

/// An atlas with changes, and a message.
#[derive(Arbitrary, Debug)]
pub struct Case<'a> {
    /// Offsets into the atlas after its header, and the bytes there. Only the first eight count.
    changes: Vec<(u16, u8)>,
    message: &'a [u8],
}

/// Every form of a field, with ids that a fuzzer finds soon.
const SCHEMA: &str = "
    a#00000001 flags:# n:# x:flags.1?Vector<B> y:n*[ p:int q:%C ] z:Vector<vector<int>> w:Object = A;
    b#00000002 t:string a:A = B; end#00000003 = B; c#00000004 u:Int v:int128 = C;
    d#00000005 c:vector<c> e:Bool f:double = D;
    ---functions--- f#00000006 {X:Type} q:!X = X;
";

static ATLAS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let file = sources.add("schema.tl", SCHEMA);
    let atlas = tlgen_atlas::load(&sources, &[file], &Options::default()).value.expect("the schema has no errors");
    atlas.to_bytes(true).expect("it is small")
});

/// Finds the length of a message.
///
/// # Panics
/// When a promise does not hold.
pub fn skip(case: &Case<'_>) {
    let mut bytes = ATLAS.clone();
    for (offset, byte) in case.changes.iter().take(8) {
        let offset = 24 + usize::from(*offset) % (bytes.len() - 24);
        bytes[offset] = *byte;
    }
    let _ = tlgen_atlas::Atlas::from_bytes(&bytes);
    let Ok(atlas) = Atlas::new(&bytes) else { return };
    let options = DecodeOptions::new();
    if let Ok(length) = atlas.length_of(case.message, &options) {
        assert_eq!(atlas.length_of(&case.message[..length], &options), Ok(length));
    }
}
