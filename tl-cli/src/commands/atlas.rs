//! `tlgen atlas`: the wire layouts of schemas as one file.

use std::io::Write;

use tlgen_atlas::load;
use tlgen_build::disk;
use tlgen_model::Options;

use crate::args::Atlas;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Atlas, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let paths = folders::files(&args.files)?;
    let (sources, files) = input::sources(&paths, terminal.errors)?;
    let options = Options { id_rule: args.id_rule, ..Options::default() };
    let loaded = load(&sources, &files, &options);
    let Some(atlas) = loaded.value else {
        return Err(terminal.errors.failure(&loaded.diagnostics, &sources));
    };
    terminal.show(&terminal.errors.all(&loaded.diagnostics, &sources))?;
    let bytes = atlas.to_bytes(args.names).map_err(|error| Failure::Input(error.to_string()))?;
    let out = args.out.display();
    if args.check {
        let is_same = std::fs::read(&args.out).is_ok_and(|old| old == bytes);
        let said = if is_same { "up to date" } else { "not what the schemas say; run the command without `--check`" };
        writeln!(terminal, "{out}: {said}")?;
        return Ok(if is_same { Verdict::Done } else { Verdict::AtFault });
    }
    disk::replace(&args.out, &bytes)?;
    let schemas = if files.len() == 1 { "1 schema".to_owned() } else { format!("{} schemas", files.len()) };
    writeln!(terminal, "{out}: {} ids of {schemas}, {} bytes", atlas.len(), bytes.len())?;
    Ok(Verdict::Done)
}
