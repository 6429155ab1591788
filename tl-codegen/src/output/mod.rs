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
            let mut text = header.text.clone();
            nested(root, 0, &mut text)?;
            files.insert(format!("{}.rs", header.name), text);
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
        let _ = write!(text, "\n/// {doc}\npub mod {name};\n");
    }
    text
}

/// A module and all below it as files. A module with children is a folder.
fn directory(module: &Module, path: &str, header: &Header, files: &mut Files) -> Result<(), CodegenError> {
    let mut text = header.text.clone();
    body(module, "", &mut text)?;
    for (name, child) in &module.children {
        text.push('\n');
        text.push_str(&print::attributes(&child.attributes, "")?);
        let _ = writeln!(text, "pub mod {name};");
        directory(child, &format!("{path}/{name}"), header, files)?;
    }
    let is_folder = !module.children.is_empty() || path == header.name;
    files.insert(if is_folder { format!("{path}/mod.rs") } else { format!("{path}.rs") }, text);
    Ok(())
}

/// A module and all below it in one text.
fn nested(module: &Module, depth: usize, text: &mut String) -> Result<(), CodegenError> {
    let indent = "    ".repeat(depth);
    body(module, &indent, text)?;
    for (name, child) in &module.children {
        text.push('\n');
        text.push_str(&print::attributes(&child.attributes, &indent)?);
        let _ = writeln!(text, "{indent}pub mod {name} {{");
        nested(child, depth + 1, text)?;
        let _ = writeln!(text, "{indent}}}");
    }
    Ok(())
}

/// The `use` declarations and items of a module, without its children.
fn body(module: &Module, indent: &str, text: &mut String) -> Result<(), CodegenError> {
    if !module.uses.is_empty() {
        text.push('\n');
    }
    for declaration in &module.uses {
        let _ = writeln!(text, "{indent}{declaration};");
    }
    for item in &module.items {
        text.push('\n');
        text.push_str(&print::item(item, indent)?);
    }
    Ok(())
}
