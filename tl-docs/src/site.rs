//! All pages of all schemas.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::book::{Book, Unit};
use crate::feed;
use crate::pages::{self, Outline};
use crate::render::Templates;
use crate::robots;
use crate::search;
use crate::text::Format;

/// Paths with `/`, relative to the folder of the site, and what is in the files.
pub type Pages = BTreeMap<String, Vec<u8>>;

/// The options of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The title of the site.
    pub title: String,
    /// Whether older layers of an API have all their pages, too. Without it there is one page for each name, in the newest layer
    /// that has it.
    pub all_layers: bool,
    /// The address at which the site will be, as in `https://example.org/api/`. With it there is a sitemap, each page names its own
    /// address, and there are feeds of the layers whose days are known.
    pub base_url: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { title: "API reference".to_owned(), all_layers: false, base_url: None }
    }
}

/// A site could not be made: a mistake of this crate.
#[derive(Debug)]
pub struct SiteError {
    page: String,
    source: minijinja::Error,
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the page `{}` can not be made: {}", self.page, self.source)
    }
}

impl std::error::Error for SiteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The files that every page uses.
const ASSETS: &[(&str, &str)] = &[
    ("assets/style.css", include_str!("../assets/style.css")),
    ("assets/page.js", include_str!("../assets/page.js")),
    ("assets/theme.js", include_str!("../assets/theme.js")),
    ("assets/search.js", concat!(include_str!("../assets/match.js"), include_str!("../assets/search.js"))),
];

/// Makes the site, on all cores. `progress` is called with the number of finished pages and the number of all pages.
///
/// # Errors
/// When a page cannot be made, which is a mistake of this crate.
pub fn site(units: &[Unit<'_>], options: &Options, progress: &mut dyn FnMut(usize, usize)) -> Result<Pages, SiteError> {
    let book = Book::new(units, options);
    let mut all: Pages = ASSETS.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    for chapter in book.newest() {
        all.insert(format!("{}/search.js", chapter.paths.folder()), search::index(&book, chapter).into_bytes());
    }
    let outlines = pages::outline(&book);
    let count = outlines.len();
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (book, outlines, next, sender) = (&book, &outlines, &next, sender.clone());
            scope.spawn(move || {
                let templates = Templates::new();
                while let Some(outline) = outlines.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // If the receiver is gone, nobody waits for more pages.
                    if sender.send(formats(book, outline, &templates)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // In the order in which they are done; the map puts them into the order of their paths.
        for (done, pages) in receiver.into_iter().enumerate() {
            progress(done + 1, count);
            all.extend(pages?);
        }
        all.extend(robots::files(&book, &outlines));
        all.extend(feed::files(&book));
        Ok(all)
    })
}

/// A page in each of its formats.
fn formats(book: &Book<'_>, outline: &Outline, templates: &Templates) -> Result<Vec<(String, Vec<u8>)>, SiteError> {
    let render = |format: Format| {
        let page = pages::build(book, outline, format);
        let path = format!("{}.{}", outline.path(), format.extension());
        match templates.render(&page, format) {
            Ok(text) => Ok((path, text.into_bytes())),
            Err(source) => Err(SiteError { page: path, source }),
        }
    };
    outline.formats().iter().map(|format| render(*format)).collect()
}
