//! Items as text. No literal in generated code spans lines, so lines can be indented.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use proc_macro2::TokenStream;

use crate::CodegenError;
use crate::emit::{Item, Kind, RustItem, Use};

/// The text of an item.
pub(super) struct Printed {
    /// What it names from outside of its module.
    pub(super) uses: BTreeSet<Use>,
    /// Rust items in order: what each is, and its indented text with a line feed at the end.
    pub(super) texts: Vec<(Kind, String)>,
}

/// How many items a thread takes at once.
const BATCH: usize = 16;

/// Prints items on all cores, each with so many levels of indentation; the texts are in the order of the items.
pub(super) fn all(items: &[(&Item<'_>, usize)]) -> Result<Vec<Printed>, CodegenError> {
    let batches: Vec<_> = items.chunks(BATCH).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((place, batch)) = {
            let place = next.fetch_add(1, Ordering::Relaxed);
            batches.get(place).map(|batch| (place, batch))
        } {
            let printed: Result<Vec<_>, _> = batch.iter().map(|(item, levels)| one(item, *levels)).collect();
            done.push((place, printed));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(batches.len());
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for thread in others {
            match thread.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(place, _)| *place);
    let mut texts = Vec::with_capacity(items.len());
    for (_, printed) in done {
        texts.extend(printed?);
    }
    Ok(texts)
}

fn one(item: &Item<'_>, levels: usize) -> Result<Printed, CodegenError> {
    let code = item.code();
    let text = |item: RustItem| {
        let mut text = format(item.tokens, levels)?;
        text.truncate(text.trim_end().len());
        text.push('\n');
        Ok::<_, CodegenError>((item.kind, text))
    };
    let texts: Result<_, _> = code.items.into_iter().map(text).collect();
    Ok(Printed { uses: code.uses, texts: texts? })
}

/// Attributes on their own lines.
pub(super) fn attributes(tokens: &TokenStream, levels: usize) -> Result<String, CodegenError> {
    // Attributes alone are not a file, so they are printed on an item that is removed again.
    let mut text = format(quote::quote! { #tokens mod placeholder; }, levels)?;
    text.truncate(text.rfind("mod placeholder").unwrap_or(text.len()));
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    Ok(text)
}

#[cfg(feature = "format")]
fn format(tokens: TokenStream, levels: usize) -> Result<String, CodegenError> {
    let item = syn::parse2::<syn::Item>(tokens).map_err(CodegenError::internal)?;
    let has_methods = matches!(item, syn::Item::Impl(_) | syn::Item::Trait(_));
    let file = syn::File { shebang: None, attrs: Vec::new(), items: vec![item], frontmatter: None };
    let text = prettyplease::unparse(&file);
    // Methods with documentation have empty lines between them.
    let text = if has_methods { text.replace("\n    }\n    ///", "\n    }\n\n    ///") } else { text };
    Ok(if levels == 0 { text } else { indented(&text, levels) })
}

#[cfg(feature = "format")]
fn indented(text: &str, levels: usize) -> String {
    let indent = "    ".repeat(levels);
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str(&indent);
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

#[cfg(not(feature = "format"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature `format` it can fail")]
fn format(tokens: TokenStream, levels: usize) -> Result<String, CodegenError> {
    Ok(super::plain::print(tokens, levels))
}
