//! Hostile bytes read by the schema alone: events take no memory for what is read, and lines of JSON are those of the values.

use allocation_counter::measure;
use tlgen_dynamic::{
    Codec, DecodeOptions, JsonForm, JsonWriter, ListStart, ObjectStart, RecordStart, Root, Scalar, Visitor,
};
use tlgen_runtime::ids;

use crate::inputs::{Inputs, schema};
use crate::roots;
use crate::{Line, hex};

/// Inputs of each root.
const INPUTS: usize = 64;

/// What reading may hold at most, however long the input is: words and variables of the objects around one part, and the path of
/// an error.
pub const BOUND: u64 = 32 * 1024;

/// How deep the deepest input is.
const LEVELS: usize = 100_000;

/// Counts what begins and ends.
#[derive(Default)]
struct Balance {
    open: usize,
    deepest: usize,
}

impl Balance {
    fn begin(&mut self) -> Result<(), &'static str> {
        self.open += 1;
        self.deepest = self.deepest.max(self.open);
        Ok(())
    }
}

impl<'b> Visitor<'b> for Balance {
    type Stop = &'static str;

    fn object(&mut self, _: ObjectStart<'_>) -> Result<(), Self::Stop> {
        self.begin()
    }

    fn list(&mut self, _: ListStart) -> Result<(), Self::Stop> {
        self.begin()
    }

    fn record(&mut self, _: RecordStart) -> Result<(), Self::Stop> {
        self.begin()
    }

    fn end(&mut self) -> Result<(), Self::Stop> {
        self.open = self.open.checked_sub(1).ok_or("something ends that has not begun")?;
        Ok(())
    }

    fn scalar(&mut self, scalar: Scalar<'b>) -> Result<(), Self::Stop> {
        match scalar {
            Scalar::NotText(_) => Err("text that is none, where it was to be refused"),
            _ => Ok(()),
        }
    }
}

/// Reads broken values of all types, and values that are too deep.
///
/// # Errors
/// The first bytes for which something does not hold.
pub fn run(seed: u64) -> Result<Vec<Line>, String> {
    let schema = schema()?;
    let codec = Codec::new(&schema);
    // The plan is made once.
    _ = codec.decode_boxed(&[], &DecodeOptions::default());
    let mut inputs = Inputs::new(&schema, seed);
    let mut input = Vec::new();
    let (mut count, mut accepted, mut most) = (0, 0, 0u64);
    for root in roots::all() {
        let material = inputs.material(root.name, root.is_function, 4);
        for turn in 0..INPUTS {
            inputs.next(&material, &mut input);
            let problem = |what: &str| format!("`{}`: {what}, for the bytes {}", root.name, hex(&input));
            let mut options = if turn % 2 == 0 { DecodeOptions::default() } else { DecodeOptions::lenient() };
            options.utf8 = true;
            let peak = events(&codec, &input, &options).map_err(|what| problem(&what))?;
            most = most.max(peak);
            accepted += u64::from(json(&codec, &input, &options).map_err(|what| problem(&what))?);
            count += 1;
        }
    }
    let deep = ids::VECTOR.to_le_bytes().iter().chain(&1u32.to_le_bytes()).copied().collect::<Vec<_>>().repeat(LEVELS);
    let peak = events(&codec, &deep, &DecodeOptions::default())?;
    Ok(vec![Line::new(
        "random and broken bytes read by the schema alone, as events and as lines of JSON",
        count,
        format!(
            "no panic; {accepted} accepted, their JSON is that of their values; reading as events never holds more than {} bytes",
            most.max(peak)
        ),
    )])
}

/// The most bytes that were held.
fn events(codec: &Codec<'_>, input: &[u8], options: &DecodeOptions) -> Result<u64, String> {
    let (mut balance, mut read) = (Balance::default(), Ok(()));
    let memory = measure(|| read = codec.visit(Root::Any, input, options, &mut balance));
    if let Err(tlgen_dynamic::VisitError::Stopped(what)) = read {
        return Err(what.to_owned());
    }
    if read.is_ok() && balance.open > 0 {
        return Err("something that began does not end".to_owned());
    }
    // An object and a list in it are one level each.
    if balance.deepest > 2 * options.max_depth {
        return Err(format!("{} levels", balance.deepest));
    }
    match memory.bytes_max {
        peak if peak > BOUND => Err(format!("reading held {peak} bytes")),
        peak => Ok(peak),
    }
}

/// Whether the bytes are a value; its JSON is the same by way of the value and without it.
fn json(codec: &Codec<'_>, input: &[u8], options: &DecodeOptions) -> Result<bool, String> {
    let value = codec.decode_root(Root::Any, input, options);
    for form in [JsonForm::Tlgen, JsonForm::TdLib] {
        let mut line = Vec::new();
        let written = JsonWriter::new(codec).with_form(form).write(Root::Any, input, options, &mut line);
        match (&value, written) {
            (Ok(value), Ok(())) => {
                let typed = codec.typed_root(Root::Any, value).with_form(form);
                let expected = serde_json::to_vec(&typed).map_err(|error| error.to_string())?;
                if line != expected {
                    return Err(format!("the JSON is {}", String::from_utf8_lossy(&line)));
                }
            }
            (Err(error), Err(other)) if *error == other && line.is_empty() => {}
            (value, written) => return Err(format!("{value:?} as a value, {written:?} as JSON")),
        }
    }
    Ok(value.is_ok())
}
