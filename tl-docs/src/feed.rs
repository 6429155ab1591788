//! What layers changed as Atom feeds (RFC 4287): one for each API, one for each of its namespaces.
//!
//! An entry has an address and a time, so there are feeds where the address of the site is known, of the layers whose days are known.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use tlgen_diff::{Change, Summary, report, stories};
use tlgen_meta::Date;

use crate::book::{Book, Chapter, Part};
use crate::history::Step;
use crate::pages::anchor_of_namespace;
use crate::paths::Target;
use crate::text::{escape_html, visible};

/// A feed has at most this many entries: readers ask for it often.
const ENTRIES: usize = 50;

/// The path of the feed of a schema, if it has one.
pub(crate) fn of(book: &Book<'_>, chapter: &Chapter<'_>) -> Option<String> {
    let is_there = book.base.is_some() && chapter.part == Part::Whole && dated(book, chapter).next().is_some();
    is_there.then(|| path(chapter))
}

/// The path of the feed of a namespace, if it has one.
pub(crate) fn of_namespace(book: &Book<'_>, chapter: &Chapter<'_>, namespace: &str) -> Option<String> {
    of(book, chapter)?;
    let is_changed = |step: &Step| step.diff.changes.iter().any(|change| change.item().namespace() == namespace);
    let target = chapter.paths.namespace(namespace)?;
    dated(book, chapter).any(|(step, _)| is_changed(step)).then(|| path_of(&target))
}

fn path_of(namespace: &Target) -> String {
    format!("{}.atom", namespace.path)
}

fn path(chapter: &Chapter<'_>) -> String {
    format!("{}/changes.atom", chapter.paths.folder())
}

/// The layers whose days are known, the newest first.
fn dated<'b>(book: &'b Book<'_>, chapter: &'b Chapter<'_>) -> impl Iterator<Item = (&'b Step, Date)> {
    book.history(chapter).steps.iter().rev().filter_map(|step| Some((step, book.date(chapter, step.layer)?)))
}

/// Paths and contents.
pub(crate) fn files(book: &Book<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let Some(base) = &book.base else { return files };
    for chapter in book.newest() {
        let steps: Vec<(&Step, Date)> = dated(book, chapter).collect();
        if steps.is_empty() {
            continue;
        }
        let site = Site { book, chapter, base };
        let all = steps.iter().map(|(step, date)| (*step, *date, step.diff.changes.iter().collect()));
        files.push((path(chapter), site.feed(None, &all.collect::<Vec<_>>())));
        let mut by_namespace: BTreeMap<&str, Vec<Layer<'_>>> = BTreeMap::new();
        for (step, date) in &steps {
            let mut here: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
            for change in &step.diff.changes {
                here.entry(change.item().namespace()).or_default().push(change);
            }
            for (namespace, changes) in here {
                by_namespace.entry(namespace).or_default().push((step, *date, changes));
            }
        }
        for (namespace, layers) in by_namespace {
            // A namespace that only older layers have has no page.
            if let Some(target) = chapter.paths.namespace(namespace) {
                files.push((path_of(&target), site.feed(Some(namespace), &layers)));
            }
        }
    }
    files
}

/// A layer, its day, and those of its changes that the feed is about.
type Layer<'b> = (&'b Step, Date, Vec<&'b Change>);

struct Site<'b, 'a> {
    book: &'b Book<'a>,
    chapter: &'b Chapter<'a>,
    base: &'b str,
}

impl Site<'_, '_> {
    fn feed(&self, namespace: Option<&str>, layers: &[Layer<'_>]) -> Vec<u8> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        self.document(&mut writer, namespace, layers).expect("a vector takes all that is written");
        let mut bytes = writer.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn document(&self, writer: &mut Writer<Vec<u8>>, namespace: Option<&str>, layers: &[Layer<'_>]) -> io::Result<()> {
        let folder = self.chapter.paths.folder();
        let (own, title) = match namespace.and_then(|name| Some((name, self.chapter.paths.namespace(name)?))) {
            None => (path(self.chapter), format!("Changes of {folder}")),
            Some(("", target)) => (path_of(&target), format!("Changes of {folder} outside of namespaces")),
            Some((name, target)) => (path_of(&target), format!("Changes of {folder}, {name}")),
        };
        let own = format!("{}{own}", self.base);
        let page = format!("{}{}.html", self.base, self.chapter.paths.other("changes/index").path);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let feed = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        feed.write_inner_content(|writer| {
            text(writer, "title", &title)?;
            text(writer, "id", &own)?;
            link(writer, "self", "application/atom+xml", &own)?;
            link(writer, "alternate", "text/html", &page)?;
            let newest = layers.iter().map(|(_, date, _)| *date).max();
            text(writer, "updated", &newest.map(time).unwrap_or_default())?;
            writer.create_element("author").write_inner_content(|writer| text(writer, "name", self.book.title))?;
            layers.iter().take(ENTRIES).try_for_each(|layer| self.entry(writer, namespace, layer))
        })?;
        Ok(())
    }

    fn entry(&self, writer: &mut Writer<Vec<u8>>, namespace: Option<&str>, layer: &Layer<'_>) -> io::Result<()> {
        let (step, date, changes) = layer;
        let fragment = namespace.map(|name| format!("#{}", anchor_of_namespace(name))).unwrap_or_default();
        let target = self.chapter.paths.changes_in(step.layer);
        let address = format!("{}{}.html{fragment}", self.base, target.path);
        let totals: Vec<String> =
            report::totals(&Summary::of(changes.iter().copied())).into_iter().map(|(_, line)| line).collect();
        let totals = if totals.is_empty() { "nothing changed".to_owned() } else { totals.join(", ") };
        writer.create_element("entry").write_inner_content(|writer| {
            text(writer, "title", &format!("Layer {}: {totals}", step.layer))?;
            text(writer, "id", &address)?;
            link(writer, "alternate", "text/html", &address)?;
            text(writer, "updated", &time(*date))?;
            let content = writer.create_element("content").with_attribute(("type", "html"));
            content.write_text_content(BytesText::new(&visible(&html(step, changes, namespace.is_none()))))?;
            Ok(())
        })?;
        Ok(())
    }
}

/// The stories, then the names of what was added, removed and changed.
fn html(step: &Step, changes: &[&Change], with_stories: bool) -> String {
    let mut out = String::new();
    if with_stories {
        let stories = stories(&step.diff.changes);
        let items = stories.iter().map(|story| {
            let cause = escape_html(&story.cause.to_string().replace('`', ""));
            format!("<li>{cause}: {} locations</li>", story.locations.len())
        });
        let items: String = items.collect();
        if !items.is_empty() {
            out += &format!("<ul>{items}</ul>");
        }
    }
    for (title, is_meant) in [
        ("Added", (|change| change.old.is_none()) as fn(&Change) -> bool),
        ("Removed", |change| change.new.is_none()),
        ("Changed", |change| change.both().is_some()),
    ] {
        let names = changes.iter().filter(|change| is_meant(change));
        let names: Vec<String> =
            names.map(|change| format!("<code>{}</code>", escape_html(&change.item().name))).collect();
        if !names.is_empty() {
            out += &format!("<p>{title}: {}</p>", names.join(", "));
        }
    }
    out
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, content: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&visible(content))).map(drop)
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, kind: &str, address: &str) -> io::Result<()> {
    let attributes = [("rel", rel), ("type", kind), ("href", address)];
    writer.create_element("link").with_attributes(attributes).write_empty().map(drop)
}

/// The beginning of a day, as times are written in Atom.
fn time(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
