//! Schema-driven TL values: bytes without generated code.
