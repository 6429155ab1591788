//! Vectors that bring their own declarations: they become a few small schemas, which are generated like any other.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tlgen_build::{Config, Role, TextType, ViewsMode};

use crate::cases::Cases;
use crate::load::{self, Vector};
use crate::module;

/// Declarations that can be in one schema, and the vectors that use them.
#[derive(Default)]
struct Small<'v> {
    types: BTreeMap<&'v str, &'v str>,
    functions: BTreeMap<&'v str, &'v str>,
    vectors: Vec<&'v Vector>,
}

/// What is special about the code, and how its modules are told apart.
pub(crate) fn configurations() -> ((&'static str, Config), [(&'static str, Config); 4]) {
    let underived = |change: fn(&mut Config)| {
        let mut config = Config::with(|config| config.derives.clear());
        change(&mut config);
        config
    };
    let others = [
        ("_underived", underived(|_| {})),
        ("_compact", underived(|config| config.text_type = TextType::Compact)),
        ("_borrowed", underived(|config| config.borrowed = true)),
        ("_viewed", underived(|config| (config.views, config.role) = (ViewsMode::Table, Role::Both))),
    ];
    (("", Config::default()), others)
}

/// Generates the schemas of a corpus file and adds a case for each of its vectors.
pub(crate) fn schemas(
    corpus: &Path,
    file: &str,
    (suffix, config): &(&str, Config),
    out_dir: &Path,
    modules: &mut String,
    cases: &mut Cases,
) -> Result<(), Box<dyn Error>> {
    let vectors = load::vectors(corpus, file)?;
    let mut schemas: Vec<Small<'_>> = Vec::new();
    for vector in &vectors {
        match schemas.iter_mut().find(|schema| schema.has_room(vector)) {
            Some(schema) => schema.add(vector),
            None => {
                let mut schema = Small::default();
                schema.add(vector);
                schemas.push(schema);
            }
        }
    }
    let stem = file.split(['.', '-']).next().unwrap_or(file);
    for (place, schema) in schemas.iter().enumerate() {
        let name = format!("{stem}_{place}{suffix}");
        let (text, package) = load::compile(&name, schema.text(), config)?;
        fs::write(out_dir.join(format!("{name}.rs")), text)?;
        writeln!(modules, "/// Declarations of `{file}`.")?;
        module(modules, &name, &name);
        let root = format!("crate::{name}");
        schema.vectors.iter().try_for_each(|vector| cases.any(file, vector, &root, &package))?;
    }
    Ok(())
}

impl<'v> Small<'v> {
    /// Whether no name of the vector means something else here.
    fn has_room(&self, vector: &Vector) -> bool {
        declarations(vector).all(|(name, line)| {
            [self.types.get(name), self.functions.get(name)].into_iter().flatten().all(|known| *known == line)
        })
    }

    fn add(&mut self, vector: &'v Vector) {
        for (place, (name, line)) in declarations(vector).enumerate() {
            let is_function = vector.is_function && place == 0;
            let section = if is_function { &mut self.functions } else { &mut self.types };
            section.insert(name, line);
        }
        self.vectors.push(vector);
    }

    /// The schema. A type that only functions mention gets a constructor, as a type must have one.
    fn text(&self) -> String {
        let mut text: String = self.types.values().map(|line| format!("{line}\n")).collect();
        for result in self.functions.values().filter_map(|line| result(line)) {
            let is_known = self.types.values().any(|line| self::result(line) == Some(result));
            if !is_known && !result.contains(' ') && result != "Object" {
                let _ = writeln!(text, "{} = {result};", decapitalized(result));
            }
        }
        text.push_str("---functions---\n");
        self.functions.values().for_each(|line| text.extend([line, "\n"]));
        text
    }
}

/// The names of a vector's declarations, with their lines.
fn declarations(vector: &Vector) -> impl Iterator<Item = (&str, &str)> {
    let lines = vector.schema.iter().filter(|line| !line.starts_with("---"));
    lines.map(|line| (line.split([' ', '#']).next().unwrap_or(line), line.as_str()))
}

/// `liteServer.AccountState` to `liteServer.accountState`.
fn decapitalized(name: &str) -> String {
    let ident = name.rfind('.').map_or(0, |dot| dot + 1);
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(ident..=ident) {
        first.make_ascii_lowercase();
    }
    name
}

fn result(line: &str) -> Option<&str> {
    Some(line.rsplit_once("= ")?.1.trim_end_matches(';'))
}
