//! Whether what an option says can be written as Rust: names, derives and the path of the runtime.

use tlgen_model::suggest::Suggest;

use super::{Config, TextMode};
use crate::error::{CodegenError, CodegenErrorKind};
use crate::naming;

/// The derives of the prelude, each with those that it needs.
const PRELUDE: [(&str, &[&str]); 9] = [
    ("Clone", &[]),
    ("Copy", &["Clone"]),
    ("Debug", &[]),
    ("Default", &[]),
    ("Eq", &["PartialEq"]),
    ("Hash", &[]),
    ("Ord", &["Eq", "PartialOrd"]),
    ("PartialEq", &[]),
    ("PartialOrd", &["PartialEq"]),
];

impl Config {
    /// Everything in the options that would not be valid Rust, whatever the schema.
    pub(crate) fn check(&self) -> Result<(), Vec<CodegenError>> {
        let mut errors = Vec::new();
        let mut wrong = |option, value: &str, expected| {
            errors.push(CodegenErrorKind::Misapplied { option, value: value.to_owned(), expected });
        };
        for name in self.rename.values().filter(|name| !naming::is_ident(name)) {
            wrong("rename", name, "a Rust identifier; a keyword needs `r#`");
        }
        for path in self.derives.iter().filter(|path| !is_path(path)) {
            wrong("derives", path, "the path of a derive macro");
        }
        if self.borrowed && self.text == TextMode::Lossy {
            wrong("text", "lossy", "`strict` or `bytes` with `borrowed`: text in the input can not be mended");
        }
        if !is_path(&self.runtime) {
            wrong("runtime", &self.runtime, "a Rust path");
        }
        check_derives(&self.derives, &mut errors);
        let errors: Vec<_> = errors.into_iter().map(CodegenError::from).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

fn is_path(path: &str) -> bool {
    let is_part = |part: &str| naming::is_ident(part) || matches!(part, "crate" | "self" | "super");
    path.strip_prefix("::").unwrap_or(path).split("::").all(is_part)
}

/// The name of a derive of the prelude, by whichever path it is called.
fn prelude_name(path: &str) -> Option<&str> {
    let path = path.strip_prefix("::").unwrap_or(path);
    match path.split("::").collect::<Vec<_>>()[..] {
        [name] | ["std" | "core", .., name] => Some(name),
        _ => None,
    }
}

/// A name without a path is one of the prelude, each derive has the derives that it needs, and no derive is there twice.
fn check_derives(derives: &[String], errors: &mut Vec<CodegenErrorKind>) {
    let names: Vec<&str> = derives.iter().filter_map(|path| prelude_name(path)).collect();
    for (at, derive) in derives.iter().enumerate().filter(|(_, path)| is_path(path)) {
        if derives[..at].contains(derive) {
            errors.push(CodegenErrorKind::RepeatedDerive { derive: derive.clone() });
        }
        let Some(name) = prelude_name(derive) else { continue };
        match PRELUDE.iter().find(|(known, _)| *known == name) {
            Some((_, needs)) => errors.extend(
                needs
                    .iter()
                    .filter(|need| !names.contains(*need))
                    .map(|need| CodegenErrorKind::MissingDerive { derive: derive.clone(), needs: need }),
            ),
            None if derive.contains("::") => {}
            None => {
                let similar = Suggest::new(PRELUDE.iter().map(|(known, _)| *known)).nearest(name);
                errors.push(CodegenErrorKind::UnknownDerive { derive: derive.clone(), similar });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(derives: &[&str]) -> Vec<String> {
        let config =
            Config { derives: derives.iter().map(|derive| (*derive).to_owned()).collect(), ..Config::default() };
        let errors = config.check().err().unwrap_or_default();
        errors.iter().map(|error| format!("{error}; {}", error.diagnostic().help.join("; "))).collect()
    }

    #[test]
    fn derives_that_would_not_compile() {
        assert_eq!(
            messages(&["Clone", "Copy", "::std::cmp::PartialEq", "Eq", "::serde::Serialize", "my::Derive"]),
            [""; 0]
        );
        assert_eq!(messages(&["Clnoe"]), ["`Clnoe` is no derive of the prelude; did you mean `Clone`?"]);
        assert_eq!(
            messages(&["Serialize"]),
            ["`Serialize` is no derive of the prelude; write its path, as in `::serde::Serialize`"]
        );
        assert_eq!(messages(&["Eq"]), ["the derive `Eq` needs `PartialEq`; add `PartialEq` to the option `derives`"]);
        assert_eq!(messages(&["Copy"]), ["the derive `Copy` needs `Clone`; add `Clone` to the option `derives`"]);
        assert_eq!(messages(&["Ord", "PartialEq"]).len(), 2);
        assert_eq!(
            messages(&["Debug", "Debug"]),
            ["the derive `Debug` is named twice; name it once in the option `derives`"]
        );
        assert_eq!(messages(&["a b"]).len(), 1);
    }
}
