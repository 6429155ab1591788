//! Hexadecimal digits with whatever may stand between them.

/// Two lower-case digits a byte.
pub(crate) fn print(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Pairs of digits. Between them may be blanks, punctuation, `0x` and `\x`; where bytes are separate words, as in `0x4, 0x0`, one
/// digit is enough. Of a declaration in C the part in braces counts.
pub(crate) fn parse(text: &str) -> Result<Vec<u8>, String> {
    let part = match (text.find('{'), text.find('}')) {
        (Some(open), Some(close)) if open < close => open + 1..close,
        _ => 0..text.len(),
    };
    let before = text[..part.start].chars().count();
    let text = &text[part];
    if text.contains("0x") && text.contains(',') {
        return words(text, before);
    }
    let (mut bytes, mut high) = (Vec::new(), None);
    let mut chars = text.chars().enumerate().peekable();
    while let Some((index, c)) = chars.next() {
        // A prefix is no digit.
        if (c == '0' && high.is_none() || c == '\\') && chars.next_if(|(_, next)| matches!(next, 'x' | 'X')).is_some() {
            continue;
        }
        // The mark of a literal of bytes.
        if c == 'b' && chars.peek().is_some_and(|(_, next)| matches!(next, '"' | '\'')) {
            continue;
        }
        match (c.to_digit(16), high) {
            (Some(digit), None) => high = Some((digit, index)),
            (Some(digit), Some((first, _))) => {
                bytes.extend(u8::try_from(first << 4 | digit));
                high = None;
            }
            (None, _) if is_between(c) => {}
            (None, _) => return Err(format!("not hexadecimal: `{c}` at character {}", before + index + 1)),
        }
    }
    match high {
        None => Ok(bytes),
        Some((digit, index)) => {
            let index = before + index + 1;
            Err(format!("not hexadecimal: a digit is missing after `{digit:x}` at character {index}"))
        }
    }
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ':' | ';' | '-' | '_' | '"' | '\'' | '[' | ']' | '(' | ')')
}

/// Words with commas between them, each a byte or more.
fn words(text: &str, before: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut at = before;
    for word in text.split(',') {
        let start = at + word.chars().take_while(|c| is_between(*c)).count() + 1;
        at += word.chars().count() + 1;
        let word = word.trim_matches(is_between);
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
        let digits = if digits.len() % 2 == 1 { format!("0{digits}") } else { digits.to_owned() };
        if let Some(wrong) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
            return Err(format!("not hexadecimal: `{wrong}` in `{word}` at character {start}"));
        }
        let pairs = digits.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
        bytes.extend(pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()));
    }
    Ok(bytes)
}
