//! TL names to Rust names: only this module knows case, keywords and prefixes.

mod errors;

pub use errors::{UNKNOWN_ERROR, error_fields, error_variants};

/// The variant of an enum for constructors that are not known.
pub const UNKNOWN_VARIANT: &str = "Unknown";

/// Rust keywords of every edition, and names that are not an identifier on their own.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that cannot even be raw identifiers.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Types that generated code calls by their short names.
pub(crate) const USED_TYPES: &[&str] = &["Box", "Option", "String", "Vec"];

/// Names that a module must not have because generated code next to it uses them.
const RESERVED_MODULES: &[&str] = &[
    "bool",
    "char",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "constructors",
    "types",
    "functions",
    "core",
    "std",
    "alloc",
    "rt",
    "facts",
];

/// Names of devices of Windows. No file there can have such a name, whatever its extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Whether a name is that of a device of Windows.
fn is_device(name: &str) -> bool {
    let port = ["com", "lpt"].iter().find_map(|port| name.strip_prefix(port));
    DEVICES.contains(&name) || port.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

/// Whether a name can be written as it is, `r#` included.
pub(crate) fn is_ident(name: &str) -> bool {
    let raw = name.strip_prefix("r#");
    let ident = raw.unwrap_or(name);
    let mut chars = ident.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_ascii_alphabetic())
        && chars.all(|c| c == '_' || c.is_ascii_alphanumeric())
        && !NEVER_RAW.contains(&ident)
        && (raw.is_some() || !KEYWORDS.contains(&ident))
}

/// The words of a TL identifier: split at `_`, before a capital after a small letter or digit, and before the last
/// capital of a run that a small letter follows (`JSONValue` is `JSON` and `Value`).
fn words(ident: &str) -> impl Iterator<Item = &str> {
    ident.split('_').flat_map(|part| {
        let mut next = Some(0);
        core::iter::from_fn(move || {
            let start = next?;
            next = (start + 1..part.len()).find(|at| begins_word(part.as_bytes(), *at));
            Some(&part[start..next.unwrap_or(part.len())])
        })
    })
}

/// Whether a word begins at an index above 0.
fn begins_word(bytes: &[u8], at: usize) -> bool {
    let after_lower = !bytes[at - 1].is_ascii_uppercase();
    let before_lower = || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) && !is_plural(&bytes[at + 1..]);
    bytes[at].is_ascii_uppercase() && (after_lower || before_lower())
}

/// Whether a run of capitals is followed by a plural `s`, as in `getContactIDs`.
fn is_plural(rest: &[u8]) -> bool {
    rest[0] == b's' && !rest.get(1).is_some_and(u8::is_ascii_lowercase)
}

/// The name of a struct, enum or variant: `inputPeerSelf` to `InputPeerSelf`, `Server_DH_Params` to `ServerDhParams`.
#[must_use]
pub fn pascal(ident: &str) -> String {
    let mut name = String::with_capacity(ident.len());
    for word in words(ident) {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            name.push(first.to_ascii_uppercase());
            push_small(&mut name, chars.as_str());
        }
    }
    name
}

/// The name of a field or module, not yet safe: `objectIdLength` to `object_id_length`.
#[must_use]
pub fn snake(ident: &str) -> String {
    // Most arguments are called so.
    if is_snake(ident) {
        return ident.to_owned();
    }
    let mut name = String::with_capacity(ident.len() + 4);
    for word in words(ident).filter(|word| !word.is_empty()) {
        if !name.is_empty() {
            name.push('_');
        }
        push_small(&mut name, word);
    }
    name
}

/// Small letters and digits with single `_` between them.
fn is_snake(ident: &str) -> bool {
    ident.split('_').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Adds a text in small letters.
fn push_small(name: &mut String, text: &str) {
    let start = name.len();
    name.push_str(text);
    name[start..].make_ascii_lowercase();
}

/// A struct, enum or variant name that is safe to write: `Self` becomes `Self_`.
#[must_use]
pub fn type_name(ident: &str) -> String {
    let name = pascal(ident);
    if NEVER_RAW.contains(&name.as_str()) { name + "_" } else { name }
}

/// A field name that is safe to write: `type` becomes `r#type`, `self` becomes `self_`.
#[must_use]
pub fn field_name(ident: &str) -> String {
    let name = snake(ident);
    if NEVER_RAW.contains(&name.as_str()) {
        name + "_"
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// A module name that is safe to write, as an identifier and as a file name: `in` becomes `in_`.
#[must_use]
pub fn module_name(ident: &str) -> String {
    let name = snake(ident);
    if KEYWORDS.contains(&name.as_str())
        || NEVER_RAW.contains(&name.as_str())
        || RESERVED_MODULES.contains(&name.as_str())
        || is_device(&name)
    {
        name + "_"
    } else {
        name
    }
}

/// The variant of a constructor: its name without the name of its type, where that leaves a name.
///
/// `contacts.contactsNotModified` of `contacts.Contacts` is `NotModified`; `contacts.contacts` stays `Contacts`. A
/// namespace that the type does not have is part of the name: `dns.accountState` of `AccountState` is
/// `DnsAccountState`, and `adnl.message.query` of `adnl.Message` is `Query`. What would be called `taken` keeps the name of its
/// type.
#[must_use]
pub fn variant_name(ty: &str, constructor: &str, taken: Option<&str>) -> String {
    let namespace = ty.rsplit_once('.').map_or("", |(namespace, _)| namespace);
    let relative = match constructor.strip_prefix(namespace) {
        Some(rest) if namespace.is_empty() => rest,
        Some(rest) => rest.strip_prefix('.').unwrap_or(constructor),
        None => constructor,
    };
    let (ty, full) = (pascal(ty.rsplit('.').next().unwrap_or(ty)), pascal(&relative.replace('.', "_")));
    let is_name = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_uppercase()) && Some(*rest) != taken;
    let short = full.strip_prefix(&ty).filter(is_name);
    let name = short.map_or_else(|| full.clone(), str::to_owned);
    if NEVER_RAW.contains(&name.as_str()) { name + "_" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        assert_eq!(pascal("inputPeerSelf"), "InputPeerSelf");
        assert_eq!(pascal("Server_DH_Params"), "ServerDhParams");
        assert_eq!(pascal("P_Q_inner_data"), "PQInnerData");
        assert_eq!(pascal("resPQ"), "ResPq");
        assert_eq!(pascal("JSONValue"), "JsonValue");
        assert_eq!(pascal("getContactIDs"), "GetContactIds");
        assert_eq!(pascal("getUserIs"), "GetUserIs");
        assert_eq!(pascal("decryptedMessage23"), "DecryptedMessage23");
        assert_eq!(snake("objectIdLength"), "object_id_length");
        assert_eq!(snake("new_nonce_hash1"), "new_nonce_hash1");
        assert_eq!(snake("dhPQ"), "dh_pq");
        assert_eq!(snake("_a__b_"), "a_b");
        assert_eq!(snake("_"), "");
        assert_eq!(snake("aB_größeX"), "a_b_größe_x");
        assert_eq!(pascal("größe_éX"), "GrößeéX");
    }

    #[test]
    fn keywords() {
        assert_eq!(field_name("type"), "r#type");
        assert_eq!(field_name("self"), "self_");
        assert_eq!(field_name("crate"), "crate_");
        assert_eq!(module_name("in"), "in_");
        assert_eq!(module_name("types"), "types_");
        assert_eq!(module_name("aux"), "aux_");
        assert_eq!(module_name("com1"), "com1_");
        assert_eq!(module_name("com"), "com");
        assert_eq!(type_name("self"), "Self_");
    }

    #[test]
    fn variants() {
        assert_eq!(variant_name("contacts.Contacts", "contacts.contactsNotModified", None), "NotModified");
        assert_eq!(variant_name("contacts.Contacts", "contacts.contacts", None), "Contacts");
        assert_eq!(variant_name("AccountState", "dns.accountState", None), "DnsAccountState");
        assert_eq!(variant_name("adnl.Message", "adnl.message.query", None), "Query");
        assert_eq!(variant_name("db.files.Key", "db.files.index.key", None), "IndexKey");
        assert_eq!(variant_name("ton.Key", "tone.key", None), "ToneKey");
        assert_eq!(variant_name("InputPeer", "inputPeerSelf", None), "Self_");
        assert_eq!(variant_name("DecryptedMessage", "decryptedMessage23", None), "DecryptedMessage23");
        assert_eq!(variant_name("Peer", "peering", None), "Peering");
        assert_eq!(variant_name("User", "userEmpty", None), "Empty");
        assert_eq!(variant_name("User", "userUnknown", None), "Unknown");
        assert_eq!(variant_name("User", "userUnknown", Some(UNKNOWN_VARIANT)), "UserUnknown");
    }
}
