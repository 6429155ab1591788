//! All pages: links, sizes, the same on every run; descriptions that try to be more than text.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Loaded, all_own, dead_links, make, make_all_layers, real, schema, text};
use tlgen_docs::Pages;

const PAGE: usize = 300 * 1024;
const INDEX: usize = 1536 * 1024;

fn assert_sizes(pages: &Pages) {
    for (path, page) in pages {
        let limit = if path.ends_with("/search.js") { INDEX } else { PAGE };
        assert!(page.len() <= limit, "{path} has {} bytes", page.len());
    }
}

#[test]
fn our_own_schemas() {
    let pages = make(&all_own());
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    assert_sizes(&pages);
    assert!(pages == make(&all_own()), "the pages are not the same on every run");
    let search = text(&pages, "telegram/search.js");
    assert!(search.contains("f\\tcontacts.getTopPeers\\t973478b6\\t\\tReturns the users, bots and chats"));
}

#[test]
fn the_whole_api() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let both = [
        real(&corpus, "telegram_132", "telegram/api-layer-132.tl"),
        real(&corpus, "telegram_228", "telegram/api-layer-228.tl"),
    ];
    assert!(both.iter().all(|loaded| loaded.package.is_some()));
    let pages = make_all_layers(&both);
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    assert_sizes(&pages);
    let functions = pages.keys().filter(|path| path.starts_with("telegram/functions/") && path.ends_with(".html"));
    assert!(functions.count() > 800);
}

#[test]
fn other_dialects() {
    let Some(corpus) = tl_corpus::folder() else { return };
    for (name, path) in
        [("td_api", "tdlib/td_api-newest.tl"), ("ton", "ton/ton_api.tl"), ("mtproto", "mtproto/mtproto.tl")]
    {
        let path = if corpus.join("schemas").join(path).exists() { path } else { continue };
        let pages = make(&[real(&corpus, name, path)]);
        assert_eq!(dead_links(&pages), Vec::<String>::new(), "{name}");
        assert_sizes(&pages);
    }
}

fn one(text: &str) -> Vec<Loaded> {
    vec![schema("one", text, &tlgen_build::Config::default())]
}

#[test]
fn descriptions_stay_text() {
    let tl = "//@description Say <script>alert(1)</script> <b>x</b> [here](javascript:alert(1)) ![p](https://a.org/i.png)\n\
              //@x [in](/etc/passwd) <img src=x onerror=y> `a` a|b\n\
              a x:int = A;\n\n//@description <iframe onload=x>\nb = B;\n";
    let pages = make(&one(tl));
    let html = text(&pages, "one/constructors/a.html");
    assert!(html.contains("<p>Say &lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;x&lt;/b&gt; here p"), "{html}");
    for forbidden in ["<script>", "<b>x", "javascript:", "<img", "a.org", "/etc/passwd"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(
        html.contains("in &lt;img src=x onerror=y&gt; <a href=\"../../one/constructors/a.html\"><code>a</code></a>")
    );
    assert!(text(&pages, "one/constructors/b.html").contains("<p>&lt;iframe onload=x&gt;"));
    let markdown = text(&pages, "one/constructors/a.md");
    assert!(!markdown.contains("javascript:") && !markdown.contains("/etc/passwd"));
    let row = markdown.lines().find(|line| line.starts_with("| `x` |")).unwrap();
    assert_eq!(row.matches(" | ").count(), 4, "{row}");
    assert_eq!(dead_links(&pages), Vec::<String>::new());
}

/// The entries of a search index, as the script of the pages reads them.
fn entries(index: &str) -> Vec<Vec<String>> {
    let json = index.split_once(".push(").unwrap().1.trim_end().strip_suffix(");").unwrap();
    let raw: serde_json::Value = serde_json::from_str(json).unwrap();
    let lines = raw["entries"].as_str().unwrap().split('\n');
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// Entries whose last fields are empty: types have no id, and what nobody described has no summary. The last entry of an index
/// is read like the others.
#[test]
fn entries_of_the_search_index_keep_their_empty_fields() {
    for tl in ["a#1 = A;\n", "a#1 = A;\n//@description Last\nb#2 = B;\n", "a#1 = A;\n---functions---\nf#3 = A;\n"] {
        let pages = make(&one(tl));
        let entries = entries(text(&pages, "one/search.js"));
        assert!(entries.iter().all(|fields| fields.len() == 6), "{entries:?}");
        assert!(entries.iter().any(|fields| fields[..3] == ["t", "A", ""]), "{entries:?}");
        assert!(entries.iter().any(|fields| fields[..3] == ["c", "a", "00000001"]), "{entries:?}");
    }
}

#[test]
fn names_that_clash_and_nested_forms() {
    let tl = "index = Index;\nIndexed.index = Index;\na.getchat = A;\na.getChat x:(Vector (Vector Index)) = A;\n\
              node n:# children:n*[ Node ] = Node;\nmaybe {t:Type} value:t = Maybe t;\nholder m:(Maybe A) = Holder;\n\
              ---functions---\nindex x:Index = Vector Index;\ninvoke {X:Type} query:!X = X;\n";
    let pages = make(&one(tl));
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    let lower: std::collections::BTreeSet<String> = pages.keys().map(|path| path.to_lowercase()).collect();
    assert_eq!(lower.len(), pages.len());
    // The generator has no form for `maybe`; its pages are made nevertheless.
    assert!(text(&pages, "one/constructors/a.getchat.md").contains("## TL declarations"));
}

/// The kind: characters that turn the direction of text, in descriptions.
#[test]
fn characters_that_turn_text_are_escapes() {
    let pages = make(&one(
        "//@class Turned @description of \u{202b} a class\n//@description a \u{202e} b\u{200f}\n//@x c \u{2067}\n\
         turned x:int = Turned;\nother = Turned;\n",
    ));
    let mut seen = 0;
    for path in pages.keys().filter(|path| [".html", ".md", "search.js"].iter().any(|end| path.ends_with(end))) {
        let text = text(&pages, path);
        assert!(!text.contains(tlgen_parser::invisible::is_direction), "{path}");
        seen += usize::from(text.contains("202e}"));
    }
    assert!(seen >= 3, "{seen}");
}
