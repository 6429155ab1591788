//! Where facts come from: sources that differ, and sources about a later layer than that of the page.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Loaded, dead_links, make_all_layers, schema, text};
use tlgen_docs::Pages;
use tlgen_meta::{Metadata, import, sidecar};
use tlgen_parser::source::FileIdx;

const TL: &str = "a#1 x:int = A;\n---functions---\nf#2 x:int = A;\ng#3 = A;\n";

fn toml(text: &str) -> Metadata {
    sidecar::read(text, FileIdx(0)).unwrap()
}

fn csv(text: &str) -> Metadata {
    import::read(text, FileIdx(0)).unwrap()
}

/// Layers 7 and 8; the same tables for both.
fn site(own: &[Metadata], tables: &[(&str, Option<u32>, Metadata)]) -> Pages {
    let loaded: Vec<Loaded> = [7, 8]
        .map(|layer| {
            let tl = format!("// LAYER {layer}\n{TL}");
            let mut loaded = schema(&format!("api_{layer}"), &tl, &tlgen_build::Config::default());
            own.iter().for_each(|metadata| loaded.metadata.merge(metadata.clone()));
            loaded.tables =
                tables.iter().map(|(name, layer, metadata)| ((*name).to_owned(), *layer, metadata.clone())).collect();
            loaded
        })
        .into();
    let pages = make_all_layers(&loaded);
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    pages
}

/// The page of `f` in layer 8 and in layer 7, in both formats.
fn pages_of_f(pages: &Pages) -> ([&str; 2], [&str; 2]) {
    let of = |folder: &str| ["md", "html"].map(|format| text(pages, &format!("{folder}/functions/f.{format}")));
    (of("api"), of("api/layer-7"))
}

#[test]
fn sources_that_differ_are_named() {
    let table = csv("method,usability,errors\nf,user,\ng,user,\n");
    let other = toml("[functions.f]\nusable_by = \"users and bots\"\n[functions.g]\nusable_by = \"users\"\n");
    let pages = site(&[], &[("methods.csv", None, table), ("The pages", Some(6), other)]);
    let ([markdown, html], _) = pages_of_f(&pages);
    assert!(markdown.contains("- Who may call it: Users only\n"), "the first source counts: {markdown}");
    assert!(markdown.contains("- methods.csv: Users only\n- The pages (layer 6): Users and bots\n"), "{markdown}");
    assert!(html.contains("<dt>The pages (layer 6)</dt><dd>Users and bots</dd>") && html.contains("sources differ"));
    let agreed = text(&pages, "api/functions/g.html");
    assert!(agreed.contains("Users only") && !agreed.contains("ources differ") && !agreed.contains("methods.csv"));
}

#[test]
fn sources_that_differ_about_the_code_of_an_error_are_named() {
    let first = csv("name,codes,description\nLOST,400,Lost\nSAME,400,Same\n");
    let second = csv("name,codes,description\nLOST,406,Lost\nSAME,400,Same\n");
    let pages = site(&[], &[("one.csv", None, first), ("two.csv", None, second)]);
    let page = text(&pages, "api/errors/LOST.md");
    assert!(page.contains("- Code: 400, 406\n") && page.contains("  - one.csv: 400\n  - two.csv: 406\n"), "{page}");
    assert!(!text(&pages, "api/errors/SAME.md").contains("csv"));
}

/// The kind: what is known of a later layer, of each sort of fact. It is on the page of the older layer, but not as a fact; what
/// is about this layer, an older one or the newest is a fact.
#[test]
fn metadata_of_a_later_layer_is_no_fact() {
    let everything = "[functions.f]\ndescription = \"Does f\"\nusable_by = \"bots\"\nerrors = [{ code = 400, name = \"E\" }]\n\
                      fields = { x = \"An x\" }\n[constructors.a]\nfields = { x = \"An x\" }\n[types.A]\n\
                      description = \"An a\"\n";
    let count = |page: &str, words: &str| page.matches(words).count();
    for (layer, own, told) in [
        (Some(8), false, "What table says is about layer 8."),
        (None, false, "What table says may be about a later layer."),
    ] {
        assert!(!own);
        let pages = site(&[], &[("table", layer, toml(everything))]);
        let (newest, older) = pages_of_f(&pages);
        for page in newest {
            assert_eq!(count(page, "What table says"), 0, "{page}");
        }
        for page in older {
            // Of the description, the parameters, the errors and the callers.
            assert_eq!(count(page, told), 4, "{page}");
        }
        assert_eq!(count(text(&pages, "api/layer-7/constructors/a.md"), told), 1);
        assert_eq!(count(text(&pages, "api/layer-7/types/A.md"), told), 1);
        // What nobody says of `g` needs no doubt.
        assert_eq!(count(text(&pages, "api/layer-7/functions/g.md"), told), 0);
    }
    let pages = site(&[toml(everything)], &[("table", Some(8), toml(everything)), ("old", Some(6), toml(everything))]);
    let (newest, older) = pages_of_f(&pages);
    for page in newest.into_iter().chain(older) {
        assert_eq!(count(page, "What old says"), 0);
        assert!(count(page, "What table says") <= 2, "descriptions and callers have an own source: {page}");
    }
}
