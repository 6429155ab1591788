//! Fields by their names.

use tlgen_runtime::atlas::{Look, Part};
use tlgen_runtime::{DecodeErrorKind, DecodeOptions, Encode, atlas::Atlas, ids};

use super::atlas;

const SCHEMA: &str = "
    point x:int y:int = Point;
    user#00000001 flags:# id:long name:string bio:flags.0?bytes ok:flags.1?true at:flags.2?point tags:Vector<string> = User;
    userEmpty#00000002 = User;
    page#00000003 users:Vector<User> any:Object grid:Vector<Vector<int>> n:# counted:n*[long] open:Bool score:double hash:int128 = Page;
";

fn table() -> Vec<u8> {
    atlas(&[SCHEMA]).to_bytes(true).unwrap()
}

fn user(flags: u32, fields: &[Vec<u8>]) -> Vec<u8> {
    let head = [1_u32.to_bytes(), flags.to_bytes(), 7_i64.to_bytes(), "Ada".to_bytes()].map(Result::unwrap).concat();
    [head, fields.concat(), vec!["a", "b"].to_bytes().unwrap()].concat()
}

fn page() -> Vec<u8> {
    let full = user(7, &[[0xff_u8; 5][..].to_bytes().unwrap(), 5_i32.to_bytes().unwrap(), 6_i32.to_bytes().unwrap()]);
    let users =
        [ids::VECTOR.to_bytes().unwrap(), 3_i32.to_bytes().unwrap(), user(0, &[]), vec![2, 0, 0, 0], full].concat();
    let rest = [
        vec![true, false].to_bytes(),
        vec![vec![], vec![1_i32, 2]].to_bytes(),
        2_u32.to_bytes(),
        8_i64.to_bytes(),
        9_i64.to_bytes(),
        true.to_bytes(),
        1.5_f64.to_bytes(),
        [4_u8; 16].to_bytes(),
    ];
    [vec![3, 0, 0, 0], users, rest.map(Result::unwrap).concat()].concat()
}

fn field<'a, 'm>(look: &Look<'a, 'm>, name: &str) -> Part<'a, 'm> {
    look.field(name).unwrap().unwrap_or_else(|| panic!("no `{name}`"))
}

#[test]
fn fields_by_name() {
    let (table, bytes) = (table(), page());
    let atlas = Atlas::new(&table).unwrap();
    let page = atlas.look(&bytes, &DecodeOptions::new()).unwrap();
    assert_eq!((page.name(), page.entry().type_name(), page.offset()), (Some("page"), Some("Page"), 0));
    assert_eq!(page.as_bytes().unwrap(), bytes);
    let Part::Items(users) = field(&page, "users") else { panic!() };
    assert_eq!((users.len(), users.is_empty()), (3, false));
    let Some(Part::Value(plain)) = users.get(0).unwrap() else { panic!() };
    assert!(matches!(field(&plain, "id"), Part::Long(7)));
    assert!(matches!(field(&plain, "name"), Part::Text("Ada")));
    assert!(plain.field("bio").unwrap().is_none() && plain.field("ok").unwrap().is_none());
    assert_eq!(plain.as_bytes().unwrap(), user(0, &[]));
    let Some(Part::Value(empty)) = users.get(1).unwrap() else { panic!() };
    assert_eq!(empty.name(), Some("userEmpty"));
    let Some(Part::Value(full)) = users.get(2).unwrap() else { panic!() };
    assert!(matches!(field(&full, "flags"), Part::Word(7)));
    assert!(matches!(field(&full, "bio"), Part::Bytes([0xff, ..])));
    assert!(matches!(field(&full, "ok"), Part::True));
    let Part::Value(at) = field(&full, "at") else { panic!() };
    assert!(matches!((at.name(), field(&at, "y")), (Some("point"), Part::Int(6))));
    assert_eq!(at.as_bytes().unwrap(), [5, 0, 0, 0, 6, 0, 0, 0]);
    let Part::Items(tags) = field(&full, "tags") else { panic!() };
    assert!(matches!(tags.get(1).unwrap(), Some(Part::Text("b"))));
    assert!(tags.get(2).unwrap().is_none() && users.get(3).unwrap().is_none());
    let Part::Items(any) = field(&page, "any") else { panic!() };
    assert!(matches!((any.get(0).unwrap(), any.get(1).unwrap()), (Some(Part::Bool(true)), Some(Part::Bool(false)))));
    let Part::Items(grid) = field(&page, "grid") else { panic!() };
    let Some(Part::Items(row)) = grid.get(1).unwrap() else { panic!() };
    assert!(matches!(row.get(1).unwrap(), Some(Part::Int(2))));
    let Part::Items(counted) = field(&page, "counted") else { panic!() };
    assert!(matches!((counted.len(), counted.get(1).unwrap()), (2, Some(Part::Long(9)))));
    assert!(matches!(field(&page, "open"), Part::Bool(true)));
    assert!(matches!(field(&page, "score"), Part::Double(1.5)));
    assert!(matches!(field(&page, "hash"), Part::Bytes([4, ..])));
    assert!(page.field("nothing").unwrap().is_none());
}

/// What is cut off is too early, and what is before the cut is read; changed bytes never make a panic.
#[test]
fn what_is_wrong_is_told() {
    const NAMES: [&str; 8] = ["users", "any", "grid", "n", "counted", "open", "score", "hash"];
    let (table, bytes) = (table(), page());
    let atlas = Atlas::new(&table).unwrap();
    for len in 4..bytes.len() {
        let page = atlas.look(&bytes[..len], &DecodeOptions::new()).unwrap();
        let kinds = NAMES.map(|name| page.field(name).map(drop).map_err(|error| error.kind()));
        let first = kinds.iter().position(Result::is_err).unwrap_or(NAMES.len());
        assert!(kinds[first..].iter().all(|kind| *kind == Err(DecodeErrorKind::UnexpectedEnd)), "{len}: {kinds:?}");
        assert_eq!(page.as_bytes().unwrap_err().kind(), DecodeErrorKind::UnexpectedEnd);
    }
    for at in 0..bytes.len() {
        for change in [1, 0x80, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] ^= change;
            let Ok(page) = atlas.look(&bytes, &DecodeOptions::new()) else { continue };
            for name in NAMES {
                if let Ok(Some(Part::Items(items))) = page.field(name) {
                    let last = items.get(items.len().saturating_sub(1));
                    assert!(last.is_ok() || page.as_bytes().is_err(), "{at}, {change}: {last:?}");
                }
            }
        }
    }
    assert_eq!(
        atlas.look(&[9, 0, 0, 0], &DecodeOptions::new()).unwrap_err().kind(),
        DecodeErrorKind::NotInAtlas { id: 9 }
    );
}

/// Without names no field is found, and the bytes still are.
#[test]
fn an_atlas_without_names() {
    let (table, bytes) = (atlas(&[SCHEMA]).to_bytes(false).unwrap(), page());
    let atlas = Atlas::new(&table).unwrap();
    let page = atlas.look(&bytes, &DecodeOptions::new()).unwrap();
    assert!(page.name().is_none() && page.field("users").unwrap().is_none());
    assert_eq!(page.as_bytes().unwrap(), bytes);
}
