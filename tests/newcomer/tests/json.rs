//! Every type in serde's formats.

#![allow(clippy::unwrap_used)]

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, from_value, json, to_value};
use tl_newcomer::every_type::{borrowed, constructors, functions, types};
use tlgen_runtime::{Decode, Encode, Object, True};

fn every() -> types::Every {
    types::Every {
        yes: true,
        sure: false,
        numbers: constructors::Numbers { a: -1, b: i64::MIN, c: 0.5, d: u32::MAX }.into(),
        id: [0xab; 16],
        key: [1; 32],
        signature: [2; 64],
        data: b"\x00\xff".to_vec(),
        text: "Zo\u{eb}".to_owned(),
        ids: vec![[3; 16]],
        parts: vec![Vec::new(), b"ab".to_vec()],
        rows: vec![vec![[4; 32]]],
        names: vec!["ada".to_owned()],
        id_opt: Some([5; 16]),
        data_opt: None,
        parts_opt: Some(vec![vec![6]]),
        truth_opt: Some(True),
        truths: vec![True],
        next: None,
        body: Object::from_value(&true).unwrap(),
    }
}

/// The value in JSON, which gives the value back.
fn json_of<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> Value {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    to_value(value).unwrap()
}

#[test]
fn every_field_has_its_form() {
    let found = json_of(&every());
    assert_eq!(
        found,
        json!({
            "yes": true,
            "sure": false,
            "numbers": {"Numbers": {"a": -1, "b": i64::MIN, "c": 0.5, "d": u32::MAX}},
            "id": "ab".repeat(16),
            "key": "01".repeat(32),
            "signature": "02".repeat(64),
            "data": "00ff",
            "text": "Zo\u{eb}",
            "ids": ["03".repeat(16)],
            "parts": ["", "6162"],
            "rows": [["04".repeat(32)]],
            "names": ["ada"],
            "id_opt": "05".repeat(16),
            "data_opt": null,
            "parts_opt": ["06"],
            "truth_opt": true,
            "truths": [true],
            "next": null,
            "body": "b5757299",
        })
    );
}

#[test]
fn enums_and_requests() {
    assert_eq!(json_of(&types::Number::NumbersNone), json!("NumbersNone"));
    let signed = types::Signed { key: [7; 64], accepted: True };
    assert_eq!(
        json_of(&functions::every::Accept { signed }),
        json!({"signed": {"key": "07".repeat(64), "accepted": true}})
    );
}

#[test]
fn optional_fields_may_be_left_out() {
    let mut value = to_value(every()).unwrap();
    for field in ["id_opt", "data_opt", "parts_opt", "truth_opt", "next"] {
        value.as_object_mut().unwrap().remove(field);
    }
    let read: types::Every = from_value(value).unwrap();
    assert_eq!((read.id_opt, read.data_opt, read.truth_opt), (None, None, None));
}

#[test]
fn what_is_no_value_is_refused() {
    for (field, wrong) in [
        ("id", json!("ab")),
        ("id", json!("g".repeat(32))),
        ("data", json!("abc")),
        ("data", json!([1, 2])),
        ("body", json!("b57572")),
        ("truths", json!([false])),
    ] {
        let mut value = to_value(every()).unwrap();
        value[field] = wrong;
        assert!(from_value::<types::Every>(value).is_err(), "{field}");
    }
}

/// Borrowed text is written in the same form.
#[test]
fn borrowed_values_are_written() {
    let bytes = every().to_bytes().unwrap();
    let read = borrowed::types::Every::from_bytes(&bytes).unwrap();
    assert_eq!(to_value(&read).unwrap(), to_value(every()).unwrap());
}

#[test]
fn long_numbers_as_text() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Account {
        #[serde(with = "tlgen_runtime::serde::text")]
        access_hash: i64,
    }
    let account = Account { access_hash: i64::MIN };
    assert_eq!(json_of(&account), json!({"access_hash": "-9223372036854775808"}));
    assert_eq!(from_value::<Account>(json!({"access_hash": 5})).unwrap(), Account { access_hash: 5 });
    assert!(from_value::<Account>(json!({"access_hash": "5x"})).is_err());
}
