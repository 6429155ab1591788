//! Diagnostics as JUnit XML, which CI servers show as tests: one test case for each file.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::places::harmless;
use crate::{Renderer, Style, order, summary};

/// The test case of what has no location.
const NOWHERE: &str = "options";

/// The diagnostics as one document of JUnit, which ends with a line break.
///
/// Each file is a test case. It fails if it has an error; warnings are its output. What has no location, such as an option that
/// matched nothing, is a case of its own.
///
/// # Panics
/// If a diagnostic points into other sources.
#[must_use]
pub fn junit(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut cases: BTreeMap<Option<FileIdx>, Vec<Diagnostic>> =
        sources.iter().map(|(file, _)| (Some(file), Vec::new())).collect();
    for diagnostic in order(diagnostics) {
        let file = diagnostic.primary.as_ref().map(|label| label.location.file);
        cases.entry(file).or_default().push(diagnostic.clone());
    }
    let renderer = Renderer::new(sources, Style::Plain);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    document(&mut writer, &cases, sources, &renderer).expect("a vector takes all that is written");
    String::from_utf8(writer.into_inner()).expect("all parts are UTF-8") + "\n"
}

fn document(
    writer: &mut Writer<Vec<u8>>,
    cases: &BTreeMap<Option<FileIdx>, Vec<Diagnostic>>,
    sources: &Sources,
    renderer: &Renderer<'_>,
) -> io::Result<()> {
    let has_error = |found: &&Vec<Diagnostic>| found.iter().any(Diagnostic::is_error);
    let (tests, failures) = (cases.len().to_string(), cases.values().filter(has_error).count().to_string());
    let counts = [("tests", tests.as_str()), ("failures", failures.as_str()), ("errors", "0")];
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites = writer.create_element("testsuites").with_attribute(("name", "tlgen")).with_attributes(counts);
    suites.write_inner_content(|writer| {
        let suite = writer.create_element("testsuite").with_attribute(("name", "tlgen")).with_attributes(counts);
        suite.write_inner_content(|writer| {
            for (file, found) in cases {
                let name = file.map_or(NOWHERE, |file| &sources.get(file).name);
                case(writer, name, found, renderer)?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn case(writer: &mut Writer<Vec<u8>>, name: &str, found: &[Diagnostic], renderer: &Renderer<'_>) -> io::Result<()> {
    let name = valid(name);
    let attributes = [("name", name.as_str()), ("classname", "tlgen")];
    let element = writer.create_element("testcase").with_attributes(attributes);
    let (errors, warnings): (Vec<_>, Vec<_>) = found.iter().cloned().partition(Diagnostic::is_error);
    if found.is_empty() {
        return element.write_empty().map(drop);
    }
    let texts = |found: &[Diagnostic]| {
        valid(&found.iter().map(|diagnostic| renderer.render(diagnostic)).collect::<Vec<_>>().join("\n"))
    };
    element.write_inner_content(|writer| {
        if let Some(first) = errors.first() {
            let count = summary(&errors);
            let attributes = [("message", count.as_str()), ("type", first.code.0)];
            let failure = writer.create_element("failure").with_attributes(attributes);
            failure.write_text_content(BytesText::new(&texts(&errors)))?;
        }
        if !warnings.is_empty() {
            writer.create_element("system-out").write_text_content(BytesText::new(&texts(&warnings)))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The text without characters that XML has no form for.
fn valid(text: &str) -> String {
    harmless(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
