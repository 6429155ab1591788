//! A list of numbers, as `{:?}` of Rust, `list()` of Python and JSON print bytes.

/// Numbers from -128 to 255 in brackets, with commas between them; a negative one is a signed byte.
pub(crate) fn parse(text: &str) -> Option<Vec<u8>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    if !inner.contains(',') || inner.contains(['x', 'X']) {
        return None;
    }
    let inner = inner.trim().strip_suffix(',').unwrap_or(inner);
    inner.split(',').map(|number| byte(number.trim())).collect()
}

fn byte(number: &str) -> Option<u8> {
    number.parse::<u8>().ok().or_else(|| number.parse::<i8>().ok().map(i8::cast_unsigned))
}
