//! Descriptions: Markdown to a page.
//!
//! What comes in may be anything. What goes out has no HTML from the description, no images, and only links to web pages and to
//! pages of the site. Code that exactly names a declaration leads to its page, and so do links to the page of a declaration on
//! Telegram's site.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::book::Chapter;
use crate::history::Kind;
use crate::text::{Format, Place};

/// A description as paragraphs.
pub(crate) fn block(text: &str, chapter: &Chapter<'_>, place: &Place<'_>) -> String {
    let events = events(text, chapter, place);
    match place.format {
        Format::Html => {
            let mut out = String::with_capacity(text.len() * 2);
            pulldown_cmark::html::push_html(&mut out, events.into_iter());
            out.trim_end().to_owned()
        }
        Format::Markdown => markdown(&events).unwrap_or_else(|| place.format.text(&plain(text))),
    }
}

/// A description for a cell of a table: one line in Markdown, no paragraph around a single one in HTML.
pub(crate) fn cell(text: &str, chapter: &Chapter<'_>, place: &Place<'_>) -> String {
    let block = block(text, chapter, place);
    match place.format {
        Format::Html => {
            let only = block.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
            only.filter(|text| !text.contains("<p>")).map_or_else(|| block.clone(), str::to_owned)
        }
        Format::Markdown => {
            let line = block.split_whitespace().collect::<Vec<_>>().join(" ");
            line.replace("\\|", "|").replace('|', "\\|")
        }
    }
}

/// The first sentence without any markup, at most about `limit` characters.
pub(crate) fn summary(text: &str, limit: usize) -> String {
    let text = plain(text);
    let sentence = text.find(". ").map_or(text.as_str(), |end| &text[..=end]);
    if sentence.chars().count() <= limit {
        return sentence.to_owned();
    }
    let mut out = String::new();
    for word in sentence.split_whitespace() {
        if out.chars().count() + word.chars().count() >= limit {
            break;
        }
        out.push_str(word);
        out.push(' ');
    }
    out.trim_end_matches([' ', ',', ';', ':', '.']).to_owned() + "…"
}

/// The text without any markup, in one line.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `None` if the events that are left have no Markdown form.
fn markdown(events: &[Event<'_>]) -> Option<String> {
    let mut out = String::new();
    pulldown_cmark_to_cmark::cmark(events.iter(), &mut out, Options::empty()).ok()?;
    Some(out.trim().to_owned())
}

/// The description as it is allowed on a page.
fn events<'t>(text: &'t str, chapter: &Chapter<'_>, place: &Place<'_>) -> Vec<Event<'t>> {
    let mut out = Vec::new();
    // For each link that is open: whether it is shown.
    let mut links = Vec::new();
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => out.push(Event::Text(html)),
            Event::Start(Tag::HtmlBlock | Tag::Heading { .. }) => out.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock | TagEnd::Heading(_)) => out.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) | Event::Rule => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                let to = destination(&dest_url, chapter, place);
                links.push(to.is_some());
                out.extend(to.map(|to| Event::Start(link(to))));
            }
            Event::End(TagEnd::Link) => {
                if links.pop() == Some(true) {
                    out.push(Event::End(TagEnd::Link));
                }
            }
            Event::Code(code) => match chapter.find_any(&code).filter(|_| links.is_empty()) {
                Some(target) => {
                    out.push(Event::Start(link(place.href(target))));
                    out.push(Event::Code(code));
                    out.push(Event::End(TagEnd::Link));
                }
                None => out.push(Event::Code(code)),
            },
            event => out.push(event),
        }
    }
    out
}

fn link<'t>(to: String) -> Tag<'t> {
    Tag::Link { link_type: LinkType::Inline, dest_url: CowStr::from(to), title: "".into(), id: "".into() }
}

/// Where a link leads on the page; `None` if the link is not allowed.
pub(crate) fn destination(url: &str, chapter: &Chapter<'_>, place: &Place<'_>) -> Option<String> {
    if let Some(rest) = url.strip_prefix("https://core.telegram.org/")
        && let Some((kind, name)) = rest.split_once('/')
    {
        let kind = match kind {
            "method" => Some(Kind::Function),
            "constructor" => Some(Kind::Constructor),
            "type" => Some(Kind::Type),
            _ => None,
        };
        if let Some(target) = kind.and_then(|kind| chapter.find(kind, name)) {
            return Some(place.href(target));
        }
    }
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web.then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries() {
        assert_eq!(summary("Gets `x`, see [here](https://a.org). More.", 80), "Gets x, see here.");
        assert_eq!(summary("One two three four five six", 14), "One two three…");
        assert_eq!(summary("a <b>c</b>", 80), "a <b>c</b>");
    }
}
