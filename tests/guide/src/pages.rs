//! The pages of the guide, their blocks, and the files that these show. The build script uses this, too.

use std::path::{Path, PathBuf};
use std::{fs, io};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A fenced block.
#[derive(Clone, Debug)]
pub struct Block {
    /// What is written after the fence: `rust`, `console`.
    pub info: String,
    /// Its lines.
    pub text: String,
}

impl Block {
    /// The path that the first line names, if it is a comment with nothing else: `// build.rs`, `# tlgen.toml`.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        let first = self.text.lines().next()?;
        let path = first.strip_prefix("// ").or_else(|| first.strip_prefix("# "))?;
        (Path::new(path).extension().is_some() && !path.contains(' ')).then_some(path)
    }
}

/// The fenced blocks of a page.
#[must_use]
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for event in Parser::new(page) {
        match (event, blocks.last_mut()) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) => {
                blocks.push(Block { info: info.into_string(), text: String::new() });
                is_open = true;
            }
            (Event::End(TagEnd::CodeBlock), _) => is_open = false,
            (Event::Text(text), Some(block)) if is_open => block.text.push_str(&text),
            _ => {}
        }
    }
    blocks
}

/// Writes the files that a page shows into a folder.
///
/// # Errors
/// When the disk refuses.
pub fn write_files(page: &str, folder: &Path) -> io::Result<()> {
    for block in blocks(page) {
        let Some(path) = block.file() else { continue };
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, &block.text)?;
    }
    Ok(())
}

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder with the pages of the guide.
#[must_use]
pub fn guide() -> PathBuf {
    root().join("guide/src")
}

/// The text of a page.
///
/// # Panics
/// When there is no such page.
#[must_use]
pub fn read(page: &Path) -> String {
    fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}
