//! What items say of themselves, over all fixtures.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use tlgen_parser::source::Sources;

use super::{Code, Kind, Module};
use crate::config::{Config, TextType};
use crate::pipeline;

/// The code of each item of each fixture, by several options.
fn each(visit: &mut dyn FnMut(&Code)) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let everything = |config: &mut Config| {
        (config.borrowed, config.calls, config.accessors, config.declarations) = (true, true, true, true);
        (config.views, config.role) = (crate::ViewsMode::Code, crate::Role::Both);
    };
    for folder in fs::read_dir(fixtures).unwrap() {
        let mut sources = Sources::new();
        let file = sources.add("input.tl", fs::read_to_string(folder.unwrap().path().join("input.tl")).unwrap());
        for config in [
            Config::default(),
            Config::with(everything),
            Config::with(|config| {
                everything(config);
                config.text_type = TextType::Compact;
            }),
            // One fixture has it.
            Config::with(|config| config.error = Some("lite.error".to_owned())),
        ] {
            let Some(schema) = tlgen_model::load(&sources, &[file], &config.link()).value else { continue };
            let Ok(package) = pipeline::lower(&schema, &config) else { continue };
            below(&super::package(&package, &config), visit);
        }
    }
}

fn below(module: &Module<'_>, visit: &mut dyn FnMut(&Code)) {
    module.items.iter().for_each(|item| visit(&item.code()));
    module.children.values().for_each(|child| below(child, visit));
}

/// The names in tokens. A name within a path has its `::` before it.
fn names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut colons_before = 0;
    for token in tokens {
        match &token {
            TokenTree::Ident(ident) => {
                let colons = if colons_before == 2 { "::" } else { "" };
                found.insert(format!("{colons}{ident}"));
            }
            TokenTree::Group(group) => names(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        let is_colon = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        colons_before = if is_colon { colons_before + 1 } else { 0 };
    }
}

/// Generated code allows unused imports, so no compiler would find one.
#[test]
fn items_use_what_they_say_and_nothing_else() {
    let mut items = 0;
    each(&mut |code| {
        let mut found = BTreeSet::new();
        code.items.iter().for_each(|item| names(item.tokens.clone(), &mut found));
        let last = |path: &str| path.rsplit("::").next().unwrap().to_owned();
        let used: Vec<String> =
            code.uses.iter().map(|used| used.name.map_or_else(|| last(&used.path), str::to_owned)).collect();
        for name in &used {
            assert!(found.contains(name), "{name} is not used in {}", code.items[0].tokens);
        }
        for name in ["rt", "constructors", "types", "functions"] {
            let is_named = found.contains(name);
            assert!(!is_named || used.iter().any(|used| used == name), "{name} is missing in {}", code.items[0].tokens);
        }
        items += 1;
    });
    assert!(items > 1000, "{items}");
}

/// Lines of one kind stand together, so the kind has to be that of the code.
#[test]
fn kinds_are_those_of_the_code() {
    each(&mut |code| {
        for item in &code.items {
            let text = item.tokens.to_string().replace(' ', "");
            let kind = match () {
                () if text.starts_with("pubuse") => Kind::Alias,
                () if text.starts_with("rt::from!") => Kind::From,
                () if text.starts_with("rt::try_from!") => Kind::TryFrom,
                () if text.starts_with("rt::drop_box!") => Kind::DropBox,
                () => Kind::Block,
            };
            assert_eq!(item.kind, kind, "{text}");
        }
    });
}
