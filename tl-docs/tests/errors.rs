//! The pages of errors: what they mean and which functions answer with them.

#![allow(clippy::unwrap_used)]

mod common;

use common::{all_own, dead_links, make, make_all_layers, schema, text};
use tlgen_meta::sidecar;
use tlgen_parser::source::FileIdx;

#[test]
fn a_page_says_which_functions_answer_with_it() {
    for pages in [make(&all_own()), make_all_layers(&all_own())] {
        assert_eq!(dead_links(&pages), Vec::<String>::new());
        let page = text(&pages, "telegram/errors/TYPES_EMPTY.md");
        assert!(page.starts_with("# TYPES_EMPTY\n") || page.starts_with("# TYPES\\_EMPTY\n"), "{page}");
        assert!(page.contains("`tl_generated::telegram_228::errors::Error::TypesEmpty`"), "{page}");
        assert!(page.contains("- Code: 400\n"), "{page}");
        let functions = page.split("## Functions that answer with it").nth(1).unwrap();
        let link = "[`contacts.getTopPeers`](../../telegram/functions/contacts.getTopPeers.md)";
        assert!(functions.contains(&format!("- {link} (Users only)\n")), "{functions}");
        assert!(
            page.contains("\nThe request chose no category"),
            "what its only function says is said of the error: {page}"
        );
        let wait = text(&pages, "telegram/errors/FLOOD_WAIT_X.md");
        assert!(wait.contains("a number instead of `X`") && wait.contains("Error::FloodWait { seconds } =>"), "{wait}");
        assert!(
            text(&pages, "telegram/errors/index.html").contains("href=\"../../telegram/errors/FLOOD_WAIT_X.html\"")
        );
        // There is nothing to list where no error is known.
        assert!(!pages.keys().any(|path| path.starts_with("mtproto/errors/")));
        let search = text(&pages, "telegram/search.js");
        assert!(search.contains("\\ne\\tFLOOD_WAIT_X\\t420\\t\\tToo many requests"), "{search}");
    }
}

/// The kind: names that are no file names. Each error has a page in the folder of its schema, whatever its name is.
#[test]
fn names_of_errors_may_be_any_text() {
    let names = ["../../out", "a/b", "a b", "TIMEOUT", "Timeout", "index", "", "x<script>", "-2e-2e"];
    let mut loaded = schema("one", "a#1 = A;\n---functions---\nf#2 = A;\n", &tlgen_build::Config::default());
    let listed: Vec<String> = names.iter().map(|name| format!("{{ code = 400, name = {name:?} }}")).collect();
    let sidecar_text = format!("[functions.f]\nerrors = [{}]\n", listed.join(", "));
    loaded.metadata.merge(sidecar::read(&sidecar_text, FileIdx(0)).unwrap());
    let pages = make(&[loaded]);
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    let of_errors = pages.keys().filter(|path| path.starts_with("one/errors/") && path.ends_with(".html"));
    assert_eq!(of_errors.count(), names.len() + 1, "one each, and the list");
    assert!(pages.keys().all(|path| !path.contains("..") && !path.contains(' ')));
    assert!(pages.values().all(|page| !std::str::from_utf8(page).unwrap().contains("x<script>")
        || !std::str::from_utf8(page).unwrap().starts_with("<!doctype")));
}

/// An error that only a removed function answers with has its page, too; one that several layers know has one page.
#[test]
fn errors_of_removed_functions_have_pages() {
    let old = "// LAYER 7\na#1 = A;\n---functions---\nf#2 = A;\ng#3 = A;\n";
    let new = "// LAYER 8\na#1 = A;\n---functions---\ng#3 = A;\n";
    let listed = "[functions.f]\nerrors = [{ code = 400, name = \"GONE\" }, { code = 400, name = \"BOTH\" }]\n\
                  [functions.g]\nerrors = [{ code = 406, name = \"BOTH\" }]\n";
    let loaded = [("api_7", old), ("api_8", new)].map(|(name, tl)| {
        let mut loaded = schema(name, tl, &tlgen_build::Config::default());
        loaded.metadata.merge(sidecar::read(listed, FileIdx(0)).unwrap());
        loaded
    });
    let pages = make_all_layers(&loaded);
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    assert!(text(&pages, "api/errors/GONE.md").contains("- [`f`](../../api/functions/f.md)"));
    let both = text(&pages, "api/errors/BOTH.md");
    assert!(both.contains("- Code: 400, 406\n"), "{both}");
    assert!(both.find("[`g`]").unwrap() < both.find("[`f`]").unwrap(), "the newest layer first: {both}");
    assert!(text(&pages, "api/layer-7/functions/g.md").contains("(../../../api/errors/BOTH.md)"));
}
