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

#[cfg(test)]
mod tests {
    use super::matches;

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
