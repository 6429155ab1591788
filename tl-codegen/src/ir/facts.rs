//! What metadata adds to items, and the items that come from it alone.

use std::collections::BTreeMap;

/// An error that the server is known to answer with: a variant of `errors::Error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownError {
    /// The name, with `X` for numbers.
    pub name: String,
    /// The Rust name of the variant.
    pub variant: String,
    /// The codes under which it comes, ascending. With exactly one the variant has no field for it.
    pub codes: Vec<i32>,
    /// The texts around its numbers, one more than there are numbers.
    pub parts: Vec<String>,
    /// The names of its numbers, safe to write.
    pub fields: Vec<String>,
    /// What it means.
    pub description: Option<String>,
}

/// What is known about a function beyond its declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Who may call it, as a sentence: `Users only.`
    pub usable_by: Option<String>,
    /// Its errors. `None` where nobody has said, which is not the same as none.
    pub errors: Option<Vec<FunctionError>>,
}

/// An error in the list of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionError {
    /// Its index in [`Package::errors`](super::Package::errors).
    pub error: usize,
    /// The codes under which this function answers with it.
    pub codes: Vec<i32>,
    /// What it means for this function.
    pub description: Option<String>,
}

/// A page to read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// Methods of one namespace, and the namespaces below it by the names of their modules and methods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// The name of each method, and its index in [`Package::functions`](super::Package::functions).
    pub methods: Vec<(String, usize)>,
    /// The namespaces below.
    pub children: BTreeMap<String, Calls>,
}
