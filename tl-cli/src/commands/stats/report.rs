//! What is shown, with names instead of indices.

use serde::Serialize;
use tlgen_model::analysis::stats::Stats;
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeIdx};

/// The numbers of a schema. Lists begin with the greatest and are cut after the number of items that was asked for.
#[derive(Serialize)]
pub(super) struct Report {
    pub(super) files: Vec<String>,
    pub(super) layer: Option<u32>,
    pub(super) types: usize,
    pub(super) constructors: usize,
    pub(super) functions: usize,
    /// Fields and arguments.
    pub(super) fields: usize,
    pub(super) conditional_fields: usize,
    pub(super) flags_words: usize,
    pub(super) with_variables: usize,
    pub(super) written_ids: usize,
    pub(super) described: usize,
    pub(super) described_fields: usize,
    pub(super) recursive_types: usize,
    pub(super) namespaces: Vec<Namespace>,
    pub(super) most_constructors: Vec<Item>,
    pub(super) most_fields: Vec<Item>,
    pub(super) most_arguments: Vec<Item>,
    pub(super) most_used: Vec<Item>,
    pub(super) most_used_builtin: Vec<Item>,
    /// A longest chain of types of which each holds the next.
    pub(super) deepest: Vec<String>,
    /// The types of each cycle; of a long one the first.
    pub(super) cycles: Vec<Cycle>,
}

#[derive(Serialize)]
pub(super) struct Namespace {
    /// Empty for what is in none.
    pub(super) name: String,
    pub(super) types: usize,
    pub(super) constructors: usize,
    pub(super) functions: usize,
}

#[derive(Serialize)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) count: usize,
}

#[derive(Serialize)]
pub(super) struct Cycle {
    pub(super) length: usize,
    pub(super) types: Vec<String>,
}

impl Report {
    pub(super) fn new(files: Vec<String>, schema: &Schema, top: usize) -> Self {
        let stats = Stats::of(schema);
        let counts = stats.counts;
        let ty = |idx: TypeIdx| schema.ty(idx).name.full().to_owned();
        let types = |list: &[(TypeIdx, usize)]| {
            list.iter().take(top).map(|(idx, count)| Item { name: ty(*idx), count: *count }).collect()
        };
        let combinators = |kind: SectionKind| {
            let of_kind =
                stats.fields.iter().map(|(idx, count): &(CombinatorIdx, usize)| (schema.combinator(*idx), *count));
            let of_kind = of_kind.filter(|(combinator, count)| combinator.kind == kind && *count > 0).take(top);
            of_kind.map(|(combinator, count)| Item { name: combinator.name.full().to_owned(), count }).collect()
        };
        let namespaces = stats.namespaces.iter().take(top).map(|(name, counts)| Namespace {
            name: name.clone(),
            types: counts.types,
            constructors: counts.constructors,
            functions: counts.functions,
        });
        let builtin =
            stats.builtin_uses.iter().take(top).map(|(name, count)| Item { name: (*name).to_owned(), count: *count });
        let cycles = stats.cycles.iter().take(top);
        Self {
            files,
            layer: schema.layer,
            types: counts.types,
            constructors: counts.constructors,
            functions: counts.functions,
            fields: counts.fields,
            conditional_fields: counts.conditional,
            flags_words: counts.words,
            with_variables: counts.generic,
            written_ids: counts.written_ids,
            described: counts.described,
            described_fields: counts.described_fields,
            recursive_types: stats.cycles.iter().map(Vec::len).sum(),
            namespaces: namespaces.collect(),
            most_constructors: types(&stats.constructors),
            most_fields: combinators(SectionKind::Types),
            most_arguments: combinators(SectionKind::Functions),
            most_used: types(&stats.uses),
            most_used_builtin: builtin.collect(),
            deepest: stats.deepest.iter().map(|idx| ty(*idx)).collect(),
            cycles: cycles
                .map(|list| Cycle { length: list.len(), types: list.iter().take(top).map(|idx| ty(*idx)).collect() })
                .collect(),
        }
    }

    /// What the schema is called: its files, and the layer.
    pub(super) fn title(&self) -> String {
        let layer = self.layer.map(|layer| format!(", layer {layer}")).unwrap_or_default();
        format!("{}{layer}", self.files.join(", "))
    }

    /// The lists of items, each with its heading.
    pub(super) fn lists(&self) -> [(&'static str, &[Item]); 5] {
        [
            ("types with most constructors", &self.most_constructors),
            ("constructors with most fields", &self.most_fields),
            ("functions with most arguments", &self.most_arguments),
            ("types that are used most", &self.most_used),
            ("builtin types that are used most", &self.most_used_builtin),
        ]
    }

    /// The name of a namespace for people.
    pub(super) fn namespace(name: &str) -> &str {
        if name.is_empty() { "(none)" } else { name }
    }
}
