//! A visitor that makes the value.

use std::convert::Infallible;

use tlgen_model::schema::CombinatorIdx;

use crate::value::{Object, Value};
use crate::visit::{FieldStart, ListStart, ObjectStart, RecordStart, Scalar, Visitor};

/// How many items there is room for before the first of them is read.
const MAX_ROOM: usize = 1 << 10;

/// What began and has not ended is on a stack; `done` is the whole value.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Open>,
    done: Option<Value>,
}

enum Open {
    /// An object, or a record, which has no combinator. `next` is the index of the field that comes next.
    Fields {
        of: Option<CombinatorIdx>,
        fields: Vec<Option<Value>>,
        next: usize,
    },
    List(Vec<Value>),
}

impl Builder {
    /// The value, once all of it was told.
    pub(super) fn into_value(self) -> Value {
        self.done.expect("a value was told to its end")
    }

    fn begin(&mut self, of: Option<CombinatorIdx>, count: usize) {
        let mut fields = Vec::with_capacity(count);
        fields.resize_with(count, || None);
        self.open.push(Open::Fields { of, fields, next: 0 });
    }

    #[inline]
    fn add(&mut self, value: Value) {
        match self.open.last_mut() {
            None => self.done = Some(value),
            Some(Open::List(items)) => items.push(value),
            Some(Open::Fields { fields, next, .. }) => fields[*next] = Some(value),
        }
    }
}

impl Visitor<'_> for Builder {
    type Stop = Infallible;

    fn object(&mut self, object: ObjectStart<'_>) -> Result<(), Infallible> {
        self.begin(Some(object.index()), object.field_count());
        Ok(())
    }

    #[inline]
    fn field(&mut self, field: FieldStart<'_>) -> Result<(), Infallible> {
        if let Some(Open::Fields { next, .. }) = self.open.last_mut() {
            *next = field.index();
        }
        Ok(())
    }

    fn list(&mut self, list: ListStart) -> Result<(), Infallible> {
        // A count is true only once its items have been read.
        self.open.push(Open::List(Vec::with_capacity(list.len.min(MAX_ROOM))));
        Ok(())
    }

    fn record(&mut self, record: RecordStart) -> Result<(), Infallible> {
        self.begin(None, record.field_count);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Infallible> {
        let value = match self.open.pop() {
            Some(Open::Fields { of: Some(combinator), fields, .. }) => Value::Object(Object { combinator, fields }),
            Some(Open::Fields { of: None, fields, .. }) => Value::Record(fields),
            Some(Open::List(items)) => Value::List(items),
            None => unreachable!("what ends has begun"),
        };
        self.add(value);
        Ok(())
    }

    #[inline]
    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<(), Infallible> {
        self.add(match scalar {
            Scalar::Nat(value) => Value::Nat(value),
            Scalar::Int(value) => Value::Int(value),
            Scalar::Long(value) => Value::Long(value),
            Scalar::Float(value) => Value::Float(value),
            Scalar::Double(value) => Value::Double(value),
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::True | Scalar::TrueObject => Value::True,
            Scalar::Text(text) => Value::Text(text.to_owned()),
            Scalar::NotText(bytes) | Scalar::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
            Scalar::Raw(bytes) => Value::Raw(bytes.to_vec()),
        });
        Ok(())
    }
}
