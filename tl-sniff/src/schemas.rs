//! The layers by which calls are read.

use tlgen_dynamic::{Codec, DecodeError, DecodeOptions, Object, Root, Value};
use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeExpr};

use crate::event::{Call, Message};
use crate::message;

/// `invokeWithLayer`, which says by its first field of which layer the request in it is.
const INVOKE_WITH_LAYER: u32 = 0xda9b_0d0d;

/// The schemas of the layers that a client may speak.
///
/// A session speaks the layer that its client has said by `invokeWithLayer`. Where there is no schema of it, or nothing was said, it
/// is read by the first one.
///
/// ```
/// use tlgen_parser::source::Sources;
/// use tlgen_sniff::Schemas;
///
/// let mut sources = Sources::new();
/// let file = sources.add("api.tl", "pong#00000001 = Pong; ---functions--- ping#00000002 = Pong;");
/// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
/// let schemas = Schemas::new([(Some(7), &schema)]);
/// assert_eq!(schemas.codec(0).by_id(1), schemas.codec(0).by_name("pong"));
/// ```
#[derive(Clone, Debug)]
pub struct Schemas<'s> {
    layers: Vec<(Option<u32>, Codec<'s>)>,
}

/// A request without what is wrapped around it.
pub(crate) struct Inner {
    pub(crate) schema: usize,
    /// The layer that the wrappers say.
    pub(crate) layer: Option<u32>,
    pub(crate) function: Option<CombinatorIdx>,
    /// Nothing if nothing is wrapped around it.
    pub(crate) bytes: Option<Vec<u8>>,
}

impl<'s> Schemas<'s> {
    /// Of these schemas and the numbers of their layers, the most probable first.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn new(layers: impl IntoIterator<Item = (Option<u32>, &'s Valid<Schema>)>) -> Self {
        let layers: Vec<_> =
            layers.into_iter().map(|(layer, schema)| (layer, Codec::new(schema).with_envelopes())).collect();
        assert!(!layers.is_empty(), "there is no schema");
        Self { layers }
    }

    /// What reads values of a layer.
    ///
    /// # Panics
    /// When there are not so many.
    #[must_use]
    pub fn codec(&self, index: usize) -> &Codec<'s> {
        &self.layers[index].1
    }

    /// What the request of a call is.
    ///
    /// ```
    /// use tlgen_dynamic::{DecodeOptions, Look};
    /// use tlgen_sniff::{Call, Schemas};
    ///
    /// // What each byte of a request is.
    /// fn explained(schemas: &Schemas<'_>, call: &Call) -> String {
    ///     let (codec, root) = (schemas.codec(call.schema), schemas.root_of_request(call));
    ///     let trace = codec.trace(root, &call.request, &DecodeOptions::lenient());
    ///     trace.dump(&call.request, Look { width: 120, color: false })
    /// }
    /// # let _ = explained;
    /// ```
    #[must_use]
    pub fn root_of_request(&self, call: &Call) -> Root<'s> {
        call.function.map_or(Root::Any, Root::Boxed)
    }

    /// What the result of a call is.
    ///
    /// ```
    /// use tlgen_dynamic::DecodeOptions;
    /// use tlgen_sniff::{Call, Outcome, Schemas};
    ///
    /// // A result as text that can be edited and made bytes again.
    /// fn text(schemas: &Schemas<'_>, call: &Call) -> Option<String> {
    ///     let Outcome::Result(bytes) = &call.outcome else { return None };
    ///     let (codec, root) = (schemas.codec(call.schema), schemas.root_of_result(call));
    ///     Some(codec.disassemble(root, bytes, &DecodeOptions::lenient()))
    /// }
    /// # let _ = text;
    /// ```
    #[must_use]
    pub fn root_of_result(&self, call: &Call) -> Root<'s> {
        let schema = self.codec(call.schema).schema();
        call.function.map_or(Root::Any, |function| Root::Type(&schema.combinator(function).result))
    }

    /// The request of a call.
    ///
    /// ```
    /// use tlgen_dynamic::Value;
    /// use tlgen_sniff::{Call, Schemas};
    ///
    /// // The first argument of a call.
    /// fn first(schemas: &Schemas<'_>, call: &Call) -> Option<Value> {
    ///     let Ok(Value::Object(request)) = schemas.request(call) else { return None };
    ///     request.fields.into_iter().next()?
    /// }
    /// # let _ = first;
    /// ```
    ///
    /// # Errors
    /// When the schema does not know it, or it is no value of it.
    pub fn request(&self, call: &Call) -> Result<Value, DecodeError> {
        self.codec(call.schema).decode_root(self.root_of_request(call), &call.request, &DecodeOptions::lenient())
    }

    /// A value that is the result of a call, with the type that the function returns.
    ///
    /// # Errors
    /// When the schema does not know it, or it is no value of this type.
    pub fn result(&self, call: &Call, result: &[u8]) -> Result<Value, DecodeError> {
        self.codec(call.schema).decode_root(self.root_of_result(call), result, &DecodeOptions::lenient())
    }

    /// A message that is no call and no answer.
    ///
    /// ```
    /// use tlgen_dynamic::Value;
    /// use tlgen_sniff::{Event, Schemas};
    ///
    /// // The name of an update.
    /// fn name(schemas: &Schemas<'_>, event: &Event) -> Option<String> {
    ///     let Event::Update(message) = event else { return None };
    ///     let Ok(Value::Object(update)) = schemas.message(message) else { return None };
    ///     Some(schemas.codec(message.schema).schema().combinator(update.combinator).name.to_string())
    /// }
    /// # let _ = name;
    /// ```
    ///
    /// # Errors
    /// When the schema does not know it, or it is no value of it.
    pub fn message(&self, message: &Message) -> Result<Value, DecodeError> {
        self.codec(message.schema).decode_root(Root::Any, &message.body, &DecodeOptions::lenient())
    }

    /// The schema of a layer.
    pub(crate) fn of_layer(&self, layer: Option<u32>) -> usize {
        self.layers.iter().position(|(of, _)| layer.is_some() && *of == layer).unwrap_or(0)
    }

    /// The request in `body`, of a session that speaks `layer`.
    pub(crate) fn inner(&self, body: &[u8], layer: Option<u32>) -> Inner {
        let whole = body.len();
        let (mut body, mut layer) = (body, layer);
        let (schema, codec, unread) = loop {
            let stated = stated(body);
            layer = stated.or(layer);
            let schema = self.of_layer(layer);
            let codec = self.codec(schema);
            let outer = function(codec, message::id(body));
            let is_wrapper = outer.is_some_and(|outer| wrapped(codec, outer).is_some());
            if is_wrapper || stated.is_none() {
                let bytes = (body.len() < whole).then(|| body.to_vec());
                let found = Inner { schema, layer, function: outer, bytes };
                if !is_wrapper {
                    return found;
                }
                break (schema, codec, found);
            }
            // The schema does not have the wrapper, which has nothing but the layer.
            body = &body[8..];
        };
        let Ok(object) = codec.decode_boxed(body, &DecodeOptions::lenient()) else { return unread };
        let mut object = &object;
        let mut said = None;
        while let Some(place) = wrapped(codec, object.combinator) {
            said = layer_of(codec, object).or(said);
            match object.fields.get(place) {
                Some(Some(Value::Object(inner))) => object = inner,
                Some(Some(Value::Raw(bytes))) => {
                    let function = function(codec, message::id(bytes));
                    return Inner { schema, layer: said.or(layer), function, bytes: Some(bytes.clone()) };
                }
                _ => return unread,
            }
        }
        let layer = said.or(layer);
        if self.of_layer(layer) != schema {
            // A wrapper within says the layer, so another schema reads the request.
            if let Ok(bytes) = codec.encode_boxed(object) {
                let schema = self.of_layer(layer);
                let function = function(self.codec(schema), message::id(&bytes));
                return Inner { schema, layer, function, bytes: Some(bytes) };
            }
        }
        match codec.encode_boxed(object) {
            Ok(bytes) => Inner { schema, layer, function: Some(object.combinator), bytes: Some(bytes) },
            Err(_) => unread,
        }
    }
}

/// The layer that a request says by its first words.
fn stated(body: &[u8]) -> Option<u32> {
    let layer = body.get(4..)?.first_chunk()?;
    (message::id(body) == INVOKE_WITH_LAYER).then(|| u32::from_le_bytes(*layer))
}

fn layer_of(codec: &Codec<'_>, object: &Object) -> Option<u32> {
    if codec.schema().combinator(object.combinator).id != INVOKE_WITH_LAYER {
        return None;
    }
    match object.field(codec.schema(), "layer")? {
        Value::Int(layer) => u32::try_from(*layer).ok(),
        _ => None,
    }
}

/// The function with this id.
fn function(codec: &Codec<'_>, id: u32) -> Option<CombinatorIdx> {
    codec.by_id(id).filter(|idx| codec.schema().combinator(*idx).kind == SectionKind::Functions)
}

/// The field of a function that is itself a request.
fn wrapped(codec: &Codec<'_>, of: CombinatorIdx) -> Option<usize> {
    codec.schema().combinator(of).params.iter().position(|param| matches!(param.ty, TypeExpr::Function { .. }))
}
