//! Text of schemas to an atlas.

use tlgen_model::{Options, Outcome};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::atlas::Atlas;
use crate::rules;

/// The atlas of schemas, each of which is one file and linked by itself, such as the layers of an API.
///
/// The order of the files does not matter where they name their layers. There is no atlas if a schema has errors or an id has two
/// layouts. Warnings of the schemas are left out, and what has no layout is a warning.
#[must_use]
pub fn load(sources: &Sources, files: &[FileIdx], options: &Options) -> Outcome<Atlas> {
    let mut diagnostics = Vec::new();
    let mut schemas = Vec::new();
    for file in files {
        let loaded = tlgen_model::load(sources, &[*file], options);
        diagnostics.extend(loaded.diagnostics.into_iter().filter(Diagnostic::is_error));
        schemas.extend(loaded.value.map(|schema| (*file, schema)));
    }
    // The newest names are kept, which are those of the last schema.
    schemas.sort_by_key(|(_, schema)| schema.layer);
    let mut atlas = Atlas::new();
    for (file, schema) in &schemas {
        atlas.add(&sources.get(*file).name, schema);
    }
    diagnostics.extend(atlas.clashes().iter().map(rules::two_layouts));
    let is_whole = diagnostics.is_empty();
    diagnostics.extend(atlas.left_out().iter().map(rules::no_layout));
    Outcome { value: is_whole.then_some(atlas), diagnostics }
}
