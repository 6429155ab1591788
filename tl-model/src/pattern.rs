//! Patterns of names, as options and filters take them.
//!
//! What comes in are a pattern and a name; what goes out is whether the name has the form of the pattern.

/// Whether `name` has the form of `pattern`, in which `*` means any characters, dots included: `contacts.*` is everything
/// in that namespace, `*.getContacts` one name in all namespaces. Takes time in proportion to the product of the lengths.
#[must_use]
pub fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut p, mut n) = (0, 0);
    // The last `*` that was met takes one character more where the rest fails.
    let mut star = None;
    while n < name.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, n));
            p += 1;
        } else if pattern.get(p) == Some(&name[n]) {
            p += 1;
            n += 1;
        } else if let Some((at, from)) = star {
            star = Some((at, from + 1));
            p = at + 1;
            n = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|rest| *rest == b'*')
}

/// A pattern that may say which names it is for: `functions:contacts.*` is for functions, `types:contacts.*` for types and
/// their constructors, and one without a prefix for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern<'p> {
    /// The pattern itself.
    pub form: &'p str,
    /// Whether it is for functions.
    pub functions: bool,
    /// Whether it is for types and constructors.
    pub types: bool,
}

impl<'p> Pattern<'p> {
    /// Takes the prefix off. No name of TL has a `:`.
    #[must_use]
    pub fn new(text: &'p str) -> Self {
        match text.split_once(':') {
            Some(("functions", form)) => Self { form, functions: true, types: false },
            Some(("types", form)) => Self { form, functions: false, types: true },
            _ => Self { form: text, functions: true, types: true },
        }
    }

    /// Whether it names this function.
    #[must_use]
    pub fn is_function(self, name: &str) -> bool {
        self.functions && matches(self.form, name)
    }

    /// Whether it names this type or constructor.
    #[must_use]
    pub fn is_type(self, name: &str) -> bool {
        self.types && matches(self.form, name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, matches};

    #[test]
    fn prefixes() {
        let of = |text: &'static str| {
            let pattern = Pattern::new(text);
            (pattern.is_function("p.a"), pattern.is_type("p.a"))
        };
        assert_eq!(of("p.*"), (true, true));
        assert_eq!(of("functions:p.*"), (true, false));
        assert_eq!(of("types:p.a"), (false, true));
        assert_eq!(of("types:*"), (false, true));
        assert_eq!(of("constructors:p.*"), (false, false));
        assert_eq!(of(":p.*"), (false, false));
    }

    #[test]
    fn patterns() {
        assert!(matches("contacts.*", "contacts.getContacts"));
        assert!(matches("*", "a.b.c"));
        assert!(matches("*.get*s", "contacts.getContacts"));
        assert!(matches("ping", "ping"));
        assert!(matches("a**", "a"));
        assert!(!matches("contacts.*", "contactsX"));
        assert!(!matches("ping", "ping_delay_disconnect"));
        assert!(!matches("*.get*z", "contacts.getContacts"));
        assert!(!matches("", "a"));
    }
}
