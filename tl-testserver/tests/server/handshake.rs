//! The exchange of keys, by a client that is written for this test from the description of the protocol.

use crate::client::Client;
use grammers_crypto::{AuthKey, aes};
use num_bigint::BigUint;
use sha1::{Digest, Sha1};
use tl_generated::mtproto::{constructors, functions, types};
use tlgen_runtime::{Decode, DecodeOptions, Encode, Function};
use tlgen_testserver::{CloseReason, HandshakeError, TestServer};

const NONCE: [u8; 16] = [3; 16];
const NEW_NONCE: [u8; 32] = [5; 32];

/// How the client gives its secret, and what it does wrong.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Padded,
    Hashed,
    WrongFactors,
    WrongNonce,
    WrongKey,
    WrongSecret,
    SmallNumber,
}

async fn plain<F: Function>(client: &mut Client, request: &F) -> Option<F::Return> {
    let body = request.to_bytes().unwrap();
    let id = client.next_id().to_le_bytes();
    let payload = [&[0; 8][..], &id, &(body.len() as u32).to_le_bytes(), &body].concat();
    client.send_payload(&payload).await;
    let answer = client.receive_payload().await.expect("an answer").ok()?;
    Some(F::Return::from_bytes(&answer[20..]).unwrap())
}

fn sha1(parts: &[&[u8]]) -> [u8; 20] {
    Sha1::digest(parts.concat()).into()
}

/// The modulus of the server's key, from its PEM.
fn modulus() -> BigUint {
    let text: String = TestServer::public_key_pem().lines().filter(|line| !line.starts_with('-')).collect();
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut der = Vec::new();
    for four in text.as_bytes().chunks(4) {
        let digit = |byte: &u8| alphabet.iter().position(|known| known == byte).unwrap_or(0);
        let bits = four.iter().fold(0, |bits, byte| bits << 6 | digit(byte));
        der.extend([(bits >> 16) as u8, (bits >> 8) as u8, bits as u8]);
    }
    BigUint::from_bytes_be(&der[9..265])
}

fn factors(pq: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let pq = pq.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    let (p, q) = grammers_crypto::factorize(pq);
    (p.to_be_bytes()[4..].to_vec(), q.to_be_bytes()[4..].to_vec())
}

/// Makes a key; `None` when the server refuses.
async fn exchange(client: &mut Client, way: Way) -> Option<([u8; 256], i64)> {
    let res = plain(client, &functions::ReqPqMulti { nonce: NONCE }).await?;
    assert_eq!(res.nonce, NONCE);
    let server_nonce = res.server_nonce;
    let (p, mut q) = factors(&res.pq);
    if way == Way::WrongFactors {
        q[0] ^= 1;
    }
    let inner = types::PQInnerData::from(constructors::PQInnerDataDc {
        pq: res.pq,
        p: p.clone(),
        q: q.clone(),
        nonce: NONCE,
        server_nonce,
        new_nonce: NEW_NONCE,
        dc: 2,
    });
    let inner = inner.to_bytes().unwrap();
    let encrypted_data = if way == Way::Hashed {
        let padding = vec![1; 235 - inner.len()];
        let data = [&sha1(&[&inner])[..], &inner, &padding].concat();
        let number = BigUint::from_bytes_be(&data).modpow(&BigUint::from(65537u32), &modulus()).to_bytes_be();
        [vec![0; 256 - number.len()], number].concat()
    } else {
        let key = grammers_crypto::rsa::Key::new(&modulus().to_string(), "65537").unwrap();
        grammers_crypto::rsa::encrypt_hashed(&inner, &key, &[9; 224])
    };
    let wrong_nonce = if way == Way::WrongNonce { [0; 16] } else { NONCE };
    let fingerprint = res.server_public_key_fingerprints[0] ^ i64::from(way == Way::WrongKey);
    let request = functions::ReqDhParams {
        nonce: wrong_nonce,
        server_nonce,
        p,
        q,
        public_key_fingerprint: fingerprint,
        encrypted_data,
    };
    let types::ServerDhParams::Ok(ok) = plain(client, &request).await? else { panic!("refused") };

    let (one, two) = (sha1(&[&NEW_NONCE, &server_nonce]), sha1(&[&server_nonce, &NEW_NONCE]));
    let all = [&one[..], &two, &sha1(&[&NEW_NONCE, &NEW_NONCE]), &NEW_NONCE[..4]].concat();
    let (key, iv) = (all[..32].try_into().unwrap(), all[32..].try_into().unwrap());
    let mut answer = ok.encrypted_answer;
    aes::ige_decrypt(&mut answer, &key, &iv);
    let (inner, length) = DecodeOptions::new().prefix::<constructors::ServerDhInnerData>(&answer[20..]).unwrap();
    assert_eq!(answer[..20], sha1(&[&answer[20..20 + length]]));
    let prime = BigUint::from_bytes_be(&inner.dh_prime);
    assert_eq!((prime.bits(), inner.g), (2048, 3));

    let secret = BigUint::from_bytes_be(&[0xa5; 256]);
    let g_b = if way == Way::SmallNumber { vec![1] } else { BigUint::from(3u32).modpow(&secret, &prime).to_bytes_be() };
    let inner_data = constructors::ClientDhInnerData { nonce: NONCE, server_nonce, retry_id: 0, g_b };
    let inner_data = inner_data.to_bytes().unwrap();
    let mut encrypted_data = [&sha1(&[&inner_data])[..], &inner_data].concat();
    encrypted_data.resize(encrypted_data.len().next_multiple_of(16), 7);
    if way == Way::WrongSecret {
        encrypted_data[0] ^= 1;
    }
    aes::ige_encrypt(&mut encrypted_data, &key, &iv);
    let request = functions::SetClientDhParams { nonce: NONCE, server_nonce, encrypted_data };
    let answer = plain(client, &request).await?;
    let shared = BigUint::from_bytes_be(&inner.g_a).modpow(&secret, &prime).to_bytes_be();
    let mut bytes = [0; 256];
    bytes[256 - shared.len()..].copy_from_slice(&shared);
    let types::SetClientDhParamsAnswer::DhGenOk(ok) = answer else { panic!("{answer:?}") };
    assert_eq!(ok.new_nonce_hash1, AuthKey::from_bytes(bytes).calc_new_nonce_hash(&NEW_NONCE, 1));
    let long = |bytes: &[u8]| i64::from_le_bytes(bytes[..8].try_into().unwrap());
    Some((bytes, long(&NEW_NONCE) ^ long(&server_nonce)))
}

#[tokio::test]
async fn a_key_is_made_and_used() {
    // Not abridged: that of grammers takes messages for errors if the lower half of the key's id is negative.
    for (way, transport) in [(Way::Padded, "full"), (Way::Hashed, "obfuscated intermediate")] {
        let server = TestServer::builder().start().await.unwrap();
        let mut client = Client::connect(&server, transport, 11).await;
        let (key, salt) = exchange(&mut client, way).await.expect("a key");
        assert_eq!(server.auth_keys().len(), 1);
        assert_eq!(server.auth_keys()[0].bytes(), &key);
        (client.key, client.salt) = (AuthKey::from_bytes(key), salt);
        client.send(&functions::Ping { ping_id: 77 }, true).await;
        assert_eq!(client.receive_one::<constructors::Pong>().await.ping_id, 77);
        drop(client);
    }
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let server = TestServer::builder().start().await.unwrap();
    let fingerprint = |reason: &HandshakeError| matches!(reason, HandshakeError::Fingerprint { .. });
    for (way, expected) in [
        (Way::WrongFactors, HandshakeError::Factors),
        (Way::WrongNonce, HandshakeError::Nonce),
        (Way::WrongKey, HandshakeError::Fingerprint { fingerprint: 0 }),
        (Way::WrongSecret, HandshakeError::Secret),
        (Way::SmallNumber, HandshakeError::PublicNumber),
    ] {
        let mut client = Client::connect(&server, "intermediate", 1).await;
        assert_eq!(exchange(&mut client, way).await, None);
        assert_eq!(client.receive_payload().await, None);
        let CloseReason::Handshake(found) = server.report().closed.last().unwrap().reason.clone() else { panic!() };
        assert!(found == expected || fingerprint(&found) && fingerprint(&expected), "{found:?}");
    }
    assert_eq!(server.auth_keys(), []);
}
