//! All pages of all schemas.

use std::collections::BTreeMap;
use std::fmt;

use crate::book::{Book, Unit};
use crate::render::Templates;
use crate::text::Format;
use crate::{pages, search};

/// Paths with `/`, relative to the folder of the site, and what is in the files.
pub type Pages = BTreeMap<String, Vec<u8>>;

/// What may be said about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The title of the site.
    pub title: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { title: "API reference".to_owned() }
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
    ("assets/theme.js", include_str!("../assets/theme.js")),
    ("assets/search.js", include_str!("../assets/search.js")),
];

/// Makes the site. `progress` is called with the number of pages that are done and that there will be.
///
/// # Errors
/// When a page can not be made, which is a mistake of this crate.
pub fn site(units: &[Unit<'_>], options: &Options, progress: &mut dyn FnMut(usize, usize)) -> Result<Pages, SiteError> {
    let book = Book::new(units, &options.title);
    let mut all: Pages = ASSETS.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    for unit in &book.units {
        all.insert(format!("{}/search.js", unit.paths.folder()), search::index(unit).into_bytes());
    }
    let templates = Templates::new();
    let outlines = pages::outline(&book);
    for (done, outline) in outlines.iter().enumerate() {
        progress(done, outlines.len());
        for format in [Format::Html, Format::Markdown] {
            let page = pages::build(&book, outline, format);
            let path = format!("{}.{}", outline.path(), format.extension());
            let text = templates.render(&page, format).map_err(|source| SiteError { page: path.clone(), source })?;
            all.insert(path, text.into_bytes());
        }
    }
    progress(outlines.len(), outlines.len());
    Ok(all)
}
