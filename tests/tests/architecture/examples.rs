//! Each public item of the crates about real peers has an example that runs.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, ImplItemFn, Item, ItemImpl, Lit, Meta, Visibility};

use crate::sources::sources;

/// The folders whose public items are looked at.
const FOLDERS: [&str; 4] = ["tl-grammers/src", "tl-mtproto/src", "tl-sniff/src", "tl-testserver/src"];

/// What the documentation of a crate says.
#[derive(Default)]
struct Found {
    /// Public items without an example of their own.
    without: Vec<String>,
    /// Public methods.
    methods: BTreeSet<String>,
    /// The lines of all examples that run.
    examples: String,
}

#[test]
fn each_public_item_has_an_example_that_runs() {
    for folder in FOLDERS {
        let mut found = Found::default();
        let in_folder = |path: &str| path.starts_with(folder) && !path.contains("/generated/");
        for source in sources().iter().filter(|source| in_folder(&source.path)) {
            let file = syn::parse_file(&source.text).unwrap();
            found.examples += &examples(&file.attrs);
            found.visit_file(&file);
        }
        assert!(!found.methods.is_empty(), "{folder} has no public methods");
        let is_shown = |name: &str| ["(", "::<"].iter().any(|call| found.examples.contains(&format!("{name}{call}")));
        let hidden: Vec<_> = found.methods.iter().filter(|name| !is_shown(name)).collect();
        assert!(found.without.is_empty(), "{folder}: no example that runs: {:?}", found.without);
        assert!(hidden.is_empty(), "{folder}: no example calls {hidden:?}");
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, visibility, name) = match item {
            Item::Struct(item) => (&item.attrs, &item.vis, &item.ident),
            Item::Enum(item) => (&item.attrs, &item.vis, &item.ident),
            Item::Trait(item) => (&item.attrs, &item.vis, &item.ident),
            Item::Type(item) => (&item.attrs, &item.vis, &item.ident),
            Item::Fn(item) => (&item.attrs, &item.vis, &item.sig.ident),
            // The bodies of functions have nothing public, and tests nothing at all.
            Item::Mod(item) if item.ident == "tests" => return,
            other => return visit::visit_item(self, other),
        };
        if matches!(visibility, Visibility::Public(_)) {
            let examples = examples(attributes);
            if examples.is_empty() {
                self.without.push(name.to_string());
            }
            self.examples += &examples;
        }
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if matches!(item.vis, Visibility::Public(_)) {
            self.methods.insert(item.sig.ident.to_string());
            self.examples += &examples(&item.attrs);
        }
    }
}

/// The lines of the blocks in documentation that are compiled and run.
fn examples(attributes: &[Attribute]) -> String {
    let mut lines = String::new();
    let mut open = None;
    for attribute in attributes {
        let Meta::NameValue(value) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &value.value else { continue };
        if !value.path.is_ident("doc") {
            continue;
        }
        for line in text.value().lines() {
            match (line.trim().strip_prefix("```"), open) {
                (Some(_), Some(_)) => open = None,
                (Some(info), None) => open = Some(info.is_empty()),
                (None, Some(true)) => {
                    lines += line;
                    lines.push('\n');
                }
                (None, _) => {}
            }
        }
    }
    lines
}

#[test]
fn only_examples_that_run_count() {
    let of = |docs: &str| examples(&syn::parse_str::<syn::ItemStruct>(&format!("{docs}\nstruct A;")).unwrap().attrs);
    assert_eq!(of("/// Text.\n///\n/// ```\n/// a();\n/// ```\n"), " a();\n");
    for docs in ["/// a()", "/// ```no_run\n/// a();\n/// ```\n", "/// ```text\n/// a();\n/// ```\n"] {
        assert_eq!(of(docs), "");
    }
}
