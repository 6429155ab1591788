//! Generated code as items by path, each with the TL declarations that its documentation shows.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, Type};
use tlgen_build::{Config, Layout, Origin, pipeline};
use tlgen_parser::source::Sources;

/// What is generated for some files, which are linked together.
pub(crate) fn generate(files: &[&str], config: &Config) -> String {
    let mut sources = Sources::new();
    let idxs: Vec<_> =
        files.iter().enumerate().map(|(at, text)| sources.add(format!("{at}.tl"), (*text).to_owned())).collect();
    let origin = Origin::new("schema", ["schema.tl"]);
    let link = tlgen_model::Options::default();
    let outcome = pipeline::compile(&sources, &idxs, &link, &origin, config, Layout::SingleFile);
    let Some(generated) = outcome.value else { panic!("{:?}", outcome.diagnostics) };
    generated.files.into_values().collect()
}

/// The items of generated code by path.
#[derive(Debug, Default)]
pub(crate) struct Items(pub(crate) BTreeMap<String, Shape>);

/// A struct or an enum as its users see it.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// The declarations that it is made from.
    pub(crate) lines: BTreeSet<String>,
    /// The definition without documentation, with each variant and each method on its own: their order does not matter.
    pub(crate) parts: BTreeSet<String>,
    /// Whether it has no fields, so that it is a struct only where it is alone in its type.
    pub(crate) is_unit: bool,
}

impl Items {
    pub(crate) fn of(text: &str) -> Self {
        let mut items = Self::default();
        items.module("", syn::parse_file(text).unwrap().items);
        items
    }

    fn module(&mut self, path: &str, content: Vec<Item>) {
        for item in content {
            match item {
                Item::Mod(module) => {
                    let path = format!("{path}{}::", module.ident);
                    self.module(&path, module.content.unwrap().1);
                }
                Item::Struct(mut item) => {
                    let shape = self.0.entry(format!("{path}{}", item.ident)).or_default();
                    shape.lines = lines(&item.attrs);
                    shape.is_unit = matches!(item.fields, Fields::Unit);
                    undocumented(&mut item.attrs);
                    item.fields.iter_mut().for_each(|field| undocumented(&mut field.attrs));
                    shape.parts.insert(item.to_token_stream().to_string());
                }
                Item::Enum(mut item) => {
                    let shape = self.0.entry(format!("{path}{}", item.ident)).or_default();
                    shape.lines = lines(&item.attrs);
                    undocumented(&mut item.attrs);
                    for mut variant in core::mem::take(&mut item.variants) {
                        undocumented(&mut variant.attrs);
                        shape.parts.insert(variant.to_token_stream().to_string());
                    }
                    shape.parts.insert(item.to_token_stream().to_string());
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let Type::Path(ty) = &*item.self_ty else { panic!("an impl for something else") };
                    let shape = self.0.entry(format!("{path}{}", ty.path.segments[0].ident)).or_default();
                    for method in item.items {
                        let ImplItem::Fn(mut method) = method else { continue };
                        undocumented(&mut method.attrs);
                        shape.parts.insert(method.to_token_stream().to_string());
                    }
                }
                _ => {}
            }
        }
    }

    /// How many items with the same declarations were found in both, and where they differ.
    pub(crate) fn compare(&self, new: &Self) -> (usize, Vec<String>) {
        let declared: BTreeSet<&String> = new.0.values().flat_map(|shape| &shape.lines).collect();
        let (mut compared, mut changed) = (0, Vec::new());
        for (path, old) in self.0.iter().filter(|(_, old)| !old.lines.is_empty()) {
            match new.0.get(path) {
                Some(new) if new.lines == old.lines => {
                    compared += 1;
                    changed.extend(old.parts.symmetric_difference(&new.parts).map(|part| format!("{path}: {part}")));
                }
                None if !old.is_unit
                    && old.lines.len() == 1
                    && old.lines.iter().all(|line| declared.contains(line)) =>
                {
                    changed.push(format!("{path} is gone"));
                }
                _ => {}
            }
        }
        (compared, changed)
    }
}

/// The declarations in a documentation comment, each on one line.
fn lines(attributes: &[Attribute]) -> BTreeSet<String> {
    let docs = attributes.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(meta) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &meta.value else { return None };
        Some(text.value().trim().to_owned())
    });
    let block = docs.skip_while(|line| line != "```tl").skip(1).take_while(|line| line != "```");
    let block = block.collect::<Vec<_>>().join(" ");
    block.split(';').map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn undocumented(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
}
