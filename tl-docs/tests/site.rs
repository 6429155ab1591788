//! What makes the pages a site: addresses, what programs read, ways around a page.

#![allow(clippy::unwrap_used)]

mod common;

use common::{all_own, dead_links, make, make_with, schema, text};
use tlgen_docs::Options;

#[test]
fn with_its_address_a_site_has_canonical_links_and_a_sitemap() {
    for base in ["https://example.org/api", "https://example.org/api/"] {
        let options = Options { base_url: Some(base.to_owned()), ..Options::default() };
        let pages = make_with(&all_own(), &options);
        let page = text(&pages, "telegram/functions/contacts.getTopPeers.html");
        let address = "https://example.org/api/telegram/functions/contacts.getTopPeers.html";
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{page}");
        assert!(page.contains(&format!("<meta property=\"og:url\" content=\"{address}\">")));
        let sitemap = text(&pages, "sitemap.xml");
        assert!(sitemap.contains(&format!("<url><loc>{address}</loc></url>")), "{sitemap}");
        let pages_of_people = pages.keys().filter(|path| path.ends_with(".html") && *path != "404.html");
        assert_eq!(sitemap.matches("<loc>").count(), pages_of_people.count());
        // It is sent for addresses in any folder.
        assert!(text(&pages, "404.html").contains("href=\"https://example.org/api/assets/style.css\""));
        assert!(text(&pages, "llms.txt").contains("(https://example.org/api/telegram/functions/index.md)"));
    }
}

/// The kind: text of the caller in attributes.
#[test]
fn title_and_address_stay_text() {
    let base_url = Some("https://example.org/\"><script>alert(1)</script>".to_owned());
    let options = Options { title: "<script>alert(2)</script>\"".to_owned(), base_url, ..Options::default() };
    let pages = make_with(&[schema("one", "a#1 = A;\n", &tlgen_build::Config::default())], &options);
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml")) {
        assert!(!std::str::from_utf8(page).unwrap().contains("<script>"), "{path}");
    }
}

#[test]
fn without_its_address_a_site_says_none() {
    let pages = make(&all_own());
    assert!(!pages.contains_key("sitemap.xml") && !pages.contains_key("404.md"));
    let page = text(&pages, "telegram/functions/contacts.getTopPeers.html");
    assert!(!page.contains("canonical") && !page.contains("og:url"));
    assert!(page.contains("<meta property=\"og:title\" content=\"contacts.getTopPeers\">"), "{page}");
    assert!(page.contains("<meta property=\"og:description\" content=\"Returns the users"), "{page}");
    assert!(text(&pages, "404.html").contains("href=\"/assets/style.css\""));
    let llms = text(&pages, "llms.txt");
    assert!(llms.starts_with("# API reference\n\n> ") && llms.contains("\n## telegram, layer 228\n\n- [Overview]("));
    assert_eq!(dead_links(&pages), Vec::<String>::new());
}

/// Each heading has an anchor, the outline has each heading of a section, and parameters are found by name.
#[test]
fn ways_around_a_page() {
    let pages = make(&all_own());
    for path in
        ["telegram/functions/contacts.getTopPeers", "telegram/constructors/user", "telegram/types/contacts.TopPeers"]
    {
        let page = text(&pages, &format!("{path}.html"));
        let outline = page.split("<nav class=\"outline\"").nth(1).unwrap().split("</nav>").next().unwrap();
        let sections: Vec<&str> =
            page.split("<section aria-labelledby=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let listed: Vec<&str> = outline.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(sections, listed, "{path}");
        for section in sections {
            assert!(
                page.contains(&format!("<h2 id=\"{section}\"><a class=\"anchor\" href=\"#{section}\">")),
                "{section}"
            );
        }
    }
    let page = text(&pages, "telegram/functions/contacts.getTopPeers.html");
    assert!(page.contains("<tr id=\"param-offset\">") && page.contains("href=\"#param-offset\""), "{page}");
}

/// Parameters without a name, or with one that another has.
#[test]
fn anchors_of_parameters_are_never_the_same() {
    let tl = "pair int int = Pair;\nsame x:int y:int = Same;\n";
    let pages = make(&[schema("one", tl, &tlgen_build::Config::default())]);
    for (name, anchors) in [("pair", ["param-1", "param-2"]), ("same", ["param-x", "param-y"])] {
        let page = text(&pages, &format!("one/constructors/{name}.html"));
        for anchor in anchors {
            assert_eq!(page.matches(&format!("id=\"{anchor}\"")).count(), 1, "{page}");
        }
    }
}

/// The neighbours of a thing are in the navigation: a few on each side, with the way to all of them.
#[test]
fn siblings_are_in_the_navigation() {
    let functions: String = (10..40).map(|number| format!("a.f{number}#{number} = A;\n")).collect();
    let tl = format!("a#1 = A;\n---functions---\n{functions}b.only#50 = A;\n");
    let pages = make(&[schema("one", &tl, &tlgen_build::Config::default())]);
    let siblings = |path: &str| -> Vec<String> {
        let page = text(&pages, path);
        let Some(rest) = page.split("<h2>Functions in ").nth(1) else { panic!("{path}: {page}") };
        let list = rest.split("</ul>").next().unwrap();
        list.split(".html\"").skip(1).map(|rest| rest.split(['>', '<']).nth(1).unwrap().to_owned()).collect()
    };
    let middle = siblings("one/functions/a.f20.html");
    assert_eq!((middle[0].as_str(), middle[16].as_str(), middle[17].as_str()), ("f12", "f28", "All"), "{middle:?}");
    assert_eq!(siblings("one/functions/a.f10.html")[0], "f10");
    assert_eq!(siblings("one/functions/b.only.html"), ["only"]);
    assert_eq!(dead_links(&pages), Vec::<String>::new());
}
