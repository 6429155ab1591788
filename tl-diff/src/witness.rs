//! Bytes that prove what is said about the wire.
//!
//! One schema writes a value, as small as it can be, and the other reads it. A finding is proved if the reader refuses the bytes or
//! makes something else of them. Both are done by the dynamic codec, which knows nothing of the rules.

use std::collections::HashMap;

use tlgen_dynamic::{Codec, DecodeOptions, Generator, Object, Profile, RandomError, Value};
use tlgen_model::Valid;
use tlgen_model::schema::{Combinator, CombinatorIdx, Schema, SectionKind, TypeExpr};

use crate::change::Change;
use crate::matching::Pair;
use crate::rules;
use crate::verdict::{Bytes, Column, Finding, Level, Witness, Writer};

/// How many of the smallest values are tried, and then how many larger ones.
const SMALL: u64 = 4;
const LARGE: u64 = 64;

/// Adds a witness to each finding about bytes that break.
pub(crate) fn add(old: &Valid<Schema>, new: &Valid<Schema>, compared: &mut [(Pair, Change)]) {
    let (mut before, mut after) = (Party::of(old), Party::of(new));
    let mut known: HashMap<(Pair, Writer, Form), Result<Bytes, &'static str>> = HashMap::new();
    for (pair, change) in compared {
        for column in Column::WIRE {
            for finding in &mut change.verdicts.get_mut(column).findings {
                if finding.level != Level::Broken {
                    finding.witness = Witness::None("nothing breaks");
                    continue;
                }
                let form = Form::of(finding);
                let mut found = Err("no side writes it");
                for writer in writers(finding, column) {
                    found = known
                        .entry((*pair, writer, form))
                        .or_insert_with(|| search(&mut before, &mut after, *pair, writer, form))
                        .clone();
                    if found.is_ok() {
                        break;
                    }
                }
                finding.witness = found.map_or_else(Witness::None, Witness::Bytes);
            }
        }
    }
}

/// Who may write what the finding is about.
fn writers(finding: &Finding, column: Column) -> Vec<Writer> {
    match (finding.writer, column) {
        (Some(writer), _) => vec![writer],
        (None, Column::Stored) => vec![Writer::Old],
        (None, _) => vec![Writer::Old, Writer::New],
    }
}

/// In which form the bytes are written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// With the id, where the type is expected; a call where one is expected.
    Boxed,
    /// Without the id.
    Bare,
    /// What a function answers with.
    Result,
}

impl Form {
    fn of(finding: &Finding) -> Self {
        if *finding.rule == rules::BARE_LAYOUT_CHANGED {
            Self::Bare
        } else if *finding.rule == rules::RESULT_CHANGED {
            Self::Result
        } else {
            Self::Boxed
        }
    }
}

/// One of the schemas, ready to write and to read.
struct Party<'s> {
    schema: &'s Valid<Schema>,
    codec: Codec<'s>,
    /// Of the smallest values, and of larger ones.
    generators: [Generator<'s>; 2],
}

impl<'s> Party<'s> {
    fn of(schema: &'s Valid<Schema>) -> Self {
        let small = Profile::default().with_max_depth(0).with_budget(0);
        let generator = Generator::new(schema, 0);
        let generators = [generator.clone().with_profile(small), generator];
        Self { schema, codec: Codec::new(schema), generators }
    }

    fn written(
        &mut self,
        idx: CombinatorIdx,
        form: Form,
        size: usize,
        seed: u64,
    ) -> Result<(Vec<u8>, serde_json::Value), RandomError> {
        let generator = &mut self.generators[size];
        generator.reseed(seed);
        let combinator = self.schema.combinator(idx);
        if form == Form::Result {
            let value = generator.value(&combinator.result)?;
            let bytes = self.codec.encode(&combinator.result, &value)?;
            return Ok((bytes, self.codec.to_json(&combinator.result, &value)));
        }
        let object = generator.combinator(idx)?;
        let json = self.codec.to_json_boxed(&object);
        let bytes = if form == Form::Bare {
            self.codec.encode(&bare(idx), &Value::Object(object))?
        } else {
            self.codec.encode_boxed(&object)?
        };
        Ok((bytes, json))
    }

    /// What it makes of bytes of the other party: JSON, or why it refuses.
    fn read(
        &self,
        own: Option<CombinatorIdx>,
        theirs: Expected<'_>,
        form: Form,
        bytes: &[u8],
    ) -> Result<serde_json::Value, String> {
        let options = DecodeOptions::default();
        let text = |error: tlgen_dynamic::DecodeError| error.to_string();
        match (form, own) {
            (Form::Result, Some(own)) => {
                let result = &self.schema.combinator(own).result;
                self.codec.decode(result, bytes, &options).map(|value| self.codec.to_json(result, &value)).map_err(text)
            }
            (Form::Bare, Some(own)) => {
                let ty = bare(own);
                self.codec.decode(&ty, bytes, &options).map(|value| self.codec.to_json(&ty, &value)).map_err(text)
            }
            _ => match theirs {
                Expected::Type(name) => match self.expected(name) {
                    Some(ty) => self
                        .codec
                        .decode(&ty, bytes, &options)
                        .map(|value| self.codec.to_json(&ty, &value))
                        .map_err(text),
                    None => self
                        .codec
                        .decode_boxed(bytes, &options)
                        .map(|object| self.codec.to_json_boxed(&object))
                        .map_err(text),
                },
                Expected::Call => {
                    self.codec.decode_boxed(bytes, &options).map_err(text).and_then(|object| self.call(&object))
                }
            },
        }
    }

    /// The boxed type of this name, if it has no arguments.
    fn expected(&self, name: &str) -> Option<TypeExpr> {
        let (ty, found) = self.schema.types().find(|(_, ty)| ty.name.full() == name)?;
        found.params.is_empty().then(|| TypeExpr::Boxed { ty, args: Box::default() })
    }

    fn call(&self, object: &Object) -> Result<serde_json::Value, String> {
        let combinator = self.schema.combinator(object.combinator);
        if combinator.kind == SectionKind::Functions {
            Ok(self.codec.to_json_boxed(object))
        } else {
            Err(format!("{:08x} begins a value of {}, not a call", combinator.id, combinator.name))
        }
    }
}

/// What the reader expects where the writer puts the value.
#[derive(Clone, Copy)]
enum Expected<'s> {
    Type(&'s str),
    Call,
}

fn bare(constructor: CombinatorIdx) -> TypeExpr {
    TypeExpr::Bare { constructor, args: Box::default() }
}

fn expected<'s>(schema: &'s Schema, combinator: &Combinator) -> Expected<'s> {
    combinator.ty.map_or(Expected::Call, |ty| Expected::Type(schema.ty(ty).name.full()))
}

/// The shortest bytes of those that are tried.
fn search<'s>(
    old: &mut Party<'s>,
    new: &mut Party<'s>,
    pair: Pair,
    writer: Writer,
    form: Form,
) -> Result<Bytes, &'static str> {
    let (from, to, mine, theirs) = match writer {
        Writer::Old => (old, new, pair.old, pair.new),
        Writer::New => (new, old, pair.new, pair.old),
    };
    let Some(mine) = mine else { return Err("no side writes it") };
    let combinator = from.schema.combinator(mine);
    if form == Form::Bare && !combinator.generics.is_empty() {
        return Err("what it is made of depends on the type around it");
    }
    let (schema, combinator) = (from.schema, combinator.clone());
    let mut found: Option<Bytes> = None;
    for (size, seeds) in [SMALL, LARGE].into_iter().enumerate() {
        for seed in 0..seeds {
            let Ok((bytes, meant)) = from.written(mine, form, size, seed) else { continue };
            if found.as_ref().is_some_and(|known| known.bytes.len() <= bytes.len()) {
                continue;
            }
            let (read, is_misread) = match to.read(theirs, expected(schema, &combinator), form, &bytes) {
                Err(error) => (error, false),
                Ok(read) if read != meant => (read.to_string(), true),
                Ok(_) => continue,
            };
            found = Some(Bytes { bytes, meant: meant.to_string(), read, is_misread });
        }
        if found.is_some() {
            break;
        }
    }
    found.ok_or("no bytes were found that the other side refuses or misreads")
}
