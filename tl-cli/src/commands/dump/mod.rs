//! `tlgen dump`: what a stage makes of a schema, as text that is the same on every run.

mod ast;
mod model;

use std::io::Write;
use std::path::PathBuf;

use tlgen_build::project::name_of;
use tlgen_build::{CodegenError, Config, Layout, Origin, pipeline};
use tlgen_diagnostics::render_all;
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Valid, load, load_fragment};
use tlgen_parser::diagnostic::Diagnostic;

use crate::args::{Dump, Stage};
use crate::failure::{Failure, Verdict};
use crate::input;
use crate::syntax;
use crate::terminal::Terminal;

/// Which declarations are shown.
pub(crate) struct Filter(Option<String>);

impl Filter {
    /// Whether everything is shown.
    pub(crate) fn is_open(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a declaration or type of this name is shown.
    pub(crate) fn accepts(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|pattern| tlgen_model::pattern::matches(pattern, name))
    }
}

/// Runs the command.
pub(crate) fn run(args: Dump, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let filter = Filter(args.filter);
    let (sources, files) = input::sources(&args.files, terminal.err_style)?;
    let style = terminal.err_style;
    let options = args.reading.link();
    let failed = |outcome: Vec<Diagnostic>| Failure::Diagnostics(render_all(&outcome, &sources, style));
    let text = match args.stage {
        Stage::Ast => syntax::trees(&sources, &files, style)?.iter().map(|tree| ast::schema(tree, &filter)).collect(),
        // Warnings are for `tlgen check`.
        Stage::Model if args.fragment => {
            let outcome = load_fragment(&sources, &files, &options, Fragment::Stated);
            model::schema(&outcome.value.ok_or_else(|| failed(outcome.diagnostics))?, &filter)
        }
        Stage::Model => {
            let outcome = load(&sources, &files, &options);
            let schema = outcome.value.ok_or_else(|| failed(outcome.diagnostics))?;
            model::schema(&schema, &filter)
        }
        Stage::Ir | Stage::Rust if args.fragment => {
            return Err(Failure::Call("there is no code for a fragment: leave out `--fragment`".to_owned()));
        }
        Stage::Ir | Stage::Rust => {
            let outcome = load(&sources, &files, &options);
            let schema = outcome.value.ok_or_else(|| failed(outcome.diagnostics))?;
            let config = Config::with(|config| config.only.extend(filter.0.clone()));
            rust(args.stage, &schema, &args.files, &config)
                .map_err(|errors| failed(errors.iter().map(CodegenError::diagnostic).collect()))?
        }
    };
    if text.is_empty() && !filter.is_open() {
        return Err(Failure::Call("the filter lets nothing through".to_owned()));
    }
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}

fn rust(stage: Stage, schema: &Valid<Schema>, paths: &[PathBuf], config: &Config) -> Result<String, Vec<CodegenError>> {
    if stage == Stage::Ir {
        let package = pipeline::lower(schema, config)?;
        return Ok(format!("{package:#?}\n"));
    }
    let origin = Origin::new(name_of(&paths[0]), paths.iter().map(|path| input::file_name(path)));
    Ok(pipeline::generate(schema, &origin, config, Layout::SingleFile)?.into_values().collect())
}
