//! The page of `tlgen decode --explain --format html` in a browser: values and bytes show each other by click and by keyboard, on a
//! desktop and on a phone, in both themes.
//!
//! Needs the Debian packages `chromium` and `chromium-driver`, so it runs when it is asked for:
//! `cargo test -p tlgen --test page -- --ignored`. With `TL_SCREENSHOTS` set to a folder it leaves pictures there, in base 64.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::Sandbox;
use tl_browser::{Browser, axe};

const SCHEMA: &str = "
container#73f1f8dc messages:vector<%Message> = Container;
message#5bb8e511 msg_id:long seqno:int bytes:int body:Object = Message;
user#d23c81a3 flags:# bot:flags.0?true id:long name:string photo:flags.1?bytes = User;
users#00000001 list:Vector<User> = Users;
";

/// A container of three messages; the second one is damaged.
fn page(sandbox: &Sandbox) -> String {
    let user = "a3813cd2 03000000 0400000000000000 154f6e65207769746820612076657279206c6f6e6720 0000 02cafe00";
    let users = format!("01000000 15c4b51c 02000000 {user} {user}");
    let damaged = users.replacen("0400000000000000", "04000000eeeeeeee", 1).replacen("154f6e65", "ff4f6e65", 1);
    let body = |text: &str| text.chars().filter(char::is_ascii_hexdigit).count() / 2;
    let messages = [&users, &damaged, &users].map(|text| {
        format!("0500000000000000 02000000 {} {text}", hex(&u32::try_from(body(text)).unwrap().to_le_bytes()))
    });
    let bytes = format!("dcf8f173 03000000 {}", messages.join(" "));
    sandbox.write("api.tl", SCHEMA);
    let run = sandbox.run_args("", &["decode", "--schema", "api.tl", "--explain", "--format", "html", &bytes], b"");
    assert!(run.code == 1 && run.err.is_empty(), "{run}");
    sandbox.write("page.html", &run.out);
    format!("file://{}", sandbox.path("page.html").display())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn shoot(browser: &Browser, name: &str) {
    if let Some(folder) = std::env::var_os("TL_SCREENSHOTS") {
        fs::write(Path::new(&folder).join(format!("{name}.b64")), browser.screenshot()).unwrap();
    }
}

/// The numbers of the rows that are marked, and the text of the bytes that are: those of the chosen row, and those in it.
fn marked(browser: &Browser) -> (String, String, String) {
    let text = |selector: &str| {
        let script =
            format!("return [...document.querySelectorAll({selector:?})].map((part) => part.textContent).join(' ')");
        browser.run(&script).as_str().unwrap().to_owned()
    };
    (text("#rows .on .name"), text("#bytes .on"), text("#bytes .in"))
}

/// Whether what is marked can be seen.
fn sees(browser: &Browser, selector: &str) -> bool {
    browser.run(&format!(
        "const part = document.querySelector({selector:?}).getBoundingClientRect();
         return part.top >= 0 && part.bottom <= innerHeight && part.left >= 0 && part.left < innerWidth"
    )) == true
}

fn walk(browser: &Browser, url: &str, name: &str) {
    for theme in ["light", "dark"] {
        browser.theme(theme);
        browser.go(url);
        let widths = browser.run("return [document.documentElement.scrollWidth, innerWidth]");
        assert!(widths[0].as_u64() <= widths[1].as_u64(), "{name} {theme}: {widths}");
        let dark = browser.run("return getComputedStyle(document.documentElement).colorScheme + matchMedia('(prefers-color-scheme: dark)').matches");
        assert!(dark.as_str().unwrap().ends_with(if theme == "dark" { "true" } else { "false" }));

        // A value shows its bytes, and a group those of all that is in it.
        browser.click("#rows [data-r='9']");
        let (row, own, _) = marked(browser);
        assert!(row.contains("flags") && own == "03 00 00 00", "{row} {own}");
        assert!(sees(browser, "#bytes .on"), "{name}");
        browser.click("#rows [data-r='8']");
        let (_, own, inner) = marked(browser);
        assert!(own == "a3 81 3c d2" && inner.starts_with("03 00 00 00"), "{own} {inner}");
        shoot(browser, &format!("page-{name}-{theme}"));

        // Bytes show their value, wherever it is.
        browser.run("document.querySelector('#bytes [data-r]:last-of-type').scrollIntoView()");
        let last = browser.run("return [...document.querySelectorAll('#bytes [data-r]')].at(-1).dataset.r");
        browser.click(&format!("#bytes [data-r={last}]"));
        let (row, own, _) = marked(browser);
        assert!(row.contains("photo") && own == "02 ca fe 00", "{row} {own}");
        assert!(sees(browser, "#rows .on"), "{name}");
        shoot(browser, &format!("page-{name}-{theme}-bytes"));

        // By the keyboard: down and up in the values, left and right in the bytes.
        browser.run("document.querySelector(\"#rows [data-r='8']\").focus()");
        browser.keys("#rows [data-r='8']", "\u{e015}");
        assert!(marked(browser).0.contains("flags"));
        browser.keys("#rows [data-r='9']", "\u{e013}");
        assert_eq!(marked(browser).1, "a3 81 3c d2");
        browser.run("document.querySelector(\"#bytes [data-r='8']\").focus()");
        browser.keys("#bytes [data-r='8']", "\u{e014}");
        assert!(marked(browser).0.contains("flags"), "{name}");
        browser.keys("#bytes [data-r='9']", "\u{e012}");
        assert_eq!(marked(browser).1, "a3 81 3c d2");

        // From fault to fault.
        assert_eq!(browser.run("return document.querySelectorAll('header a, header button').length > 0"), true);
        browser.click("#next");
        assert_eq!(browser.run("return document.querySelector('#rows .on .wrong') !== null"), true);
        assert!(sees(browser, "#rows .on"), "{name}");
        shoot(browser, &format!("page-{name}-{theme}-fault"));
    }
    assert_eq!(browser.console(), Vec::<String>::new());
    let Some(script) = axe::script() else { return };
    for theme in ["light", "dark"] {
        browser.theme(theme);
        assert_eq!(axe::findings(browser, &script), Vec::<String>::new(), "{theme}");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn on_a_desktop() {
    let sandbox = Sandbox::new(&[]);
    walk(&Browser::open(1280, 800, false), &page(&sandbox), "desktop");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn on_a_phone() {
    let sandbox = Sandbox::new(&[]);
    walk(&Browser::open(390, 844, true), &page(&sandbox), "phone");
}
