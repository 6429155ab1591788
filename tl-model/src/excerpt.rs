//! Parts of schema files as a new file: declarations as they stand in the source, with their comments.
//!
//! What comes in are files with the schema that they were linked to; what goes out is the text of one file that reads as the
//! chosen part of that schema. Each declaration gets its id where none is written, so that nothing depends on what is left out.
//! [`slice()`] takes a part, [`merge`] all of several files.
//!
//! Constructors come first, then functions, both in the order of the files. The last line names the layer. Headings of layers and
//! partial applications (`Vector int;`) are left out.

mod merge;
mod needs;
mod writer;

use std::collections::{BTreeSet, HashMap, HashSet};

use tlgen_parser::ast::{self, DeclarationKind, Item, SectionKind};
use tlgen_parser::docs::{self, Block};
use tlgen_parser::source::{FileIdx, Sources, Span};

use crate::analysis::closure::Selection;
use crate::builtin;
use crate::schema::{CombinatorIdx, Schema};

pub use merge::{Merged, merge};
use needs::Needs;
use writer::Writer;

/// The text of one file that reads as `schema.select(selection)`, with the descriptions. `files` are those that `schema` was
/// linked from. Of other comments only those after a declaration on its line and inside of one stay.
#[must_use]
pub fn slice(sources: &Sources, files: &[FileIdx], schema: &Schema, selection: &Selection) -> String {
    let kept = |idx| selection.has_combinator(idx);
    let types = schema.types().filter(|(ty, _)| selection.has_type(*ty)).map(|(_, ty)| ty.name.full());
    Excerpt { sources, files, schema, kept: &kept, types: types.collect(), comments: Comments::Documentation }.text()
}

/// Which comments stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comments {
    /// What describes declarations and types that are kept.
    Documentation,
    /// All but headings of layers, and what stands above a declaration that is left out.
    All,
}

/// What is taken.
struct Excerpt<'e> {
    sources: &'e Sources,
    files: &'e [FileIdx],
    schema: &'e Schema,
    kept: &'e dyn Fn(CombinatorIdx) -> bool,
    /// The names of the types that are kept.
    types: BTreeSet<&'e str>,
    comments: Comments,
}

/// A declaration of a file and what becomes of it.
struct Entry<'t, 's> {
    declaration: &'t ast::Declaration<'s>,
    section: SectionKind,
    fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept(CombinatorIdx),
    /// A builtin type, another spelling of a constructor, `Final T`: kept if something that is kept names it.
    IfNeeded,
    LeftOut,
}

impl Excerpt<'_> {
    fn text(&self) -> String {
        let trees: Vec<_> = self
            .files
            .iter()
            .map(|file| {
                let text = self.sources.get(*file).text.as_str();
                (*file, tlgen_parser::parse(text).schema, text)
            })
            .collect();
        let linked: HashMap<(FileIdx, Span), CombinatorIdx> = (0..)
            .map(CombinatorIdx)
            .zip(&self.schema.combinators)
            .map(|(idx, combinator)| ((combinator.location.file, combinator.location.span), idx))
            .collect();
        let known: HashSet<&str> = self.schema.constructors().map(|(_, constructor)| constructor.name.full()).collect();
        let entries: Vec<Vec<Entry<'_, '_>>> =
            trees.iter().map(|(file, tree, _)| self.entries(*file, tree, &linked, &known)).collect();
        let mut needs = Needs::default();
        for entry in entries.iter().flatten().filter(|entry| matches!(entry.fate, Fate::Kept(_))) {
            needs.take(entry.declaration);
        }
        let mut open: Vec<&Entry<'_, '_>> =
            entries.iter().flatten().filter(|entry| entry.fate == Fate::IfNeeded).collect();
        loop {
            let (taken, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|entry| self.is_needed(entry, &needs));
            open = rest;
            if taken.is_empty() {
                break;
            }
            taken.into_iter().for_each(|entry| needs.take(entry.declaration));
        }
        let mut writer = Writer::default();
        for ((_, tree, text), entries) in trees.iter().zip(&entries) {
            self.file(tree, text, entries, &needs, &mut writer);
        }
        writer.finish(self.schema.layer)
    }

    fn entries<'t, 's>(
        &self,
        file: FileIdx,
        tree: &'t ast::Schema<'s>,
        linked: &HashMap<(FileIdx, Span), CombinatorIdx>,
        known: &HashSet<&str>,
    ) -> Vec<Entry<'t, 's>> {
        let entry = |(section, declaration): (SectionKind, &'t ast::Declaration<'s>)| {
            let found = linked.get(&(file, declaration.span)).copied();
            let fate = match found {
                Some(idx) if (self.kept)(idx) => Fate::Kept(idx),
                None if may_be_needed(section, declaration, known) => Fate::IfNeeded,
                _ => Fate::LeftOut,
            };
            // The linker knows functions by their results, too.
            let section = found.map_or(section, |idx| self.schema.combinator(idx).kind);
            Entry { declaration, section, fate }
        };
        tree.declarations().map(entry).collect()
    }

    fn is_needed(&self, entry: &Entry<'_, '_>, needs: &Needs<'_>) -> bool {
        match &entry.declaration.kind {
            DeclarationKind::Builtin(builtin) => {
                needs.names(builtin.name.text) || needs.head(&builtin.result).is_some_and(|name| needs.names(name))
            }
            DeclarationKind::Finality(finality) => self.types.contains(finality.ty.text),
            DeclarationKind::Partial(_) => false,
            DeclarationKind::Combinator(combinator) => {
                let is_named = combinator.name.is_some_and(|name| needs.names(name.text));
                let result = needs.head(&combinator.result).filter(|_| builtin::is_declaration(combinator));
                is_named || result.is_some_and(|name| needs.names(name))
            }
        }
    }

    /// Writes what is kept of a file.
    fn file(
        &self,
        tree: &ast::Schema<'_>,
        text: &str,
        entries: &[Entry<'_, '_>],
        needs: &Needs<'_>,
        writer: &mut Writer,
    ) {
        let mut blocks = docs::blocks(tree, text).peekable();
        let mut entries = entries.iter();
        let mut section = SectionKind::Types;
        for item in &tree.items {
            let mut above = None;
            while let Some(block) = blocks.next_if(|block| block.comments[0].span.start < item.span().start) {
                let is_above = block.target.is_some_and(|(_, declaration)| declaration.span == item.span());
                if is_above {
                    above = Some(block);
                } else if self.stays(&block, tree) {
                    writer.free(section, block.comments);
                }
            }
            match item {
                Item::Section(heading) => {
                    section = heading.kind;
                    // What stands behind it on its line is about the section.
                    let after = comment_after(tree, text, heading.span.end);
                    if let Some(comment) = after.filter(|_| self.comments == Comments::All) {
                        writer.free(section, std::slice::from_ref(comment));
                    }
                }
                Item::Layer(_) => {}
                Item::Declaration(declaration) => {
                    let entry = entries.next().expect("each declaration has an entry");
                    let id = match entry.fate {
                        Fate::Kept(idx) => Some(self.schema.combinator(idx).id),
                        Fate::IfNeeded if self.is_needed(entry, needs) => None,
                        Fate::IfNeeded | Fate::LeftOut => {
                            // What it says of a type may be about one that is kept.
                            if let Some(block) = above.filter(|block| self.describes_a_type(block)) {
                                writer.free(section, block.comments);
                            }
                            continue;
                        }
                    };
                    let documentation = above.map_or(&[][..], |block| block.documentation());
                    let comments = match above {
                        Some(block) if self.comments == Comments::All && documentation.is_empty() => {
                            writer.free(entry.section, block.comments);
                            &[]
                        }
                        Some(block) if self.comments == Comments::All => block.comments,
                        _ => documentation,
                    };
                    let after = comment_after(tree, text, declaration.span.end);
                    writer.declaration(entry.section, comments, text, declaration, id, after);
                }
            }
        }
        blocks.filter(|block| self.stays(block, tree)).for_each(|block| writer.free(section, block.comments));
    }

    fn describes_a_type(&self, block: &Block<'_, '_>) -> bool {
        block.classes().any(|class| self.types.contains(class))
    }

    /// Whether a block that is not above a declaration stays: not one inside of a declaration, which is part of its text.
    fn stays(&self, block: &Block<'_, '_>, tree: &ast::Schema<'_>) -> bool {
        let start = block.comments[0].span.start;
        let next = tree.items.partition_point(|item| item.span().start <= start);
        let is_inside = next > 0 && start < tree.items[next - 1].span().end;
        !is_inside && (self.comments == Comments::All || self.describes_a_type(block))
    }
}

/// The comment behind `end` on its line.
fn comment_after<'t, 's>(tree: &'t ast::Schema<'s>, text: &str, end: u32) -> Option<&'t ast::Comment<'s>> {
    let next = tree.comments.partition_point(|comment| comment.span.start < end);
    tree.comments.get(next).filter(|comment| {
        let between = &text[end as usize..comment.span.start as usize];
        between.bytes().all(|byte| byte == b' ' || byte == b'\t')
    })
}

/// Whether a declaration that is no combinator of the schema means something all the same. `known` are the names of its constructors: an
/// older declaration of one of them is not needed.
fn may_be_needed(section: SectionKind, declaration: &ast::Declaration<'_>, known: &HashSet<&str>) -> bool {
    match &declaration.kind {
        DeclarationKind::Builtin(_) | DeclarationKind::Finality(_) => true,
        DeclarationKind::Partial(_) => false,
        DeclarationKind::Combinator(combinator) => {
            section == SectionKind::Types && !combinator.name.is_some_and(|name| known.contains(name.text))
        }
    }
}
