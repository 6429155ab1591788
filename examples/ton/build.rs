//! Generates the types of the lite server.

fn main() -> Result<(), tlgen_build::BuildError> {
    tlgen_build::Builder::new()
        .schema("schema/lite.tl")
        // No line tells by which rule its id follows.
        .id_rule(tlgen_build::IdRule::Plain)
        // What comes in the place of an answer.
        .error("liteServer.error")
        .compile()
}
