//! Calls: generic code, two layers at once, errors.

#![allow(clippy::unwrap_used)]

// Both layers' methods in scope.
use tl_newcomer::layer_1::{self, calls::Calls as _};
use tl_newcomer::layer_2::{self, calls::Calls as _, constructors, types};
use tl_newcomer::{Server, call, texts};
use tlgen_runtime::Function;
use tlgen_runtime::rpc::{Invoke, InvokeError, PendingCall, Transport};

fn ada() -> types::Peer {
    constructors::PeerUser { user_id: 1 }.into()
}

fn server() -> Server {
    let message = constructors::Message::new(3, ada(), "hello".to_owned());
    Server::with_message(message.into())
}

#[test]
fn a_call_returns_what_the_function_returns() {
    assert_eq!(texts(&server(), ada()).unwrap(), ["hello"]);
    let error = texts(&server(), constructors::PeerChat { chat_id: 1 }.into()).unwrap_err();
    assert_eq!(error.rpc().map(|error| error.code), Some(400));
}

#[test]
fn the_methods_of_two_layers() {
    let server = server();
    let new: Vec<types::Message> = layer_2::calls::on(&server).messages().get_history(ada(), 0, 10).wait().unwrap();
    let peer = layer_1::constructors::PeerUser { user_id: 1 }.into();
    let old: Vec<layer_1::types::Message> =
        layer_1::calls::on(&server).messages().get_history(peer, 10).wait().unwrap();
    assert_eq!((new.len(), old), (1, vec![layer_1::constructors::MessageEmpty { id: 10 }.into()]));

    // A method that only one layer has needs no `on`, although the traits of both are in scope.
    assert!(matches!(server.users().get_me().wait(), Err(InvokeError::Decode(_))), "this server knows no users");
    let request = layer_2::functions::users::GetMe;
    assert!(server.invoke_with_layer(2, request).wait().is_err());
}

/// Some transport that can neither be cloned nor printed.
struct Plain(Server);

impl Transport for Plain {
    type Error = std::io::Error;
}

impl Invoke for Plain {
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<std::io::Error>> {
        self.0.exchange(request)
    }
}

#[test]
fn calls_are_copied_and_printed_whatever_the_transport_is() {
    let client = Plain(server());
    let methods = layer_2::calls::on(&client);
    let (one, two) = (methods, methods.messages());
    assert_eq!(format!("{one:?}, {two:?}"), "Methods, Methods");
    let call = two.get_history(ada(), 0, 1);
    let again: PendingCall<'_, Plain, _> = call.clone().with(|request| request.limit = 2);
    assert_ne!(call.request, again.request);
    assert!(format!("{again:?}").contains("limit: 2"), "{again:?}");
    assert_eq!(again.wait().unwrap().len(), 1);
}

/// Written once, for any function, also for one that wraps another.
fn count<F: Function<Return = Vec<T>>, T>(client: &Server, request: &F) -> Result<usize, InvokeError<std::io::Error>> {
    Ok(call(client, request)?.len())
}

#[test]
fn generic_code_takes_any_function() {
    let request = layer_2::functions::messages::GetHistory { peer: ada(), offset: 0, limit: 1 };
    assert_eq!(count(&server(), &request).unwrap(), 1);
    let wrapped = layer_1::functions::InvokeWithLayer { layer: 2, query: request };
    assert!(matches!(count(&server(), &wrapped), Err(InvokeError::Decode(_))), "this server knows no wrapper");
}
