//! What is in a message: containers and packed values opened.

use std::io::Read;

use flate2::read::GzDecoder;
use tlgen_mtproto::part;

/// How many bytes all that is packed in a message may have together.
const MAX_UNPACKED: u64 = 1 << 26;

/// How many messages there may be in one.
const MAX_MESSAGES: usize = 1024;

/// How deep values are packed and contained in each other.
const MAX_LEVEL: usize = 4;

const CONTAINER: u32 = 0x73f1_f8dc;
const GZIP_PACKED: u32 = 0x3072_cfa1;
const RPC_RESULT: u32 = 0xf35c_6d01;
const RPC_ERROR: u32 = 0x2144_ca19;
const BAD_MSG_NOTIFICATION: u32 = 0xa7ef_f811;
const BAD_SERVER_SALT: u32 = 0xedab_447b;

/// What is about messages and not about the API: confirmations, pings, salts, states, sessions.
const SERVICE: [u32; 22] = [
    0x62d6_b459, // msgs_ack
    BAD_MSG_NOTIFICATION,
    BAD_SERVER_SALT,
    0x9ec2_0908, // new_session_created
    0x3477_73c5, // pong
    0x7abe_77ec, // ping
    0xf342_7b8c, // ping_delay_disconnect
    0xae50_0895, // future_salts
    0xb921_bd04, // get_future_salts
    0xda69_fb52, // msgs_state_req
    0x04de_b57d, // msgs_state_info
    0x8cc0_d131, // msgs_all_info
    0x276d_3ec6, // msg_detailed_info
    0x809d_b6df, // msg_new_detailed_info
    0x7d86_1a08, // msg_resend_req
    0x58e4_a740, // rpc_drop_answer
    0xe751_2126, // destroy_session
    0xe22e_01a4, // destroy_session_ok
    0x62d3_50c9, // destroy_session_none
    0xd143_3580, // destroy_auth_key
    0x9299_359f, // http_wait
    0xe060_46b2, // msg_copy
];

/// A message that holds no other.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Single<'b> {
    pub(crate) msg_id: i64,
    /// The message that holds it, or it itself.
    pub(crate) outer_id: i64,
    pub(crate) what: What<'b>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum What<'b> {
    /// The answer to a message.
    Answer(i64, Answer),
    /// A message was not accepted, for a reason with this number.
    Refused(i64, i32),
    Service(&'b [u8]),
    Other(&'b [u8]),
    /// It cannot be opened.
    Broken,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Its bytes, unpacked.
    pub(crate) bytes: Vec<u8>,
    /// What it says if it is an error.
    pub(crate) error: Option<(i32, String)>,
}

/// What may still be made of a message.
struct Budget {
    bytes: u64,
    messages: usize,
}

/// The id that bytes begin with, or 0.
pub(crate) fn id(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |id| u32::from_le_bytes(*id))
}

/// Gives out the messages in one.
pub(crate) fn each(msg_id: i64, body: &[u8], give: &mut impl FnMut(Single<'_>)) {
    let mut budget = Budget { bytes: MAX_UNPACKED, messages: MAX_MESSAGES };
    open((msg_id, msg_id), body, 0, &mut budget, give);
}

fn open(ids: (i64, i64), body: &[u8], level: usize, budget: &mut Budget, give: &mut impl FnMut(Single<'_>)) {
    let (msg_id, outer_id) = ids;
    let mut one = |what| give(Single { msg_id, outer_id, what });
    match id(body) {
        CONTAINER | GZIP_PACKED if level >= MAX_LEVEL => one(What::Broken),
        CONTAINER => {
            let mut rest = body.get(8..).unwrap_or_default();
            let count = body.get(4..).map_or(0, id) as usize;
            let Some(left) = budget.messages.checked_sub(count) else { return one(What::Broken) };
            budget.messages = left;
            for _ in 0..count {
                let Some((inner_id, inner, after)) = item(rest) else {
                    return give(Single { msg_id, outer_id, what: What::Broken });
                };
                open((inner_id, outer_id), inner, level + 1, budget, give);
                rest = after;
            }
        }
        GZIP_PACKED => match unpacked(body, budget) {
            Some(body) => open(ids, &body, level + 1, budget, give),
            None => one(What::Broken),
        },
        RPC_RESULT => one(answer(body, budget).unwrap_or(What::Broken)),
        BAD_MSG_NOTIFICATION | BAD_SERVER_SALT if body.len() >= 20 => {
            one(What::Refused(i64::from_le_bytes(part(body, 4)), i32::from_le_bytes(part(body, 16))));
        }
        id if SERVICE.contains(&id) => one(What::Service(body)),
        _ => one(What::Other(body)),
    }
}

/// A message of a container, and what follows it.
fn item(bytes: &[u8]) -> Option<(i64, &[u8], &[u8])> {
    let (head, rest) = bytes.split_at_checked(16)?;
    let length = usize::try_from(u32::from_le_bytes(part(head, 12))).ok()?;
    let (body, after) = rest.split_at_checked(length)?;
    Some((i64::from_le_bytes(part(head, 0)), body, after))
}

fn answer<'b>(body: &[u8], budget: &mut Budget) -> Option<What<'b>> {
    let request = i64::from_le_bytes(*body.get(4..)?.first_chunk()?);
    let mut bytes = body.get(12..)?.to_vec();
    if id(&bytes) == GZIP_PACKED {
        bytes = unpacked(&bytes, budget)?;
    }
    let error = match id(&bytes) {
        RPC_ERROR => {
            let code = i32::from_le_bytes(*bytes.get(4..)?.first_chunk()?);
            Some((code, String::from_utf8_lossy(string(bytes.get(8..)?)?).into_owned()))
        }
        _ => None,
    };
    Some(What::Answer(request, Answer { bytes, error }))
}

/// A TL string at the beginning of bytes.
fn string(bytes: &[u8]) -> Option<&[u8]> {
    match *bytes {
        [254, a, b, c, ref rest @ ..] => rest.get(..u32::from_le_bytes([a, b, c, 0]) as usize),
        [255, ..] | [] => None,
        [length, ref rest @ ..] => rest.get(..usize::from(length)),
    }
}

/// The content of a `gzip_packed`.
fn unpacked(body: &[u8], budget: &mut Budget) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let packed = string(body.get(4..)?)?;
    let read = GzDecoder::new(packed).take(budget.bytes + 1).read_to_end(&mut bytes);
    // What turns out to be broken was made, too.
    let left = budget.bytes.checked_sub(bytes.len() as u64);
    budget.bytes = left.unwrap_or(0);
    left.and(read.ok()).map(|_| bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        let bytes = encoder.finish().unwrap();
        let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        [&GZIP_PACKED.to_le_bytes()[..], &[254, length[0], length[1], length[2]], &bytes].concat()
    }

    fn container(items: &[(i64, &[u8])]) -> Vec<u8> {
        let mut bytes = [CONTAINER, u32::try_from(items.len()).unwrap()].map(u32::to_le_bytes).concat();
        for (id, body) in items {
            bytes.extend_from_slice(&id.to_le_bytes());
            bytes.extend_from_slice(&[1, 0, 0, 0]);
            bytes.extend_from_slice(&u32::try_from(body.len()).unwrap().to_le_bytes());
            bytes.extend_from_slice(body);
        }
        bytes
    }

    fn found(body: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        each(9, body, &mut |single| found.push(format!("{} in {}: {:?}", single.msg_id, single.outer_id, single.what)));
        found
    }

    #[test]
    fn containers_and_packed_values_are_opened() {
        let ack = 0x62d6_b459u32.to_le_bytes();
        let result = |value: &[u8]| [&RPC_RESULT.to_le_bytes()[..], &7i64.to_le_bytes(), value].concat();
        let error = [&RPC_ERROR.to_le_bytes()[..], &420i32.to_le_bytes(), b"\x05FLOOD\0\0"].concat();
        let body = container(&[
            (1, &ack),
            (2, &packed(&[1, 2, 3, 4])),
            (3, &result(&packed(b"12345678"))),
            (4, &result(&error)),
        ]);
        assert_eq!(
            found(&body),
            [
                "1 in 9: Service([89, 180, 214, 98])",
                "2 in 9: Other([1, 2, 3, 4])",
                "3 in 9: Answer(7, Answer { bytes: [49, 50, 51, 52, 53, 54, 55, 56], error: None })",
                &format!("4 in 9: Answer(7, Answer {{ bytes: {error:?}, error: Some((420, \"FLOOD\")) }})"),
            ]
        );
    }

    #[test]
    fn what_is_broken_is_said() {
        let mut cut = container(&[(1, &[0; 4]), (2, &[0; 400])]);
        cut.pop();
        assert_eq!(found(&cut), ["1 in 9: Other([0, 0, 0, 0])", "9 in 9: Broken"]);
        let mut damaged = packed(&[5; 100]);
        damaged[20] ^= 0x55;
        assert_eq!(found(&damaged), ["9 in 9: Broken"]);
        let deep = (0..6).fold(vec![1, 2, 3, 4], |body, _| packed(&body));
        assert_eq!(found(&deep), ["9 in 9: Broken"]);
        for body in [&b""[..], &CONTAINER.to_le_bytes(), &RPC_RESULT.to_le_bytes(), &BAD_SERVER_SALT.to_le_bytes()] {
            found(body);
        }
    }

    fn kinds(body: &[u8], mut budget: Budget) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        open((9, 9), body, 0, &mut budget, &mut |single| {
            kinds.push(match single.what {
                What::Broken => "broken",
                What::Answer(..) => "answer",
                _ => "other",
            });
        });
        kinds
    }

    /// Many small values that become large ones are no more than one of them: in each place where one may be packed.
    #[test]
    fn what_is_packed_in_a_message_is_bounded_together() {
        let part = packed(&[0; 1000]);
        let result = [&RPC_RESULT.to_le_bytes()[..], &7i64.to_le_bytes(), &part].concat();
        let within = |bytes| Budget { bytes, messages: 10 };
        let body = container(&[(1, &part), (2, &result), (3, &part), (4, &result), (5, &[0; 4])]);
        assert_eq!(kinds(&body, within(4000)), ["other", "answer", "other", "answer", "other"]);
        assert_eq!(kinds(&body, within(2999)), ["other", "answer", "broken", "broken", "other"]);
        // What is broken at its end counts, too.
        let mut damaged = part.clone();
        let at = damaged.len() - 5;
        damaged[at] ^= 1;
        let body = container(&[(1, &damaged), (2, &damaged), (3, &part)]);
        assert_eq!(kinds(&body, within(3000)), ["broken", "broken", "other"]);
        assert_eq!(kinds(&body, within(2500)), ["broken", "broken", "broken"]);
        assert_eq!(kinds(&packed(&part), within(999)), ["broken"]);
    }

    #[test]
    fn a_message_holds_no_more_than_so_many() {
        let items = |count| vec![(1, &[0; 4][..]); count];
        let whole = container(&items(MAX_MESSAGES));
        assert_eq!(found(&whole).len(), MAX_MESSAGES);
        assert_eq!(found(&container(&items(MAX_MESSAGES + 1))), ["9 in 9: Broken"]);
        // Those in what is packed count, too.
        let half = packed(&container(&items(600)));
        assert_eq!(found(&container(&[(1, &half), (2, &half)])).len(), 601);
    }
}
