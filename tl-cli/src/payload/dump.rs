//! The output of `xxd`, `hexdump -C`, `od -A x -t x1z` and `tcpdump -x`: lines with an offset, digits, and perhaps text.

/// The bytes, if every line is one of a dump and its offset is the number of bytes before it.
pub(crate) fn parse(text: &str) -> Option<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut lines = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let line = line.trim_start();
        let (offset, rest) = line.split_once([':', ' ']).unwrap_or((line, ""));
        let digits = offset.strip_prefix("0x").unwrap_or(offset);
        if digits.len() < 4 || usize::from_str_radix(digits, 16).ok()? != bytes.len() {
            return None;
        }
        // The last line of `hexdump` is the length alone.
        if rest.trim().is_empty() && lines == 0 {
            return None;
        }
        row(rest, &mut bytes)?;
        lines += 1;
    }
    (lines > 0).then_some(bytes)
}

/// The digits of one line. Text is after a bar, or after two blanks.
fn row(rest: &str, bytes: &mut Vec<u8>) -> Option<()> {
    let columns = match rest.split_once(['|', '>']) {
        Some((columns, _)) if !columns.trim().is_empty() => columns,
        _ => {
            let rest = rest.trim_start();
            rest.split_once("  ").map_or(rest, |(columns, _)| columns)
        }
    };
    for group in columns.split_whitespace() {
        let (pairs, odd) = group.as_bytes().as_chunks::<2>();
        if !odd.is_empty() {
            return None;
        }
        for pair in pairs {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            bytes.push(u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok()?);
        }
    }
    Some(())
}
