//! A message by a schema that is known at run time only, as Protocol Buffers: the declarations become descriptors, one by one, and
//! a value becomes a message of them.
//!
//! A constructor is a message, a type with several constructors a message with one `oneof`. Words of flags are left out, since a field
//! of Protocol Buffers says itself whether it is there. Numbers are varints, vectors of numbers are packed.

use std::collections::{BTreeMap, BTreeSet};

use prost_reflect::prost_types::field_descriptor_proto::{Label, Type};
use prost_reflect::prost_types::{
    DescriptorProto, FieldDescriptorProto, FieldOptions, FileDescriptorProto, FileDescriptorSet, OneofDescriptorProto,
};
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor, ReflectMessage as _, Value};
use tlgen_dynamic::{Object, Value as Tl};
use tlgen_model::schema::{CombinatorIdx, Param, Primitive, Schema, TypeExpr, TypeIdx};

/// The declarations of a type and of all that its values hold.
#[derive(Clone, Debug)]
pub struct Reflected<'s> {
    schema: &'s Schema,
    pool: DescriptorPool,
}

impl<'s> Reflected<'s> {
    /// The descriptors of `root` and of all that it leads to.
    ///
    /// # Errors
    /// When something has no equivalent.
    pub fn new(schema: &'s Schema, root: TypeIdx) -> Result<Self, String> {
        let mut messages = BTreeMap::new();
        let (mut open, mut seen) = (vec![root], BTreeSet::from([root]));
        while let Some(ty) = open.pop() {
            for &idx in &schema.ty(ty).constructors {
                messages.insert(constructor_name(schema, idx), constructor(schema, idx)?);
                for param in &schema.combinator(idx).params {
                    param.ty.visit(&mut |part| open.extend(part.ty(schema).filter(|ty| seen.insert(*ty))));
                }
            }
            if schema.ty(ty).constructors.len() > 1 {
                messages.insert(type_name(schema, ty), choice(schema, ty));
            }
        }
        let file = FileDescriptorProto {
            name: Some("api.proto".to_owned()),
            message_type: messages.into_values().collect(),
            syntax: Some("proto2".to_owned()),
            ..FileDescriptorProto::default()
        };
        let set = FileDescriptorSet { file: vec![file] };
        let pool = DescriptorPool::from_file_descriptor_set(set).map_err(|error| error.to_string())?;
        Ok(Self { schema, pool })
    }

    /// The descriptor of a type.
    ///
    /// # Errors
    /// When the type is none of those that the first one leads to.
    pub fn descriptor(&self, ty: TypeIdx) -> Result<MessageDescriptor, String> {
        self.named(&type_name(self.schema, ty))
    }

    /// The message that is the value of a boxed type.
    ///
    /// # Errors
    /// When the value is none of the schema.
    pub fn message(&self, value: &Object) -> Result<DynamicMessage, String> {
        let combinator = self.schema.combinator(value.combinator);
        let mut message = DynamicMessage::new(self.named(&constructor_name(self.schema, value.combinator))?);
        for (number, (param, field)) in (1..).zip(combinator.params.iter().zip(&value.fields)) {
            if let (Some(value), false) = (field, is_word(param)) {
                message.set_field_by_number(number, self.value(value)?);
            }
        }
        let ty = combinator.ty.ok_or("a function is no value")?;
        let constructors = &self.schema.ty(ty).constructors;
        let place = constructors.iter().position(|idx| *idx == value.combinator).ok_or("a constructor has a type")?;
        if constructors.len() == 1 {
            return Ok(message);
        }
        let mut choice = DynamicMessage::new(self.descriptor(ty)?);
        choice.set_field_by_number(place as u32 + 1, Value::Message(message));
        Ok(choice)
    }

    fn value(&self, value: &Tl) -> Result<Value, String> {
        Ok(match value {
            Tl::Int(value) => Value::I32(*value),
            Tl::Nat(value) => Value::U32(*value),
            Tl::Long(value) => Value::I64(*value),
            Tl::Double(value) => Value::F64(*value),
            Tl::Bool(value) => Value::Bool(*value),
            Tl::True => Value::Bool(true),
            Tl::Text(text) => Value::String(text.clone()),
            Tl::Bytes(bytes) => Value::Bytes(bytes.clone().into()),
            Tl::List(items) => Value::List(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?),
            Tl::Object(object) => Value::Message(self.message(object)?),
            other => return Err(format!("{} has no equivalent", other.kind())),
        })
    }

    fn named(&self, name: &str) -> Result<MessageDescriptor, String> {
        self.pool.get_message_by_name(name).ok_or_else(|| format!("no message `{name}`"))
    }
}

/// How many fields are there, in all of a message: to see that nothing is lost.
#[must_use]
pub fn fields(message: &DynamicMessage) -> usize {
    fn of(value: &Value) -> usize {
        match value {
            Value::Message(message) => fields(message),
            Value::List(items) => items.iter().map(of).sum(),
            _ => 0,
        }
    }
    let descriptor = message.descriptor();
    let there = descriptor.fields().filter(|field| message.has_field(field));
    there.map(|field| 1 + of(&message.get_field(&field))).sum()
}

fn constructor_name(schema: &Schema, idx: CombinatorIdx) -> String {
    format!("C_{}", schema.combinator(idx).name.full().replace('.', "_"))
}

/// The message of a type: that of its only constructor, if there is no other.
fn type_name(schema: &Schema, ty: TypeIdx) -> String {
    match *schema.ty(ty).constructors {
        [only] => constructor_name(schema, only),
        _ => format!("T_{}", schema.ty(ty).name.full().replace('.', "_")),
    }
}

/// A word of flags, which only says what is there.
fn is_word(param: &Param) -> bool {
    param.ty == TypeExpr::Nat && param.word.bits != 0
}

fn constructor(schema: &Schema, idx: CombinatorIdx) -> Result<DescriptorProto, String> {
    let params = (1..).zip(&schema.combinator(idx).params).filter(|(_, param)| !is_word(param));
    let fields = params.map(|(number, param)| {
        let name = param.name.as_deref().ok_or("a field has no name")?;
        field(schema, name, number, &param.ty)
    });
    Ok(DescriptorProto {
        name: Some(constructor_name(schema, idx)),
        field: fields.collect::<Result<_, String>>()?,
        ..DescriptorProto::default()
    })
}

fn choice(schema: &Schema, ty: TypeIdx) -> DescriptorProto {
    let fields = (1..).zip(&schema.ty(ty).constructors).map(|(number, idx)| FieldDescriptorProto {
        oneof_index: Some(0),
        ..declared(&schema.combinator(*idx).name.full().replace('.', "_"), number, message(schema, *idx))
    });
    DescriptorProto {
        name: Some(type_name(schema, ty)),
        field: fields.collect(),
        oneof_decl: vec![OneofDescriptorProto { name: Some("value_".to_owned()), options: None }],
        ..DescriptorProto::default()
    }
}

fn message(schema: &Schema, idx: CombinatorIdx) -> (Type, Option<String>) {
    (Type::Message, Some(format!(".{}", constructor_name(schema, idx))))
}

fn field(schema: &Schema, name: &str, number: i32, ty: &TypeExpr) -> Result<FieldDescriptorProto, String> {
    let (item, is_list) = match ty {
        TypeExpr::Vector { item, .. } => (&**item, true),
        ty => (ty, false),
    };
    let kind = match item {
        TypeExpr::Nat => (Type::Uint32, None),
        TypeExpr::Primitive { primitive, .. } => (scalar(*primitive), None),
        TypeExpr::Boxed { ty, .. } => (Type::Message, Some(format!(".{}", type_name(schema, *ty)))),
        TypeExpr::Bare { constructor, .. } => message(schema, *constructor),
        _ => return Err(format!("the type of `{name}` has no equivalent")),
    };
    let is_packed = is_list && !matches!(kind.0, Type::Message | Type::String | Type::Bytes);
    let field = declared(name, number, kind);
    Ok(FieldDescriptorProto {
        label: Some(if is_list { Label::Repeated } else { Label::Optional }.into()),
        options: is_packed.then(|| FieldOptions { packed: Some(true), ..FieldOptions::default() }),
        ..field
    })
}

fn declared(name: &str, number: i32, (kind, type_name): (Type, Option<String>)) -> FieldDescriptorProto {
    FieldDescriptorProto {
        name: Some(name.to_owned()),
        json_name: Some(name.to_owned()),
        number: Some(number),
        label: Some(Label::Optional.into()),
        r#type: Some(kind.into()),
        type_name,
        ..FieldDescriptorProto::default()
    }
}

fn scalar(primitive: Primitive) -> Type {
    match primitive {
        Primitive::Int => Type::Int32,
        Primitive::Long => Type::Int64,
        Primitive::Double => Type::Double,
        Primitive::Float => Type::Float,
        Primitive::String => Type::String,
        Primitive::Bytes | Primitive::Int128 | Primitive::Int256 | Primitive::Int512 => Type::Bytes,
        Primitive::True | Primitive::Bool => Type::Bool,
    }
}
