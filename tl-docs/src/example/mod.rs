//! Rust code that shows how an item is used, and compiles.

mod expr;
mod value;
mod words;

use std::collections::BTreeSet;

use tlgen_build::ir::{Boxed, RustType, Struct};
use tlgen_model::schema::{CombinatorIdx, SectionKind, TypeIdx};

use crate::book::{Book, Chapter, Unit};
use crate::rust::boxed_path;
use crate::site::Options;
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
    },
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
    let combinators = (0..).map(CombinatorIdx).zip(&chapter.schema.combinators).filter_map(|(idx, combinator)| {
        let page = chapter.paths.combinator(idx).path;
        let kind = match combinator.kind {
            SectionKind::Functions => ExampleKind::Call { id: combinator.id },
            SectionKind::Types => ExampleKind::Value { id: combinator.id },
        };
        Some(Example { page, kind, code: of_combinator(chapter, idx)? })
    });
    let types = chapter.schema.types().filter_map(|(idx, _)| {
        let page = chapter.paths.ty(idx).path;
        Some(Example { page, kind: ExampleKind::Read, code: of_type(chapter, idx)? })
    });
    combinators.chain(types).collect()
}

/// The example of a function or constructor; `None` without a Rust form or a sample value.
pub(crate) fn of_combinator(chapter: &Chapter<'_>, idx: CombinatorIdx) -> Option<String> {
    let writer = Writer { samples: chapter.samples.as_ref()?, items: chapter.items.as_ref()? };
    match chapter.schema.combinator(idx).kind {
        SectionKind::Functions => function(chapter, &writer, writer.items.structure(idx)?),
        SectionKind::Types => constructor(chapter, &writer, idx),
    }
}

fn function(chapter: &Chapter<'_>, writer: &Writer<'_, '_>, item: &Struct) -> Option<String> {
    let request = writer.structure(item, true)?;
    let answer = concrete(item.returns.as_ref()?, writer)?;
    let mut code = Code::default();
    code.imports.extend(["rpc::Invoke", "rpc::InvokeError"]);
    code.line(&format!(
        "/// Calls `{}`; with a caller that is awaited, write `client.invoke(&request).await`.",
        item.tl_name
    ));
    code.line(&format!("pub fn call<C: Invoke>(client: &C) -> Result<{answer}, InvokeError<C::Error>> {{"));
    code.line(&format!("    let request = {};", request.print(4, 18)));
    code.line("    client.invoke(&request)");
    code.line("}");
    Some(code.finish(&chapter.unit.rust_path))
}

/// A result, with what the query of the example returns instead of a type parameter.
fn concrete(ty: &RustType, writer: &Writer<'_, '_>) -> Option<RustType> {
    match ty {
        RustType::ReturnOf(_) | RustType::Generic(_) => writer.query()?.returns.clone(),
        RustType::Vec(item) => concrete(item, writer).map(|item| RustType::Vec(Box::new(item))),
        ty => Some(ty.clone()),
    }
}

fn constructor(chapter: &Chapter<'_>, writer: &Writer<'_, '_>, idx: CombinatorIdx) -> Option<String> {
    let ty = chapter.schema.combinator(idx).ty?;
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

/// The example of a type; `None` without a Rust form.
pub(crate) fn of_type(chapter: &Chapter<'_>, idx: TypeIdx) -> Option<String> {
    let boxed = chapter.items.as_ref()?.ty(idx);
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

/// Code with the `use` lines that it needs.
#[derive(Default)]
struct Code {
    /// From the runtime.
    imports: BTreeSet<&'static str>,
    body: String,
}

impl Code {
    fn line(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }

    fn finish(self, rust_path: &str) -> String {
        let used = |module: &&str| self.body.contains(&format!("{module}::"));
        let modules: Vec<&str> = ["constructors", "functions", "types"].into_iter().filter(used).collect();
        let mut code = String::new();
        match &modules[..] {
            [] => {}
            [module] => code.push_str(&format!("use {rust_path}::{module};\n")),
            modules => code.push_str(&format!("use {rust_path}::{{{}}};\n", modules.join(", "))),
        }
        for module in ["rpc::", ""] {
            let is_there = |import: &&&str| import.contains("::") != module.is_empty();
            let names: Vec<&str> = self.imports.iter().filter(is_there).map(|import| &import[module.len()..]).collect();
            match &names[..] {
                [] => {}
                [name] => code.push_str(&format!("use tlgen_runtime::{module}{name};\n")),
                names => code.push_str(&format!("use tlgen_runtime::{module}{{{}}};\n", names.join(", "))),
            }
        }
        code.push('\n');
        code + &self.body
    }
}
