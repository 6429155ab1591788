//! Tokens to files.
//!
//! What comes in is a tree of modules; what goes out is a sorted map from relative path to text. The same tree gives
//! one file per namespace, to be committed and reviewed, or one file for a build script. Nothing is written here.

#[cfg(any(test, not(feature = "format")))]
mod plain;
mod print;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use tlgen_parser::invisible;

use crate::emit::{Item, Kind, Module};
use crate::origin::one_line;
use crate::{CodegenError, Origin, Regenerate, TextType};

/// Relative paths, with `/`, to texts.
pub type Files = BTreeMap<String, String>;

/// How modules are laid out in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `NAME/mod.rs` and one file for each tree and namespace below it.
    Directory,
    /// `NAME.rs` with everything in nested modules; it can be included in any module.
    SingleFile,
}

/// The lines at the top of each file.
pub(crate) struct Header {
    name: String,
    text: String,
}

impl Header {
    pub(crate) fn new(origin: &Origin, layer: Option<u32>, text_type: TextType) -> Self {
        let layer = layer.map(|layer| format!(" (layer {layer})")).unwrap_or_default();
        let files: Vec<String> = origin.files.iter().map(|file| one_line(file)).collect();
        let advice = origin.regenerate.advice();
        let mut text = format!("{} from {}{layer}. {advice}\n", crate::GENERATED_MARK, files.join(", "));
        if text_type == TextType::Compact {
            text.push_str("// Where `CompactString` is not found, the runtime needs its feature `compact_str`.\n");
        }
        Self { name: origin.name.clone(), text }
    }
}

/// The texts of the items that are still to come, in the order of [`each_item`].
type Printed<'p> = &'p mut dyn Iterator<Item = print::Printed>;

/// Every item of a module at this depth and of those below it, with its depth.
fn each_item<'m>(module: &'m Module<'m>, depth: usize, visit: &mut dyn FnMut(&'m Item<'m>, usize)) {
    module.items.iter().for_each(|item| visit(item, depth));
    module.children.values().for_each(|child| each_item(child, depth + 1, visit));
}

/// The files of a root module.
pub(crate) fn files(root: &Module<'_>, header: &Header, layout: Layout) -> Result<Files, CodegenError> {
    let mut items = Vec::new();
    let is_nested = layout == Layout::SingleFile;
    each_item(root, 0, &mut |item, depth| items.push((item, if is_nested { depth } else { 0 })));
    let mut printed = print::all(&items)?.into_iter();
    let mut files = Files::new();
    match layout {
        Layout::SingleFile => {
            let mut page = Page::new(header);
            page.nested(root, &mut printed, 0)?;
            files.insert(format!("{}.rs", header.name), page.text);
        }
        Layout::Directory => directory(root, &mut printed, &header.name, header, &mut files)?,
    }
    for text in files.values_mut() {
        if let Cow::Owned(escaped) = invisible::escape(text) {
            *text = escaped;
        }
    }
    Ok(files)
}

/// The file that declares the modules of several schemas: `lib.rs` of a crate of generated code. Each module is a name and
/// its documentation.
#[must_use]
pub fn root_module(doc: &str, modules: &[(String, String)], regenerate: &Regenerate) -> String {
    let mut text = format!("{}. {}\n\n", crate::GENERATED_MARK, regenerate.advice());
    for line in doc.lines() {
        let _ = writeln!(text, "{}", format!("//! {line}").trim_end());
    }
    for (name, doc) in modules {
        let _ = write!(text, "\n/// {doc}\n#[rustfmt::skip]\npub mod {name};\n");
    }
    text
}

/// The code of a file in modules, as in `tg::api`. The first line, which says where the code comes from, stays the first.
#[must_use]
pub fn in_modules(text: &str, path: &str) -> String {
    let (first, items) = text.split_once('\n').unwrap_or((text, ""));
    let code = path.rsplit("::").fold(items.to_owned(), |items, module| {
        format!("/// Generated from a TL schema.\npub mod {module} {{\n{items}}}\n")
    });
    format!("{first}\n{code}")
}

/// A module and all below it as files. A module with children is a folder.
fn directory(
    module: &Module<'_>,
    printed: Printed<'_>,
    path: &str,
    header: &Header,
    files: &mut Files,
) -> Result<(), CodegenError> {
    let mut page = Page::new(header);
    page.body(module, printed, "");
    for (name, child) in &module.children {
        page.gap();
        page.text.push_str(&print::attributes(&child.attributes, 0)?);
        page.line("", &format!("pub mod {name};"));
        directory(child, printed, &format!("{path}/{name}"), header, files)?;
    }
    let is_folder = !module.children.is_empty() || path == header.name;
    files.insert(if is_folder { format!("{path}/mod.rs") } else { format!("{path}.rs") }, page.text);
    Ok(())
}

/// The text of a file that is being written.
struct Page {
    text: String,
    /// Whether nothing has been written since the last `{`, so that no empty line is wanted.
    at_start: bool,
}

impl Page {
    fn new(header: &Header) -> Self {
        Self { text: header.text.clone(), at_start: false }
    }

    /// An empty line between two blocks.
    fn gap(&mut self) {
        if !core::mem::take(&mut self.at_start) {
            self.text.push('\n');
        }
    }

    fn line(&mut self, indent: &str, line: &str) {
        let _ = writeln!(self.text, "{indent}{line}");
    }

    /// A module and all below it in one text.
    fn nested(&mut self, module: &Module<'_>, printed: Printed<'_>, depth: usize) -> Result<(), CodegenError> {
        let indent = "    ".repeat(depth);
        self.body(module, printed, &indent);
        for (name, child) in &module.children {
            self.gap();
            self.text.push_str(&print::attributes(&child.attributes, depth)?);
            self.line(&indent, &format!("pub mod {name} {{"));
            self.at_start = true;
            self.nested(child, printed, depth + 1)?;
            self.at_start = false;
            self.line(&indent, "}");
        }
        Ok(())
    }

    /// The `use` declarations and items of a module, without its children.
    fn body(&mut self, module: &Module<'_>, printed: Printed<'_>, indent: &str) {
        let printed: Vec<_> = printed.take(module.items.len()).collect();
        let uses: BTreeSet<_> = printed.iter().flat_map(|item| &item.uses).collect();
        if !uses.is_empty() {
            self.gap();
        }
        for declaration in uses {
            self.line(indent, &format!("{declaration};"));
        }
        let mut before = None;
        for (kind, text) in printed.iter().flat_map(|item| &item.texts) {
            if *kind == Kind::Block || before != Some(*kind) {
                self.gap();
            }
            before = Some(*kind);
            self.text.push_str(text);
        }
    }
}
