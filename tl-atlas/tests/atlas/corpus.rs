//! All layers of the Telegram API in one table, and random values of each. Needs the corpus.

use std::fs;
use std::path::{Path, PathBuf};

use tlgen_atlas::Atlas;
use tlgen_dynamic::Generator;
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load};
use tlgen_parser::source::Sources;
use tlgen_runtime::DecodeOptions;
use tlgen_runtime::atlas::Atlas as Table;

/// The `.tl` files of a folder of the corpus, in the order of their names.
fn files(root: &Path, folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("schemas").join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tl"));
    files.sort();
    files
}

fn layers(root: &Path) -> Vec<(String, Valid<Schema>)> {
    let layers = files(root, "telegram").into_iter().map(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, super::schema(&fs::read_to_string(&path).unwrap()))
    });
    layers.collect()
}

#[test]
fn all_layers_fit_one_table() {
    let Some(root) = tl_corpus::folder() else { return };
    let layers = layers(&root);
    let mut atlas = Atlas::new();
    for (name, schema) in &layers {
        atlas.add(name, schema);
    }
    assert_eq!(atlas.clashes(), []);
    assert_eq!(atlas.left_out(), []);
    let bytes = atlas.to_bytes(false).unwrap();
    assert!(bytes.len() <= 64 * 1024, "{} bytes", bytes.len());

    // Values of the layers, the oldest and the newest among them, end where the table says.
    let table = Table::new(&bytes).unwrap();
    assert_eq!(table.len(), atlas.len());
    let mut count = 0;
    for (name, schema) in layers.iter().step_by(7).chain(layers.last()) {
        let mut generator = Generator::new(schema, 7);
        for (idx, combinator) in schema.constructors().chain(schema.functions()) {
            let Ok(mut value) = generator.combinator_bytes(idx) else { continue };
            let length = value.len();
            value.extend([0xff; 5]);
            assert_eq!(
                table.length_of(&value, &DecodeOptions::new()),
                Ok(length),
                "{name}: {}",
                combinator.declaration
            );
            count += 1;
        }
    }
    assert!(count > 5000, "{count} values");
}

/// Two schemas that are no layers of one API may declare an id in two ways, and the atlas says which: the lines of TDLib's own API
/// change without their ids, as nobody writes them to a wire. Those of secret chats and of TON do not.
#[test]
fn other_schemas_are_compared() {
    let Some(root) = tl_corpus::folder() else { return };
    for (folder, has_clashes) in [("secret", false), ("ton", false), ("tdlib", true)] {
        let mut atlas = Atlas::new();
        for path in files(&root, folder) {
            let mut sources = Sources::new();
            let file = sources.add("schema.tl", fs::read_to_string(&path).unwrap());
            // Some are parts, which do not link by themselves.
            let Some(schema) = load(&sources, &[file], &Options::default()).value else { continue };
            atlas.add(path.file_stem().unwrap().to_str().unwrap(), &schema);
        }
        assert!(atlas.len() > 100, "{folder}: {}", atlas.len());
        assert_eq!(!atlas.clashes().is_empty(), has_clashes, "{folder}: {:?}", atlas.clashes());
        for clash in atlas.clashes() {
            assert!(clash.first.text != clash.second.text || clash.bare.is_some(), "{clash}");
        }
    }
}
