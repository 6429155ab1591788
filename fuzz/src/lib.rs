//! What the fuzz targets check for each input.

pub mod schema;
pub mod skip;
pub mod trace;
#[cfg(feature = "wire")]
pub mod wire;
