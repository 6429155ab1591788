//! The examples on the pages of our own schemas compile, and what they send has the right id.

#![allow(clippy::unwrap_used)]

mod common;

use std::fmt::Write;
use std::fs;
use std::process::Command;

use common::{all_own, workspace};
use tl_docs::{ExampleKind, examples};

const SUPPORT: &str = r#"
struct Kept(std::cell::RefCell<Vec<u8>>);

impl tl_runtime::Caller for Kept {
    type Error = ();
}

impl tl_runtime::Invoke for Kept {
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, tl_runtime::InvokeError<()>> {
        *self.0.borrow_mut() = request;
        Err(tl_runtime::InvokeError::Transport(()))
    }
}

fn sends<T>(page: &str, id: u32, call: impl Fn(&Kept) -> Result<T, tl_runtime::InvokeError<()>>) {
    let client = Kept(std::cell::RefCell::default());
    assert!(matches!(call(&client), Err(tl_runtime::InvokeError::Transport(()))), "{page} can not be encoded");
    assert_eq!(client.0.borrow()[..4], id.to_le_bytes(), "{page}");
}

fn has<E: std::fmt::Debug>(page: &str, id: u32, bytes: Result<Vec<u8>, E>) {
    assert_eq!(bytes.unwrap_or_else(|error| panic!("{page}: {error:?}"))[..4], id.to_le_bytes(), "{page}");
}
"#;

#[test]
fn they_compile_and_run() {
    let mut modules = String::new();
    let mut main = String::new();
    let mut count = 0;
    for loaded in all_own() {
        let found = examples(&loaded.unit());
        assert_eq!(found.len(), loaded.schema.combinators.len() + loaded.schema.types.len(), "{}", loaded.name);
        for example in found {
            writeln!(modules, "mod example_{count} {{\n{}}}\n", example.code).unwrap();
            let page = &example.page;
            match example.kind {
                ExampleKind::Call { id } => {
                    writeln!(main, "    sends({page:?}, {id}, |client| example_{count}::call(client));").unwrap();
                }
                ExampleKind::Value { id } => {
                    writeln!(main, "    has({page:?}, {id}, example_{count}::value());").unwrap();
                }
                ExampleKind::Read => writeln!(main, "    assert!(example_{count}::read(&[1, 2]).is_err());").unwrap(),
            }
            count += 1;
        }
    }
    assert!(count > 200);
    let folder = tempfile::tempdir().unwrap();
    let manifest = format!(
        "[package]\nname = \"example-pages\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         tl-generated = {{ path = {generated:?} }}\ntl-runtime = {{ path = {runtime:?} }}\n",
        generated = workspace().join("generated").canonicalize().unwrap(),
        runtime = workspace().join("tl-runtime").canonicalize().unwrap(),
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    let text = format!("#![deny(warnings)]\n{SUPPORT}\n{modules}\nfn main() {{\n{main}}}\n");
    fs::write(folder.path().join("src/main.rs"), text).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", folder.path().join("target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
