//! Messages of the exchange of keys, which are not encrypted.

use tlgen_mtproto::{Side, part};

/// What the client asks, and what the server answers.
const OF_CLIENT: [u32; 4] = [
    0xbe7e_8ef1, // req_pq_multi
    0x6046_9778, // req_pq
    0xd712_e4be, // req_DH_params
    0xf504_5f1f, // set_client_DH_params
];
const OF_SERVER: [u32; 6] = [
    0x0516_2463, // resPQ
    0xd0e8_075c, // server_DH_params_ok
    0x79cb_045d, // server_DH_params_fail
    0x3bcb_f734, // dh_gen_ok
    0x46dc_1fb9, // dh_gen_retry
    0xa69d_ae02, // dh_gen_fail
];

/// Whether a message without a key, of 24 bytes at least, is one of the exchange; nothing if its parts are not as long as it says.
/// Its head is mostly zeros, so that much else looks like one.
pub(super) fn proof(message: &[u8], side: Side) -> Option<bool> {
    // Id of the key, id, length, body, and at most 15 bytes of padding.
    let length = u32::from_le_bytes(part(message, 16)) as usize;
    (message.len() - 20).checked_sub(length).filter(|padding| *padding < 16)?;
    let id = u32::from_le_bytes(part(message, 20));
    let known: &[u32] = if side == Side::Client { &OF_CLIENT } else { &OF_SERVER };
    Some(length >= 4 && known.contains(&id) && part(message, 8) != [0; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(msg_id: i64, body: &[u8], padding: usize) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap();
        [&[0; 8][..], &msg_id.to_le_bytes(), &length.to_le_bytes(), body, &vec![0; padding]].concat()
    }

    #[test]
    fn zeros_prove_nothing() {
        let ask = [&0xbe7e_8ef1u32.to_le_bytes()[..], &[7; 16]].concat();
        assert_eq!(proof(&message(4, &ask, 0), Side::Client), Some(true));
        assert_eq!(proof(&message(4, &ask, 15), Side::Client), Some(true));
        assert_eq!(proof(&message(4, &ask, 16), Side::Client), None);
        assert_eq!(proof(&message(0, &ask, 0), Side::Client), Some(false));
        assert_eq!(proof(&message(4, &ask, 0), Side::Server), Some(false));
        assert_eq!(proof(&message(4, &[9; 20], 0), Side::Client), Some(false));
        assert_eq!(proof(&[0; 24], Side::Client), Some(false));
        assert_eq!(proof(&[0; 40], Side::Server), None);
    }
}
