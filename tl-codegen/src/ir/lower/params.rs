//! The arguments of one combinator to fields and steps.
//!
//! A field is what a user sees; a step is what goes over the wire. They differ where a flags word is derived, where a
//! `true` is only a bit, and where a length follows from an opaque value.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_model::schema::{Combinator, CombinatorIdx, Condition, NatRef, Param, Primitive, TypeExpr};
use tlgen_model::view::Declaration;

use super::{Context, unsupported};
use crate::config::TextMode;
use crate::error::{CodegenError, CodegenErrorKind};
use crate::ir::{Bit, BitRef, Codec, Field, RustType, Step};
use crate::naming;

/// Fields and steps of a combinator.
pub(super) struct Lowered {
    pub(super) fields: Vec<Field>,
    pub(super) steps: Vec<Step>,
}

/// The arguments of one combinator on their way.
pub(super) struct Params<'a> {
    context: &'a Context<'a>,
    idx: CombinatorIdx,
    combinator: &'a Combinator,
    /// The types of the parameters in TL.
    types: Vec<String>,
    /// The field of each parameter that is one.
    fields: BTreeMap<usize, usize>,
    /// The variable of each parameter that holds a number on the way, see [`Params::locals`].
    locals: Vec<String>,
    /// The opaque parameter of each parameter that is a derived length.
    lengths: BTreeMap<usize, usize>,
}

/// What becomes of a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A flags word that is not a field.
    DerivedWord,
    /// A flags word that is a field.
    KeptWord,
    /// The length of an opaque parameter.
    Length,
    /// A bit and nothing else.
    Flag,
    /// An unconditional `true`: neither a field nor bytes.
    Nothing,
    /// A value.
    Value,
}

impl<'a> Params<'a> {
    pub(super) fn new(context: &'a Context<'a>, idx: CombinatorIdx, combinator: &'a Combinator) -> Self {
        let of_this = context.options.lengths.range((idx, 0)..=(idx, usize::MAX));
        let mut params = Self {
            context,
            idx,
            combinator,
            types: Declaration::of(combinator).types(),
            fields: BTreeMap::new(),
            locals: Vec::new(),
            lengths: of_this.map(|((_, opaque), length)| (*length, *opaque)).collect(),
        };
        for place in 0..combinator.params.len() {
            if !matches!(params.part(place), Part::DerivedWord | Part::Length | Part::Nothing) {
                let field = params.fields.len();
                params.fields.insert(place, field);
            }
        }
        params.locals = params.locals();
        params
    }

    pub(super) fn lower(&self) -> Result<Lowered, Vec<CodegenError>> {
        let mut lowered = Lowered { fields: Vec::new(), steps: Vec::new() };
        let mut errors = Vec::new();
        for (place, param) in self.combinator.params.iter().enumerate() {
            if let Err(error) = self.param(place, param, &mut lowered) {
                errors.push(error);
            }
        }
        self.find_clashes(&lowered.fields, &mut errors);
        if errors.is_empty() { Ok(lowered) } else { Err(errors) }
    }

    fn part(&self, place: usize) -> Part {
        let param = &self.combinator.params[place];
        let is_true = matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, boxed: None });
        if self.lengths.contains_key(&place) {
            Part::Length
        } else if param.ty == TypeExpr::Nat && param.word.bits != 0 {
            let used_otherwise = param.word.is_count || param.word.is_argument || param.condition.is_some();
            let kept = used_otherwise || self.context.keeps_word(param);
            if kept { Part::KeptWord } else { Part::DerivedWord }
        } else if is_true {
            if param.condition.is_some() { Part::Flag } else { Part::Nothing }
        } else {
            Part::Value
        }
    }

    fn param(&self, place: usize, param: &Param, lowered: &mut Lowered) -> Result<(), CodegenError> {
        let condition = param.condition.map(|condition| self.bit_ref(condition)).transpose()?;
        let field = lowered.fields.len();
        match self.part(place) {
            Part::Nothing => {}
            Part::Length => {
                let of = self.fields[&self.lengths[&place]];
                lowered.steps.push(Step::Length { local: self.local(place), of });
            }
            part @ (Part::DerivedWord | Part::KeptWord) => {
                let kept = (part == Part::KeptWord).then_some(field);
                if kept.is_some() {
                    lowered.fields.push(self.field(place, param, RustType::U32, condition.is_some()));
                }
                lowered.steps.push(Step::Word {
                    local: self.local(place),
                    declared: param.word.bits,
                    bits: self.bits(place),
                    kept,
                    condition,
                });
            }
            Part::Flag => {
                let condition = condition.expect("a flag has a condition");
                lowered.fields.push(self.field(place, param, RustType::Bool, false));
                lowered.steps.push(Step::Flag { field, condition });
            }
            Part::Value => {
                let is_bytes = self.context.options.bytes.contains_key(&(self.idx, place));
                let text = if is_bytes { TextMode::Bytes } else { self.context.text };
                let find_count = |count: u32| {
                    let at = count as usize;
                    let unconditional = self.combinator.params.get(at).is_some_and(|count| count.condition.is_none());
                    unconditional.then(|| (self.fields[&at], self.local(at)))
                };
                let form = self.context.form(self.idx, &param.ty, text, &find_count)?;
                let codec = match self.context.options.lengths.get(&(self.idx, place)) {
                    Some(length) => Codec::Sized { local: self.local(*length) },
                    None if form.ty == RustType::Object && place + 1 < self.combinator.params.len() => {
                        let what =
                            if param.ty == TypeExpr::Object { "`Object` field" } else { "field with any function" };
                        let reason = format!("its {what} is not the last and has no `length` option");
                        return Err(unsupported(self.combinator, reason));
                    }
                    None => form.codec,
                };
                lowered.fields.push(self.field(place, param, form.ty, condition.is_some()));
                lowered.steps.push(Step::Value { field, codec, condition });
            }
        }
        Ok(())
    }

    fn field(&self, place: usize, param: &Param, ty: RustType, optional: bool) -> Field {
        Field {
            name: self.name(place),
            ty,
            optional,
            boxed: false,
            description: self.context.known.field(self.combinator, param),
            param: place,
            tl_name: param.name.as_deref().map(str::to_owned),
            tl_type: self.types[place].clone(),
        }
    }

    /// The Rust name of a parameter: an anonymous one is named by its index.
    fn name(&self, place: usize) -> String {
        if let Some(renamed) = self.context.options.fields.get(&(self.idx, place)) {
            return renamed.clone();
        }
        match &self.combinator.params[place].name {
            Some(name) => naming::field_name(name),
            None if self.combinator.params.len() == 1 => "value".to_owned(),
            None => format!("value_{}", place + 1),
        }
    }

    /// The variable of a parameter that holds a number on the way.
    fn local(&self, place: usize) -> String {
        self.locals[place].clone()
    }

    /// The names of the variables of all parameters: apart from the reader `r` and the writer `w`, and from each other. What is no field
    /// may have the name of a field in Rust, as `flags` beside `Flags`; then its variable has the index too.
    fn locals(&self) -> Vec<String> {
        let names: Vec<String> = (0..self.combinator.params.len())
            .map(|place| self.name(place))
            .map(|name| if matches!(name.as_str(), "r" | "w") { name + "_" } else { name })
            .collect();
        let is_field = |place: &usize| self.fields.contains_key(place);
        let mut taken: BTreeSet<String> = (0..names.len()).filter(is_field).map(|place| names[place].clone()).collect();
        let name_apart = |(place, name): (usize, String)| {
            if is_field(&place) || taken.insert(name.clone()) {
                return name;
            }
            let apart = (place + 1..).map(|index| format!("{name}_{index}")).find(|name| taken.insert(name.clone()));
            apart.expect("there are more numbers than parameters")
        };
        names.into_iter().enumerate().map(name_apart).collect()
    }

    fn bit_ref(&self, condition: Condition) -> Result<BitRef, CodegenError> {
        match condition.word {
            NatRef::Param(place) => Ok(BitRef { word: self.local(place as usize), bit: condition.bit }),
            NatRef::Generic(_) | NatRef::Field(_) | NatRef::Outer { .. } => {
                Err(unsupported(self.combinator, "its flags come from the enclosing type".to_owned()))
            }
        }
    }

    /// The bits of a word, ascending, each with the fields that stand for it.
    fn bits(&self, word: usize) -> Vec<Bit> {
        let mut bits: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for (place, param) in self.combinator.params.iter().enumerate() {
            if let Some(Condition { word: NatRef::Param(of), bit }) = param.condition
                && of as usize == word
                && let Some(field) = self.fields.get(&place)
            {
                bits.entry(bit).or_default().push(*field);
            }
        }
        bits.into_iter().map(|(bit, fields)| Bit { bit, fields }).collect()
    }

    fn find_clashes(&self, fields: &[Field], errors: &mut Vec<CodegenError>) {
        let mut seen: BTreeMap<&str, &Param> = BTreeMap::new();
        for field in fields {
            let param = &self.combinator.params[field.param];
            if let Some(first) = seen.insert(&field.name, param) {
                let full =
                    |param: &Param| format!("{}.{}", self.combinator.name.full(), param.name.as_deref().unwrap_or("_"));
                let kind = CodegenErrorKind::NameClash {
                    rust: format!("{}::{}", self.context.names.combinator(self.idx).name, field.name),
                    tl: full(param),
                    first: full(first),
                    first_location: first.location,
                };
                errors.push(CodegenError { kind, location: Some(param.location) });
            }
        }
    }
}
