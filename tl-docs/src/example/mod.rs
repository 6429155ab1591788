//! Rust code that shows how an item is used, and compiles.

mod answer;
mod call;
mod code;
mod value;
mod words;

use tlgen_build::ir::Boxed;
use tlgen_model::schema::{CombinatorIdx, SectionKind, TypeIdx};

use crate::book::{Book, Chapter, Unit};
use crate::rust::boxed_path;
use crate::site::Options;
pub(crate) use answer::{of_error, of_result};
use code::Code;
pub(crate) use value::Samples;
use value::Writer;

/// How many variants of a type an example shows.
const MAX_VARIANTS: usize = 8;

/// The example of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The page, as in `telegram/functions/contacts.getTopPeers`.
    pub page: String,
    /// Which function its code has.
    pub kind: ExampleKind,
    /// A Rust module that depends on the generated code and on `tlgen_runtime`.
    pub code: String,
}

/// Which function the code of an [`Example`] has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    /// `call(client)`, which sends a request with this id.
    Call {
        /// The id.
        id: u32,
        /// Whether it must be awaited.
        awaited: bool,
    },
    /// `show(result)`, which takes what a function returns.
    Result,
    /// `handle(error)`, which takes an error of a server.
    Error,
    /// `value()`, which returns the bytes of a value with this id.
    Value {
        /// The id.
        id: u32,
    },
    /// `read(bytes)`, which reads a value.
    Read,
}

/// The examples of all pages, in the order of the schema.
#[must_use]
pub fn examples(unit: &Unit<'_>) -> Vec<Example> {
    let units = [unit.clone()];
    let options = Options::default();
    let book = Book::new(&units, &options);
    let chapter = &book.chapters[0];
    let mut all = Vec::new();
    for (idx, combinator) in (0..).map(CombinatorIdx).zip(&chapter.schema.combinators) {
        let page = chapter.paths.combinator(idx).path;
        for form in of_combinator(chapter, idx) {
            let id = combinator.id;
            let kind = match combinator.kind {
                SectionKind::Functions => ExampleKind::Call { id, awaited: form.label == Some(call::AWAITED) },
                SectionKind::Types => ExampleKind::Value { id },
            };
            all.push(Example { page: page.clone(), kind, code: form.code });
        }
        if let Some(code) = of_result(chapter, idx) {
            all.push(Example { page, kind: ExampleKind::Result, code });
        }
    }
    all.extend(chapter.schema.types().filter_map(|(idx, _)| {
        let page = chapter.paths.ty(idx).path;
        Some(Example { page, kind: ExampleKind::Read, code: of_type(chapter, idx)? })
    }));
    all.extend(book.errors(chapter).iter().filter_map(|(_, error)| {
        let code = of_error(chapter, &error.name)?;
        Some(Example { page: error.page.path.clone(), kind: ExampleKind::Error, code })
    }));
    all
}

/// One of the forms in which something is written.
pub(crate) struct Form {
    /// What to call it, where there are others.
    pub(crate) label: Option<&'static str>,
    pub(crate) code: String,
}

/// The example of a function, in each of its forms, or of a constructor; none without a Rust form or a sample value, and none of what
/// cannot be written.
pub(crate) fn of_combinator(chapter: &Chapter<'_>, idx: CombinatorIdx) -> Vec<Form> {
    let (Some(samples), Some(items)) = (&chapter.samples, &chapter.items) else { return Vec::new() };
    let writer = Writer { samples, items };
    match chapter.schema.combinator(idx).kind {
        SectionKind::Functions => call::forms(chapter, &writer, idx).unwrap_or_default(),
        SectionKind::Types => {
            constructor(chapter, &writer, idx).map(|code| Form { label: None, code }).into_iter().collect()
        }
    }
}

fn constructor(chapter: &Chapter<'_>, writer: &Writer<'_, '_>, idx: CombinatorIdx) -> Option<String> {
    let ty = chapter.schema.combinator(idx).ty?;
    writer.items.usage(ty).filter(|usage| usage.encode.is_there())?;
    let inner = match writer.items.structure(idx) {
        Some(item) => Some(writer.structure(item, true)?),
        None => None,
    };
    let value = match writer.items.variant(idx) {
        Some((item, variant)) => Writer::variant(item, variant, inner),
        None => inner?,
    };
    let name = boxed_path(writer.items.ty(ty));
    let mut code = Code::default();
    code.imports.extend(["Encode", "EncodeError"]);
    code.line("/// The bytes of a value.");
    code.line("pub fn value() -> Result<Vec<u8>, EncodeError> {");
    let head = format!("    let value: {name} = ");
    code.line(&format!("{head}{};", value.print(4, head.chars().count())));
    code.line("    value.to_bytes()");
    code.line("}");
    Some(code.finish(&chapter.unit.rust_path))
}

/// The example of a type; `None` without a Rust form, and of what cannot be read.
pub(crate) fn of_type(chapter: &Chapter<'_>, idx: TypeIdx) -> Option<String> {
    let items = chapter.items.as_ref()?;
    items.usage(idx).filter(|usage| usage.decode.is_there())?;
    let boxed = items.ty(idx);
    let name = boxed_path(boxed);
    let mut code = Code::default();
    code.imports.extend(["Decode", "DecodeError"]);
    match boxed {
        Boxed::Alias { .. } => {
            code.line("/// The value that the bytes encode.");
            code.line(&format!("pub fn read(bytes: &[u8]) -> Result<{name}, DecodeError> {{"));
            code.line(&format!("    {name}::from_bytes(bytes)"));
            code.line("}");
        }
        Boxed::Enum(item) => {
            code.line("/// The constructor of the value that the bytes encode.");
            code.line("pub fn read(bytes: &[u8]) -> Result<&'static str, DecodeError> {");
            code.line(&format!("    let value = {name}::from_bytes(bytes)?;"));
            code.line("    Ok(match value {");
            let shown = if item.variants.len() > MAX_VARIANTS { MAX_VARIANTS - 1 } else { item.variants.len() };
            for variant in &item.variants[..shown] {
                let inner = if variant.item.is_some() { "(_)" } else { "" };
                code.line(&format!("        {name}::{}{inner} => {:?},", variant.name, variant.tl_name));
            }
            if shown < item.variants.len() {
                code.line("        _ => \"another one\",");
            }
            code.line("    })");
            code.line("}");
        }
    }
    Some(code.finish(&chapter.unit.rust_path))
}
