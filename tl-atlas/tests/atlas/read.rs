//! Bytes back to an atlas, and layouts back to declarations.

use tlgen_atlas::{Atlas, Broken};

use super::atlas;

const TEXT: &str = "
none#00000001 = None;
flags#00000002 flags:# a:flags.0?true b:flags.31?string flags2:# c:flags2.1?Vector<long> = Flags;
bare#00000003 a:none b:vector<flags> c:Vector<vector<int128>> = Bare;
others#00000004 a:Object b:Int c:double d:Bool e:Vector<None> = Others;
repeats#00000005 n:# a:3*[ int ] b:(n+1)*[ x:int y:None ] c:n*[ string ] = Repeats;
---functions---
get.none#00000006 {X:Type} id:long query:!X = X;
get.many#00000007 = Vector<None>;
// LAYER 7";

#[test]
fn an_atlas_is_read_back() {
    let made = atlas(&[TEXT]);
    let read = Atlas::from_bytes(&made.to_bytes(true).unwrap()).unwrap();
    assert_eq!(read.len(), made.len());
    for ((id, made), (other, read)) in made.entries().zip(read.entries()) {
        assert_eq!(id, other);
        assert_eq!((&made.name, made.kind, &made.ty, &made.layout), (&read.name, read.kind, &read.ty, &read.layout));
        assert_eq!((&made.names, &made.layers), (&read.names, &read.layers));
    }
    assert_eq!(read.to_bytes(true), made.to_bytes(true));
}

#[test]
fn layouts_are_declarations() {
    let read = Atlas::from_bytes(&atlas(&[TEXT]).to_bytes(true).unwrap()).unwrap();
    let text: Vec<String> = read.entries().map(|(id, _)| read.declaration(id).unwrap()).collect();
    assert_eq!(
        text,
        [
            "none#00000001 = None",
            "flags#00000002 flags:# a:flags.0?true b:flags.31?string flags2:# c:flags2.1?Vector<long> = Flags",
            "bare#00000003 a:none b:vector<flags> c:Vector<vector<int128>> = Bare",
            "others#00000004 a:Object b:Int c:double d:Bool e:Vector<None> = Others",
            "repeats#00000005 n:# a:3*[ int ] b:(n + 1)*[ int None ] c:n*[ string ] = Repeats",
            "get.none#00000006 {X:Type} id:long query:!X = X",
            "get.many#00000007 = Vector<None>",
        ]
    );
}

#[test]
fn without_names_the_layouts_are_there() {
    let made = atlas(&[TEXT]);
    let read = Atlas::from_bytes(&made.to_bytes(false).unwrap()).unwrap();
    assert_eq!((read.len(), read.get(1).unwrap().name.as_str()), (made.len(), ""));
    assert_eq!(read.get(2).unwrap().layout.fields.len(), 5);
}

#[test]
fn broken_bytes_are_refused_or_read() {
    let bytes = atlas(&[TEXT]).to_bytes(true).unwrap();
    for end in 0..bytes.len() {
        assert_eq!(Atlas::from_bytes(&bytes[..end]).unwrap_err(), Broken);
    }
    for at in 0..bytes.len() {
        for value in [0, 1, 16, 18, 0x7f, 0xff] {
            let mut changed = bytes.clone();
            changed[at] = value;
            // Whatever comes out, nothing panics.
            let _ = Atlas::from_bytes(&changed).map(|atlas| atlas.to_bytes(true));
        }
    }
}
