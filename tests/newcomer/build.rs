//! Two layers of a small API, and a schema with every builtin type.

fn main() -> Result<(), tlgen_build::BuildError> {
    tlgen_build::Builder::new()
        .schema("schema/layer_1.tl")
        .schema("schema/layer_2.tl")
        .schema("schema/every_type.tl")
        .derives(["Clone", "Debug", "Default", "PartialEq", "Eq", "Hash", "::serde::Serialize", "::serde::Deserialize"])
        .id_rule(tlgen_build::IdRule::Plain)
        .borrowed(true)
        .calls(true)
        .compile()
}
