//! The site in a browser, opened from disk: search, links, themes, forms of examples, at the width of a desktop and of a phone; and
//! what axe-core finds there, which comes from the npm registry.
//!
//! Needs the Debian packages `chromium` and `chromium-driver`, so it runs when it is asked for:
//! `cargo test -p tlgen-docs --test browser -- --ignored`. With `TL_SCREENSHOTS` set to a folder it leaves pictures there,
//! in base 64.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::{all_own, make_with, real};
use tempfile::TempDir;
use tl_browser::{Browser, axe};
use tlgen_docs::Options;

/// A site on disk.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new(loaded: &[common::Loaded]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base_url = Some(format!("file://{}", folder.path().display()));
        for (path, bytes) in make_with(loaded, &Options { base_url, ..Options::default() }) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Self { folder }
    }

    fn url(&self, page: &str) -> String {
        format!("file://{}/{page}", self.folder.path().display())
    }
}

fn shoot(browser: &Browser, name: &str) {
    if let Some(folder) = std::env::var_os("TL_SCREENSHOTS") {
        fs::write(Path::new(&folder).join(format!("{name}.b64")), browser.screenshot()).unwrap();
    }
}

/// Types a query and returns the address of the first result.
fn first_result(browser: &Browser, query: &str) -> String {
    browser.run("document.getElementById('search').value = ''; document.getElementById('results').replaceChildren();");
    browser.keys("#search", query);
    browser.wait(
        "a search result",
        "return !document.getElementById('results').hidden && document.querySelector('#results [role=option]') !== null",
    );
    browser.run("return document.querySelector('#results [role=option]').href").as_str().unwrap().to_owned()
}

/// The page is not wider than the window.
fn assert_fits(browser: &Browser) {
    let widths = browser.run("return [document.documentElement.scrollWidth, window.innerWidth]");
    assert!(widths[0].as_u64() <= widths[1].as_u64(), "{} is {widths}", browser.url());
}

fn background(browser: &Browser) -> String {
    browser.run("return getComputedStyle(document.body).backgroundColor").as_str().unwrap().to_owned()
}

fn walk(site: &Site, browser: &Browser, name: &str) {
    browser.go(&site.url("index.html"));
    assert_fits(browser);
    shoot(browser, &format!("{name}-home"));

    // By name in each spelling, by id, by words of the description.
    let page = "telegram/functions/contacts.getTopPeers.html";
    browser.go(&site.url("telegram/index.html"));
    for query in
        ["getTopPeers", "get_top_peers", "contacts.getTopPeers", "GetTopPeers", "973478b6", "0x973478b6", "-1758168906"]
    {
        assert_eq!(first_result(browser, query), site.url(page), "{query}");
    }
    assert_eq!(first_result(browser, "70b772a8"), site.url("telegram/constructors/contacts.topPeers.html"));
    assert_eq!(first_result(browser, "ranked category"), site.url(page));
    assert_eq!(first_result(browser, "ping_delay"), site.url("mtproto/functions/ping_delay_disconnect.html"));
    shoot(browser, &format!("{name}-search"));
    // Errors by their text, by their code, with the number that the server sent; names with one typing error.
    let wait = site.url("telegram/errors/FLOOD_WAIT_X.html");
    for query in ["FLOOD_WAIT_X", "flood wait", "FLOOD_WAIT_31", "RPC error 420: FLOOD_WAIT_31", "420 flood"] {
        assert_eq!(first_result(browser, query), wait, "{query}");
    }
    for query in ["getTopPers", "gettoppeeers", "getTopPeesr", "getTopPaers", "contacts.getTopPers", "getTopPer"] {
        assert_eq!(first_result(browser, query), site.url(page), "{query}");
    }
    assert_eq!(first_result(browser, "rankd category"), site.url(page));

    // With the keyboard to a page, by a link to another, back.
    first_result(browser, "gettoppeers");
    browser.keys("#search", "\u{e015}\u{e007}");
    browser.wait("the page", "return document.querySelector('h1').textContent === 'contacts.getTopPeers'");
    assert_eq!(browser.url(), site.url(page));
    assert_fits(browser);
    shoot(browser, &format!("{name}-light"));
    // Another form of the example, which stays chosen on other pages; the code is copied.
    let visible = "return [...document.querySelectorAll('.form')].findIndex((form) => form.offsetParent !== null)";
    assert_eq!(browser.run(visible), 0);
    browser.click(".tabs > label:nth-of-type(2)");
    assert_eq!(browser.run(visible), 1);
    assert_eq!(
        browser
            .run("return document.querySelectorAll('main pre').length === document.querySelectorAll('.copy').length"),
        true
    );
    shoot(browser, &format!("{name}-awaited"));
    browser.go(&site.url("telegram/functions/contacts.getContacts.html"));
    assert_eq!(browser.run(visible), 1);
    shoot(browser, &format!("{name}-sources"));
    browser.click(".tabs > label:nth-of-type(1)");
    browser.go(&site.url(page));
    assert_eq!(browser.run(visible), 0);
    browser.click(".facts a[href*='types/contacts.TopPeers']");
    browser.wait("the type", "return document.querySelector('h1').textContent === 'contacts.TopPeers'");
    assert_fits(browser);
    shoot(browser, &format!("{name}-type"));

    // The theme is switched, and stays so on the next page.
    let light = background(browser);
    browser.click("#theme");
    let dark = background(browser);
    assert_ne!(light, dark);
    browser.go(&site.url(page));
    assert_eq!(background(browser), dark);
    assert_eq!(browser.run("return document.getElementById('theme').getAttribute('aria-pressed')"), "true");
    shoot(browser, &format!("{name}-dark"));
    browser.run("document.getElementById('parameters').scrollIntoView()");
    shoot(browser, &format!("{name}-dark-parameters"));
    browser.click("#theme");
    assert_eq!(background(browser), light);

    for other in [
        "telegram/errors/FLOOD_WAIT_X",
        "telegram/errors/TYPES_EMPTY",
        "404",
        "telegram/builtin",
        "telegram/namespaces/contacts",
    ] {
        browser.go(&site.url(&format!("{other}.html")));
        assert_fits(browser);
        shoot(browser, &format!("{name}-{}", other.rsplit('/').next().unwrap()));
    }
}

/// Nobody is kept from using a page: axe-core finds nothing, whichever theme is chosen.
fn accessible(site: &Site, browser: &Browser, pages: &[&str]) {
    let Some(script) = axe::script() else { return };
    let mut found = Vec::new();
    for page in pages {
        browser.go(&site.url(&format!("{page}.html")));
        found.extend(axe::findings(browser, &script));
    }
    first_result(browser, "peer");
    found.extend(axe::findings(browser, &script));
    assert_eq!(found, Vec::<String>::new());
}

/// A page of each kind.
const EACH_KIND: [&str; 13] = [
    "index",
    "404",
    "telegram/index",
    "telegram/builtin",
    "telegram/functions/index",
    "telegram/namespaces/contacts",
    "telegram/errors/index",
    "telegram/errors/TYPES_EMPTY",
    "telegram/functions/contacts.getTopPeers",
    "telegram/functions/contacts.getContacts",
    "telegram/constructors/user",
    "telegram/types/User",
    "mtproto/constructors/message",
];

#[test]
#[ignore = "needs chromium, chromedriver and npm"]
fn accessible_on_a_desktop() {
    accessible(&Site::new(&all_own()), &Browser::open(1280, 900, false), &EACH_KIND);
}

#[test]
#[ignore = "needs chromium, chromedriver and npm"]
fn accessible_on_a_phone() {
    let (site, browser) = (Site::new(&all_own()), Browser::open(390, 844, true));
    accessible(&site, &browser, &EACH_KIND);
    let Some(script) = axe::script() else { return };
    browser.go(&site.url("telegram/index.html"));
    browser.click(".menu");
    assert_eq!(axe::findings(&browser, &script), Vec::<String>::new());
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn desktop() {
    let site = Site::new(&all_own());
    let browser = Browser::open(1280, 900, false);
    walk(&site, &browser, "desktop");
    // A slash leads to the search from anywhere.
    browser.keys("body", "/");
    assert_eq!(browser.run("return document.activeElement.id"), "search");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn phone() {
    let site = Site::new(&all_own());
    let browser = Browser::open(390, 844, true);
    walk(&site, &browser, "phone");
    // The navigation comes by the menu and leads on.
    let visible = "return getComputedStyle(document.getElementById('nav')).display !== 'none'";
    assert_eq!(browser.run(visible), false);
    browser.click(".menu");
    assert_eq!(browser.run(visible), true);
    shoot(&browser, "phone-menu");
    browser.click("#nav a[href$='types/index.html']");
    browser.wait("the list of types", "return document.querySelector('h1').textContent === 'Types'");
    assert_eq!(browser.run(visible), false);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_whole_api() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let site = Site::new(&[
        real(&corpus, "telegram_222", "telegram/api-layer-222.tl"),
        real(&corpus, "telegram_228", "telegram/api-layer-228.tl"),
    ]);
    let browser = Browser::open(1280, 900, false);
    browser.go(&site.url("telegram/index.html"));
    assert_fits(&browser);
    let page = site.url("telegram/functions/messages.sendMessage.html");
    assert_eq!(first_result(&browser, "send_message"), page);
    shoot(&browser, "whole-search");
    // By id, in each way to write one, by words of its fields, and a word that is nowhere.
    let user = site.url("telegram/constructors/userEmpty.html");
    for id in ["d3bc4b7a", "0xd3bc4b7a", "#d3bc4b7a", "-742634630", "3552332666"] {
        assert_eq!(first_result(&browser, id), user, "{id}");
    }
    let described = site.url("telegram/functions/contacts.getTopPeers.html");
    assert_eq!(first_result(&browser, "guestchat correspondents"), described);
    browser.run("document.getElementById('search').value = ''");
    browser.keys("#search", "zzqqxx");
    browser.wait("no result", "return document.getElementById('results').textContent.includes('Nothing found')");
    let started = browser.run("return performance.now()").as_f64().unwrap();
    first_result(&browser, "photo");
    let took = browser.run("return performance.now()").as_f64().unwrap() - started;
    assert!(took < 5000.0, "a search took {took} ms");
    for other in ["types/InputPeer.html", "types/Update.html", "constructors/user.html"] {
        browser.go(&site.url(&format!("telegram/{other}")));
        assert_fits(&browser);
        shoot(&browser, &format!("whole-{}", other.split('/').next_back().unwrap()));
    }
    // With long names, many constructors, errors and fields.
    let pages = [
        "index",
        "telegram/index",
        "telegram/errors/index",
        "telegram/errors/CHANNEL_PRIVATE",
        "telegram/functions/messages.sendMessage",
        "telegram/types/Update",
        "telegram/constructors/user",
    ];
    accessible(&site, &browser, &pages);
    accessible(&site, &Browser::open(390, 844, true), &pages);
}
