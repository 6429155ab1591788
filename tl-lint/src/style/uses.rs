//! What is used, and what is written.

use tlgen_model::analysis::stats::Stats;
use tlgen_model::schema::Schema;
use tlgen_parser::diagnostic::Diagnostic;

use crate::level::Level;
use crate::lint::Lint;

pub(super) static UNUSED_TYPE: Lint = Lint::style(
    "TL0711",
    "unused-type",
    Level::Allow,
    "user id:int = User;\nphoto id:int = Photo;\n---functions---\nget = User;",
    "user id:int photo:Photo = User;\nphoto id:int = Photo;\n---functions---\nget = User;",
    "No field has a type, and no function returns it.

Values of such a type are of use by themselves only, such as updates that a server sends unasked, or what a file holds. Otherwise it is
left over. The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) static MISSING_ID: Lint = Lint::style(
    "TL0712",
    "missing-id",
    Level::Allow,
    "user id:int = User;",
    "user#b3f3a1ff id:int = User;",
    "A declaration has no written id.

The id then follows from the line, and every edit of the line changes it, names of fields included. A written id shows such a change in
the review of the schema; `tlgen slice --only '*'` writes all of them. The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) fn check(schema: &Schema, found: &mut Vec<Diagnostic>) {
    let mut is_used = vec![false; schema.types.len()];
    for (ty, _) in Stats::of(schema).uses {
        is_used[ty.0 as usize] = true;
    }
    // Without functions nobody can know what is asked for.
    let has_functions = schema.functions().next().is_some();
    for (ty, _) in schema.types.iter().zip(is_used).filter(|(_, is_used)| has_functions && !is_used) {
        let message = format!("no field and no function has the type `{}`", ty.name);
        found.push(UNUSED_TYPE.at(message, ty.location, "not used"));
    }
    for combinator in schema.combinators.iter().filter(|it| !it.has_written_id && it.name.full() != "_") {
        let message = format!("`{}` has no written id", combinator.name);
        let label = format!("`#{:08x}` by its line", combinator.id);
        found.push(MISSING_ID.at(message, combinator.name_location, label));
    }
}
