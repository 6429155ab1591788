//! Which functions are called with which arguments.

use tlgen_dynamic::{Codec, EncodeError, Generator, Profile};
use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, Schema};

/// The calls of the reference pages.
const PAGES: [&str; 2] = ["contacts.getTopPeers", "contacts.getContacts"];

/// A call that is to be made.
pub(crate) struct Planned {
    pub(crate) name: String,
    /// The bytes of the request.
    pub(crate) request: Vec<u8>,
    /// The request with the types of its values, for those who have types of their own.
    json: serde_json::Value,
}

impl Planned {
    /// Whether it is a call of the reference pages.
    pub(crate) fn is_of_page(&self) -> bool {
        PAGES.contains(&self.name.as_str())
    }
}

/// The calls in the order in which they are made.
pub(crate) struct Plan(pub(crate) Vec<Planned>);

impl Plan {
    /// Calls of the pages, and then of others, evenly over the schema.
    pub(crate) fn new(schema: &Valid<Schema>, seed: u64, count: usize) -> Result<Self, EncodeError> {
        let codec = Codec::new(schema);
        let profile = Profile::default().with_nan(false).with_budget(256).with_max_depth(4);
        let mut generator = Generator::new(schema, seed).with_profile(profile);
        // Wrappers have variables; the configuration is the server's own.
        let is_plain = |idx: &CombinatorIdx| {
            let function = schema.combinator(*idx);
            function.generics.is_empty() && function.name.full() != "help.getConfig"
        };
        let others: Vec<CombinatorIdx> = schema.functions().map(|(idx, _)| idx).filter(is_plain).collect();
        let pages = PAGES.iter().filter_map(|name| codec.by_name(name));
        let spread = (0..count).filter_map(|i| others.get(i * others.len() / count.max(1)).copied());
        let mut planned = Vec::new();
        for idx in pages.chain(spread) {
            let Ok(object) = generator.combinator(idx) else { continue };
            planned.push(Planned {
                name: schema.combinator(idx).name.full().to_owned(),
                request: codec.encode_boxed(&object)?,
                json: codec.to_tagged_json(&object),
            });
        }
        Ok(Self(planned))
    }

    /// For the client: the requests, each with its bytes for a client whose types are not known before they are compiled.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        let json = |planned: &Planned| {
            let mut json = planned.json.clone();
            json["bytes"] = hex(&planned.request).into();
            json
        };
        self.0.iter().map(json).collect()
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tlgen_parser::source::Sources;

    const SCHEMA: &str = "\
        user#00000001 flags:# id:long name:flags.0?string key:int128 = User;\
        ---functions---\
        contacts.getContacts#00000002 hash:long = User;\
        save#00000003 user:User all:Vector<long> = Bool;\
        invokeWithLayer#00000004 {X:Type} layer:int query:!X = X;";

    fn plan(seed: u64) -> Plan {
        let mut sources = Sources::new();
        let file = sources.add("api.tl", SCHEMA);
        let options = tlgen_model::Options::default();
        let schema = tlgen_model::load(&sources, &[file], &options).value.expect("no errors");
        Plan::new(&schema, seed, 4).expect("values that can be written")
    }

    #[test]
    fn a_plan_follows_from_its_seed() {
        let names: Vec<String> = plan(7).0.iter().map(|planned| planned.name.clone()).collect();
        // The page first; no wrappers.
        assert_eq!(names, ["contacts.getContacts", "contacts.getContacts", "contacts.getContacts", "save", "save"]);
        let bytes = |seed| plan(seed).0.into_iter().map(|planned| planned.request).collect::<Vec<_>>();
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
        assert_eq!(plan(7).to_json(), plan(7).to_json());
    }

    #[test]
    fn values_say_what_they_are() {
        let all = plan(7).to_json();
        let save = &all[4];
        assert_eq!((&save["_"], &save["id"]), (&json!("save"), &json!(3)));
        let user = &save["fields"]["user"]["fields"];
        assert!(user.get("flags").is_none() && user["id"]["long"].is_string());
        assert_eq!(user["key"]["large"].as_str().map(str::len), Some(32));
        assert!(save["fields"]["all"]["list"].is_array());
    }
}
