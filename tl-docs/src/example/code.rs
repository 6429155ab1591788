//! Code with the `use` lines that it needs.

use std::collections::BTreeSet;

/// A module of Rust.
#[derive(Default)]
pub(super) struct Code {
    /// From the runtime.
    pub(super) imports: BTreeSet<&'static str>,
    /// Single names of the generated module, as in `calls::Calls`.
    pub(super) own: BTreeSet<&'static str>,
    body: String,
}

impl Code {
    pub(super) fn line(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }

    pub(super) fn finish(self, rust_path: &str) -> String {
        let used = |module: &&str| self.body.contains(&format!("{module}::"));
        let modules: Vec<&str> = ["calls", "constructors", "functions", "types"].into_iter().filter(used).collect();
        let mut code = String::new();
        for name in &self.own {
            code.push_str(&format!("use {rust_path}::{name};\n"));
        }
        match &modules[..] {
            [] => {}
            [module] => code.push_str(&format!("use {rust_path}::{module};\n")),
            modules => code.push_str(&format!("use {rust_path}::{{{}}};\n", modules.join(", "))),
        }
        for module in ["rpc::", ""] {
            let is_there = |import: &&&str| import.contains("::") != module.is_empty();
            let names: Vec<&str> = self.imports.iter().filter(is_there).map(|import| &import[module.len()..]).collect();
            match &names[..] {
                [] => {}
                [name] => code.push_str(&format!("use tlgen_runtime::{module}{name};\n")),
                names => code.push_str(&format!("use tlgen_runtime::{module}{{{}}};\n", names.join(", "))),
            }
        }
        code.push('\n');
        code + &self.body
    }
}
