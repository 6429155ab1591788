//! Written ids that follow from another line than their own, in schemas that everyone uses.
//!
//! What comes in is a declaration whose id follows from neither rule; what goes out is the reason for the id, if it is known. Such
//! an id is no mistake: other programs use it. A field with another type gives another line, for which no reason is known.

use super::{IdRule, TABLE, compute, step, written};
use crate::ast::Declaration;
use crate::canonical;

/// Why a written id that follows from neither rule is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The declaration is made from another one, and has its id. This is the canonical line of the other one.
    Copy(String),
    /// This very declaration, with this id, is in a public schema.
    Public,
}

/// Lines of public schemas, as their written id and the id by the plain rule. No other rule is known that gives the former.
const PUBLIC: &[(u32, u32, &str)] = &[
    (0x4679_b65f, 0x0206_34ce, "accessPointRule"),
    (0x4679_b65f, 0xc7ab_5c4c, "accessPointRule"),
    (0xc889_74ac, 0x87e0_47c8, "channel"),
    (0x5bbf_0521, 0xd8ee_8db8, "collatorNode.pong"),
    (0x4ac6_e727, 0x206b_0221, "db.block.info"),
    (0x3072_cfa1, 0xdfbc_64b0, "gzip_packed"),
    (0x5a59_2a6c, 0x066d_2808, "help.configSimple"),
    (0xcacb_6ae2, 0xc786_df67, "inputPeerNotifySettings"),
    (0x091a_58bc, 0x2889_7ef9, "liteServer.getValidatorStats"),
    (0xb12f_65af, 0xab10_1c41, "liteServer.transactionId"),
    (0x73f1_f8dc, 0x29c1_636d, "msg_container"),
    (0x9962_2c0c, 0xb0db_8cf0, "peerNotifySettings"),
    (0xf5bf_60c0, 0x67e9_3d03, "tonNode.capabilities"),
];

/// The reason for a written id that follows from neither rule.
#[must_use]
pub fn oddity(declaration: &Declaration<'_>) -> Option<Oddity> {
    let id = written(declaration)?;
    let plain = compute(declaration, IdRule::Plain)?;
    if PUBLIC.iter().any(|&(written, by_rule, _)| (written, by_rule) == (id, plain)) {
        return Some(Oddity::Public);
    }
    original(declaration, id).map(Oddity::Copy)
}

/// The canonical line that a written id belongs to, where the declaration is a copy of it.
///
/// Copies get longer names (`message_layer199`, `channelLegacy`), a namespace in front of all their names, or `int53` for
/// `long`. The first part of a request that holds another one is called a prefix (`invokeWithReCaptchaPrefix`). In the first
/// layer of the Telegram API the `{X:Type}` of `!X` is missing. This undoes such changes, and finds the line whose CRC-32 is
/// the written id. With 2<sup>32</sup> ids and a few dozen lines a chance hit is practically impossible.
fn original(declaration: &Declaration<'_>, written: u32) -> Option<String> {
    [IdRule::Telegram, IdRule::Plain].into_iter().find_map(|rule| {
        let line = canonical::line(declaration, rule)?;
        let without_namespace = || {
            let (name, _) = line.split_once(' ')?;
            let (namespace, _) = name.rsplit_once('.')?;
            Some(map_words(&line, |word| word.strip_prefix(namespace)?.strip_prefix('.')))
        };
        let with_long = || map_words(&line, |word| (word == "int53").then_some("long"));
        shortened(&line, written)
            .or_else(|| shortened(&without_namespace()?, written))
            .or_else(|| shortened(&with_long(), written))
            .or_else(|| shortened(&with_variable(&line)?, written))
            .or_else(|| shortened(&whole_request(&line)?, written))
    })
}

/// The line of a function with the variable that is its result.
fn with_variable(line: &str) -> Option<String> {
    let (name, rest) = line.split_once(' ')?;
    let (_, variable) = rest.rsplit_once("= ")?;
    let is_name = variable.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then(|| format!("{name} {variable}:Type {rest}"))
}

/// The line of the request whose first part is declared: `= Error` is what TDLib writes for its result.
fn whole_request(line: &str) -> Option<String> {
    let (name, fields) = line.strip_suffix(" = Error")?.split_once(' ')?;
    let name = name.strip_suffix("Prefix")?;
    Some(format!("{name} X:Type {fields} query:!X = X"))
}

/// The line with the written id after the end of its name was cut off, or nothing.
fn shortened(line: &str, written: u32) -> Option<String> {
    let (name, rest) = line.split_at(line.find(' ')?);
    // The state of the checksum before `rest` follows from the state after it.
    let wanted = rest.bytes().rev().fold(!written, |crc, byte| {
        let index = INDEX[(crc >> 24) as usize];
        ((crc ^ TABLE[usize::from(index)]) << 8) | u32::from(index ^ byte)
    });
    let mut crc = !0;
    for (at, byte) in name.bytes().enumerate() {
        crc = step(crc, byte);
        if crc == wanted {
            return Some(format!("{}{rest}", &name[..=at]));
        }
    }
    None
}

/// The line with some of its names replaced.
fn map_words<'l>(line: &'l str, replace: impl Fn(&'l str) -> Option<&'l str>) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        out.push_str(replace(word).unwrap_or(word));
        let next = behind.chars().next().map_or(0, char::len_utf8);
        out.push_str(&behind[..next]);
        rest = &behind[next..];
    }
    out
}

/// The index of the entry of [`TABLE`] with a given highest byte; no two entries have the same.
static INDEX: [u8; 256] = {
    let mut index = [0; 256];
    let mut i = 0;
    while i < 256 {
        index[(TABLE[i] >> 24) as usize] = i as u8;
        i += 1;
    }
    index
};

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<Oddity> {
        let parsed = crate::parse(text);
        parsed.schema.declarations().next().and_then(|(_, declaration)| oddity(declaration))
    }

    #[test]
    fn originals_of_copies() {
        let original = |text: &str| match first(text) {
            Some(Oddity::Copy(line)) => Some(line),
            other => {
                assert_eq!(other, None, "{text}");
                None
            }
        };
        assert_eq!(original("boolTrue_layer7#997275b5 = Bool;").as_deref(), Some("boolTrue = Bool"));
        assert_eq!(original("boolTrue#997275b5 = Bool;").as_deref(), Some("boolTrue = Bool"));
        let text = "ok.pairLegacy#0c3f47ab a:X b:Y = ok.Pair;";
        assert_eq!(original(text), None);
        let line = "pair a:long b:flags.0?Y = Pair";
        let id = super::super::crc32(line.as_bytes());
        let found = original(&format!("ok.pair8#{id:08x} a:long b:flags.0?Y = ok.Pair;"));
        assert_eq!(found.as_deref(), Some(line));
        let found = original(&format!("pair8#{id:08x} a:int53 b:flags.0?Y = Pair;"));
        assert_eq!(found.as_deref(), Some(line));
        assert_eq!(original("boolTrue = Bool;"), None);
    }

    #[test]
    fn requests_in_parts_and_without_their_variable() {
        let copy = |line: &str| Some(Oddity::Copy(line.to_owned()));
        let found = first("invokeWithReCaptchaPrefix#adbb0f94 token:string = Error;");
        assert_eq!(found, copy("invokeWithReCaptcha X:Type token:string query:!X = X"));
        assert_eq!(first("invokeWithReCaptchaPrefix#adbb0f94 token:bytes = Error;"), found);
        assert_eq!(first("invokeWithReCaptchaPrefix#adbb0f94 token:long = Error;"), None);
        let found = first("---functions---\ninvokeAfterMsg#cb9f372d msg_id:long query:!X = X;");
        assert_eq!(found, copy("invokeAfterMsg X:Type msg_id:long query:!X = X"));
        assert_eq!(first("---functions---\ninvokeAfterMsg#cb9f372d msg_id:int query:!X = X;"), None);
    }

    #[test]
    fn public_lines_and_no_change_of_them() {
        let line = "accessPointRule#4679b65f phone_prefix_rules:string dc_id:int ips:vector<IpPort> = AccessPointRule;";
        assert_eq!(first(line), Some(Oddity::Public));
        assert_eq!(first(&line.replace("dc_id:int", "dc_id:long")), None);
        assert_eq!(first(&line.replace("4679b65f", "4679b65e")), None);
    }
}
