//! axe-core, which finds what keeps people from using a page: contrast, names, roles, order.
//!
//! Its script comes from the npm registry by `npm pack` and is never kept in this repository.

use std::fs;
use std::process::Command;

use crate::Browser;

/// The version whose rules the pages follow.
const PACKAGE: &str = "axe-core@4";

/// The script; `None` with a line that says why where it can not be had.
#[track_caller]
pub fn script() -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let packed = Command::new("npm")
        .args(["pack", "--silent", "--pack-destination", ".", PACKAGE])
        .current_dir(folder.path())
        .output();
    let unpacked = packed.is_ok_and(|output| output.status.success())
        && Command::new("sh")
            .args(["-c", "tar -xzf *.tgz package/axe.min.js"])
            .current_dir(folder.path())
            .status()
            .is_ok_and(|status| status.success());
    let script = unpacked.then(|| fs::read_to_string(folder.path().join("package/axe.min.js")).ok()).flatten();
    if script.is_none() {
        tl_corpus::skipped("axe-core: `npm pack axe-core` must be able to get it");
    }
    script
}

/// Everything that axe-core finds on the page as it is now, in both themes.
pub fn findings(browser: &Browser, script: &str) -> Vec<String> {
    let loaded = browser.run("return typeof axe === 'object'") == true;
    if !loaded {
        browser.run(script);
    }
    let mut all = Vec::new();
    for theme in ["light", "dark"] {
        let found = browser.run(&format!(
            "document.documentElement.dataset.theme = '{theme}';
             return axe.run(document).then((result) => result.violations.flatMap((rule) => rule.nodes.map(
               (node) => rule.id + ': ' + node.target.join(' ') + ': ' + (node.failureSummary || '').split('\\n')[1])));"
        ));
        let found = found.as_array().unwrap().iter();
        all.extend(found.map(|text| format!("{} ({theme}): {}", browser.url(), text.as_str().unwrap())));
    }
    browser.run("delete document.documentElement.dataset.theme");
    all
}
