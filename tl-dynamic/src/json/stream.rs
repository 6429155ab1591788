//! Bytes -> JSON without a value between them.

use std::convert::Infallible;

use super::JsonForm;
use super::packed::{Packed, Unpack};
use crate::codec::Codec;
use crate::decode::DecodeOptions;
use crate::envelope::GZIP_PACKED;
use crate::error::DecodeError;
use crate::hex;
use crate::root::Root;
use crate::value::Value;
use crate::visit::{FieldStart, ListStart, ObjectStart, RecordStart, Scalar, VisitError, Visitor};

/// Writes the bytes of messages as JSON on one line each, without line breaks: those of [`Codec::typed_root`] and
/// `serde_json::to_vec`, byte by byte, several times as fast. For [`JsonForm::Vk`] the value is made.
///
/// ```
/// # use tlgen_parser::source::Sources;
/// use tlgen_dynamic::{Codec, DecodeOptions, JsonWriter, Root};
///
/// # let mut sources = Sources::new();
/// # let file = sources.add("user.tl", "user#d23c81a3 id:int first_name:string last_name:string = User;");
/// # let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
/// let codec = Codec::new(&schema);
/// let bytes = b"\xa3\x81\x3c\xd2\x04\0\0\0\x04John\0\0\0\x03Doe";
/// let mut out = Vec::new();
/// JsonWriter::new(&codec).write(Root::Any, bytes, &DecodeOptions::default(), &mut out)?;
/// assert_eq!(out, br#"{"_":"user","id":4,"first_name":"John","last_name":"Doe"}"#);
/// # Ok::<(), tlgen_dynamic::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct JsonWriter<'c> {
    codec: &'c Codec<'c>,
    form: JsonForm,
    packed: Option<Packed<'c>>,
    /// After how many bytes nothing more is written.
    limit: usize,
}

impl<'c> JsonWriter<'c> {
    /// For the messages that `codec` reads, in the form of [`Codec::to_json`].
    #[must_use]
    pub fn new(codec: &'c Codec<'c>) -> Self {
        Self { codec, form: JsonForm::default(), packed: None, limit: usize::MAX }
    }

    /// In another form.
    #[must_use]
    pub fn with_form(self, form: JsonForm) -> Self {
        Self { form, ..self }
    }

    /// With the messages in fields of `gzip_packed` instead of their packed bytes, where they can be read, and as long as those of
    /// one message together have at most so many bytes.
    #[must_use]
    pub fn with_unpacked(self, unpack: Unpack, most: usize) -> Self {
        Self { packed: Some(Packed::new(unpack, most)), ..self }
    }

    /// Only about the first so many bytes of the JSON of each message, where there are more of them: the message is read to its end all
    /// the same. In [`JsonForm::Vk`] all of it is written.
    ///
    /// ```
    /// # use tlgen_parser::source::Sources;
    /// use tlgen_dynamic::{Codec, DecodeOptions, JsonWriter, Root};
    ///
    /// # let mut sources = Sources::new();
    /// # let file = sources.add("ids.tl", "ids#00000001 ids:vector<int> last:string = Ids;");
    /// # let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
    /// // ids#00000001 ids:vector<int> last:string = Ids;
    /// let codec = Codec::new(&schema);
    /// let writer = JsonWriter::new(&codec).with_limit(20);
    /// let bytes = b"\x01\0\0\0\x03\0\0\0\x07\0\0\0\x08\0\0\0\x09\0\0\0\x03abc";
    /// let mut out = Vec::new();
    /// writer.write(Root::Any, bytes, &DecodeOptions::default(), &mut out)?;
    /// assert_eq!(out, br#"{"_":"ids","ids":[7,8"#);
    /// assert!(writer.write(Root::Any, &bytes[..20], &DecodeOptions::default(), &mut out).is_err());
    /// # Ok::<(), tlgen_dynamic::DecodeError>(())
    /// ```
    #[must_use]
    pub fn with_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// Appends the JSON of a message that fills `bytes`.
    ///
    /// # Errors
    /// As for [`Codec::decode_root`]; then nothing is appended.
    pub fn write(
        &self,
        root: Root<'_>,
        bytes: &[u8],
        options: &DecodeOptions,
        out: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        if self.form == JsonForm::Vk {
            let value = self.codec.decode_root(root, bytes, options)?;
            self.value(root, &value, out);
            return Ok(());
        }
        self.appended(out, |line| self.codec.visit(root, bytes, options, line))
    }

    /// Appends the JSON of the message that `bytes` begin with, and gives the number of its bytes.
    ///
    /// # Errors
    /// As for [`Codec::decode_prefix`]; then nothing is appended.
    pub fn write_prefix(
        &self,
        root: Root<'_>,
        bytes: &[u8],
        options: &DecodeOptions,
        out: &mut Vec<u8>,
    ) -> Result<usize, DecodeError> {
        if self.form == JsonForm::Vk {
            let (value, length) = self.codec.decode_prefix(root, bytes, options)?;
            self.value(root, &value, out);
            return Ok(length);
        }
        self.appended(out, |line| self.codec.visit_prefix(root, bytes, options, line))
    }

    /// What VK's JSON leaves out, and what is an object in it, is known only once a value was read.
    fn value(&self, root: Root<'_>, value: &Value, out: &mut Vec<u8>) {
        let typed = self.codec.typed_root(root, value).with_form(self.form).with_packed(self.packed);
        serde_json::to_writer(out, &typed).expect("memory takes any text and number");
    }

    fn appended<T>(
        &self,
        out: &mut Vec<u8>,
        read: impl FnOnce(&mut Line<'_>) -> Result<T, VisitError<Infallible>>,
    ) -> Result<T, DecodeError> {
        let start = out.len();
        let left = self.packed.and_then(|packed| packed.begins());
        let packed = match &left {
            Some(left) => self.packed.map(|packed| packed.within(left)),
            None => self.packed,
        };
        let mut line = Line { writer: self, packed, out, start, open: Vec::new() };
        let done = read(&mut line);
        done.map_err(|error| {
            out.truncate(start);
            let VisitError::Decode(error) = error;
            error
        })
    }
}

/// One line that is being written.
struct Line<'a> {
    writer: &'a JsonWriter<'a>,
    packed: Option<Packed<'a>>,
    out: &'a mut Vec<u8>,
    /// Where it begins.
    start: usize,
    open: Vec<Open>,
}

/// What is around the value at hand.
#[derive(Clone, Copy)]
struct Open {
    close: u8,
    /// Whether a `long` at hand was declared as `int53`, and is written as a number.
    is_short: bool,
    /// Whether it is a `gzip_packed`.
    is_packed: bool,
}

impl Line<'_> {
    fn put(&mut self, text: &[u8]) {
        self.out.extend_from_slice(text);
    }

    /// How many bytes more are wanted.
    #[inline]
    fn room(&self) -> usize {
        self.writer.limit.saturating_sub(self.out.len() - self.start)
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.room() == 0
    }

    /// What stands between this and what was written last.
    #[inline]
    fn next(&mut self) {
        if self.out.len() > self.start && !matches!(self.out.last(), Some(b'{' | b'[' | b':')) {
            self.out.push(b',');
        }
    }

    fn open(&mut self, bracket: u8, close: u8, is_short: bool, is_packed: bool) {
        self.next();
        self.out.push(bracket);
        self.open.push(Open { close, is_short, is_packed });
    }

    fn is_short(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_short)
    }

    fn number(&mut self, number: impl itoa::Integer) {
        self.put(itoa::Buffer::new().format(number).as_bytes());
    }

    /// What serde writes: numbers as text takes more code than a few lines.
    fn serde(&mut self, value: &(impl serde::Serialize + ?Sized)) {
        serde_json::to_writer(&mut *self.out, value).expect("memory takes any text and number");
    }

    fn text(&mut self, text: &str) {
        let mut end = text.len().min(self.room());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let text = &text[..end];
        let is_special = |byte: u8| (byte < 0x20) | (byte == b'"') | (byte == b'\\');
        // All of them are looked at, so that many are looked at at once.
        if text.bytes().fold(false, |found, byte| found | is_special(byte)) {
            return self.serde(text);
        }
        self.out.reserve(text.len() + 2);
        self.out.push(b'"');
        self.put(text.as_bytes());
        self.out.push(b'"');
    }

    fn hex(&mut self, bytes: &[u8]) {
        let bytes = &bytes[..bytes.len().min(self.room())];
        self.out.push(b'"');
        hex::append(bytes, self.out);
        self.out.push(b'"');
    }

    /// An object with one entry.
    fn entry(&mut self, key: &str, bytes: &[u8]) {
        self.put(b"{\"");
        self.put(key.as_bytes());
        self.put(b"\":");
        self.hex(bytes);
        self.out.push(b'}');
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if self.writer.form == JsonForm::Tlgen {
            return self.hex(bytes);
        }
        let text = self.writer.form.print_bytes(&bytes[..bytes.len().min(self.room())]);
        self.out.push(b'"');
        self.put(text.as_bytes());
        self.out.push(b'"');
    }

    /// The message in a field of `gzip_packed`; `false` if there is none.
    #[cold]
    fn unpacked(&mut self, packed: &[u8]) -> bool {
        let writer = self.writer;
        let Some(bytes) = self.packed.and_then(|all| all.open(packed)) else { return false };
        let inner = JsonWriter { packed: self.packed.map(Packed::deeper), ..writer.clone() };
        inner.write(writer.codec.root_of_packed(&bytes), &bytes, &DecodeOptions::lenient(), self.out).is_ok()
    }
}

impl<'b> Visitor<'b> for Line<'_> {
    type Stop = Infallible;

    fn object(&mut self, object: ObjectStart<'_>) -> Result<(), Infallible> {
        if self.is_full() {
            return Ok(());
        }
        let is_packed = self.packed.is_some() && object.combinator().id == GZIP_PACKED;
        self.open(b'{', b'}', false, is_packed);
        self.out.push(b'"');
        self.put(self.writer.form.tag().as_bytes());
        self.put(b"\":\"");
        // Names of the language need no escapes.
        self.put(object.name().as_bytes());
        self.out.push(b'"');
        Ok(())
    }

    #[inline]
    fn field(&mut self, field: FieldStart<'_>) -> Result<(), Infallible> {
        if self.is_full() {
            return Ok(());
        }
        self.next();
        self.put(field.0.key.as_bytes());
        if let Some(open) = self.open.last_mut() {
            open.is_short = field.0.is_int53 && self.writer.form == JsonForm::TdLib;
        }
        Ok(())
    }

    fn list(&mut self, list: ListStart) -> Result<(), Infallible> {
        if self.is_full() {
            return Ok(());
        }
        let is_short = self.is_short() && !list.is_repetition;
        self.open(b'[', b']', is_short, false);
        Ok(())
    }

    fn record(&mut self, _: RecordStart) -> Result<(), Infallible> {
        if self.is_full() {
            return Ok(());
        }
        self.open(b'{', b'}', false, false);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Infallible> {
        if self.is_full() {
            return Ok(());
        }
        if let Some(open) = self.open.pop() {
            self.out.push(open.close);
        }
        Ok(())
    }

    fn scalar(&mut self, scalar: Scalar<'b>) -> Result<(), Infallible> {
        if self.is_full() {
            return Ok(());
        }
        self.next();
        if self.open.last().is_some_and(|open| open.is_packed) {
            let packed = match scalar {
                Scalar::Text(text) => Some(text.as_bytes()),
                Scalar::Bytes(bytes) | Scalar::NotText(bytes) => Some(bytes),
                _ => None,
            };
            if packed.is_some_and(|packed| self.unpacked(packed)) {
                return Ok(());
            }
        }
        match scalar {
            Scalar::Nat(value) => self.number(value),
            Scalar::Int(value) => self.number(value),
            Scalar::Long(value) if self.is_short() => self.number(value),
            Scalar::Long(value) => {
                self.out.push(b'"');
                self.number(value);
                self.out.push(b'"');
            }
            Scalar::Double(value) if value.is_finite() => self.serde(&value),
            Scalar::Double(value) => self.entry("f64le", &value.to_le_bytes()),
            Scalar::Float(value) if value.is_finite() => self.serde(&value),
            Scalar::Float(value) => self.entry("f32le", &value.to_le_bytes()),
            Scalar::Bool(false) => self.put(b"false"),
            Scalar::Bool(true) | Scalar::True => self.put(b"true"),
            Scalar::TrueObject => {
                self.put(b"{\"");
                self.put(self.writer.form.tag().as_bytes());
                self.put(b"\":\"true\"}");
            }
            Scalar::Text(text) => self.text(text),
            Scalar::NotText(bytes) => self.entry("hex", bytes),
            Scalar::Bytes(bytes) => self.bytes(bytes),
            Scalar::Raw(bytes) => self.entry("raw", bytes),
        }
        Ok(())
    }
}
