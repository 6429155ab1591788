//! `#[doc = ".."]` to `/// ..`.

use core::fmt::Write as _;

use proc_macro2::Literal;

/// Appends the text of a documentation comment for a literal. `false`, with something or nothing appended, for a text that a
/// comment of one line cannot have.
pub(super) fn append(literal: &Literal, out: &mut String) -> bool {
    let start = out.len();
    let _ = write!(out, "{literal}");
    let written = &out[start..];
    if written.starts_with('"') && !written.as_bytes().contains(&b'\\') {
        // It means what it says, as most do.
        out.pop();
        out.remove(start);
    } else {
        let written = out.split_off(start);
        if unquote(&written, out).is_none() {
            return false;
        }
    }
    let text = &out[start..];
    // Four slashes are not documentation.
    !text.starts_with('/') && !text.bytes().any(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Appends what the literal of a text means.
pub(super) fn unquote(literal: &str, out: &mut String) -> Option<()> {
    if let Some(raw) = literal.strip_prefix('r') {
        out.push_str(raw.trim_matches('#').strip_prefix('"')?.strip_suffix('"')?);
        return Some(());
    }
    let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut after = escaped.chars();
        out.push(match after.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            c @ ('\\' | '"' | '\'') => c,
            'u' => {
                let (code, tail) = after.as_str().strip_prefix('{')?.split_once('}')?;
                after = tail.chars();
                char::from_u32(u32::from_str_radix(code, 16).ok()?)?
            }
            _ => return None,
        });
        rest = after.as_str();
    }
    out.push_str(rest);
    Some(())
}
