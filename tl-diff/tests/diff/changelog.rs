//! Many versions: what becomes of declarations.

use std::collections::BTreeMap;

use tlgen_diff::{Changelog, History, Release, changes, report};

use crate::common::schema;

fn log(versions: &[&str]) -> Changelog {
    let release = |index: usize| Release { title: format!("v{index}"), ..Release::default() };
    let mut log = Changelog::new(release(0));
    let schemas: Vec<_> = versions.iter().map(|text| schema(text)).collect();
    for (index, pair) in schemas.windows(2).enumerate() {
        log.push(release(index + 1), changes(&pair[0], &pair[1]));
    }
    log
}

/// `name: +1 ~2 -3`: what each version did to a declaration.
fn told(log: &Changelog, history: &History) -> String {
    let events = history.events.iter().map(|event| {
        let change = log.change(*event);
        let sign = match (&change.old, &change.new) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        };
        format!(" {sign}{}", event.step + 1)
    });
    let first = if history.is_from_first(log) { " 0" } else { "" };
    format!("{}:{first}{}", history.name, events.collect::<String>())
}

fn histories(versions: &[&str]) -> Vec<String> {
    let log = log(versions);
    log.histories().iter().map(|history| told(&log, history)).collect()
}

/// The kind: what a declaration is called may change, and it may come back.
#[test]
fn declarations_are_followed() {
    assert_eq!(histories(&["a#1 = A;", "a#1 = A;"]), [""; 0]);
    assert_eq!(histories(&["a#1 = A;", "a#2 x:int = A;", "a#2 x:int = A;\nb#3 = A;"]), ["a: 0 ~1", "b: +2"]);
    // Gone, and back.
    assert_eq!(
        histories(&["a#1 = A;\nb#2 = B;", "a#1 = A;", "a#1 = A;\nb#3 x:int = B;", "a#1 = A;"]),
        ["b: 0 -1 +2 -3"]
    );
    // Another name, twice; then something else takes the first name.
    assert_eq!(
        histories(&["a#1 x:int = A;", "b#1 x:int = A;", "c#1 x:int = A;", "c#1 x:int = A;\na#4 y:long = A;"]),
        ["a: +3", "c: 0 ~1 ~2"]
    );
    // A name is the same thing, whatever else has changed names beside it.
    assert_eq!(
        histories(&["a#1 x:int = A;\nb#2 y:long = B;", "b#1 x:int = A;\nc#2 y:long = B;", "b#1 x:int = A;"]),
        ["a: 0 -1", "b: 0 ~1", "c: +1 -2"]
    );
}

/// The anchors of headings by the rule of GitHub: the text in small letters with `-` for blanks, and a number from the second on.
fn anchors(markdown: &str) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let headings =
        markdown.lines().filter(|line| line.starts_with('#') && line.trim_start_matches('#').starts_with(' '));
    let anchor = |line: &str| {
        let kept = line.trim_start_matches('#').trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        let anchor: String = kept.collect::<String>().to_lowercase().replace(' ', "-");
        let before = seen.entry(anchor.clone()).or_default();
        *before += 1;
        if *before > 1 { format!("{anchor}-{}", *before - 1) } else { anchor }
    };
    headings.map(anchor).collect()
}

/// The kind: versions whose headings would have one anchor, with each other or with another heading of the page.
#[test]
fn each_version_has_an_anchor() {
    let release = |title: &str, commit: Option<&str>| Release {
        title: title.to_owned(),
        commit: commit.map(str::to_owned),
        ..Release::default()
    };
    let (old, new) = (schema("x.a#1 = A;\nb#3 = B;"), schema("x.a#2 y:int = A;\nb#4 y:long = B;"));
    let mut log = Changelog::new(release("x", None));
    let titles = [
        "Layer 9",
        "layer: 9",
        "Layer 9",
        "x",
        "`x` 1",
        "no namespace",
        "Declarations",
        "Changes of the schema",
        "***",
    ];
    for title in titles {
        for commit in [None, Some("0123abcd"), Some("0123abcd")] {
            log.push(release(title, commit), changes(&old, &new));
        }
    }
    let markdown = report::changelog(&log);
    let anchors = anchors(&markdown);
    let links: Vec<&str> = markdown.lines().filter_map(|line| line.split_once("](#")?.1.split(')').next()).collect();
    assert_eq!(links.len(), 3 * titles.len());
    for link in links {
        assert_eq!(anchors.iter().filter(|anchor| *anchor == link).count(), 1, "{link} in {anchors:?}");
    }
    assert!(markdown.contains("\n## Layer 9\n") && markdown.contains("\n## Layer 9, 0123abcd\n"), "{markdown}");
}

/// All layers: each change is in one history, and what a history says last is what there is.
#[test]
fn thirty_layers() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let layers = crate::layers::layers(&corpus);
    let mut log = Changelog::new(Release::default());
    let mut old = crate::layers::layer(&corpus, layers[0]);
    for &number in &layers[1..] {
        let new = crate::layers::layer(&corpus, number);
        log.push(Release { layer: Some(number), ..Release::default() }, changes(&old, &new));
        old = new;
    }
    let histories = log.histories();
    let all: usize = log.steps.iter().map(|step| step.diff.changes.len()).sum();
    assert_eq!(histories.iter().map(|history| history.events.len()).sum::<usize>(), all);
    for history in &histories {
        for pair in history.events.windows(2) {
            let (before, after) = (log.change(pair[0]), log.change(pair[1]));
            match (&before.new, &after.old) {
                (Some(before), Some(after)) => assert_eq!(before.item.to_string(), after.item.to_string()),
                (None, None) => assert_eq!(before.item().name, after.item().name),
                _ => panic!("{}: {pair:?}", history.name),
            }
        }
    }
}
