//! One item as text. No literal in generated code spans lines, so lines can be indented.

use proc_macro2::TokenStream;

use crate::CodegenError;

/// An item, with a line feed at the end.
pub(super) fn item(tokens: &TokenStream, indent: &str) -> Result<String, CodegenError> {
    Ok(indented(&format(tokens)?, indent))
}

/// Attributes on their own lines.
pub(super) fn attributes(tokens: &TokenStream, indent: &str) -> Result<String, CodegenError> {
    // Attributes can not stand alone, so they are printed on an item that is taken off again.
    let text = format(&quote::quote! { #tokens mod placeholder; })?;
    let end = text.rfind("mod placeholder").unwrap_or(text.len());
    Ok(indented(text[..end].trim_end(), indent))
}

fn indented(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str(indent);
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

#[cfg(feature = "format")]
fn format(tokens: &TokenStream) -> Result<String, CodegenError> {
    let item = syn::parse2::<syn::Item>(tokens.clone()).map_err(CodegenError::internal)?;
    Ok(prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item], frontmatter: None }))
}

#[cfg(not(feature = "format"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature `format` it can fail")]
fn format(tokens: &TokenStream) -> Result<String, CodegenError> {
    Ok(tokens.to_string())
}
