//! Which texts are names in TL.

use super::TloError;

/// A name of a declaration, with its namespaces.
pub(super) fn full(name: &str) -> Result<&str, TloError> {
    let is_name = name.split('.').all(is_identifier);
    if is_name { Ok(name) } else { Err(TloError::Name { name: name.to_owned() }) }
}

/// A name of an argument.
pub(super) fn identifier(name: &str) -> Result<&str, TloError> {
    if is_identifier(name) { Ok(name) } else { Err(TloError::Name { name: name.to_owned() }) }
}

fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
