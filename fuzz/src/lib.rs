//! What the fuzz targets check for each input.

pub mod schema;
#[cfg(feature = "wire")]
pub mod wire;
