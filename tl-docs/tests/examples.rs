//! The examples on the pages of our own schemas compile, and what they send has the right id. Those of the whole API do
//! too, when it is asked for: `cargo test -p tlgen-docs --test examples -- --ignored`.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::process::Command;

use common::{Loaded, all_own, real, workspace};
use tlgen_build::{Config, Layout, Origin, Role, pipeline};
use tlgen_docs::{Example, ExampleKind, examples};

const SUPPORT: &str = r#"
struct Kept(std::sync::Mutex<Vec<u8>>);

impl tlgen_runtime::rpc::Transport for Kept {
    type Error = ();
}

impl tlgen_runtime::rpc::Invoke for Kept {
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, tlgen_runtime::rpc::InvokeError<()>> {
        *self.0.lock().unwrap() = request;
        Err(tlgen_runtime::rpc::InvokeError::Transport(()))
    }
}

impl tlgen_runtime::rpc::InvokeAsync for Kept {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, tlgen_runtime::rpc::InvokeError<()>> {
        tlgen_runtime::rpc::Invoke::exchange(self, request)
    }
}

fn sends<T>(page: &str, id: u32, call: impl Fn(&Kept) -> Result<T, tlgen_runtime::rpc::InvokeError<()>>) {
    let client = Kept(std::sync::Mutex::default());
    assert!(matches!(call(&client), Err(tlgen_runtime::rpc::InvokeError::Transport(()))), "{page} can not be encoded");
    assert_eq!(client.0.lock().unwrap()[..4], id.to_le_bytes(), "{page}");
}

/// The futures of `Kept` are ready at once.
fn ready<F: std::future::Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => unreachable!(),
    }
}

fn has<E: std::fmt::Debug>(page: &str, id: u32, bytes: Result<Vec<u8>, E>) {
    assert_eq!(bytes.unwrap_or_else(|error| panic!("{page}: {error:?}"))[..4], id.to_le_bytes(), "{page}");
}
"#;

/// Every example as a module, and the lines of `main` that run them.
#[derive(Default)]
struct Program {
    modules: String,
    main: String,
    count: usize,
}

impl Program {
    fn add(&mut self, loaded: &Loaded) {
        let found = examples(&loaded.unit());
        let is_own = |example: &&Example| {
            matches!(
                example.kind,
                ExampleKind::Call { awaited: false, .. } | ExampleKind::Value { .. } | ExampleKind::Read
            )
        };
        let pages: BTreeSet<&str> = found.iter().filter(is_own).map(|example| example.page.as_str()).collect();
        assert_eq!(pages.len(), loaded.schema.combinators.len() + loaded.schema.types.len(), "{}", loaded.name);
        let methods = found.iter().any(|example| example.code.contains("calls::Calls"));
        assert_eq!(methods, loaded.name != "mtproto", "{} has calls by methods", loaded.name);
        self.insert(found);
    }

    fn insert(&mut self, found: Vec<Example>) {
        for Example { page, kind, code } in found {
            let name = format!("example_{}", self.count);
            writeln!(self.modules, "mod {name} {{\n{code}}}\n").unwrap();
            match kind {
                ExampleKind::Call { id, awaited: true } => {
                    writeln!(self.main, "    sends({page:?}, {id}, |client| ready({name}::call(client)));").unwrap();
                }
                ExampleKind::Result => writeln!(self.main, "    let _ = {name}::show;").unwrap(),
                ExampleKind::Error => {
                    let error = "tlgen_runtime::rpc::RpcError::new(400, \"OTHER\")";
                    writeln!(self.main, "    {name}::handle(&{error});").unwrap();
                }
                ExampleKind::Call { id, awaited: false } => {
                    writeln!(self.main, "    sends({page:?}, {id}, |client| {name}::call(client));").unwrap();
                }
                ExampleKind::Value { id } => writeln!(self.main, "    has({page:?}, {id}, {name}::value());").unwrap(),
                ExampleKind::Read => writeln!(self.main, "    assert!({name}::read(&[1, 2]).is_err());").unwrap(),
            }
            self.count += 1;
        }
    }

    /// Runs it, with more files beside it.
    fn run(&self, head: &str, files: &[(&str, &str)]) {
        let folder = tempfile::tempdir().unwrap();
        let manifest = format!(
            "[package]\nname = \"example-pages\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\ntl-generated = {{ path = {generated:?} }}\ntlgen-runtime = {{ path = {runtime:?} }}\n\
             [profile.dev]\ndebug = false\n",
            generated = workspace().join("generated").canonicalize().unwrap(),
            runtime = workspace().join("tl-runtime").canonicalize().unwrap(),
        );
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join("src").join(name), text).unwrap();
        }
        let Self { modules, main, .. } = self;
        let text = format!("#![deny(warnings)]\n{head}\n{SUPPORT}\n{modules}\nfn main() {{\n{main}}}\n");
        fs::write(folder.path().join("src/main.rs"), text).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["run", "--offline", "--quiet"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", folder.path().join("target"))
            .output()
            .unwrap();
        let errors: String = String::from_utf8_lossy(&output.stderr).chars().take(4000).collect();
        assert!(output.status.success(), "{errors}");
    }
}

#[test]
fn they_compile_and_run() {
    let mut program = Program::default();
    for loaded in all_own() {
        program.add(&loaded);
    }
    assert!(program.count > 200);
    let (found, code) = for_a_client();
    program.insert(found);
    program.run("#[allow(dead_code)]\nmod client;", &[("client.rs", &code)]);
}

/// The examples of a schema for a client, and its code: nothing is read or written that cannot be.
fn for_a_client() -> (Vec<Example>, String) {
    let text = "query text:string = Query; queryAll = Query; page number:int = Page; pageEmpty = Page; alone x:int = Alone; \
                both = Both; ---functions--- find query:Query b:Both = Page; get = Vector<Alone>; done = Both;";
    let config = Config::with(|config| {
        config.role = Role::Client;
        config.calls = true;
    });
    let mut loaded = common::schema("client", text, &config);
    loaded.rust_path = "crate::client".to_owned();
    let found = examples(&loaded.unit());
    let of = |is_it: fn(&ExampleKind) -> bool| -> BTreeSet<&str> {
        let found = found.iter().filter(|example| is_it(&example.kind));
        found.map(|example| example.page.rsplit('/').next().unwrap()).collect()
    };
    assert_eq!(of(|kind| matches!(kind, ExampleKind::Value { .. })), ["both", "query", "queryAll"].into());
    assert_eq!(of(|kind| matches!(kind, ExampleKind::Read)), ["Alone", "Both", "Page"].into());
    let origin = Origin::new("client", [""; 0]);
    let files = pipeline::generate(&loaded.schema, &origin, &config, Layout::SingleFile).unwrap();
    let code = files.into_values().collect();
    (found, code)
}

#[test]
#[ignore = "compiles the whole API"]
fn those_of_the_whole_api_too() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let mut loaded = real(&corpus, "telegram_228", "telegram/api-layer-228.tl");
    loaded.rust_path = "crate::telegram_228".to_owned();
    let origin = Origin::new(&loaded.name, [""; 0]);
    let config = common::with_calls(&loaded.metadata);
    loaded.package = pipeline::lower(&loaded.schema, &config).ok();
    let files = pipeline::generate(&loaded.schema, &origin, &config, Layout::SingleFile).unwrap();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut program = Program::default();
    program.add(&loaded);
    program.run("#[allow(dead_code)]\nmod telegram_228;", &files);
}
