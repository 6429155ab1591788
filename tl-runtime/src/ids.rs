//! The ids of the constructors that every schema shares.

/// `boolTrue`.
pub const BOOL_TRUE: u32 = 0x9972_75b5;
/// `boolFalse`.
pub const BOOL_FALSE: u32 = 0xbc79_9737;
/// `true`, the one constructor of `True`.
pub const TRUE: u32 = 0x3fed_d339;
/// `vector`, the one constructor of `Vector t`.
pub const VECTOR: u32 = 0x1cb5_c415;
