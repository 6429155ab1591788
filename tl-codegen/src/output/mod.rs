//! Tokens to files.
//!
//! What comes in is a tree of modules; what goes out is a sorted map from relative path to text. The same tree gives
//! one file per namespace, to be committed and reviewed, or one file for a build script. Nothing is written here.

mod print;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::emit::Module;
use crate::{CodegenError, Origin};

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
    pub(crate) fn new(origin: &Origin, layer: Option<u32>) -> Self {
        let layer = layer.map(|layer| format!(" (layer {layer})")).unwrap_or_default();
        let text = format!("{} from {}{layer}. {ADVICE}\n", crate::GENERATED_MARK, origin.files.join(", "));
        Self { name: origin.name.clone(), text }
    }
}

const ADVICE: &str = "Do not edit: change the schema and run `cargo tlgen generate`.";

/// The files of a root module.
pub(crate) fn files(root: &Module, header: &Header, layout: Layout) -> Result<Files, CodegenError> {
    let mut files = Files::new();
    match layout {
        Layout::SingleFile => {
            let mut page = Page::new(header);
            page.nested(root, 0)?;
            files.insert(format!("{}.rs", header.name), page.text);
        }
        Layout::Directory => directory(root, &header.name, header, &mut files)?,
    }
    Ok(files)
}

/// The file that declares the modules of several schemas: `lib.rs` of a crate of generated code.
#[must_use]
pub fn root_module(doc: &str, modules: &[(String, String)]) -> String {
    let mut text = format!("{}. {ADVICE}\n\n", crate::GENERATED_MARK);
    for line in doc.lines() {
        let _ = writeln!(text, "{}", format!("//! {line}").trim_end());
    }
    for (name, doc) in modules {
        let _ = write!(text, "\n/// {doc}\n#[rustfmt::skip]\npub mod {name};\n");
    }
    text
}

/// A module and all below it as files. A module with children is a folder.
fn directory(module: &Module, path: &str, header: &Header, files: &mut Files) -> Result<(), CodegenError> {
    let mut page = Page::new(header);
    page.body(module, "")?;
    for (name, child) in &module.children {
        page.gap();
        page.text.push_str(&print::attributes(&child.attributes, "")?);
        page.line("", &format!("pub mod {name};"));
        directory(child, &format!("{path}/{name}"), header, files)?;
    }
    let is_folder = !module.children.is_empty() || path == header.name;
    files.insert(if is_folder { format!("{path}/mod.rs") } else { format!("{path}.rs") }, page.text);
    Ok(())
}

/// The text of a file on its way.
struct Page {
    text: String,
    /// Nothing has been written since the last `{`, so that no empty line is wanted.
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
    fn nested(&mut self, module: &Module, depth: usize) -> Result<(), CodegenError> {
        let indent = "    ".repeat(depth);
        self.body(module, &indent)?;
        for (name, child) in &module.children {
            self.gap();
            self.text.push_str(&print::attributes(&child.attributes, &indent)?);
            self.line(&indent, &format!("pub mod {name} {{"));
            self.at_start = true;
            self.nested(child, depth + 1)?;
            self.at_start = false;
            self.line(&indent, "}");
        }
        Ok(())
    }

    /// The `use` declarations and items of a module, without its children.
    fn body(&mut self, module: &Module, indent: &str) -> Result<(), CodegenError> {
        if !module.uses.is_empty() {
            self.gap();
        }
        for declaration in &module.uses {
            self.line(indent, &format!("{declaration};"));
        }
        let mut before = None;
        for item in &module.items {
            let item = print::item(item, indent)?;
            // Lines of one kind stand in one block: types that are structs by another path, conversions.
            let kind = ["pub use ", "rt::from!"].into_iter().find(|start| item.trim_start().starts_with(start));
            if kind.is_none() || kind != before {
                self.gap();
            }
            before = kind;
            self.text.push_str(&item);
        }
        Ok(())
    }
}
