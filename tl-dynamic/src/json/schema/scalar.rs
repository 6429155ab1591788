//! JSON Schema of values without parts.

use serde_json::{Value as Json, json};
use tlgen_model::schema::Primitive;

use super::single;
use crate::json::JsonForm;
use crate::wire::primitive_size;

/// Pairs of hexadecimal digits.
pub(super) const HEX: &str = "^([0-9a-fA-F]{2})*$";

/// Base64 with its padding, and zero in the bits that belong to no byte.
const BASE64: &str = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

/// A pattern for decimal numbers from 0 to `max`, without zeros before them.
fn up_to(max: u64) -> String {
    let digits = max.to_string();
    let mut all = vec!["0".to_owned()];
    if digits.len() > 1 {
        all.push(format!("[1-9][0-9]{{0,{}}}", digits.len() - 2));
    }
    // The numbers of as many digits: those that are less at one digit, after which any digits follow, and the largest itself.
    for (place, digit) in digits.bytes().enumerate() {
        let least = if place == 0 { b'1' } else { b'0' };
        if digit > least {
            let (least, most) = (char::from(least), char::from(digit - 1));
            all.push(format!("{}[{least}-{most}][0-9]{{{}}}", &digits[..place], digits.len() - place - 1));
        }
    }
    all.push(digits);
    format!("({})", all.join("|"))
}

/// Decimal numbers with a sign, of so many bits.
pub(super) fn signed(bits: u32) -> String {
    let most = u64::MAX >> (65 - bits);
    format!("^(-?{}|-{})$", up_to(most), most + 1)
}

/// Decimal numbers without a sign, of 32 bits.
pub(super) fn unsigned() -> String {
    format!("^{}$", up_to(u32::MAX.into()))
}

pub(super) fn nat() -> Json {
    json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
}

/// A number of 64 bits that is a number in JSON.
fn whole() -> Json {
    json!({ "type": "integer", "minimum": i64::MIN, "maximum": i64::MAX })
}

pub(super) fn primitive(primitive: Primitive, form: JsonForm) -> Json {
    match primitive {
        Primitive::Int => json!({ "type": "integer", "minimum": i32::MIN, "maximum": i32::MAX }),
        Primitive::Long => json!({ "anyOf": [{ "type": "string", "pattern": signed(64) }, whole()] }),
        Primitive::Double => float("f64le", 16, form),
        Primitive::Float => float("f32le", 8, form),
        Primitive::Bool => json!({ "type": "boolean" }),
        Primitive::True => json!({ "const": true }),
        Primitive::String if form != JsonForm::Vk => {
            json!({ "anyOf": [{ "type": "string" }, single("hex", &json!({ "type": "string", "pattern": HEX }))] })
        }
        Primitive::String | Primitive::Bytes if form == JsonForm::Vk => {
            json!({ "anyOf": [{ "type": "string" }, base64_object()] })
        }
        Primitive::String | Primitive::Bytes => bytes(form, None),
        Primitive::Int128 | Primitive::Int256 | Primitive::Int512 => bytes(form, Some(primitive_size(primitive))),
    }
}

/// Bytes as text; `size`: how many.
fn bytes(form: JsonForm, size: Option<usize>) -> Json {
    // Of 16 and 64 bytes one is left over after groups of three, of 32 there are two.
    let base64 = |size: usize| match size % 3 {
        1 => format!("^[A-Za-z0-9+/]{{{}}}[AQgw]==$", size / 3 * 4 + 1),
        _ => format!("^[A-Za-z0-9+/]{{{}}}[AEIMQUYcgkosw048]=$", size / 3 * 4 + 2),
    };
    let pattern = match (form, size) {
        (JsonForm::Tlgen, None) => HEX.to_owned(),
        (JsonForm::Tlgen, Some(size)) => format!("^[0-9a-fA-F]{{{}}}$", size * 2),
        (JsonForm::TdLib | JsonForm::Vk, None) => BASE64.to_owned(),
        (JsonForm::TdLib | JsonForm::Vk, Some(size)) => base64(size),
    };
    let text = json!({ "type": "string", "pattern": pattern });
    if form == JsonForm::Vk { single("base64", &text) } else { text }
}

pub(super) fn base64_object() -> Json {
    single("base64", &json!({ "type": "string", "pattern": BASE64 }))
}

fn float(key: &str, digits: usize, form: JsonForm) -> Json {
    let bits = single(key, &json!({ "type": "string", "pattern": format!("^[0-9a-fA-F]{{{digits}}}$") }));
    let mut all = vec![json!({ "type": "number" }), bits];
    if form == JsonForm::Vk {
        all.push(json!({ "enum": ["NaN", "+Inf", "-Inf"] }));
    }
    json!({ "anyOf": all })
}
