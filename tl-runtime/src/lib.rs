//! What generated TL code calls: encoding, decoding, readers, writers and errors; no_std + alloc.
