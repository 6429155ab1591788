//! A function that is called, in each form in which calls are written.

use tlgen_build::ir::{RustType, Struct};
use tlgen_model::schema::CombinatorIdx;

use super::Form;
use super::code::Code;
use super::value::Writer;
use crate::book::Chapter;
use tlgen_build::expr::Expr;

/// The form for transports that are awaited.
pub(super) const AWAITED: &str = "Awaited";

/// The names that every transport has, so that no method of `Calls` can be called by them on one.
const TAKEN: [&str; 3] = ["decode_options", "exchange", "invoke"];

/// All forms; `None` without a sample value.
pub(super) fn forms(chapter: &Chapter<'_>, writer: &Writer<'_, '_>, idx: CombinatorIdx) -> Option<Vec<Form>> {
    let item = writer.items.structure(idx)?;
    let request = writer.structure(item, true)?;
    let answer = concrete(item.returns.as_ref()?, writer)?;
    let name = &item.tl_name;
    let finish = |code: Code| code.finish(&chapter.unit.rust_path);

    let signature = |keyword: &str, bound: &str| {
        format!("pub {keyword}fn call<C: {bound}>(client: &C) -> Result<{answer}, InvokeError<C::Error>> {{")
    };
    let mut blocking = Code::default();
    blocking.imports.extend(["rpc::Invoke", "rpc::InvokeError"]);
    blocking.line(&format!("/// Calls `{name}` and waits for the answer."));
    blocking.line(&signature("", "Invoke"));
    blocking.line(&format!("    let request = {};", request.print(4, 18)));
    blocking.line("    client.invoke(&request)");
    blocking.line("}");

    let mut awaited = Code::default();
    awaited.imports.extend(["rpc::InvokeAsync", "rpc::InvokeError"]);
    awaited.line(&format!("/// Calls `{name}` and awaits the answer."));
    awaited.line(&signature("async ", "InvokeAsync"));
    awaited.line(&format!("    let request = {};", request.print(4, 18)));
    awaited.line("    client.invoke(&request).await");
    awaited.line("}");

    let mut forms = vec![
        Form { label: Some("Blocking"), code: finish(blocking) },
        Form { label: Some(AWAITED), code: finish(awaited) },
    ];
    if let Some(method) = writer.items.method(idx) {
        let mut code = Code::default();
        code.imports.extend(["rpc::Invoke", "rpc::InvokeError"]);
        code.line(&format!(
            "/// Calls `{name}` by its method, which the option `calls` makes; `.await` for `.wait()` awaits it."
        ));
        code.line(&signature("", "Invoke"));
        code.body_of_method(&method_call(writer, item, method)?);
        code.line("}");
        forms.push(Form { label: Some("By its method"), code: finish(code) });
    }
    Some(forms)
}

/// The lines of a call by a method.
struct MethodCall {
    /// Whether the trait `Calls` has to be imported.
    by_trait: bool,
    call: Expr,
    /// What is optional, as an assignment each.
    set: Vec<String>,
}

fn method_call(writer: &Writer<'_, '_>, item: &Struct, method: &str) -> Option<MethodCall> {
    let (required, set) = writer.arguments(item)?;
    let first = method.split(['.', '(']).next().unwrap_or_default();
    let by_trait = !TAKEN.contains(&first);
    let caller = if by_trait { "client" } else { "calls::on(client)" };
    let call = Expr::call(format!("{caller}.{method}"), required.into_iter().map(|(_, value)| value).collect());
    let set = set.into_iter().map(|(name, value)| format!("request.{name} = {};", value.print(12, 12)));
    // In a closure there is nothing that takes an error.
    let set = set.filter(|line| !line.contains('?')).collect();
    Some(MethodCall { by_trait, call, set })
}

impl Code {
    fn body_of_method(&mut self, MethodCall { by_trait, call, set }: &MethodCall) {
        if *by_trait {
            self.own.insert("calls::Calls");
        }
        let line = call.print(4, 4);
        let set: Vec<&str> = set.iter().map(String::as_str).collect();
        match &set[..] {
            [] => self.line(&format!("    {line}.wait()")),
            [only] if !only.contains('\n') => {
                self.line(&format!("    {line}"));
                self.line(&format!("        .with(|request| {})", only.trim_end_matches(';')));
                self.line("        .wait()");
            }
            all => {
                self.line(&format!("    {line}"));
                self.line("        .with(|request| {");
                all.iter().for_each(|one| self.line(&format!("            {one}")));
                self.line("        })");
                self.line("        .wait()");
            }
        }
    }
}

/// A result, with what the query of the example returns instead of a type parameter.
pub(super) fn concrete(ty: &RustType, writer: &Writer<'_, '_>) -> Option<RustType> {
    match ty {
        RustType::ReturnOf(_) | RustType::Generic(_) => writer.query()?.returns.clone(),
        RustType::Vec(item) => concrete(item, writer).map(|item| RustType::Vec(Box::new(item))),
        ty => Some(ty.clone()),
    }
}
