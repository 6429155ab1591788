//! Values as Rust expressions of the generated types.
//!
//! What comes in is a value by its schema and the items that the schema becomes; what goes out compiles in a module that can see the
//! modules `types`, `constructors` and `functions` of the generated code, and `tlgen_runtime`.

use core::fmt;

use tlgen_dynamic::{Object, Value};
use tlgen_model::schema::{Schema, SectionKind};

use crate::TextType;
use crate::expr::Expr;
use crate::ir::{Boxed, Enum, Field, Item, ItemPath, Items, Package, RustType, Struct};

/// A value without a Rust form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiteralError {
    what: &'static str,
    /// The Rust name of the struct and field, if it is one.
    place: Option<String>,
}

impl fmt::Display for LiteralError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no Rust form: {}", self.what)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, " in `{place}`"))
    }
}

impl core::error::Error for LiteralError {}

fn none<T>(what: &'static str) -> Result<T, LiteralError> {
    Err(LiteralError { what, place: None })
}

/// The Rust expression of a value, laid out over lines: a boxed value is one of `types`, a call one of `functions`. `bare`: a
/// constructor is its struct and not a value of its type.
///
/// All fields are written, with the names and types that `package` gives them. Bits of words that no field declares are lost where
/// the generated code does not keep the word.
///
/// # Errors
/// If a part of the value has no Rust form: text that is not UTF-8 where the Rust type is text, a value that is none of the schema.
pub fn literal(schema: &Schema, package: &Package, value: &Value, bare: bool) -> Result<Expr, LiteralError> {
    let Some(items) = Items::new(schema, package) else { return none("the package is not that of the schema") };
    let writer = Writer { schema, items };
    match value {
        Value::Object(object) if bare => writer.structure(object),
        value => writer.any(value),
    }
}

struct Writer<'a> {
    schema: &'a Schema,
    items: Items<'a>,
}

impl Writer<'_> {
    /// A value whose type nobody states.
    fn any(&self, value: &Value) -> Result<Expr, LiteralError> {
        Ok(match value {
            Value::Nat(value) => Expr::Text(format!("{value}_u32")),
            Value::Int(value) => Expr::Text(format!("{value}_i32")),
            Value::Long(value) => Expr::Text(format!("{value}_i64")),
            Value::Float(_) => self.value(&RustType::F32, value)?,
            Value::Double(_) => self.value(&RustType::F64, value)?,
            Value::Bool(value) => Expr::Text(value.to_string()),
            Value::True => Expr::text("tlgen_runtime::True"),
            Value::Text(text) => Expr::Text(format!("{text:?}.to_owned()")),
            Value::Bytes(bytes) => byte_vec(bytes),
            Value::List(items) => Expr::Vec(items.iter().map(|item| self.any(item)).collect::<Result<_, _>>()?),
            Value::Record(_) => return none("an item of several fields"),
            Value::Object(object) => self.boxed(object)?,
            Value::Raw(bytes) => raw_object(bytes),
        })
    }

    /// A constructor as a value of its type, or a call.
    fn boxed(&self, object: &Object) -> Result<Expr, LiteralError> {
        let Some(combinator) = self.schema.combinators.get(object.combinator.0 as usize) else {
            return none("an object that names nothing");
        };
        match (combinator.kind, combinator.ty) {
            (SectionKind::Types, Some(ty)) => match self.items.ty(ty) {
                Boxed::Alias { .. } => self.structure(object),
                Boxed::Enum(item) => self.variant(item, object),
            },
            _ => self.structure(object),
        }
    }

    fn structure(&self, object: &Object) -> Result<Expr, LiteralError> {
        match self.items.structure(object.combinator) {
            Some(item) => self.fields(item, object),
            None => none("a constructor without a struct"),
        }
    }

    fn variant(&self, item: &Enum, object: &Object) -> Result<Expr, LiteralError> {
        let Some(variant) = item.variants.iter().find(|variant| variant.combinator == object.combinator) else {
            return none("a constructor of another type");
        };
        let name = format!("{}::{}", item.path, variant.name);
        if variant.item.is_none() {
            return Ok(Expr::Text(name));
        }
        let inner = self.structure(object)?;
        let inner = if variant.boxed { Expr::Into(Box::new(inner)) } else { inner };
        Ok(Expr::call(name, vec![inner]))
    }

    fn fields(&self, item: &Struct, object: &Object) -> Result<Expr, LiteralError> {
        let path = item.path.to_string();
        if item.fields.is_empty() {
            return Ok(Expr::Text(path));
        }
        let fields = item.fields.iter().map(|field| {
            let value = self.field(field, object.fields.get(field.param).and_then(Option::as_ref));
            let value = value.map_err(|error| LiteralError {
                place: error.place.or_else(|| Some(format!("{path}::{}", field.name))),
                ..error
            })?;
            Ok((field.name.clone(), value))
        });
        Ok(Expr::Struct { path: path.clone(), fields: fields.collect::<Result<_, _>>()?, rest: None })
    }

    fn field(&self, field: &Field, value: Option<&Value>) -> Result<Expr, LiteralError> {
        let Some(value) = value else {
            return match field.ty {
                _ if field.optional => Ok(Expr::text("None")),
                RustType::Bool => Ok(Expr::text("false")),
                _ => none("a field that is not there"),
            };
        };
        let value = self.value(&field.ty, value)?;
        let value = if field.boxed { Expr::call("Box::new", vec![value]) } else { value };
        Ok(if field.optional { Expr::call("Some", vec![value]) } else { value })
    }

    fn value(&self, ty: &RustType, value: &Value) -> Result<Expr, LiteralError> {
        Ok(match (ty, value) {
            (RustType::I32, Value::Int(value)) => Expr::Text(value.to_string()),
            (RustType::U32, Value::Nat(value)) => Expr::Text(value.to_string()),
            (RustType::I64, Value::Long(value)) => Expr::Text(value.to_string()),
            (RustType::F32, Value::Float(value)) if value.is_finite() => Expr::Text(format!("{value:?}_f32")),
            (RustType::F32, Value::Float(value)) => Expr::Text(format!("f32::from_bits({:#010x})", value.to_bits())),
            (RustType::F64, Value::Double(value)) if value.is_finite() => Expr::Text(format!("{value:?}_f64")),
            (RustType::F64, Value::Double(value)) => Expr::Text(format!("f64::from_bits({:#018x})", value.to_bits())),
            (RustType::Bool, Value::Bool(value)) => Expr::Text(value.to_string()),
            (RustType::Bool, Value::True) => Expr::text("true"),
            (RustType::String(TextType::String), Value::Text(text)) => {
                Expr::Text(if text.is_empty() { "String::new()".to_owned() } else { format!("{text:?}.to_owned()") })
            }
            (RustType::String(TextType::Compact), Value::Text(text)) => Expr::Text(format!("{text:?}.into()")),
            (RustType::String(_), Value::Bytes(_)) => return none("text that is not UTF-8"),
            (RustType::Bytes, Value::Bytes(bytes)) => byte_vec(bytes),
            (RustType::Bytes, Value::Text(text)) => byte_vec(text.as_bytes()),
            (RustType::Array(length), Value::Bytes(bytes)) if *length as usize == bytes.len() => {
                Expr::Text(format!("*b\"{}\"", bytes.escape_ascii()))
            }
            (RustType::Vec(_), Value::List(items)) if items.is_empty() => Expr::text("Vec::new()"),
            (RustType::Vec(item), Value::List(items)) => {
                Expr::Vec(items.iter().map(|value| self.value(item, value)).collect::<Result<_, _>>()?)
            }
            (RustType::Item(path), Value::Object(object)) => self.item(path, object)?,
            (RustType::Generic(_), Value::Object(_)) => self.any(value)?,
            (RustType::Object, Value::Raw(bytes)) => raw_object(bytes),
            (RustType::Object, value) => {
                let value = match value {
                    Value::Object(_) | Value::Bool(_) | Value::True => self.any(value)?,
                    // Its items are any objects in turn.
                    Value::List(items) => {
                        let items = items.iter().map(|item| self.value(&RustType::Object, item));
                        let items = items.collect::<Result<Vec<_>, _>>()?;
                        if items.is_empty() {
                            Expr::text("Vec::<tlgen_runtime::Object>::new()")
                        } else {
                            Expr::Vec(items)
                        }
                    }
                    _ => return none("a value without an id"),
                };
                let made = Expr::call("tlgen_runtime::Object::from_value", vec![Expr::call("&", vec![value])]);
                Expr::Unwrap(Box::new(made))
            }
            (RustType::True, Value::True) => Expr::text("tlgen_runtime::True"),
            (RustType::Unit, _) => Expr::text("()"),
            _ => return none("a value of another type"),
        })
    }

    fn item(&self, path: &ItemPath, object: &Object) -> Result<Expr, LiteralError> {
        match self.items.at(path) {
            Some(Item::Struct(item)) if item.combinator == object.combinator => self.fields(item, object),
            Some(Item::Enum(item)) => self.variant(item, object),
            _ => none("a constructor of another type"),
        }
    }
}

fn byte_vec(bytes: &[u8]) -> Expr {
    Expr::Text(if bytes.is_empty() {
        "Vec::new()".to_owned()
    } else {
        format!("b\"{}\".to_vec()", bytes.escape_ascii())
    })
}

fn raw_object(bytes: &[u8]) -> Expr {
    Expr::Unwrap(Box::new(Expr::call("tlgen_runtime::Object::try_from", vec![byte_vec(bytes)])))
}
