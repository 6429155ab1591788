//! What a client makes of the vectors of `tlgen conformance`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

/// What became of the vectors of a file, by kinds of deviations.
pub(crate) struct Vectors {
    values: usize,
    hostile: usize,
    /// Vectors of what the client does not have.
    without: usize,
    /// Kinds of deviations, with how often each was seen and the first of them.
    found: BTreeMap<String, (usize, String)>,
    /// Kinds that are known, with the reason.
    known: BTreeMap<String, String>,
}

impl Vectors {
    /// `file` are the vectors and `output` what the client has written: a line of JSON for each vector,
    /// `{"vector": 3, "bytes": hex}` with the value as it writes it again, or `{"vector": 3, "refused": text}`; and `"made": hex`
    /// with what it writes for the value of the vector, or `"unmade": text`; `"crashed"` where it has ended the process, and
    /// `{"vector": 3, "absent": true}` for what it does not have.
    pub(crate) fn new(file: &Value, output: &str, known: &str) -> Result<Self, String> {
        let vectors = file["vectors"].as_array().ok_or("the file has no vectors")?;
        let mut lines = BTreeMap::new();
        for line in output.lines() {
            let line: Value = serde_json::from_str(line).map_err(|error| format!("`{line}`: {error}"))?;
            let number = line["vector"].as_u64().ok_or("a line without a number")?;
            lines.insert(number as usize, line);
        }
        let known = known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
        let known = known.map(|(kind, reason)| (kind.to_owned(), reason.to_owned())).collect();
        let mut all = Self { values: 0, hostile: 0, without: 0, found: BTreeMap::new(), known };
        for (number, vector) in vectors.iter().enumerate() {
            match lines.get(&number) {
                Some(line) if line["absent"] == true => all.without += 1,
                Some(line) => all.add(vector, line),
                None => {
                    let text = |key: &str| vector[key].as_str().unwrap_or_default();
                    all.deviation("says nothing".to_owned(), text("name"), text("case"), text("bytes"));
                }
            }
        }
        Ok(all)
    }

    fn add(&mut self, vector: &Value, line: &Value) {
        let text = |key: &str| vector[key].as_str().unwrap_or_default();
        let (name, case, bytes) = (text("name"), text("case"), text("bytes"));
        let again = line["bytes"].as_str();
        if let Some(refused) = vector["refused"].as_object() {
            self.hostile += 1;
            // Which field it was says nothing.
            let what = case.split_once(": ").map_or(case, |(_, what)| what);
            if line["crashed"].is_string() {
                self.deviation(format!("crashes at {what}"), name, case, bytes);
            } else if again.is_some() && refused["optional"] == false {
                self.deviation(format!("takes {what}"), name, case, bytes);
            }
            return;
        }
        self.values += 1;
        let value = &vector["value"];
        match again {
            None => self.wrong("refuses", value, name, case, line["refused"].as_str().unwrap_or_default()),
            Some(again) if again != bytes => self.wrong("changes", value, name, case, &difference(bytes, again)),
            Some(_) => {}
        }
        if let Some(error) = line["unmade"].as_str() {
            self.wrong("cannot make", value, name, case, error);
        }
        if let Some(made) = line["made"].as_str().filter(|made| *made != bytes) {
            self.wrong("makes another", value, name, case, &difference(bytes, made));
        }
    }

    /// What is known of a constructor is no wonder where it is within another value.
    fn wrong(&mut self, verb: &str, value: &Value, name: &str, case: &str, what: &str) {
        let mut names = BTreeSet::from([name]);
        collect(value, &mut names);
        let kinds = names.into_iter().map(|name| format!("{verb} {name}"));
        let kind = kinds.into_iter().find(|kind| self.known.contains_key(kind));
        self.deviation(kind.unwrap_or_else(|| format!("{verb} {name}")), name, case, what);
    }

    fn deviation(&mut self, kind: String, name: &str, case: &str, what: &str) {
        let first = || (0, format!("{name}, {case}: {}", what.get(..160).unwrap_or(what)));
        self.found.entry(kind).or_insert_with(first).0 += 1;
    }

    fn gone(&self) -> BTreeSet<&String> {
        self.known.keys().filter(|kind| !self.found.contains_key(*kind)).collect()
    }

    /// Whether each deviation is known, and each that is known was seen.
    pub(crate) fn is_good(&self) -> bool {
        self.values > 0 && self.gone().is_empty() && self.found.keys().all(|kind| self.known.contains_key(kind))
    }
}

/// The names of all constructors in a value.
fn collect<'v>(value: &'v Value, names: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(fields) => {
            names.extend(fields.get("_").and_then(Value::as_str));
            fields.values().for_each(|field| collect(field, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// Where two texts of bytes differ first.
pub(crate) fn difference(expected: &str, found: &str) -> String {
    let same = expected.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count() / 8 * 8;
    let part = |text: &str| text.get(same..(same + 24).min(text.len())).unwrap_or("").to_owned();
    format!("at byte {}: {} instead of {}", same / 2, part(found), part(expected))
}

impl fmt::Display for Vectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, (count, first)) in &self.found {
            match self.known.get(kind) {
                Some(reason) => writeln!(f, "known: {kind} ({count}): {reason}")?,
                None => writeln!(f, "WRONG: {kind} ({count}), first {first}")?,
            }
        }
        for kind in self.gone() {
            writeln!(f, "GONE: {kind} is listed as a deviation and was not seen")?;
        }
        let Self { values, hostile, without, .. } = self;
        write!(f, "{values} values and {hostile} that are none; {without} of what the client does not have")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn verdict(lines: &[Value], known: &str) -> Vectors {
        let file = json!({"vectors": [
            {"name": "user", "case": "least", "bytes": "0102", "value": {}},
            {"name": "user", "case": "name: padding", "bytes": "03", "refused": {"optional": true}},
            {"name": "user", "case": "list: a count below zero", "bytes": "04", "refused": {"optional": false}},
        ]});
        let output: Vec<String> = lines.iter().map(Value::to_string).collect();
        Vectors::new(&file, &output.join("\n"), known).expect("lines of JSON")
    }

    #[test]
    fn each_kind_of_deviation_is_told() {
        let good = [
            json!({"vector": 0, "bytes": "0102", "made": "0102"}),
            json!({"vector": 1, "bytes": "03"}),
            json!({"vector": 2, "refused": "no"}),
        ];
        assert!(verdict(&good, "").is_good());
        for (number, line, kind) in [
            (0, json!({"vector": 0, "refused": "no"}), "refuses user"),
            (0, json!({"vector": 0, "bytes": "0103"}), "changes user"),
            (0, json!({"vector": 0, "bytes": "0102", "made": "01"}), "makes another user"),
            (0, json!({"vector": 0, "bytes": "0102", "unmade": "no"}), "cannot make user"),
            (2, json!({"vector": 2, "bytes": "04"}), "takes a count below zero"),
            (2, json!({"vector": 2, "crashed": "it is gone"}), "crashes at a count below zero"),
        ] {
            let mut lines = good.to_vec();
            lines[number] = line;
            let wrong = verdict(&lines, "");
            assert!(!wrong.is_good() && wrong.found.contains_key(kind), "{wrong}");
            assert!(verdict(&lines, &format!("{kind} = it is so")).is_good());
        }
        // A vector that is left out is one that nobody has looked at.
        for left_out in 0..good.len() {
            let mut lines = good.to_vec();
            lines.remove(left_out);
            let wrong = verdict(&lines, "");
            assert!(!wrong.is_good() && wrong.found.contains_key("says nothing"), "{wrong}");
            lines.push(json!({"vector": left_out, "absent": true}));
            let without = verdict(&lines, "");
            assert_eq!((without.is_good(), without.without), (left_out != 0, 1), "{without}");
        }
        // One that is known of a part is known of the whole.
        let wrong = json!({"vector": 0, "refused": "no"});
        let file =
            json!({"vectors": [{"name": "users", "case": "most", "bytes": "01", "value": {"list": [{"_": "user"}]}}]});
        let whole = |known| Vectors::new(&file, &wrong.to_string(), known).expect("lines of JSON").is_good();
        assert!(whole("refuses user = it is so") && !whole("refuses use = it is so"));
        // A deviation that has gone is told, and a client that says nothing is not good.
        assert!(!verdict(&good, "takes a count below zero = it is so").is_good());
        assert!(!verdict(&[], "").is_good());
    }
}
