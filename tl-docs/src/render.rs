//! Views to text, by templates.

use std::borrow::Cow;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use crate::pages::Page;
use crate::text::{Format, visible};

/// Name and text of every template.
const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../assets/templates/base.html")),
    ("heading.html", include_str!("../assets/templates/heading.html")),
    ("missing.html", include_str!("../assets/templates/missing.html")),
    ("home.html", include_str!("../assets/templates/home.html")),
    ("overview.html", include_str!("../assets/templates/overview.html")),
    ("listing.html", include_str!("../assets/templates/listing.html")),
    ("builtin.html", include_str!("../assets/templates/builtin.html")),
    ("changes.html", include_str!("../assets/templates/changes.html")),
    ("layer.html", include_str!("../assets/templates/layer.html")),
    ("item.html", include_str!("../assets/templates/item.html")),
    ("error.html", include_str!("../assets/templates/error.html")),
    ("home.md", include_str!("../assets/templates/home.md")),
    ("overview.md", include_str!("../assets/templates/overview.md")),
    ("listing.md", include_str!("../assets/templates/listing.md")),
    ("builtin.md", include_str!("../assets/templates/builtin.md")),
    ("changes.md", include_str!("../assets/templates/changes.md")),
    ("layer.md", include_str!("../assets/templates/layer.md")),
    ("item.md", include_str!("../assets/templates/item.md")),
    ("error.md", include_str!("../assets/templates/error.md")),
];

/// All templates, ready for use.
pub(crate) struct Templates(Environment<'static>);

impl Templates {
    pub(crate) fn new() -> Self {
        let mut environment = Environment::new();
        // A name that a view does not have is a mistake, not an empty text.
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // The texts in a view have the format of the page already.
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.expect("the delimiters are the usual ones"));
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).expect("the templates of this crate can be read");
        }
        Self(environment)
    }

    pub(crate) fn render(&self, page: &Page, format: Format) -> Result<String, minijinja::Error> {
        self.0.get_template(&format!("{}.{}", page.template, format.extension()))?.render(Serde(page)).map(|text| {
            match visible(&text) {
                Cow::Owned(escaped) => escaped,
                Cow::Borrowed(_) => text,
            }
        })
    }
}
