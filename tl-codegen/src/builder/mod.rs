//! Code generation from a build script.
//!
//! What comes in are paths and options; what goes out are files, in memory or in `OUT_DIR`. Only this folder and
//! [`disk`](crate::disk) touch disk, environment and cargo.

mod atlas;
mod error;
mod run;

use std::path::PathBuf;

use tlgen_parser::id::IdRule;

use crate::project::{Unit, name_of};
use crate::{BoxType, Config, FlagsMode, Role, TextMode, TextType, UnknownMode, ViewsMode};

pub use error::{BuildError, Report};
pub use run::Built;

/// Generates Rust from schemas, in a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), tlgen_build::BuildError> {
///     tlgen_build::Builder::new().schema("schema/api.tl").compile()
/// }
/// ```
///
/// Each schema becomes one file in `OUT_DIR`, named after the schema's file, to be brought in by
/// `tlgen_runtime::include_schema!("api")` in any module. The options hold for every schema of the builder, and an option
/// that names nothing in one of them is an error. Use one builder for each set of options.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    units: Vec<Unit>,
    config: Config,
    metadata: Vec<PathBuf>,
    module: Option<String>,
    out_dir: Option<PathBuf>,
    atlas: Vec<PathBuf>,
    atlas_names: bool,
}

impl Builder {
    /// Nothing to generate yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema that is called after its file: `schema/api.tl` becomes `api.rs`, `schema/td-api.tl` becomes `td_api.rs`.
    /// The path is relative to the package. The JSON form of core.telegram.org is taken, too.
    #[must_use]
    pub fn schema(self, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        self.schema_files(name_of(&path), [path])
    }

    /// Adds a schema of several files that refer to each other; they become `NAME.rs`.
    #[must_use]
    pub fn schema_files(
        mut self,
        name: impl Into<String>,
        paths: impl IntoIterator<Item = impl Into<PathBuf>>,
    ) -> Self {
        self.units.push(Unit::new(name, paths));
        self
    }

    /// Adds layers of one schema, from the oldest to the newest, a file for each; they become `NAME.rs`.
    ///
    /// The newest has the modules of a schema that is alone. Each older one is a module beside them, called after its number:
    /// `layer_222::types::Message`. A type that is equal in two layers, with all that it reaches, is one Rust type: the older module
    /// re-exports the item of the newer one. An option that names something has to name it in one of the layers; a layer that has
    /// nothing of what [`only`](Self::only) names is empty.
    ///
    /// With [`unknown`](Self::unknown) and an atlas, `DecodeOptions::convert` of the runtime makes values of one layer of those of
    /// another one.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), tlgen_build::BuildError> {
    /// use tlgen_build::{Builder, UnknownMode};
    ///
    /// let layers = ["schema/api-layer-222.tl", "schema/api-layer-228.tl"];
    /// Builder::new().layers("api", layers).unknown(UnknownMode::Keep).atlas(layers).atlas_names(true).compile()
    /// # }
    /// ```
    #[must_use]
    pub fn layers(mut self, name: impl Into<String>, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let mut older: Vec<Vec<PathBuf>> = paths.into_iter().map(|path| vec![path.into()]).collect();
        let newest = older.pop().unwrap_or_default();
        self.units.push(Unit { older, ..Unit::new(name, newest) });
        self
    }

    /// Adds schemas to the atlas, each of which is linked by itself: all layers of an API that a server may speak. It is written to
    /// `atlas.tla`, which `tlgen_runtime::include_atlas!()` brings in.
    ///
    /// A folder means the `.tl` files in it, and a `*` in the name of a file any characters: `layers/api-*.tl`. The options
    /// [`id_rule`](Self::id_rule) and [`layer`](Self::layer) do not hold for them.
    #[must_use]
    pub fn atlas(mut self, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        self.atlas.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Whether the atlas has the names of constructors, fields and types, with which it is about five times as large.
    #[must_use]
    pub fn atlas_names(mut self, yes: bool) -> Self {
        self.atlas_names = yes;
        self
    }

    /// Sets all options at once, instead of those that were set before.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Generates only what these functions, constructors and types reach: `contacts.*`, `auth.sendCode`. `functions:contacts.*`
    /// names functions only, `types:contacts.*` types and constructors only.
    #[must_use]
    pub fn only(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.only.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// Leaves out functions, constructors and types, named as for [`only`](Self::only): what has no Rust form, for example.
    #[must_use]
    pub fn skip(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.skip.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// The derives of every struct and enum; `Clone`, `Debug`, `Default`, `PartialEq`, `Eq` and `Hash` unless this is called.
    /// `Default`, `Eq`, `Hash` and `Copy` go to the items whose own fields allow them.
    #[must_use]
    pub fn derives(mut self, derives: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.derives = derives.into_iter().map(Into::into).collect();
        self
    }

    /// Gives a combinator, type or field (`combinator.field`) another name in Rust.
    #[must_use]
    pub fn rename(mut self, tl: impl Into<String>, rust: impl Into<String>) -> Self {
        self.config.rename.insert(tl.into(), rust.into());
        self
    }

    /// Makes a field (`resPQ.pq`) that is declared `string` a `Vec<u8>`.
    #[must_use]
    pub fn bytes(mut self, field: impl Into<String>) -> Self {
        self.config.bytes.push(field.into());
        self
    }

    /// What happens to text that is not UTF-8: it is refused unless this is called.
    #[must_use]
    pub fn text(mut self, mode: TextMode) -> Self {
        self.config.text = mode;
        self
    }

    /// The type of text: `String` unless this is called.
    #[must_use]
    pub fn text_type(mut self, ty: TextType) -> Self {
        self.config.text_type = ty;
        self
    }

    /// Says which earlier `int` field holds the length of an `Object` field: `.length("message.body", "bytes")`.
    #[must_use]
    pub fn length(mut self, field: impl Into<String>, length: impl Into<String>) -> Self {
        self.config.length.insert(field.into(), length.into());
        self
    }

    /// Names the constructor that a server sends in the place of an answer when a call fails: `liteServer.error`. It has an `int`, the
    /// code, and a `string`, the text. Calls that it answers fail with `InvokeError::Rpc`.
    #[must_use]
    pub fn error(mut self, constructor: impl Into<String>) -> Self {
        self.config.error = Some(constructor.into());
        self
    }

    /// Whether flags words are fields; `FlagsMode::Auto` unless this is called. A word that is not a field loses the bits that no
    /// field declares; `FlagsMode::Kept` keeps them.
    #[must_use]
    pub fn flags(mut self, mode: FlagsMode) -> Self {
        self.config.flags = mode;
        self
    }

    /// Who uses the code; `Role::Both` unless this is called, with which everything can be read and written. `Role::Client` leaves out
    /// what a client never does: to read requests, and to write what only answers hold.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.config.role = role;
        self
    }

    /// What happens to a value whose constructor the schema does not know.
    ///
    /// With [`UnknownMode::Keep`] each enum has a variant `Unknown` for it. Whoever decodes gives an atlas, such as the one of
    /// [`atlas`](Self::atlas), in the options.
    #[must_use]
    pub fn unknown(mut self, mode: UnknownMode) -> Self {
        self.config.unknown = mode;
        self
    }

    /// What large variants of enums are in; [`BoxType::Indirect`] unless this is called.
    #[must_use]
    pub fn boxes(mut self, boxes: BoxType) -> Self {
        self.config.boxes = boxes;
        self
    }

    /// Adds a module `borrowed` with the constructors and types once more, their text pointing into the input:
    /// `&str` for `String`, `&[u8]` for `Vec<u8>`. Reading them allocates no text; `into_owned` makes the owned ones.
    #[must_use]
    pub fn borrowed(mut self, yes: bool) -> Self {
        self.config.borrowed = yes;
        self
    }

    /// Adds a module `views`, with a view of each constructor and type, and of each request unless the role is that of a client. A view
    /// is a place in the bytes of a message: it reads one field and checks what comes before it, without decoding and without an
    /// allocation. Off by default, as it costs compile time.
    ///
    /// `true` is [`ViewsMode::Table`]; with [`ViewsMode::Code`] it takes less time to look at a message.
    #[must_use]
    pub fn views(mut self, by: impl Into<ViewsMode>) -> Self {
        self.config.views = by.into();
        self
    }

    /// Wraps the generated code in a module: `tg::api`.
    #[must_use]
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = Some(path.into());
        self
    }

    /// Adds methods to enums: `as_user` and `into_user` by variant, `id` by field that all variants with fields share, and
    /// `TryFrom` back to the struct of a variant. Off by default, as they cost compile time.
    #[must_use]
    pub fn accessors(mut self, yes: bool) -> Self {
        self.config.accessors = yes;
        self
    }

    /// Makes methods by namespace for everything that can call: `client.contacts().get_contacts(0)`.
    #[must_use]
    pub fn calls(mut self, calls: bool) -> Self {
        self.config.calls = calls;
        self
    }

    /// Makes the constant `DECLARATIONS`, the schema as text, with which `tlgen_dynamic::Locator` finds the field at which bytes
    /// are wrong. Off by default, as it adds the schema to the source; programs that do not use it do not contain it.
    #[must_use]
    pub fn declarations(mut self, yes: bool) -> Self {
        self.config.declarations = yes;
        self
    }

    /// Adds a sidecar file: descriptions, errors and callers for documentation, and the enum of known errors. The path is
    /// relative to the package. What an earlier file says has precedence; an entry that names nothing in a schema is a warning.
    ///
    /// Needs the feature `metadata`, for which a build script pays with a parser of TOML; without it nothing is generated.
    #[must_use]
    pub fn metadata(mut self, path: impl Into<PathBuf>) -> Self {
        self.metadata.push(path.into());
        self
    }

    /// The path of the runtime in generated code; `::tlgen_runtime` unless this is called.
    #[must_use]
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.config.runtime = path.into();
        self
    }

    /// The layer to take from a schema that declares names once per layer.
    #[must_use]
    pub fn layer(mut self, layer: u32) -> Self {
        self.config.layer = Some(layer);
        self
    }

    /// The rule for ids that are not written; the one that more of the written ids follow unless this is called.
    #[must_use]
    pub fn id_rule(mut self, rule: IdRule) -> Self {
        self.config.id_rule = Some(rule);
        self
    }

    /// Combinators whose written id may differ from the one of their line, without a warning.
    #[must_use]
    pub fn allow_id_mismatch(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.allow_id_mismatch.extend(names.into_iter().map(Into::into));
        self
    }

    /// Where to write; `OUT_DIR` unless this is called.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }
}
