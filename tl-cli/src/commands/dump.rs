//! `tlgen dump`: what a stage makes of a schema, as text that is the same on every run.

use std::io::Write;
use std::path::PathBuf;

use tlgen_build::project::name_of;
use tlgen_build::{CodegenError, Config, Layout, Origin, ir, pipeline};
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Valid, load, load_fragment, pattern, print};
use tlgen_parser::ast;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::print::tree;

use crate::args::{Dump, Stage};
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::syntax;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Dump, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let filter = args.filter.as_deref();
    let trees = |schema: &ast::Schema<'_>| match filter {
        Some(pattern) => tree::declarations(schema, |name| pattern::matches(pattern, name)),
        None => tree::schema(schema),
    };
    let model = |schema: &Schema| match filter {
        Some(pattern) => print::matching(schema, pattern),
        None => print::schema(schema),
    };
    if args.stage == Stage::Ast && !(args.only.is_empty() && args.skip.is_empty()) {
        let text = "syntax trees do not tell what a declaration needs: use `--filter`, or the stage `model`";
        return Err(Failure::Call(text.to_owned()));
    }
    let paths = folders::files(&args.files)?;
    let (sources, files) = input::sources(&paths, terminal.errors)?;
    let show = terminal.errors;
    let options = args.reading.link();
    let config = Config::with(|config| {
        config.only.clone_from(&args.only);
        config.skip.clone_from(&args.skip);
    });
    let failed = |outcome: Vec<Diagnostic>| show.failure(&outcome, &sources);
    let text = match args.stage {
        Stage::Ast => syntax::trees(&sources, &files, show)?.iter().map(trees).collect(),
        // Warnings are for `tlgen check`.
        Stage::Model if args.fragment => {
            if !(args.only.is_empty() && args.skip.is_empty()) {
                return Err(Failure::Call(
                    "a fragment does not tell what a declaration needs: use `--filter`".to_owned(),
                ));
            }
            let outcome = load_fragment(&sources, &files, &options, Fragment::Stated);
            model(&outcome.value.ok_or_else(|| failed(outcome.diagnostics))?)
        }
        Stage::Model => {
            let outcome = load(&sources, &files, &options);
            let schema = outcome.value.ok_or_else(|| failed(outcome.diagnostics))?;
            let part = pipeline::select(&schema, &config).map_err(|errors| failed(described(&errors)))?;
            model(&part)
        }
        Stage::Ir | Stage::Rust if args.fragment => {
            return Err(Failure::Call("there is no code for a fragment: leave out `--fragment`".to_owned()));
        }
        Stage::Ir | Stage::Rust => {
            let outcome = load(&sources, &files, &options);
            let schema = outcome.value.ok_or_else(|| failed(outcome.diagnostics))?;
            let mut config = config;
            config.only.extend(filter.map(str::to_owned));
            rust(args.stage, &schema, &paths, &config).map_err(|errors| failed(described(&errors)))?
        }
    };
    if text.is_empty() && filter.is_some() {
        return Err(Failure::Call("the filter lets nothing through".to_owned()));
    }
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}

fn described(errors: &[CodegenError]) -> Vec<Diagnostic> {
    errors.iter().map(CodegenError::diagnostic).collect()
}

fn rust(stage: Stage, schema: &Valid<Schema>, paths: &[PathBuf], config: &Config) -> Result<String, Vec<CodegenError>> {
    if stage == Stage::Ir {
        let package = pipeline::lower(schema, config)?;
        return Ok(ir::print::package(&package));
    }
    let origin = Origin::new(name_of(&paths[0]), paths.iter().map(|path| input::file_name(path)));
    Ok(pipeline::generate(schema, &origin, config, Layout::SingleFile)?.into_values().collect())
}
