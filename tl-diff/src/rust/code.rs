//! The line of Rust that stops compiling. `tl` is the module of the generated code.

use tlgen_build::ir::{Enum, Field, RustType, Step, Struct, Variant};

/// A type as code outside of the module writes it.
pub(super) fn ty(ty: &RustType) -> String {
    match ty {
        RustType::Vec(item) => format!("Vec<{}>", self::ty(item)),
        RustType::Item(path) => format!("tl::{path}"),
        RustType::Boxed(item, id) => format!("tlgen_runtime::Boxed<{}, {id:#010x}>", self::ty(item)),
        RustType::Bare(item) => format!("tlgen_runtime::Bare<{}>", self::ty(item)),
        RustType::ReturnOf(name) => format!("<{name} as tlgen_runtime::Function>::Return"),
        other => other.to_string(),
    }
}

/// The type of a field with `Option` and `Box`.
pub(super) fn field_type(field: &Field) -> String {
    let inner = ty(&field.ty);
    let inner = if field.boxed { format!("Box<{inner}>") } else { inner };
    if field.optional { format!("Option<{inner}>") } else { inner }
}

/// `<X>`, or nothing.
fn generics(item: &Struct) -> String {
    if item.generics.is_empty() { String::new() } else { format!("<{}>", item.generics.join(", ")) }
}

/// `fn it<X>(v: tl::functions::InvokeWithLayer<X>)` with the rest.
fn with(item: &Struct, rest: &str) -> String {
    let generics = generics(item);
    format!("fn it{generics}(v: tl::{}{generics}){rest}", item.path)
}

/// Names it.
pub(super) fn named(item: &Struct) -> String {
    with(item, " { let _ = v; }")
}

/// Names a type by its path.
pub(super) fn named_path(path: &str) -> String {
    format!("fn it(v: tl::{path}) {{ let _ = v; }}")
}

/// Takes it apart, field by field.
pub(super) fn taken_apart(item: &Struct) -> String {
    if item.fields.is_empty() {
        return format!("fn it() -> tl::{0} {{ tl::{0} }}", item.path);
    }
    let fields: Vec<String> = item.fields.iter().map(|field| format!("{}: _", field.name)).collect();
    with(item, &format!(" {{ let tl::{} {{ {} }} = v; }}", item.path, fields.join(", ")))
}

/// Reads one field.
pub(super) fn read(item: &Struct, field: &Field) -> String {
    with(item, &format!(" -> {} {{ v.{} }}", field_type(field), field.name))
}

/// Which fields `new` takes: those that are neither optional nor switches.
pub(super) fn required(item: &Struct) -> Vec<&Field> {
    let is_switch =
        |index: usize| item.steps.iter().any(|step| matches!(step, Step::Flag { field, .. } if *field == index));
    let fields = item.fields.iter().enumerate();
    fields.filter(|(index, field)| !field.optional && !is_switch(*index)).map(|(_, field)| field).collect()
}

/// Calls `new`.
pub(super) fn made(item: &Struct) -> String {
    let required = required(item);
    let params: Vec<String> = required.iter().map(|field| format!("{}: {}", field.name, field_type(field))).collect();
    let args: Vec<&str> = required.iter().map(|field| field.name.as_str()).collect();
    let generics = generics(item);
    let path = &item.path;
    format!("fn it{generics}({}) -> tl::{path}{generics} {{ tl::{path}::new({}) }}", params.join(", "), args.join(", "))
}

/// A `match` without `_`.
pub(super) fn matched(item: &Enum) -> String {
    let arms: Vec<String> = item.variants.iter().map(|variant| format!("{} => {{}}", pattern(item, variant))).collect();
    format!("fn it(v: tl::{}) {{ match v {{ {} }} }}", item.path, arms.join(", "))
}

/// Asks for one variant.
pub(super) fn asked(item: &Enum, variant: &Variant) -> String {
    format!("fn it(v: &tl::{}) -> bool {{ matches!(v, {}) }}", item.path, pattern(item, variant))
}

fn pattern(item: &Enum, variant: &Variant) -> String {
    let form = if variant.item.is_some() { "(_)" } else { "" };
    format!("tl::{}::{}{form}", item.path, variant.name)
}

/// Makes one variant.
pub(super) fn variant_made(item: &Enum, variant: &Variant) -> String {
    let (path, name) = (&item.path, &variant.name);
    match &variant.item {
        None => format!("fn it() -> tl::{path} {{ tl::{path}::{name} }}"),
        Some(held) if variant.boxed => {
            format!("fn it(x: tlgen_runtime::Indirect<tl::{held}>) -> tl::{path} {{ tl::{path}::{name}(x) }}")
        }
        Some(held) => format!("fn it(x: tl::{held}) -> tl::{path} {{ tl::{path}::{name}(x) }}"),
    }
}

/// A type with one constructor is that constructor's struct.
pub(super) fn one_type(alias: &str, target: &str) -> String {
    format!("fn it(v: tl::{alias}) -> tl::{target} {{ v }}")
}

/// Relies on a trait.
pub(super) fn relies(path: &str, name: &str) -> String {
    format!("fn it() {{ fn needs<T: {name}>() {{}} needs::<tl::{path}>(); }}")
}

/// The result of a function.
pub(super) fn returned(item: &Struct) -> Option<String> {
    let returns = item.returns.as_ref().filter(|_| item.generics.is_empty())?;
    let path = &item.path;
    Some(format!("fn it(v: <tl::{path} as tlgen_runtime::Function>::Return) -> {} {{ v }}", ty(returns)))
}
