//! One item as text. No literal in generated code spans lines, so lines can be indented.

use proc_macro2::TokenStream;

/// An item, with a line feed at the end.
pub(super) fn item(tokens: &TokenStream, indent: &str) -> String {
    indented(&format(tokens), indent)
}

/// Attributes on their own lines.
pub(super) fn attributes(tokens: &TokenStream, indent: &str) -> String {
    // Attributes can not stand alone, so they are printed on an item that is taken off again.
    let text = format(&quote::quote! { #tokens mod placeholder; });
    let end = text.rfind("mod placeholder").unwrap_or(text.len());
    indented(text[..end].trim_end(), indent)
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
fn format(tokens: &TokenStream) -> String {
    match syn::parse2::<syn::Item>(tokens.clone()) {
        Ok(item) => prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item] }),
        // Only a bug gets here; the compiler then names the place in text that can be read.
        Err(_) => tokens.to_string(),
    }
}

#[cfg(not(feature = "format"))]
fn format(tokens: &TokenStream) -> String {
    tokens.to_string()
}
