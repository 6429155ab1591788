//! What stands around a request: the layer, the client, and in which order requests are answered.

use std::sync::Arc;

use tlgen_runtime::{Combinator, DecodeError, DecodeOptions, DecodeOwned, Object};

use super::session::Session;
use crate::call::ClientInfo;
use crate::generated::session::functions as f;

/// How many wrappers may stand around a request.
const WRAPPERS: usize = 8;

/// A request without its wrappers.
pub(super) struct Unwrapped {
    pub(super) body: Vec<u8>,
    /// The messages that must be answered first.
    pub(super) after: Vec<i64>,
}

/// Takes the wrappers off, and notes in the session what they say. `None` for a request that is wrapped too often.
pub(super) fn unwrap(mut body: Vec<u8>, session: &mut Session) -> Result<Option<Unwrapped>, DecodeError> {
    let mut after = Vec::new();
    for _ in 0..=WRAPPERS {
        let id = body.first_chunk().map_or(0, |&id| u32::from_le_bytes(id));
        let query = match id {
            f::InvokeWithLayer::ID => {
                let wrapper: f::InvokeWithLayer = read(&body)?;
                session.layer = Some(wrapper.layer);
                wrapper.query
            }
            f::InitConnection::ID => {
                let wrapper: f::InitConnection = read(&body)?;
                session.client = Some(Arc::new(ClientInfo {
                    api_id: wrapper.api_id,
                    device_model: wrapper.device_model,
                    system_version: wrapper.system_version,
                    app_version: wrapper.app_version,
                    system_lang_code: wrapper.system_lang_code,
                    lang_code: wrapper.lang_code,
                }));
                wrapper.query
            }
            f::InvokeAfterMsg::ID => {
                let wrapper: f::InvokeAfterMsg = read(&body)?;
                after.push(wrapper.msg_id);
                wrapper.query
            }
            f::InvokeAfterMsgs::ID => {
                let wrapper: f::InvokeAfterMsgs = read(&body)?;
                after.extend(wrapper.msg_ids);
                wrapper.query
            }
            f::InvokeWithoutUpdates::ID => read::<f::InvokeWithoutUpdates>(&body)?.query,
            f::InvokeWithMessagesRange::ID => read::<f::InvokeWithMessagesRange>(&body)?.query,
            f::InvokeWithTakeout::ID => read::<f::InvokeWithTakeout>(&body)?.query,
            f::InvokeWithBusinessConnection::ID => read::<f::InvokeWithBusinessConnection>(&body)?.query,
            _ => return Ok(Some(Unwrapped { body, after })),
        };
        body = Object::into_bytes(query);
    }
    Ok(None)
}

/// Clients need not be exact.
fn read<T: DecodeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    DecodeOptions::new().lenient().from_bytes(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tlgen_runtime::Encode;

    fn wrapped(times: usize) -> Vec<u8> {
        (0..times).fold(7u32.to_le_bytes().to_vec(), |query, _| {
            f::InvokeWithoutUpdates { query: query.try_into().unwrap() }.to_bytes().unwrap()
        })
    }

    #[test]
    fn what_wrappers_say_is_noted() {
        let mut session = Session::default();
        let query = f::InvokeAfterMsg { msg_id: 12, query: wrapped(1).try_into().unwrap() };
        let init = f::InitConnection {
            api_id: 4,
            device_model: "test".into(),
            system_version: String::new(),
            app_version: String::new(),
            system_lang_code: String::new(),
            lang_pack: String::new(),
            lang_code: String::new(),
            proxy: None,
            params: None,
            query: Object::from_value(&query).unwrap(),
        };
        let layer = f::InvokeWithLayer { layer: 228, query: Object::from_value(&init).unwrap() };
        let unwrapped = unwrap(layer.to_bytes().unwrap(), &mut session).unwrap().unwrap();
        assert_eq!((unwrapped.body, unwrapped.after), (wrapped(0), vec![12]));
        assert_eq!(session.layer, Some(228));
        assert_eq!(session.client.unwrap().device_model, "test");
    }

    #[test]
    fn wrappers_are_counted() {
        assert!(unwrap(wrapped(WRAPPERS), &mut Session::default()).unwrap().is_some());
        assert!(unwrap(wrapped(WRAPPERS + 1), &mut Session::default()).unwrap().is_none());
        let half = f::InvokeWithLayer::ID.to_le_bytes().to_vec();
        assert!(unwrap(half, &mut Session::default()).is_err());
    }
}
