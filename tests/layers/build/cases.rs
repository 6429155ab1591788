//! One case for each vector: its bytes, and the generated type that reads and writes them.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use tlgen_build::ir::{Boxed, ItemPath, Package, RustType, Struct};

use crate::load::{self, Vector};

/// The ends of the names of modules in other configurations.
const OTHERS: [&str; 4] = ["underived", "compact", "borrowed", "viewed"];

/// The text of the table `VECTORS`.
#[derive(Default)]
pub(crate) struct Cases(String);

impl Cases {
    /// Adds all vectors of a file, whose types are in the module `root`.
    pub(crate) fn file(
        &mut self,
        corpus: &Path,
        file: &str,
        root: &str,
        package: &Package,
    ) -> Result<(), Box<dyn Error>> {
        load::vectors(corpus, file)?.iter().try_for_each(|vector| self.vector(file, vector, root, package))
    }

    /// Adds one vector.
    pub(crate) fn vector(
        &mut self,
        file: &str,
        vector: &Vector,
        root: &str,
        package: &Package,
    ) -> Result<(), Box<dyn Error>> {
        let ty = if vector.is_function {
            request(package, root, &vector.value)
        } else {
            boxed(package, root, &vector.value)
        };
        let ty = ty.ok_or_else(|| format!("{file}: no generated type for `{}`", vector.name))?;
        let (name, hex) = (&vector.name, &vector.hex);
        let own = root.rsplit_once('_').is_none_or(|(_, configuration)| !OTHERS.contains(&configuration));
        writeln!(
            self.0,
            "    Vector {{ file: {file:?}, name: {name:?}, hex: {hex:?}, own: {own}, run: run::<{ty}> }},"
        )?;
        Ok(())
    }

    /// Adds one vector; where there are types with borrowed text, one of these; where there are views, with one of them beside.
    pub(crate) fn any(
        &mut self,
        file: &str,
        vector: &Vector,
        root: &str,
        package: &Package,
    ) -> Result<(), Box<dyn Error>> {
        if package.views.is_some() {
            Ok(self.viewed(file, vector, root, package)?)
        } else if package.borrowed.constructors.is_empty() {
            self.vector(file, vector, root, package)
        } else {
            Ok(self.borrowed(file, vector, root, package)?)
        }
    }

    /// Adds one vector that is a value with borrowed text. Values without text, and requests, have no borrowed form.
    fn borrowed(&mut self, file: &str, vector: &Vector, root: &str, package: &Package) -> Result<(), std::fmt::Error> {
        let value = vector.value["_"].as_str().filter(|_| !vector.is_function);
        let Some(path) = value.and_then(|name| borrowed(package, name)) else { return Ok(()) };
        let (name, hex) = (&vector.name, &vector.hex);
        writeln!(
            self.0,
            "    Vector {{ file: {file:?}, name: {name:?}, hex: {hex:?}, own: false, run: |bytes, config| \
             write(config.from_bytes::<{root}::{path}<'_>>(bytes)) }},"
        )
    }

    /// Adds one vector that is checked by a view, too. Requests around others have no view.
    fn viewed(&mut self, file: &str, vector: &Vector, root: &str, package: &Package) -> Result<(), std::fmt::Error> {
        let (ty, views) = if vector.is_function {
            (request(package, root, &vector.value), request(package, &format!("{root}::views"), &vector.value))
        } else {
            (boxed(package, root, &vector.value), boxed(package, &format!("{root}::views"), &vector.value))
        };
        let (Some(ty), Some(view)) = (ty, views.as_deref().and_then(view)) else { return Ok(()) };
        let (name, hex) = (&vector.name, &vector.hex);
        writeln!(
            self.0,
            "    Vector {{ file: {file:?}, name: {name:?}, hex: {hex:?}, own: false, run: |bytes, config| \
             agree(&config.check_bytes::<{view}>(bytes), run::<{ty}>(bytes, config)) }},"
        )
    }

    /// Adds a vector of a builtin type.
    pub(crate) fn primitive(&mut self, file: &str, name: &str, ty: &str, hex: &str) -> Result<(), Box<dyn Error>> {
        let run = match ty {
            "int" => "run::<i32>",
            "#" => "run::<u32>",
            "long" | "int53" => "run::<i64>",
            "double" => "run::<f64>",
            "float" => "run::<f32>",
            "Bool" => "run::<bool>",
            "string" => "run::<String>",
            "bytes" => "run::<Vec<u8>>",
            "int128" => "run::<[u8; 16]>",
            "int256" => "run::<[u8; 32]>",
            "Vector<int>" => "run::<Vec<i32>>",
            "vector<int>" => "run_bare::<i32>",
            other => return Err(format!("{file}: no builtin type `{other}`").into()),
        };
        writeln!(self.0, "    Vector {{ file: {file:?}, name: {name:?}, hex: {hex:?}, own: true, run: {run} }},")?;
        Ok(())
    }

    pub(crate) fn finish(self) -> String {
        format!("static VECTORS: &[Vector] = &[\n{}];\n", self.0)
    }
}

/// The type of a boxed value: that of its constructor, or a vector of it.
fn boxed(package: &Package, root: &str, value: &Value) -> Option<String> {
    if let Some(items) = value.as_array() {
        return boxed(package, root, items.first()?).map(|item| format!("Vec<{item}>"));
    }
    let types = package.types_by_constructor();
    types.get(value["_"].as_str()?).map(|path| rust(root, path))
}

/// The view of a type in the module `views`: with a lifetime, and of vectors that of the runtime.
fn view(ty: &str) -> Option<String> {
    match ty.strip_prefix("Vec<").and_then(|item| item.strip_suffix('>')) {
        Some(item) => Some(format!("tlgen_runtime::view::Items<'_, {}>", view(item)?)),
        None if ty.contains('<') => None,
        None => Some(format!("{ty}<'_>")),
    }
}

/// The boxed type with borrowed text of a constructor.
fn borrowed<'p>(package: &'p Package, constructor: &str) -> Option<&'p ItemPath> {
    let structs = &package.borrowed.constructors;
    package.borrowed.types.iter().find_map(|ty| match ty {
        Boxed::Alias { path, target } => {
            structs.iter().any(|item| item.path == *target && item.tl_name == constructor).then_some(path)
        }
        Boxed::Enum(item) => item.variants.iter().any(|it| it.tl_name == constructor).then_some(&item.path),
    })
}

/// The type of a request. The query inside another request is its type argument.
fn request(package: &Package, root: &str, value: &Value) -> Option<String> {
    let name = value["_"].as_str()?;
    let function = package.functions.iter().find(|function| function.tl_name == name)?;
    let queries = function.generics.iter().map(|generic| request(package, root, &value[query(function, generic)?]));
    let queries: Vec<_> = queries.collect::<Option<_>>()?;
    let path = rust(root, &function.path);
    Some(if queries.is_empty() { path } else { format!("{path}<{}>", queries.join(", ")) })
}

/// The TL name of the field that holds the query.
fn query<'f>(function: &'f Struct, generic: &str) -> Option<&'f str> {
    let field = function.fields.iter().find(|field| matches!(&field.ty, RustType::Generic(name) if name == generic))?;
    field.tl_name.as_deref()
}

fn rust(root: &str, path: &ItemPath) -> String {
    format!("{root}::{path}")
}
