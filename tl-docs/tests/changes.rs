//! What layers changed: their pages, and the feeds.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::{Loaded, dead_links, make, make_with, schema, text};
use quick_xml::Reader;
use quick_xml::events::Event;
use tlgen_docs::{Options, Pages};
use tlgen_meta::{Date, sidecar};
use tlgen_parser::source::FileIdx;

const OLD: &str = "// LAYER 7\na#1 id:int = A;\nb#2 id:int = B;\nc#3 a:A b:B id:int = C;\nd#4 x:string y:long = D;\n\
                   gone.e#5 = gone.E;\n---functions---\nf#6 c:C d:D = gone.E;\n";
const MIDDLE: &str = "// LAYER 8\na#11 id:long = A;\nb#12 id:long = B;\nc#13 a:A b:B id:long = C;\nnew.d#4 x:string y:long = D;\n\
                      ---functions---\nf#16 c:C d:D = Bool;\nnew.g#17 x:int = D;\n";
const NEW: &str = "// LAYER 9\na#11 id:long = A;\nb#12 id:long = B;\nc#13 a:A b:B id:long = C;\nnew.d#4 x:string y:long = D;\n\
                   ---functions---\nf#16 c:C d:D = Bool;\nnew.g#18 flags:# x:int y:flags.0?int = D;\n";

fn layers(days: &str) -> Vec<Loaded> {
    let none = tlgen_build::Config::default();
    let mut loaded = vec![schema("api_7", OLD, &none), schema("api_8", MIDDLE, &none), schema("api_9", NEW, &none)];
    if !days.is_empty() {
        let days = sidecar::read(&format!("[layers]\n{days}"), FileIdx(0)).unwrap();
        loaded[0].tables.push(("days".to_owned(), None, days));
    }
    loaded
}

#[test]
fn each_layer_has_a_page() {
    let pages = make(&layers(""));
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    let all = text(&pages, "api/changes/index.md");
    assert!(all.contains("| [Layer 9](../../api/changes/9.md) | 0 | 0 | 1 | 1 |\n| [Layer 8]"), "{all}");
    assert!(!all.contains("Layer 7]"), "nothing is known of what it changed");
    let page = text(&pages, "api/changes/8.md");
    // What has one cause is told once.
    assert!(page.contains("- `int` became `long`: [`a.id`](../../api/constructors/a.md), [`b.id`]"), "{page}");
    assert!(!page.contains("- [`a`]"), "{page}");
    assert!(page.contains("- [`new.d`](../../api/constructors/new.d.md): constructor renamed"), "{page}");
    assert!(page.contains("- [`new.g`](../../api/functions/new.g.md): function added; breaks new client"), "{page}");
    // What is gone leads to the page that it keeps.
    assert!(page.contains("- [`gone.e`](../../api/constructors/gone.e.md): constructor removed"), "{page}");
    let html = text(&pages, "api/changes/9.html");
    assert!(html.contains("<li class=\"added\"><code>+ flags:#") && html.contains("id=\"namespace-new\""), "{html}");
    let home = text(&pages, "api/index.html");
    assert!(home.contains("<a href=\"../api/changes/index.html\">Changes<span>2</span></a>"), "{home}");
    // A renamed thing says so under both names.
    let old = text(&pages, "api/constructors/d.md");
    assert!(old.contains("- Layer 8: removed\n  - `is the constructor new.d`"), "{old}");
    let new = text(&pages, "api/constructors/new.d.md");
    assert!(new.contains("- Layer 8: new\n  - `was the constructor d`"), "{new}");
}

/// An element of XML.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The only child of a name.
    fn one(&self, name: &str) -> &Element {
        let found: Vec<&Element> = self.children.iter().filter(|child| child.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {self:?}");
        found[0]
    }

    fn link(&self, rel: &str) -> &str {
        let has = |element: &&Element, name: &str, value: &str| {
            element.attributes.iter().any(|(key, found)| key == name && found == value)
        };
        let found = self.all("link").find(|link| has(link, "rel", rel)).unwrap();
        &found.attributes.iter().find(|(key, _)| key == "href").unwrap().1
    }
}

fn parsed(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let begun = |start: &quick_xml::events::BytesStart<'_>| Element {
        name: start.name().as_ref().to_owned(),
        attributes: start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                (attribute.key.as_ref().to_owned(), attribute.value.to_string())
            })
            .collect(),
        ..Element::default()
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(begun(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(begun(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text += &text,
            Event::GeneralRef(name) => {
                let text = match &*name {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("{other:?}"),
                };
                open.last_mut().unwrap().text += text;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1);
    open.pop().unwrap().children.pop().unwrap()
}

fn feeds(pages: &Pages) -> Vec<&str> {
    pages.keys().map(String::as_str).filter(|path| path.ends_with(".atom")).collect()
}

/// What RFC 4287 asks of a feed and of its entries.
fn assert_is_feed<'p>(pages: &'p Pages, path: &str) -> (Element, &'p str) {
    let xml = text(pages, path);
    let feed = parsed(xml);
    assert_eq!(feed.name, "feed");
    assert!(feed.attributes.contains(&("xmlns".to_owned(), "http://www.w3.org/2005/Atom".to_owned())));
    assert!(!feed.one("title").text.is_empty() && !feed.one("author").one("name").text.is_empty());
    let address = format!("https://example.org/{path}");
    assert_eq!((feed.link("self"), feed.one("id").text.as_str()), (address.as_str(), address.as_str()));
    let mut ids = BTreeSet::from([address.clone()]);
    for entry in feed.all("entry") {
        assert!(!entry.one("title").text.is_empty());
        assert!(ids.insert(entry.one("id").text.clone()), "an id is there twice: {entry:?}");
        assert!(entry.one("updated").text <= feed.one("updated").text, "{path}");
        assert_eq!(entry.one("content").attributes, [("type".to_owned(), "html".to_owned())]);
        // It leads to a page, and to an anchor on it.
        let link = entry.link("alternate").strip_prefix("https://example.org/").unwrap();
        let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
        assert!(anchor.is_empty() || text(pages, page).contains(&format!("id=\"{anchor}\"")), "{link}");
        assert!(pages.contains_key(page), "{link}");
    }
    (feed, xml)
}

#[test]
fn feeds_of_layers_whose_days_are_known() {
    let options = Options { base_url: Some("https://example.org".to_owned()), ..Options::default() };
    let pages = make_with(&layers("7 = 2020-01-01\n8 = 2021-02-03\n9 = 2022-11-30\n"), &options);
    assert_eq!(
        feeds(&pages),
        ["api/changes.atom", "api/namespaces/_.atom", "api/namespaces/new.atom"],
        "a namespace that is gone has no page, and no feed"
    );
    let (feed, xml) = assert_is_feed(&pages, "api/changes.atom");
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{xml}");
    assert_eq!(feed.one("updated").text, "2022-11-30T00:00:00Z");
    let titles: Vec<&str> = feed.all("entry").map(|entry| entry.one("title").text.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Layer 9: 1 function changed",
            "Layer 8: 1 function added, 1 constructor removed, 4 constructors and 1 function changed"
        ]
    );
    let content = &feed.all("entry").nth(1).unwrap().one("content").text;
    assert!(content.starts_with("<ul><li>int became long: 3 locations</li></ul><p>Added: <code>new.g"), "{content}");
    let (feed, _) = assert_is_feed(&pages, "api/namespaces/new.atom");
    assert_eq!(feed.all("entry").count(), 2);
    assert!(!feed.all("entry").any(|entry| entry.one("content").text.contains("<code>a<")));
    // Layers that changed nothing in a namespace are not in its feed.
    let (feed, _) = assert_is_feed(&pages, "api/namespaces/_.atom");
    assert_eq!(feed.all("entry").count(), 1);
    // Pages say where the feed is.
    let page = text(&pages, "api/constructors/a.html");
    assert!(page.contains("type=\"application/atom+xml\" title=\"Changes\" href=\"../../api/changes.atom\""), "{page}");
    assert!(text(&pages, "api/changes/9.html").contains("it appeared on 2022-11-30"));
    // A list of a namespace has its own beside that of the schema.
    let named = |path: &str| -> Vec<(String, String)> {
        let feeds = text(&pages, path).lines().filter(|line| line.contains("application/atom+xml"));
        let value = |line: &str, key: &str| line.split_once(key).unwrap().1.split('"').next().unwrap().to_owned();
        feeds.map(|line| (value(line, "title=\""), value(line, "href=\""))).collect()
    };
    let feed = |title: &str, path: &str| (title.to_owned(), format!("../../{path}"));
    let whole = feed("Changes", "api/changes.atom");
    assert_eq!(named("api/namespaces/new.html"), [whole.clone(), feed("Changes of new", "api/namespaces/new.atom")]);
    let outside = feed("Changes outside of namespaces", "api/namespaces/_.atom");
    assert_eq!(named("api/namespaces/_.html"), [whole.clone(), outside]);
    assert_eq!(named("api/functions/new.g.html"), [whole]);
}

/// The kind: what stories tell. The feed of a namespace leads to a place on the page of a layer also if nothing more is told there.
#[test]
fn namespaces_that_are_told_above() {
    let old = "// LAYER 7\nx.a#1 id:int = A;\ny.b#2 id:int = B;\ny.c#3 id:int = C;\nz.d#4 x:string = D;\n";
    let new = "// LAYER 8\nx.a#11 id:long = A;\ny.b#12 id:long = B;\ny.c#13 id:long = C;\nz.d#4 x:string = D;\n";
    let none = tlgen_build::Config::default();
    let mut loaded = vec![schema("api_7", old, &none), schema("api_8", new, &none)];
    let days = sidecar::read("[layers]\n8 = 2021-02-03\n", FileIdx(0)).unwrap();
    loaded[0].tables.push(("days".to_owned(), None, days));
    let options = Options { base_url: Some("https://example.org".to_owned()), ..Options::default() };
    let pages = make_with(&loaded, &options);
    assert_eq!(feeds(&pages), ["api/changes.atom", "api/namespaces/x.atom", "api/namespaces/y.atom"]);
    for path in feeds(&pages) {
        assert_is_feed(&pages, path);
    }
    let html = text(&pages, "api/changes/8.html");
    assert_eq!(html.matches("All of it is told above.").count(), 2, "{html}");
    let markdown = text(&pages, "api/changes/8.md");
    assert!(markdown.contains("## x\n\nAll of it is told above.\n") && !markdown.contains("## z"), "{markdown}");
    assert!(!text(&pages, "api/namespaces/z.html").contains("namespaces/z.atom"), "nothing changed there");
}

/// Without an address or a day there is nothing that an entry must have.
#[test]
fn no_feed_without_days_or_an_address() {
    let options = Options { base_url: Some("https://example.org".to_owned()), ..Options::default() };
    for pages in [
        make(&layers("8 = 2021-02-03\n")),
        make_with(&layers(""), &options),
        // The oldest layer changed nothing that is known.
        make_with(&layers("7 = 2021-02-03\n"), &options),
    ] {
        assert_eq!(feeds(&pages), [""; 0]);
        assert!(!text(&pages, "api/changes/index.html").contains("atom"));
        assert_eq!(dead_links(&pages), Vec::<String>::new());
    }
    // Only the layer with a day is an entry.
    let pages = make_with(&layers("8 = 2021-02-03\n"), &options);
    let (feed, _) = assert_is_feed(&pages, "api/changes.atom");
    assert_eq!(feed.all("entry").count(), 1);
}

/// The kind: days in files with metadata. What an earlier source says counts.
#[test]
fn days_of_several_sources() {
    let mut loaded = layers("8 = 2021-02-03\n");
    let day = Date { year: 1999, month: 1, day: 2 };
    loaded[2].metadata.layers.insert(8, day);
    let pages = make(&loaded);
    assert!(text(&pages, "api/changes/index.md").contains("[Layer 8](../../api/changes/8.md) (1999-01-02)"));
}

/// Real layers, near and far, a page each.
#[test]
fn real_layers() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let folder = corpus.join("schemas/telegram");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    // The first, and those that changed most and least.
    names.retain(|name| ["001", "023", "054", "082", "132", "133"].iter().any(|layer| name.contains(layer)));
    assert_eq!(names.len(), 6);
    let none = tlgen_build::Config::default();
    let loaded: Vec<Loaded> = names
        .iter()
        .map(|name| {
            let text = std::fs::read_to_string(folder.join(name)).unwrap();
            let mut loaded = schema(&name.replace(".tl", "").replace('-', "_"), &text, &none);
            loaded.package = None;
            loaded
        })
        .collect();
    let pages = make(&loaded);
    assert_eq!(dead_links(&pages), Vec::<String>::new());
    let changes: Vec<&str> = pages
        .keys()
        .map(String::as_str)
        .filter(|path| path.starts_with("api/changes/") && path.ends_with(".html"))
        .collect();
    assert_eq!(changes.len(), names.len());
    for path in changes {
        assert!(pages[path].len() <= 300 * 1024, "{path} has {} bytes", pages[path].len());
    }
}
