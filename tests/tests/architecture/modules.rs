//! Which folder may name what: stages see only what comes before them; disk, environment and printing are at the edges.

use super::paths::Named;
use super::sources::{Source, sources};

/// A folder or file, and all that it may name of this crate and of others. `core`, `alloc` and `std` are always allowed, except
/// [`EDGES`].
struct Rule {
    /// From the root of the workspace. For a file the rule with the longest path that fits counts.
    files: &'static str,
    /// Beginnings of paths.
    allowed: &'static [&'static str],
}

const RULES: &[Rule] = &[
    // Text to syntax tree. The grammar sees tokens, never the text.
    Rule { files: "tl-parser/src", allowed: &["crate", "nom"] },
    Rule {
        files: "tl-parser/src/grammar",
        allowed: &["crate::ast", "crate::error", "crate::grammar", "crate::source", "crate::token", "nom"],
    },
    // Syntax trees to a linked schema. Analyses see the linked schema only.
    Rule { files: "tl-model/src", allowed: &["crate", "tlgen_parser"] },
    Rule {
        files: "tl-model/src/analysis",
        allowed: &["crate::analysis", "crate::error", "crate::pattern", "crate::schema", "crate::suggest"],
    },
    // Linked schemas to a table of wire layouts.
    Rule {
        files: "tl-atlas/src",
        allowed: &["crate", "tlgen_model", "tlgen_parser::diagnostic", "tlgen_parser::source"],
    },
    // Linked schemas to findings.
    Rule {
        files: "tl-lint/src",
        allowed: &[
            "crate",
            "tlgen_model",
            "tlgen_parser::ast",
            "tlgen_parser::diagnostic",
            "tlgen_parser::docs",
            "tlgen_parser::parse",
            "tlgen_parser::source",
        ],
    },
    // What changed is asked of the linked schemas alone.
    Rule {
        files: "tl-lint/src/evolution",
        allowed: &[
            "crate::Linted",
            "crate::evolution",
            "crate::lint",
            "crate::style",
            "tlgen_model::schema",
            "tlgen_model::versions",
            "tlgen_parser::diagnostic",
            "tlgen_parser::source",
        ],
    },
    // A linked schema to Rust, by four stages.
    Rule {
        files: "tl-codegen/src",
        allowed: &["crate", "serde", "tlgen_diagnostics", "tlgen_meta", "tlgen_model", "tlgen_parser"],
    },
    // Values as Rust follow from the items.
    Rule {
        files: "tl-codegen/src/literal.rs",
        allowed: &["crate::TextType", "crate::expr", "crate::ir", "tlgen_dynamic", "tlgen_model::schema"],
    },
    Rule {
        files: "tl-codegen/src/ir",
        allowed: &[
            "crate::config",
            "crate::error",
            "crate::ir",
            "crate::naming",
            "tlgen_meta",
            "tlgen_model",
            "tlgen_parser",
        ],
    },
    Rule { files: "tl-codegen/src/naming", allowed: &["crate::naming", "tlgen_meta"] },
    Rule {
        files: "tl-codegen/src/emit",
        allowed: &[
            "crate::Config",
            "crate::config",
            "crate::emit",
            "crate::ir",
            "crate::naming::UNKNOWN_ERROR",
            "crate::naming::UNKNOWN_VARIANT",
            "proc_macro2",
            "quote",
        ],
    },
    Rule {
        files: "tl-codegen/src/output",
        allowed: &[
            "crate::CodegenError",
            "crate::emit::Item",
            "crate::emit::Kind",
            "crate::emit::Module",
            "crate::emit::RustItem",
            "crate::emit::Use",
            "crate::origin",
            "crate::output",
            "crate::Origin",
            "crate::Regenerate",
            "crate::TextType",
            "prettyplease",
            "proc_macro2",
            "quote",
            "syn",
            "tlgen_parser::invisible",
        ],
    },
    Rule {
        files: "tl-codegen/src/builder",
        allowed: &["crate", "tlgen_atlas", "tlgen_diagnostics", "tlgen_meta", "tlgen_model::Options", "tlgen_parser"],
    },
    // What is independent of the generator.
    Rule { files: "tl-runtime/src", allowed: &["crate", "compact_str"] },
    Rule { files: "tl-runtime/src/rpc", allowed: &["crate", "tower_service"] },
    Rule { files: "tl-runtime/src/serde", allowed: &["crate", "serde_core"] },
    Rule {
        files: "tl-diagnostics/src",
        allowed: &[
            "annotate_snippets",
            "crate",
            "percent_encoding",
            "quick_xml",
            "serde",
            "serde_json",
            "tlgen_parser",
        ],
    },
    Rule { files: "tl-meta/src", allowed: &["crate", "serde", "tlgen_model", "tlgen_parser", "toml"] },
    Rule { files: "tl-meta/src/import", allowed: &["crate", "csv", "serde", "serde_json", "tlgen_parser"] },
    Rule {
        files: "tl-dynamic/src",
        allowed: &[
            "crate",
            "arbitrary",
            "base64",
            "itoa",
            "proptest",
            "rand_chacha",
            "serde",
            "serde_json",
            "tlgen_model",
            "tlgen_parser::source",
        ],
    },
    // The binary form is of declarations, and not of what they mean.
    Rule {
        files: "tl-dynamic/src/tlo",
        allowed: &["crate", "tlgen_model", "tlgen_parser::ast", "tlgen_parser::id", "tlgen_parser::source"],
    },
    // Two linked schemas to changes and verdicts. What is said about Rust follows from the items of the generator.
    Rule {
        files: "tl-diff/src",
        allowed: &[
            "crate",
            "proc_macro2",
            "serde_json",
            "syn",
            "tlgen_build",
            "tlgen_dynamic",
            "tlgen_meta",
            "tlgen_model",
            "tlgen_parser",
            "xxhash_rust",
        ],
    },
    Rule { files: "tl-diff/src/wire", allowed: &["crate", "tlgen_model"] },
    Rule { files: "tl-diff/src/rust", allowed: &["crate", "tlgen_build"] },
    // Adapters to clients of other people.
    Rule { files: "tl-grammers/src", allowed: &["crate", "grammers_client", "tlgen_runtime"] },
    // Transports and encrypted messages, which the server and what reads captures share.
    Rule { files: "tl-mtproto/src", allowed: &["crate", "aes", "ctr", "sha1", "sha2"] },
    Rule { files: "tl-mtproto/src/transport", allowed: &["crate", "crc32fast"] },
    // Captures to calls: each file sees what comes before it.
    Rule { files: "tl-sniff/src", allowed: &["crate", "tlgen_mtproto"] },
    Rule { files: "tl-sniff/src/capture.rs", allowed: &["crate::error", "pcap_parser"] },
    Rule { files: "tl-sniff/src/event.rs", allowed: &["tlgen_model::schema", "tlgen_mtproto"] },
    Rule { files: "tl-sniff/src/message.rs", allowed: &["flate2", "tlgen_mtproto"] },
    Rule { files: "tl-sniff/src/packet.rs", allowed: &["crate::capture", "etherparse"] },
    Rule { files: "tl-sniff/src/queue.rs", allowed: &[] },
    Rule { files: "tl-sniff/src/reassembly.rs", allowed: &[] },
    Rule {
        files: "tl-sniff/src/schemas.rs",
        allowed: &["crate::event", "crate::message", "tlgen_dynamic", "tlgen_model"],
    },
    Rule { files: "tl-sniff/src/wire", allowed: &["crate::keys", "crate::reassembly", "tlgen_mtproto"] },
    // A server for tests: what decides neither waits nor reads, and what reads and writes decides nothing.
    Rule { files: "tl-testserver/src", allowed: &["crate", "getrandom", "tlgen_mtproto", "tlgen_runtime"] },
    Rule {
        files: "tl-testserver/src/answers",
        allowed: &[
            "crate",
            "serde_json",
            "tlgen_dynamic",
            "tlgen_model",
            "tlgen_mtproto",
            "tlgen_runtime",
            "tokio::sync::oneshot",
            "tower_service",
        ],
    },
    Rule { files: "tl-testserver/src/connection", allowed: &["crate", "flate2", "tlgen_mtproto", "tlgen_runtime"] },
    Rule { files: "tl-testserver/src/crypto", allowed: &["crate", "getrandom", "num_bigint", "tlgen_mtproto"] },
    Rule {
        files: "tl-testserver/src/server",
        allowed: &["crate", "tlgen_mtproto", "tlgen_runtime", "tokio", "tower_service"],
    },
    Rule { files: "tl-diff/src/report", allowed: &["crate", "serde", "serde_json", "tlgen_parser"] },
    // Pages: views know nothing of templates, templates nothing of schemas.
    Rule {
        files: "tl-docs/src",
        allowed: &[
            "crate",
            "pulldown_cmark",
            "pulldown_cmark_to_cmark",
            "serde_json",
            "tlgen_build",
            "tlgen_diff",
            "tlgen_meta",
            "tlgen_model",
            "tlgen_parser::invisible",
        ],
    },
    Rule { files: "tl-docs/src/feed.rs", allowed: &["crate", "quick_xml", "tlgen_diff", "tlgen_meta"] },
    Rule { files: "tl-docs/src/pages", allowed: &["crate", "serde", "tlgen_diff", "tlgen_meta", "tlgen_model"] },
    Rule { files: "tl-docs/src/render.rs", allowed: &["crate::pages::Page", "crate::text", "minijinja"] },
    Rule { files: "tl-docs/src/site.rs", allowed: &["crate", "minijinja::Error"] },
];

/// What only the folders and files at the edges may name.
const EDGES: &[&str] = &["std::fs", "std::env", "std::process", "std::net", "std::io::stdout", "std::io::stderr"];

/// What a stage needs only if its result is not what it returns.
const STATE: &[&str] = &["std::cell", "core::cell", "std::sync::Mutex", "std::sync::RwLock"];

/// The stages of code generation, whose results follow from their arguments.
const PURE: &[&str] = &["tl-codegen/src/ir", "tl-codegen/src/naming", "tl-codegen/src/emit", "tl-codegen/src/output"];

/// What prints.
const PRINTS: &[&str] = &["println", "print", "eprintln", "eprint", "dbg"];

/// The folders and files at the edges.
const AT_THE_EDGE: &[&str] =
    &["tl-cli/src", "tl-codegen/src/builder", "tl-codegen/src/disk.rs", "tl-testserver/src/server"];

/// What a file names and must not name, by the longest rule that fits it.
fn broken(path: &str, named: &Named) -> Vec<String> {
    let is_below =
        |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with(['/', '.']) || rest.is_empty());
    let begins = |path: &str, start: &str| {
        path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    let mut broken = Vec::new();
    let rule = RULES.iter().filter(|rule| is_below(rule.files)).max_by_key(|rule| rule.files.len());
    for name in &named.paths {
        let is_standard = ["core", "alloc", "std"].iter().any(|library| begins(name, library));
        if let Some(rule) = rule
            && !is_standard
            && !rule.allowed.iter().any(|allowed| begins(name, allowed))
        {
            broken.push(format!("{path}: {name}"));
        }
    }
    if PURE.iter().any(|stage| is_below(stage)) {
        let state = named.paths.iter().filter(|name| STATE.iter().any(|state| begins(name, state)));
        broken.extend(state.map(|name| format!("{path}: {name}")));
    }
    if !AT_THE_EDGE.iter().any(|edge| is_below(edge)) {
        let edges = named.paths.iter().filter(|name| EDGES.iter().any(|edge| begins(name, edge)));
        broken.extend(edges.map(|name| format!("{path}: {name}")));
        let prints = named.macros.iter().filter(|name| PRINTS.contains(&name.as_str()));
        broken.extend(prints.map(|name| format!("{path}: {name}!")));
    }
    broken
}

#[test]
fn modules_name_only_what_they_may() {
    let broken: Vec<String> =
        sources().iter().flat_map(|source| broken(&source.path, &Named::of(&source.text))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// A rule for a missing folder, or for a name that nobody uses, allows what nobody needs.
#[test]
fn no_rule_allows_more_than_is_needed() {
    let sources = sources();
    let named: Vec<(&Source, Named)> = sources.iter().map(|source| (source, Named::of(&source.text))).collect();
    let begins = |path: &str, start: &str| {
        path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    for rule in RULES {
        let below: Vec<_> = named.iter().filter(|(source, _)| source.path.starts_with(rule.files)).collect();
        for allowed in rule.allowed.iter().filter(|allowed| **allowed != "crate") {
            let is_used = below.iter().any(|(_, named)| named.paths.iter().any(|path| begins(path, allowed)));
            let is_own = rule.files.replace('/', "::").ends_with(&allowed.replace("crate", "src"));
            assert!(is_used || is_own, "{} does not name {allowed}", rule.files);
        }
    }
}

/// The generator knows the runtime only as text: the path in the options.
#[test]
fn the_runtime_is_only_a_path() {
    let sources = sources();
    let mut texts = sources.iter().filter(|source| source.path.starts_with("tl-codegen/src"));
    assert!(texts.any(|source| source.text.contains("\"::tlgen_runtime\"")));
    for source in sources.iter().filter(|source| source.path.starts_with("tl-codegen/src")) {
        let named = Named::of(&source.text);
        assert!(!named.paths.iter().any(|path| path.starts_with("tlgen_runtime")), "{}", source.path);
    }
}

/// The rules can be broken, in each of their parts.
#[test]
fn broken_modules_are_found() {
    let found = |path: &str, text: &str| broken(path, &Named::of(text));
    let nothing: [&str; 0] = [];
    assert_eq!(
        found("tl-codegen/src/emit/structs.rs", "use tlgen_model::schema::Schema; use crate::{ir, pipeline};"),
        [
            "tl-codegen/src/emit/structs.rs: crate::pipeline",
            "tl-codegen/src/emit/structs.rs: tlgen_model::schema::Schema"
        ]
    );
    let cell = "use std::cell::RefCell; use std::sync::Arc;";
    assert_eq!(found("tl-codegen/src/emit/x.rs", cell), ["tl-codegen/src/emit/x.rs: std::cell::RefCell"]);
    assert_eq!(found("tl-codegen/src/pipeline.rs", cell), nothing);
    assert_eq!(
        found("tl-codegen/src/output/x.rs", "use crate::emit::{Module, Scope};"),
        ["tl-codegen/src/output/x.rs: crate::emit::Scope"]
    );
    assert_eq!(found("tl-parser/src/x.rs", "fn f() { std::fs::read(p); }"), ["tl-parser/src/x.rs: std::fs::read"]);
    assert_eq!(found("tl-docs/src/pages/x.rs", "fn f() { println!(); }"), ["tl-docs/src/pages/x.rs: println!"]);
    assert_eq!(found("tl-model/src/x.rs", "use quote::quote;"), ["tl-model/src/x.rs: quote::quote"]);
    assert_eq!(found("tl-model/src/x.rs", "use tlgen_parser::ast; use std::fmt; use crate::any::thing;"), nothing);
    assert_eq!(found("tl-cli/src/x.rs", "use std::fs; fn f() { println!(); }"), nothing);
}
