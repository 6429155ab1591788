//! Files for programs that read the site: `sitemap.xml` for search engines, `llms.txt` for language models.

use std::fmt::Write;

use crate::book::Book;
use crate::pages::Outline;
use crate::paths::Target;
use crate::text::{Format, Place, escape_html};

/// How many addresses a sitemap may have, by its standard.
const ADDRESSES: usize = 50_000;

/// Paths and contents.
pub(crate) fn files(book: &Book<'_>, outlines: &[Outline]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("llms.txt".to_owned(), llms(book).into_bytes())];
    if let Some(base) = &book.base {
        let paths = outlines.iter().filter(|outline| outline.is_listed()).map(Outline::path);
        let mut addresses: Vec<String> = paths.map(|path| format!("{base}{path}.html")).collect();
        addresses.sort_unstable();
        files.extend(sitemap(base, &addresses));
    }
    files
}

/// The overviews and lists in Markdown. By its convention: a title, a quoted summary, links under headings.
fn llms(book: &Book<'_>) -> String {
    let place = Place { format: Format::Markdown, root: book.base.as_deref().unwrap_or_default() };
    let text = |text: &str| place.format.text(text);
    let mut out = format!(
        "# {}\n\n> Reference of TL schemas: functions, types, constructors and errors, as TL and as Rust. Each page is here as \
         Markdown; the same address with `.html` is for browsers.\n",
        text(book.title)
    );
    for chapter in book.newest() {
        let _ = write!(out, "\n## {}\n\n", text(&chapter.title()));
        let mut link = |label: &str, target: &Target, note: &str| {
            let _ = writeln!(out, "- {}: {note}", place.format.link(&text(label), &place.href(target)));
        };
        link("Overview", &chapter.paths.other("index"), "namespaces, and what is new in the newest layer");
        link("Functions", &chapter.paths.other("functions/index"), "all functions with their first sentences");
        link("Types", &chapter.paths.other("types/index"), "all boxed types");
        link("Constructors", &chapter.paths.other("constructors/index"), "all constructors with their ids");
        if chapter.has_changes(book) {
            link("Changes", &chapter.paths.other("changes/index"), "what each layer changed");
        }
        if book.errors(chapter).iter().next().is_some() {
            link("Errors", &chapter.paths.other("errors/index"), "all errors with their codes");
        }
        link("Builtin types", &chapter.paths.other("builtin"), "types that need no declaration");
    }
    out
}

/// One file, or an index and a file for each part.
fn sitemap(base: &str, addresses: &[String]) -> Vec<(String, Vec<u8>)> {
    let list = |root: &str, entry: &str, addresses: &[String]| {
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        );
        for address in addresses {
            let _ = writeln!(out, "<{entry}><loc>{}</loc></{entry}>", escape_html(address));
        }
        let _ = writeln!(out, "</{root}>");
        out.into_bytes()
    };
    if addresses.len() <= ADDRESSES {
        return vec![("sitemap.xml".to_owned(), list("urlset", "url", addresses))];
    }
    let parts = addresses.chunks(ADDRESSES).zip(1..);
    let mut files: Vec<(String, Vec<u8>)> =
        parts.map(|(part, number)| (format!("sitemap-{number}.xml"), list("urlset", "url", part))).collect();
    let names: Vec<String> = files.iter().map(|(name, _)| format!("{base}{name}")).collect();
    files.push(("sitemap.xml".to_owned(), list("sitemapindex", "sitemap", &names)));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sitemap_has_parts() {
        let addresses: Vec<String> = (0..=ADDRESSES).map(|number| format!("https://a.org/{number}.html")).collect();
        let short = sitemap("https://a.org/", &addresses[1..]);
        assert_eq!(short.len(), 1);
        let long = sitemap("https://a.org/", &addresses);
        let names: Vec<&str> = long.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        let index = String::from_utf8_lossy(&long[2].1);
        assert!(index.contains("<sitemap><loc>https://a.org/sitemap-2.xml</loc></sitemap>"), "{index}");
        assert_eq!(String::from_utf8_lossy(&long[1].1).matches("<loc>").count(), 1);
    }
}
