//! The package that the guide builds, and the pages of guide and README as documentation: so cargo compiles and runs each
//! block of Rust as it is printed.

pub mod pages;

/// The notes API.
pub mod api {
    tlgen_runtime::include_schema!("notes");
}

/// The notes API in its second layer.
pub mod api_2 {
    tlgen_runtime::include_schema!("notes_2");
}

/// The notes API in its third layer.
pub mod api_3 {
    tlgen_runtime::include_schema!("notes_3");
}

/// The notes API in its first layer, which keeps what it does not know.
pub mod tolerant {
    tlgen_runtime::include_schema!("tolerant");
}

/// Two layers of the notes API side by side.
pub mod all {
    tlgen_runtime::include_schema!("all");
}

/// Each page as the documentation of a module.
macro_rules! pages {
    ($($name:ident: $path:literal;)*) => {
        /// The pages whose blocks are compiled.
        pub const PAGES: &[&str] = &[$($path),*];
        $(
            #[doc = include_str!(concat!("../../../", $path))]
            mod $name {}
        )*
    };
}

pages! {
    readme: "README.md";
    introduction: "guide/src/introduction.md";
    first_schema: "guide/src/first-schema.md";
    values: "guide/src/values.md";
    calls: "guide/src/calls.md";
    errors: "guide/src/errors.md";
    testing: "guide/src/testing.md";
    build_script: "guide/src/build-script.md";
    checked_in: "guide/src/checked-in.md";
    options: "guide/src/options.md";
    diff: "guide/src/diff.md";
    lint: "guide/src/lint.md";
    layers: "guide/src/layers.md";
    unknown: "guide/src/unknown.md";
    views: "guide/src/views.md";
    bytes: "guide/src/bytes.md";
    sniff: "guide/src/sniff.md";
    reference: "guide/src/reference.md";
    performance: "guide/src/performance.md";
    commands: "guide/src/commands.md";
    from_grammers: "guide/src/from-grammers.md";
    from_prost: "guide/src/from-prost.md";
    from_tl_proto: "guide/src/from-tl-proto.md";
}
