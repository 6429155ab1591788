//! Generates the types of the lite server.

fn main() -> Result<(), tlgen_build::BuildError> {
    // No line tells by which rule its id follows.
    tlgen_build::Builder::new().schema("schema/lite.tl").id_rule(tlgen_build::IdRule::Plain).compile()
}
