//! The metadata of this repository, and the tables of the corpus.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;

use tlgen_meta::{ErrorName, Metadata, UsableBy, import, sidecar};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::{FileIdx, Sources};

fn schema(path: &Path) -> Valid<Schema> {
    let text = fs::read_to_string(path).unwrap();
    let mut sources = Sources::new();
    let file = sources.add(path.display().to_string(), text);
    tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
}

fn own(name: &str) -> (Valid<Schema>, Metadata) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema");
    let schema = schema(&folder.join(format!("{name}.tl")));
    let text = fs::read_to_string(folder.join(format!("{name}.meta.toml"))).unwrap();
    (schema, sidecar::read(&text, FileIdx(1)).unwrap())
}

#[test]
fn our_own_schemas_are_described_in_full() {
    for name in ["mtproto", "telegram-132", "telegram-228"] {
        let (schema, sidecar) = own(name);
        assert_eq!(sidecar.unmatched(&schema), [], "{name}");
        let mut metadata = Metadata::from_schema(&schema);
        metadata.merge(sidecar);
        for (_, function) in schema.functions() {
            let known = metadata.function(function.name.full()).unwrap();
            assert!(known.description.is_some(), "{}", function.name);
            assert!(known.errors.is_some(), "{}", function.name);
            assert_ne!(known.usable_by, UsableBy::Unknown, "{}", function.name);
            for param in function.params.iter().filter_map(|param| param.name.as_deref()) {
                assert!(known.fields[param].description.is_some(), "{}.{param}", function.name);
            }
        }
        for (_, constructor) in schema.constructors() {
            let known = metadata.constructor(constructor.name.full()).unwrap();
            assert!(known.description.is_some(), "{}", constructor.name);
            for param in constructor.params.iter().filter_map(|param| param.name.as_deref()) {
                assert!(known.fields[param].description.is_some(), "{}.{param}", constructor.name);
            }
        }
        for (_, ty) in schema.types().filter(|(_, ty)| ty.constructors.len() > 1) {
            assert!(metadata.ty(ty.name.full()).is_some(), "{}", ty.name);
        }
    }
}

#[test]
fn published_tables_join() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let read = |path: &str| {
        let text = fs::read_to_string(corpus.join("metadata").join(path)).unwrap();
        import::read(&text, FileIdx(0)).unwrap()
    };
    let (descriptions, errors, functions) =
        (read("gotd-getdoc/layer-223-slice.json"), read("telethon/errors.csv"), read("telethon/methods.csv"));
    assert_eq!((descriptions.functions.len(), descriptions.constructors.len(), descriptions.types.len()), (87, 55, 26));
    assert!(errors.errors.len() > 500 && functions.functions.len() > 350);

    let schema = schema(&corpus.join("schemas/telegram/api-layer-228.tl"));
    // Methods go and come; most are still there.
    let gone = functions.unmatched(&schema).len();
    assert!((1..60).contains(&gone), "{gone}");

    let mut metadata = Metadata::from_schema(&schema);
    for table in [descriptions, errors, functions] {
        metadata.merge(table);
    }
    let top_peers = metadata.function("contacts.getTopPeers").unwrap();
    assert_eq!(top_peers.usable_by, UsableBy::Users);
    let listed = metadata.errors_of("contacts.getTopPeers").unwrap();
    let empty = listed.iter().find(|error| error.name == ErrorName::new("TYPES_EMPTY")).unwrap();
    assert_eq!(empty.codes, [400]);
    assert_eq!(metadata.function("contacts.resolveUsername").unwrap().usable_by, UsableBy::Both);
    assert_eq!(metadata.errors[&ErrorName::new("FLOOD_WAIT_X")].codes, [420]);
}
