//! `#[doc = ".."]` to `/// ..`.

/// Appends the text of a documentation comment for a literal. `false`, with nothing appended, for a text that a comment of
/// one line cannot have.
pub(super) fn append(literal: &str, out: &mut String) -> bool {
    let start = out.len();
    let is_text = unquote(literal, out).is_some();
    // Four slashes are not documentation.
    let is_line = is_text
        && !out.as_bytes()[start..].iter().any(|byte| matches!(byte, b'\n' | b'\r'))
        && !out[start..].starts_with('/');
    if !is_line {
        out.truncate(start);
    }
    is_line
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
