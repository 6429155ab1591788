//! Skipping and translating by an atlas: whatever atlas and message are, nothing panics, and the work is bounded.

use std::sync::{LazyLock, Mutex};

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use tlgen_model::Options;
use tlgen_parser::source::Sources;
use tlgen_runtime::atlas::Atlas;
use tlgen_runtime::generated::{Known, KnownTo};
use tlgen_runtime::{Decode, DecodeOptions, Reader};

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

/// The same constructors with other fields, and new ones.
const NEWER: &str = "
    a#00000011 flags:# x:flags.1?Vector<B> w:flags.2?int = A; z#00000017 b:B = A;
    b#00000012 flags:# a:A t:flags.0?string = B; end#00000003 = B; c#00000014 v:int128 u:Int = C;
    d#00000015 e:Bool f:double = D; d2#00000016 = D;
";

static ATLAS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut atlas = tlgen_atlas::Atlas::new();
    for (name, text) in [("schema.tl", SCHEMA), ("newer.tl", NEWER)] {
        let mut sources = Sources::new();
        let file = sources.add(name, text);
        let schema = tlgen_model::load(&sources, &[file], &Options::default());
        atlas.add(name, &schema.value.expect("the schema has no errors"));
    }
    atlas.to_bytes(true).expect("it is small")
});

static KEPT: Mutex<Vec<&Atlas<'static>>> = Mutex::new(Vec::new());

/// A type of the first schema, of which some constructors are left out.
struct Any;

impl<'de> Decode<'de> for Any {
    const MIN_SIZE: usize = 4;
    const KNOWN: KnownTo<Self> =
        KnownTo::owned(Some(&Known { variants: b"\0\0\0\x02\0\0\0\x03", others: b"\0\0\0\x01\0\0\0\x04\0\0\0\x06" }));

    fn decode(r: &mut Reader<'de>) -> Self {
        r.unknown_id(0, "Any");
        Self
    }
}

/// Finds the length of a message, and translates it.
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
    // Options hold an atlas for ever, so that of a case is kept: some hundred bytes, which would be a leak if nothing pointed to them.
    let Ok(atlas) = Atlas::new(bytes.leak()) else { return };
    let atlas: &Atlas<'_> = Box::leak(Box::new(atlas));
    KEPT.lock().expect("nothing panics while it is held").push(atlas);
    let options = options.atlas(atlas);
    if let Ok(translation) = options.translate::<Any>(case.message) {
        assert!(translation.len() <= case.message.len());
        assert!(translation.report().events().iter().all(|event| event.offset < translation.len()));
    }
}
