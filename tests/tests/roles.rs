//! The code for a client is that for everybody without what a client never does: nothing else differs.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use quote::ToTokens;
use syn::Item;
use tl_tests::configuration::Configuration;
use tl_tests::fixture;
use tl_tests::tlgen::workspace;
use tlgen_build::ir::{Boxed, Package, Usage, Way};
use tlgen_build::{Config, Layout, Origin, Role, ViewsMode, pipeline};
use tlgen_model::Valid;
use tlgen_model::analysis::direction::Directions;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;

/// The items of a module and the number of each, by their modules and their code.
fn items(path: &str, content: Vec<Item>, found: &mut BTreeMap<(String, String), usize>) {
    for item in content {
        match item {
            Item::Mod(module) => {
                let path = format!("{path}{}::", module.ident);
                items(&path, module.content.unwrap().1, found);
            }
            item => *found.entry((path.to_owned(), item.to_token_stream().to_string())).or_default() += 1,
        }
    }
}

/// What the second text lacks of the first: the implementations of codecs, as `Encode for types::User`. It has nothing of its own.
fn left_out(everybody: &str, client: &str) -> BTreeSet<String> {
    let (mut all, mut kept) = (BTreeMap::new(), BTreeMap::new());
    items("", syn::parse_file(everybody).unwrap().items, &mut all);
    items("", syn::parse_file(client).unwrap().items, &mut kept);
    for (key, count) in &kept {
        assert!(all.get(key).is_some_and(|all| all >= count), "only a client has, in {}: {}", key.0, key.1);
    }
    let missing = all.into_iter().filter(|(key, count)| kept.get(key).is_none_or(|kept| kept < count));
    // What decoders name of the root module comes into scope with them.
    let missing = missing.filter(|((_, code), _)| {
        !(code.starts_with("use super ::") && ["facts ;", "KNOWN ;"].iter().any(|name| code.ends_with(name)))
    });
    let name = |((path, code), _): ((String, String), usize)| {
        let Ok(Item::Impl(item)) = syn::parse_str::<Item>(&code) else { panic!("left out in {path}: {code}") };
        let codec = item.trait_.unwrap().0.segments.last().unwrap().ident.to_string();
        let codec = if codec == "DecodeBareOwned" { "DecodeBare" } else { codec.as_str() };
        assert!(["Encode", "EncodeBare", "Decode", "DecodeBare"].contains(&codec), "{path}: {code}");
        let syn::Type::Path(ty) = &*item.self_ty else { panic!("{code}") };
        format!("{codec} for {path}{}", ty.path.segments.last().unwrap().ident)
    };
    missing.map(name).collect()
}

/// What the intermediate representation says is left out.
fn absent(package: &Package) -> BTreeSet<String> {
    let mut absent = BTreeSet::new();
    let mut add = |path: String, usage: Usage, [encode, decode]: [&str; 2]| {
        absent.extend((usage.encode == Way::Absent).then(|| format!("{encode} for {path}")));
        absent.extend((usage.decode == Way::Absent).then(|| format!("{decode} for {path}")));
    };
    for item in package.constructors.iter().chain(&package.functions).chain(&package.borrowed.constructors) {
        add(item.path.to_string(), item.usage, ["EncodeBare", "DecodeBare"]);
    }
    for ty in package.types.iter().chain(&package.borrowed.types) {
        if let Boxed::Enum(item) = ty {
            add(item.path.to_string(), item.usage, ["Encode", "Decode"]);
        }
    }
    absent
}

/// Without views, which a client has of no request: so their table is another one.
fn as_role(mut config: Config, role: Role) -> Config {
    config.role = role;
    config.views = ViewsMode::Off;
    config
}

fn generate(schema: &Valid<Schema>, config: &Config) -> String {
    let origin = Origin::new("schema", ["schema.tl"]);
    pipeline::generate(schema, &origin, config, Layout::SingleFile).unwrap().into_values().collect()
}

/// Compares the roles for a schema, and says how many implementations a client has less.
fn compare(schema: &Valid<Schema>, config: &Config) -> usize {
    let [client, everybody] = [Role::Client, Role::Both].map(|role| as_role(config.clone(), role));
    let found = left_out(&generate(schema, &everybody), &generate(schema, &client));
    let package = pipeline::lower(schema, &client).unwrap();
    assert_eq!(found, absent(&package));
    assert!(absent(&pipeline::lower(schema, &everybody).unwrap()).is_empty());
    assert!(absent(&pipeline::lower(schema, &as_role(config.clone(), Role::Server)).unwrap()).is_empty());
    found.len()
}

#[test]
fn of_each_fixture() {
    let mut total = 0;
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let schema = fixture.load().value.unwrap();
        for configuration in [Configuration::Own, Configuration::Borrowed] {
            if configuration.suits(&fixture.config()) {
                total += compare(&schema, &configuration.config(fixture.config()));
            }
        }
    }
    assert!(total > 200, "{total}");
}

/// What a request holds can be written and what an answer holds can be read, down to the last field.
#[test]
fn of_the_whole_api() {
    let Some(folder) = tl_corpus::folder() else { return };
    let mut sources = Sources::new();
    let file = sources.add("api.tl", fs::read_to_string(folder.join("schemas/telegram/api-layer-228.tl")).unwrap());
    let schema = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap();
    assert!(compare(&schema, &Config::default()) > 1_500);

    let package = pipeline::lower(&schema, &as_role(Config::default(), Role::Client)).unwrap();
    let directions = Directions::of(&schema);
    for item in &package.constructors {
        let ty = schema.combinator(item.combinator).ty.unwrap();
        let there = (item.usage.encode.is_there(), item.usage.decode.is_there());
        assert_eq!(there, (directions.in_arguments(ty), directions.in_results(ty)), "{}", item.tl_name);
        assert_ne!(there, (false, false), "{}", item.tl_name);
    }
    assert!(package.functions.iter().all(|item| item.usage.encode.is_there() && !item.usage.decode.is_there()));
}

/// What is left out is an error of the compiler that names the option: where a trait is asked for, and where a method of an item is
/// called. (Of a method of a vector the compiler says less.)
#[test]
#[ignore = "compiles code"]
fn the_compiler_says_why() {
    let mut sources = Sources::new();
    let text = "query text:string = Query; page number:int = Page; ---functions--- find query:Query = Page;";
    let file = sources.add("find.tl", text.to_owned());
    let schema = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap();
    let code = generate(&schema, &as_role(Config::default(), Role::Client));
    let folder = tempfile::tempdir().unwrap();
    let runtime = workspace().join("tl-runtime").canonicalize().unwrap();
    let manifest = format!(
        "[package]\nname = \"client\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         tlgen-runtime = {{ path = {runtime:?} }}\n"
    );
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.path().join("src/api.rs"), code).unwrap();
    let writes = [
        "page.to_bytes()",
        "Encode::to_bytes(&page)",
        "Encode::to_bytes(&vec![page])",
        "EncodeBare::to_bare_bytes(&page)",
    ];
    let reads = [
        "types::Query::from_bytes(&[])",
        "functions::Find::from_bytes(&[])",
        "DecodeOptions::new().from_bytes::<functions::Find>(&[])",
        "Reader::new(&[]).get::<Vec<types::Query>>()",
    ];
    let allowed = "functions::Find { query: types::Query { text: String::new() } }.to_bytes().is_ok() \
                   && <functions::Find as Function>::Return::from_bytes(&[]).is_err()";
    let check = |line: &str| {
        let text = format!(
            "pub mod api;\nuse api::{{functions, types}};\nuse tlgen_runtime::*;\n\
             pub fn call(page: types::Page) {{ let _ = &page; let _ = {line}; }}\n"
        );
        fs::write(folder.path().join("src/lib.rs"), format!("#![allow(warnings)]\n{text}")).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--quiet"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("client"))
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (compiles, said) = check(allowed);
    assert!(compiles, "{said}");
    for (lines, note) in [(writes, "writes only what requests hold"), (reads, "reads only what answers hold")] {
        for line in lines {
            let (compiles, said) = check(line);
            assert!(!compiles && said.contains("role = \"client\"") && said.contains(note), "{line}: {said}");
        }
    }
}
