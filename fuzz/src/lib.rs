//! What the fuzz targets hold to be true of their input.

pub mod schema;
#[cfg(feature = "wire")]
pub mod wire;
