//! The functions and types of grammers, by id.

use grammers_tl_types as tl;
use tl::deserialize::Cursor;
use tl::{Deserializable, Identifiable, RemoteCall, Serializable};

/// Bytes as grammers writes them again, or why it does not read them.
pub(crate) type Again = Result<Vec<u8>, String>;

/// A function.
pub(crate) struct Function {
    pub(crate) id: u32,
    name: &'static str,
    /// Reads and writes the request.
    pub(crate) request: fn(&[u8]) -> Again,
    /// Reads and writes its result.
    pub(crate) result: fn(&[u8]) -> Again,
}

impl Function {
    const fn of<F>(id: u32, name: &'static str) -> Self
    where
        F: RemoteCall<Return: Serializable> + Deserializable + Identifiable,
    {
        Self { id, name, request: request::<F>, result: again::<F::Return> }
    }
}

/// A constructor, by its type.
pub(crate) struct Constructor {
    id: u32,
    name: &'static str,
    again: fn(&[u8]) -> Again,
}

impl Constructor {
    const fn of<T: Deserializable + Serializable>(id: u32, name: &'static str) -> Self {
        Self { id, name, again: again::<T> }
    }
}

include!(concat!(env!("OUT_DIR"), "/rows.rs"));

/// The function with this id.
pub(crate) fn function(id: u32) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.id == id)
}

/// How the function or constructor with this name and id is read and written.
pub(crate) fn by_name(name: &str, id: u32) -> Option<fn(&[u8]) -> Again> {
    let constructor = CONSTRUCTORS.iter().find(|row| row.name == name && row.id == id).map(|row| row.again);
    constructor.or_else(|| FUNCTIONS.iter().find(|row| row.name == name && row.id == id).map(|row| row.request))
}

/// A function writes its id and does not read it.
fn request<F: Deserializable + Identifiable + Serializable>(bytes: &[u8]) -> Again {
    let (id, rest) = bytes.split_at_checked(4).ok_or("no id")?;
    if id != F::CONSTRUCTOR_ID.to_le_bytes() {
        return Err("another id".to_owned());
    }
    again::<F>(rest)
}

fn again<T: Deserializable + Serializable>(bytes: &[u8]) -> Again {
    let mut cursor = Cursor::from_slice(bytes);
    let value = T::deserialize(&mut cursor).map_err(|error| format!("{error:?}"))?;
    match bytes.len() - cursor.pos() {
        0 => Ok(value.to_bytes()),
        left => Err(format!("{left} bytes are left over")),
    }
}
