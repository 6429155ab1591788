//! Names, types, layers and fields, read back from the bytes.

use tlgen_runtime::atlas::Atlas as Table;

use super::atlas;

const OLD: &str = "user#00000001 id:int = User; gone#00000003 x:int = Gone;\n// LAYER 1";
const NEW: &str =
    "user#00000002 flags:# bot:flags.0?true id:long names:Vector<string> = User; gone#00000003 x:int = Gone;
    ---functions---
    users.get#00000004 id:2*[ int ] = Vector<User>;\n// LAYER 2";

#[test]
fn names_are_read_back() {
    let bytes = atlas(&[OLD, NEW]).to_bytes(true).unwrap();
    let table = Table::new(&bytes).unwrap();
    assert!(table.has_names());
    let found: Vec<String> = table
        .entries()
        .map(|entry| {
            let layers: Vec<u32> = entry.layers().collect();
            let fields: Vec<&str> = entry.fields().collect();
            let (name, ty) = (entry.name().unwrap(), entry.type_name().unwrap());
            format!("{:x} {name} = {ty} {layers:?} {fields:?} {}", entry.id(), entry.is_function())
        })
        .collect();
    assert_eq!(
        found,
        [
            r#"1 user = User [1] ["id"] false"#,
            r#"2 user = User [2] ["flags", "bot", "id", "names"] false"#,
            r#"3 gone = Gone [1, 2] ["x"] false"#,
            r#"4 users.get = Vector<User> [2] ["id"] true"#,
        ]
    );
}

#[test]
fn without_names_there_are_none() {
    let bytes = atlas(&[OLD]).to_bytes(false).unwrap();
    let entry = Table::new(&bytes).unwrap().entry(1).unwrap();
    assert_eq!((entry.name(), entry.type_name(), entry.layers().count(), entry.fields().count()), (None, None, 0, 0));
    assert_eq!(Table::new(&bytes).unwrap().entry(9), None);
}
