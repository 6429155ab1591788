//! The paths that a Rust file names, in `use` declarations and in code, and the macros that it calls. Code for tests is left out.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

/// What a file names.
#[derive(Default)]
pub(crate) struct Named {
    /// Paths from the root of this crate or of another, as in `crate::ir::Package` and `std::fs::read`.
    pub(crate) paths: BTreeSet<String>,
    /// Macros by their last name, as in `println`.
    pub(crate) macros: BTreeSet<String>,
    pub(crate) has_unsafe: bool,
    /// Paths of `use` declarations, until it is known which modules the file has.
    used: BTreeSet<String>,
    /// The modules of the file.
    modules: BTreeSet<String>,
    /// Names that `use` declarations bring in. A path in code that begins with one is relative.
    local: BTreeSet<String>,
}

/// Types without a module, as in `u32::from`.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32", "u64", "u128",
    "usize",
];

impl Named {
    /// Reads a file.
    pub(crate) fn of(text: &str) -> Self {
        let file = syn::parse_file(text).unwrap();
        let mut named = Self::default();
        named.visit_file(&file);
        let first = |path: &String| path.split("::").next().unwrap_or_default().to_owned();
        let is_relative = |first: &str| named.modules.contains(first) || matches!(first, "self" | "super" | "Self");
        named.paths.retain(|path| !is_relative(&first(path)) && !named.local.contains(&first(path)));
        named.paths.extend(named.used.iter().filter(|path| !is_relative(&first(path))).cloned());
        named
    }

    fn add(&mut self, segments: &[String]) {
        // A single name is a local one; one that begins with a capital, or that of a number, is a type.
        let is_type = |name: &str| name.starts_with(char::is_uppercase) || PRIMITIVES.contains(&name);
        if segments.len() > 1 && !is_type(&segments[0]) {
            self.paths.insert(segments.join("::"));
        }
    }

    fn uses(&mut self, tree: &syn::UseTree, before: &[String]) {
        match tree {
            syn::UseTree::Path(path) => self.uses(&path.tree, &with(before, &path.ident)),
            syn::UseTree::Name(name) => self.used(&with(before, &name.ident), &name.ident),
            syn::UseTree::Rename(rename) => self.used(&with(before, &rename.ident), &rename.rename),
            syn::UseTree::Glob(_) => _ = self.used.insert(before.join("::")),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.uses(tree, before)),
        }
    }

    fn used(&mut self, path: &[String], name: &syn::Ident) {
        // `use std::io::{self}` brings in `io`.
        let (path, name) = match path {
            [before @ .., last] if last == "self" => (before, before.last().cloned().unwrap_or_default()),
            path => (path, name.to_string()),
        };
        self.used.insert(path.join("::"));
        self.local.insert(name);
    }
}

fn with(before: &[String], name: &syn::Ident) -> Vec<String> {
    before.iter().cloned().chain([name.to_string()]).collect()
}

/// Whether an item is there for tests only.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    let is_cfg_test = |attribute: &syn::Attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "test")
    };
    attributes.iter().any(is_cfg_test)
}

impl<'ast> Visit<'ast> for Named {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            self.modules.insert(item.ident.to_string());
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.has_unsafe |= matches!(item.sig.safety, syn::Safety::Unsafe(_));
        if !is_test(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            self.uses(&item.tree, &[]);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.add(&segments);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string());
        self.macros.extend(name);
        visit::visit_macro(self, call);
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.has_unsafe = true;
        visit::visit_expr_unsafe(self, block);
    }

    // Attributes name lints and derives, not modules.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

/// Each way to write a path is seen.
#[test]
fn paths_of_all_forms() {
    let paths = |text: &str| Named::of(text).paths.into_iter().collect::<Vec<_>>();
    assert_eq!(paths("use tlgen_model::schema::Schema;"), ["tlgen_model::schema::Schema"]);
    assert_eq!(paths("use {tlgen_model as m, std::fs as disk};"), ["std::fs", "tlgen_model"]);
    assert_eq!(paths("pub(crate) use ::tlgen_model::{a, b::*};"), ["tlgen_model::a", "tlgen_model::b"]);
    assert_eq!(
        paths("use crate::{ir, emit::{Module, scope}};"),
        ["crate::emit::Module", "crate::emit::scope", "crate::ir"]
    );
    assert_eq!(paths("mod x {\n    use crate::emit;\n}"), ["crate::emit"]);
    assert_eq!(paths("fn f() -> tlgen_model::Type { std::fs::read(p) }"), ["std::fs::read", "tlgen_model::Type"]);
    // What a declaration brought in is known already.
    assert_eq!(paths("use std::io::{self, Read}; fn f() { io::copy(a, u32::from(b)); }"), ["std::io", "std::io::Read"]);
    assert_eq!(paths("use std::fs; fn f() { fs::read(p); Vec::<u8>::new(); Self::x(); }"), ["std::fs"]);
    let nothing: [&str; 0] = [];
    assert_eq!(paths("//! tlgen_model::x\n// use crate::emit;\nuse super::error; mod a; use a::B;"), nothing);
    assert_eq!(paths("#[cfg(test)]\nmod tests { use std::fs; }"), nothing);
    assert_eq!(paths("#[cfg(test)]\nfn f() { std::fs::read(p); }"), nothing);
}

/// Macros and `unsafe` are seen.
#[test]
fn macros_and_unsafe_code() {
    let named = Named::of("fn f() { std::println!(\"x\"); if a { unsafe { g() } } }");
    assert!(named.macros.contains("println") && named.has_unsafe);
    let named = Named::of("// unsafe { println!() }\nfn eprintln_x() { f(\"unsafe {\") }");
    assert!(named.macros.is_empty() && !named.has_unsafe);
}
