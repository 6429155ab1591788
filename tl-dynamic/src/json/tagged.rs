//! Value -> JSON in which each value says what it is, for programs that do not have the schema.

use serde_json::{Map, Value as Json, json};
use tlgen_model::schema::{Param, Primitive, TypeExpr};

use super::key;
use crate::codec::Codec;
use crate::hex;
use crate::value::{Object, Value, is_plain_item};

impl Codec<'_> {
    /// A constructor or function as JSON that needs no schema: each value is an object whose only key is its kind.
    ///
    /// | TL | JSON |
    /// |---|---|
    /// | `int`, `#` | `{"int": number}` |
    /// | `long` | `{"long": decimal text}` |
    /// | `double`, `float` | `{"double": hex}`, `{"float": hex}`: its bytes as they are written |
    /// | `Bool`, `true` | `{"bool": true}` |
    /// | `string` | `{"text": text}`, or `{"bytes": hex}` where it is not UTF-8 |
    /// | `bytes` | `{"bytes": hex}` |
    /// | `int128`, `int256`, `int512` | `{"large": hex}`: its bytes as they are written |
    /// | vector, repetition | `{"list": [value, ...]}` |
    /// | item of a repetition with several fields | `{"record": {field: value, ...}}` |
    /// | constructor, function | `{"_": name, "id": number, "fields": {field: value, ...}}` |
    /// | `Object` that was not looked into | `{"raw": hex}` |
    ///
    /// Fields that are not there are left out, and so are words (`#`): they follow from the fields, unless no field depends on
    /// them or something is counted by them.
    ///
    /// ```
    /// use tlgen_dynamic::{Codec, DecodeOptions};
    /// use tlgen_parser::source::Sources;
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("user.tl", "user#d23c81a3 flags:# id:long name:flags.0?string = User;");
    /// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
    /// let codec = Codec::new(&schema);
    ///
    /// let bytes = b"\xa3\x81\x3c\xd2\x01\0\0\0\x04\0\0\0\0\0\0\0\x03Ada";
    /// let user = codec.decode_boxed(bytes, &DecodeOptions::default()).unwrap();
    /// assert_eq!(
    ///     codec.to_tagged_json(&user).to_string(),
    ///     r#"{"_":"user","id":3527180707,"fields":{"id":{"long":"4"},"name":{"text":"Ada"}}}"#
    /// );
    /// ```
    #[must_use]
    pub fn to_tagged_json(&self, object: &Object) -> Json {
        let combinator = self.schema().combinator(object.combinator);
        let fields = self.tagged_fields(&combinator.params, &object.fields);
        json!({"_": combinator.name.full(), "id": combinator.id, "fields": fields})
    }

    fn tagged_fields(&self, params: &[Param], values: &[Option<Value>]) -> Map<String, Json> {
        let mut fields = Map::new();
        for (place, (param, value)) in params.iter().zip(values).enumerate() {
            // A word that only says which fields are there says nothing more.
            let follows = matches!(param.ty, TypeExpr::Nat)
                && param.word.bits != 0
                && !param.word.is_count
                && !param.word.is_argument;
            if let Some(value) = value
                && !follows
            {
                fields.insert(key(params, place), self.tagged(&param.ty, value));
            }
        }
        fields
    }

    fn tagged(&self, ty: &TypeExpr, value: &Value) -> Json {
        match value {
            Value::Nat(number) => json!({"int": number}),
            Value::Int(number) => json!({"int": number}),
            Value::Long(number) => json!({"long": number.to_string()}),
            Value::Float(number) => json!({"float": hex::encode(&number.to_le_bytes())}),
            Value::Double(number) => json!({"double": hex::encode(&number.to_le_bytes())}),
            Value::Bool(truth) => json!({"bool": truth}),
            Value::True => json!({"bool": true}),
            Value::Text(text) => json!({"text": text}),
            Value::Raw(bytes) => json!({"raw": hex::encode(bytes)}),
            Value::Bytes(bytes) => match ty {
                TypeExpr::Primitive {
                    primitive: Primitive::Int128 | Primitive::Int256 | Primitive::Int512, ..
                } => {
                    json!({"large": hex::encode(bytes)})
                }
                _ => json!({"bytes": hex::encode(bytes)}),
            },
            Value::List(items) => {
                let item = |value: &Value| match (ty, value) {
                    (TypeExpr::Vector { item, .. }, value) => self.tagged(item, value),
                    (TypeExpr::Repeat { fields, .. }, Value::Record(values)) => {
                        json!({"record": self.tagged_fields(fields, values)})
                    }
                    (TypeExpr::Repeat { fields, .. }, value) if is_plain_item(fields) => {
                        self.tagged(&fields[0].ty, value)
                    }
                    (_, value) => self.tagged(ty, value),
                };
                json!({"list": items.iter().map(item).collect::<Vec<_>>()})
            }
            Value::Record(values) => json!({"record": self.tagged_fields(&[], values)}),
            Value::Object(object) => self.to_tagged_json(object),
        }
    }
}
