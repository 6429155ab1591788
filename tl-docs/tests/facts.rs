//! What a reader of the pages about three well-known functions is told, fact by fact, in both formats.

#![allow(clippy::unwrap_used)]

mod common;

use common::{all_own, dead_links, make, make_all_layers, schema, text};
use tlgen_docs::Pages;

/// A page without markup, every run of blanks as one.
fn plain(page: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in page.split("<main").nth(1).unwrap_or(page).chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                out.push(' ');
            }
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is below a heading of a page in Markdown.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let start = page.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no section {heading} in {page}"));
    let rest = &page[start + 4..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end])
}

/// The cells of the row of a table whose first cell is `first`.
fn row<'p>(section: &'p str, first: &str) -> Vec<&'p str> {
    let line = section.lines().find(|line| line.starts_with(&format!("| {first} |")));
    let line = line.unwrap_or_else(|| panic!("no row {first} in {section}"));
    line.trim_matches('|').split(" | ").map(str::trim).collect()
}

/// A switch: its bit, optional, `bool` in Rust, described.
fn assert_switch(page: &str, name: &str, bit: u8, about: &str) {
    let cells = row(section(page, "Parameters"), &format!("`{name}`"));
    assert!(cells[1].starts_with(&format!("flags.{bit}?[true](")), "{cells:?}");
    assert_eq!(cells[2], format!("optional: bit {bit} of `flags`"));
    assert_eq!(cells[3], "`bool`");
    assert!(cells[4].contains(about), "{cells:?}");
}

fn assert_required(page: &str, name: &str, tl: &str, bits: u8, rust: &str, about: &str) {
    let cells = row(section(page, "Parameters"), &format!("`{name}`"));
    assert!(cells[1].starts_with(&format!("[{tl}](")) && cells[1].ends_with(&format!(" ({bits} bits)")), "{cells:?}");
    assert_eq!(cells[2], "required");
    assert_eq!(cells[3], format!("`{rust}`"));
    assert!(cells[4].contains(about), "{cells:?}");
}

fn assert_top_peers(page: &str) {
    assert!(page.starts_with("# contacts.getTopPeers\n"));
    assert!(page.contains("ranked by category"), "the description");
    let flags = row(section(page, "Parameters"), "`flags`");
    assert!(flags[1].contains("#nat) (32 bits)") && flags[2] == "derived", "{flags:?}");
    assert_switch(page, "correspondents", 0, "writes most");
    assert_switch(page, "bots_pm", 1, "bots used most");
    assert_switch(page, "bots_inline", 2, "inline");
    assert_switch(page, "phone_calls", 3, "called most");
    assert_switch(page, "forward_users", 4, "users to whom the current user forwards");
    assert_switch(page, "forward_chats", 5, "chats to which the current user forwards");
    assert_switch(page, "groups", 10, "groups and supergroups");
    assert_switch(page, "channels", 15, "channels visited most");
    assert_required(page, "offset", "int", 32, "i32", "skip");
    assert_required(page, "limit", "int", 32, "i32", "at most");
    assert!(section(page, "Result").contains("/types/contacts.TopPeers.md)"));
    assert!(section(page, "Result").contains("`types::contacts::TopPeers`"));
    let error = row(section(page, "Errors"), "400");
    assert!(error[1].starts_with("[`TYPES_EMPTY`](") && error[1].ends_with("/errors/TYPES_EMPTY.md)"), "{error:?}");
    assert!(error[2].contains("no category"), "{error:?}");
    assert_eq!(section(page, "Errors").matches("\n| 4").count(), 1);
    assert!(section(page, "Who may call it").contains("Users only"));
    let related = section(page, "Related pages");
    assert!(related.contains("[Pagination](https://core.telegram.org/api/offsets)"));
    assert!(related.contains("(https://core.telegram.org/api/offsets#hash-generation)"));
    assert!(related.contains("(https://core.telegram.org/mtproto/TL-combinators#conditional-fields)"));
    let tl = section(page, "TL declarations");
    for constructor in ["topPeersNotModified#de266ef5", "topPeers#70b772a8", "topPeersDisabled#b52c939d"] {
        assert!(tl.contains(&format!("\ncontacts.{constructor}")), "{tl}");
    }
}

fn assert_contacts(page: &str, declaration: &str) {
    assert!(page.starts_with("# contacts.getContacts\n"));
    assert!(page.contains("Returns the contact list of the current user"));
    let hash = row(section(page, "Parameters"), "`hash`")[4];
    assert!(hash.contains("ascending order") && hash.contains("contacts.contactsNotModified.md)"), "{hash}");
    assert!(section(page, "Result").contains("[contacts.Contacts]("));
    assert!(section(page, "Errors").contains("No error of its own is known."));
    let tl = section(page, "TL declarations");
    assert!(tl.contains(&format!("\n{declaration};\n")), "{tl}");
    assert!(tl.contains("\ncontacts.contactsNotModified#b74ba9d2 = contacts.Contacts;\n"));
    let contacts = "contacts.contacts#eae87e42 contacts:Vector<Contact> saved_count:int users:Vector<User> = \
                    contacts.Contacts;";
    assert_eq!(tl.split_whitespace().collect::<Vec<_>>().join(" ").matches(contacts).count(), 1, "{tl}");
    let related = section(page, "Related pages");
    assert!(related.contains("[Pagination](https://core.telegram.org/api/offsets): How long lists"));
    assert!(related.contains("/constructors/contacts.contactsNotModified.md)"), "it leads to our own page: {related}");
    assert!(related.contains("still that of the server"));
}

/// The same words are on the page in HTML: tables, declarations and code without their markup.
fn assert_same_in_html(pages: &Pages, path: &str) {
    let html = plain(text(pages, &format!("{path}.html")));
    let markdown = text(pages, &format!("{path}.md"));
    for line in
        section(markdown, "TL declarations").lines().filter(|line| !line.starts_with("```") && !line.ends_with(':'))
    {
        for word in line.split_whitespace() {
            let squeezed: String = html.split_whitespace().collect();
            assert!(squeezed.contains(word), "{path}: {word}");
        }
    }
    let squeezed: String = html.split_whitespace().collect();
    for line in section(markdown, "Parameters").lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let name = cells[0].trim().trim_matches('`');
        let presence = cells[2].replace(['`', ':', ' '], "");
        let rust = cells[3].replace(['`', ' '], "");
        assert!(squeezed.contains(&format!("{presence}{rust}")), "{path}: {name} {presence} {rust}");
    }
    let examples = section(markdown, "Example").lines().skip(1).chain(section(markdown, "Result").lines().skip(4));
    for line in examples.filter(|line| !line.starts_with("```") && !line.ends_with(':')) {
        let line: String = line.split_whitespace().collect();
        assert!(squeezed.contains(&line), "{path}: {line}");
    }
    for part in section(markdown, "Who may call it").lines().skip(1) {
        assert!(html.contains(&part.trim_start_matches("- ").replace(": ", " ")), "{path}: {part}");
    }
}

#[test]
fn top_peers_in_layer_228() {
    let pages = make(&all_own());
    let page = text(&pages, "telegram/functions/contacts.getTopPeers.md");
    assert_top_peers(page);
    assert_required(page, "hash", "long", 64, "i64", "pagination");
    assert_switch(page, "bots_app", 16, "mini app");
    assert_switch(page, "bots_guestchat", 17, "guests");
    assert!(page.contains("`tl_generated::telegram_228::functions::contacts::GetTopPeers`"));
    assert!(section(page, "TL declarations").contains("\ncontacts.getTopPeers#973478b6\n"));
    assert_same_in_html(&pages, "telegram/functions/contacts.getTopPeers");
}

#[test]
fn top_peers_in_layer_132() {
    let pages = make_all_layers(&all_own());
    let page = text(&pages, "telegram/layer-132/functions/contacts.getTopPeers.md");
    assert_top_peers(page);
    assert_required(page, "hash", "int", 32, "i32", "pagination");
    assert!(!section(page, "Parameters").contains("bots_app"));
    assert!(section(page, "TL declarations").contains("\ncontacts.getTopPeers#d4982db5\n"));
    assert_same_in_html(&pages, "telegram/layer-132/functions/contacts.getTopPeers");
}

#[test]
fn contacts_in_both_layers() {
    let pages = make_all_layers(&all_own());
    let page = text(&pages, "telegram/layer-132/functions/contacts.getContacts.md");
    assert_contacts(page, "contacts.getContacts#c023849f hash:int = contacts.Contacts");
    assert_required(page, "hash", "int", 32, "i32", "ascending order");
    assert!(section(page, "Who may call it").contains("Users and bots"));
    assert_same_in_html(&pages, "telegram/layer-132/functions/contacts.getContacts");

    let page = text(&pages, "telegram/functions/contacts.getContacts.md");
    assert_contacts(page, "contacts.getContacts#5dd69e12 hash:long = contacts.Contacts");
    assert_required(page, "hash", "long", 64, "i64", "ascending order");
    // The table and the reference pages differ.
    let callers = section(page, "Who may call it");
    assert!(callers.contains("\n\nUsers only\n"), "{callers}");
    assert!(callers.contains("- Reference pages of GramJS (layer 132): Users and bots\n"), "{callers}");
    assert_same_in_html(&pages, "telegram/functions/contacts.getContacts");
}

/// The history of a thing says what each layer changed, and leaves out the layers that changed nothing.
#[test]
fn history_with_differences() {
    let pages = make(&all_own());
    let page = text(&pages, "telegram/functions/contacts.getTopPeers.md");
    assert!(page.contains("- Since: layer 132 or earlier\n"));
    let layers = section(page, "Layers");
    let lines: Vec<&str> = layers.lines().filter(|line| line.trim_start().starts_with("- ")).collect();
    assert_eq!(
        lines,
        [
            "- Layer 228: changed",
            "  - `+ bots_app:flags.16?true`",
            "  - `+ bots_guestchat:flags.17?true`",
            "  - `hash: int -> long`",
            "  - `id: d4982db5 -> 973478b6`",
            "- Layer 132: the oldest layer here",
        ]
    );
    let html = text(&pages, "telegram/functions/contacts.getTopPeers.html");
    assert!(html.contains("<li id=\"layer-132\"><h3>") || html.contains("<li id=\"layer-132\">\n<h3>"), "{html}");
    assert!(html.contains("contacts.getTopPeers#d4982db5"), "the old declaration is on the page");
    let new = text(&pages, "telegram/constructors/topPeerCategoryBotsApp.md");
    assert!(new.contains("- Since: layer 228\n"), "{new}");
    assert!(!new.contains("layer 132"));
    let other = text(&pages, "mtproto/functions/ping.md");
    assert!(!other.contains("Since"), "it has no layers");
}

/// Each name has one page at an address without a layer; older layers have theirs when they are asked for.
#[test]
fn pages_of_older_layers_are_made_when_they_are_asked_for() {
    let (pages, all) = (make(&all_own()), make_all_layers(&all_own()));
    assert!(!pages.keys().any(|path| path.contains("layer-132")));
    assert!(pages.keys().all(|path| all.contains_key(path)), "an address is gone");
    let page = text(&all, "telegram/functions/contacts.getTopPeers.md");
    let link = "[Layer 132](../../telegram/layer-132/functions/contacts.getTopPeers.md): the oldest";
    assert!(section(page, "Layers").contains(link), "{page}");
    assert!(text(&all, "telegram/index.html").contains("telegram/layer-132/index.html"));
}

/// A family of files: numbers with and without zeros, and a layer that only the name of its file tells.
#[test]
fn layers_that_only_file_names_tell_are_of_the_same_api() {
    let none = tlgen_build::Config::default();
    let loaded = [
        schema("api_layer_007", "a#1 x:int = A;\n", &none),
        schema("api_layer_012", "// LAYER 12\na#2 x:long = A;\n", &none),
        schema("api-layer-100", "// LAYER 100\na#2 x:long = A;\nb#3 = B;\n", &none),
        schema("other", "a#1 = A;\n", &none),
    ];
    let pages = make(&loaded);
    let folders: std::collections::BTreeSet<&str> =
        pages.keys().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    assert_eq!(folders, ["api", "assets", "other"].into());
    let page = text(&pages, "api/constructors/a.md");
    let layers = section(page, "Layers");
    assert!(layers.contains("- Layer 12: changed\n  - `x: int -> long`"), "{layers}");
    assert!(layers.contains("- Layer 7: the oldest layer here") && !layers.contains("100"), "{layers}");
}

/// What a later layer no longer has keeps its page, made from the last layer that has it.
#[test]
fn removed_names_keep_their_pages() {
    let old = "// LAYER 7\na#1 x:int = A;\nb#2 = B;\nns.c#3 b:B = ns.C;\n---functions---\nf#4 a:A = B;\n";
    let new = "// LAYER 8\na#5 x:long = A;\n---functions---\ng#6 a:A = A;\n";
    let loaded =
        [("api_7", old), ("api_8", new)].map(|(name, text)| schema(name, text, &tlgen_build::Config::default()));
    for pages in [make(&loaded), make_all_layers(&loaded)] {
        assert_eq!(dead_links(&pages), Vec::<String>::new());
        let page = text(&pages, "api/functions/f.md");
        assert!(page.contains("- Until: layer 7\n") && page.contains("f#00000004 a:A = B;"), "{page}");
        // It leads to the page of what is still there.
        assert!(page.contains("(../../api/types/A.md)"), "{page}");
        let list = text(&pages, "api/removed.md");
        for name in ["`f`", "`b`", "`B`", "`ns.c`", "`ns.C`"] {
            assert!(list.contains(name), "{name} in {list}");
        }
        let changed = text(&pages, "api/types/A.md");
        assert!(section(changed, "Layers").contains("- `a: 00000001 -> 00000005`"), "{changed}");
        let home = text(&pages, "index.md");
        assert!(home.contains("New since layer 7") && home.contains("Removed functions: 1"), "{home}");
        let search = text(&pages, "api/search.js");
        assert!(search.contains("f\\tf\\t00000004\\t\\t\\t7\\n"), "{search}");
    }
}

#[test]
fn uses_of_a_type() {
    let pages = make(&all_own());
    let page = text(&pages, "telegram/types/contacts.TopPeers.md");
    let returned = section(page, "Functions that return this type");
    assert_eq!(returned.matches("\n- [").count(), 1);
    assert!(returned.contains("[`contacts.getTopPeers`](../../telegram/functions/contacts.getTopPeers.md)"));
    let page = text(&pages, "telegram/types/User.md");
    assert!(section(page, "Constructors that hold this type").contains("[`contacts.contacts`]("));
    let page = text(&pages, "telegram/types/User.html");
    assert!(page.contains("<svg class=\"picture\"") && page.contains("aria-label=\"Neighbourhood of User\""));
}
