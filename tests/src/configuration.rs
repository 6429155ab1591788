//! The configurations in which each fixture is compiled, besides its own options. The build script has this file too.

use tlgen_build::{Config, Role, TextMode, TextType, ViewsMode};

/// What is different from the options of a fixture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Configuration {
    /// Nothing.
    Own,
    /// No item derives anything, and each has a view, by a table.
    Underived,
    /// Text is `CompactString`, enums have accessors, and there are views by code.
    Compact,
    /// There are types with borrowed text, and only these are used.
    Borrowed,
    /// The code is that of a client.
    OneWay,
}

impl Configuration {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Own, Self::Underived, Self::Compact, Self::Borrowed, Self::OneWay];

    /// As it is written in Rust, and as the suffix of the name of a module.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "Own",
            Self::Underived => "Underived",
            Self::Compact => "Compact",
            Self::Borrowed => "Borrowed",
            Self::OneWay => "OneWay",
        }
    }

    /// The name of the module of a fixture.
    #[must_use]
    pub fn module(self, fixture: &str) -> String {
        match self {
            Self::Own => fixture.to_owned(),
            other => format!("{fixture}_{}", other.name().to_lowercase()),
        }
    }

    /// Whether a fixture can have it: text that is repaired cannot be borrowed.
    #[must_use]
    pub fn suits(self, config: &Config) -> bool {
        self != Self::Borrowed || config.text != TextMode::Lossy
    }

    /// The options of the generator.
    #[must_use]
    pub fn config(self, mut config: Config) -> Config {
        match self {
            Self::Own => {}
            Self::Underived => {
                config.derives.clear();
                config.views = ViewsMode::Table;
            }
            Self::Compact => {
                config.text_type = TextType::Compact;
                config.accessors = true;
                config.views = ViewsMode::Code;
            }
            Self::Borrowed => config.borrowed = true,
            Self::OneWay => config.role = Role::Client,
        }
        config
    }
}
