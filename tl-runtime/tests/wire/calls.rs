//! Calls without any runtime: callers, their pointers, and how calls fail.

use std::error::Error;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

use tlgen_runtime::rpc::{Invoke, InvokeAsync, InvokeError, PendingCall, RpcError, Transport};
use tlgen_runtime::{Combinator, Decode, DecodeBare, DecodeOptions, Encode, EncodeBare, Function, Reader, Writer};

/// `echo#000000ec text:string = String;`
#[derive(Default)]
struct Echo {
    text: String,
}

impl Combinator for Echo {
    const ID: u32 = 0xec;
    const NAME: &'static str = "echo";
}

impl EncodeBare for Echo {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&self.text);
    }
}

impl<'de> DecodeBare<'de> for Echo {
    const MIN_SIZE: usize = 4;
    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { text: r.get() }
    }
}

impl Function for Echo {
    type Return = String;
}

/// Answers at once and counts; some texts make it fail.
#[derive(Default)]
struct Local {
    calls: AtomicU32,
}

impl Local {
    fn answer(&self, request: &[u8]) -> Result<Vec<u8>, InvokeError<std::fmt::Error>> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let Echo { text } = Decode::from_bytes(request)?;
        match text.as_str() {
            "gone" => Err(InvokeError::Transport(std::fmt::Error)),
            "wait" => Err(RpcError::new(420, "FLOOD_WAIT_31").into()),
            "odd" => Ok(vec![1, b'a', 9, 9]),
            _ => Ok(text.to_bytes()?),
        }
    }
}

impl Transport for Local {
    type Error = std::fmt::Error;
}

impl Invoke for Local {
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<std::fmt::Error>> {
        self.answer(&request)
    }
}

/// The same, awaited; accepts answers that are not canonical.
#[derive(Default)]
struct Awaited(Local);

impl Transport for Awaited {
    type Error = std::fmt::Error;

    fn decode_options(&self) -> DecodeOptions {
        DecodeOptions::new().lenient()
    }
}

impl InvokeAsync for Awaited {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<std::fmt::Error>> {
        self.0.answer(&request)
    }
}

fn echo(text: &str) -> Echo {
    Echo { text: text.to_owned() }
}

/// What a future is that is ready at once.
fn ready<T>(future: impl IntoFuture<Output = T>) -> T {
    let mut future = std::pin::pin!(future.into_future());
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn the_four_ways_to_fail() {
    let client = Local::default();
    assert_eq!(client.invoke(&echo("a")).unwrap(), "a");
    assert_eq!(client.invoke(&echo("gone")), Err(InvokeError::Transport(std::fmt::Error)));
    let error = client.invoke(&echo("wait")).unwrap_err();
    assert_eq!(error.rpc(), Some(&RpcError { code: 420, text: "FLOOD_WAIT_31".into() }));
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("420 FLOOD_WAIT_31"));
    let error = client.invoke(&echo("odd")).unwrap_err();
    assert!(matches!(error, InvokeError::Decode(_)) && error.rpc().is_none(), "{error:?}");
    assert_eq!(client.calls.load(Ordering::Relaxed), 4);
}

#[test]
fn pointers_are_connections() {
    fn call(client: impl Invoke<Error = std::fmt::Error>) -> String {
        client.invoke(&echo("a")).unwrap()
    }
    let dynamic: &dyn Invoke<Error = std::fmt::Error> = &Local::default();
    assert_eq!(call(dynamic), "a");
    assert_eq!((&dynamic).invoke(&echo("b")).unwrap(), "b");
    assert_eq!(call(Rc::new(Local::default())), "a");
    assert_eq!(call(Box::new(Local::default())), "a");
    assert_eq!(PendingCall::new(dynamic, echo("c")).wait().unwrap(), "c");
}

#[test]
fn futures_are_sent() {
    fn sent<F: Future + Send>(future: F) -> F {
        future
    }
    let client = Arc::new(Awaited::default());
    // The request is gone before the future is looked at.
    let future = sent(client.invoke(&echo("a")));
    assert_eq!(ready(future).unwrap(), "a");
    assert_eq!(ready(client.invoke(&echo("odd"))).unwrap(), "a", "lenient");
    let error = ready(client.invoke(&echo("gone"))).unwrap_err();
    assert_eq!(error.map_transport(|_| 7), InvokeError::Transport(7));
}

#[test]
fn a_call_is_made_when_it_is_awaited() {
    let client = Awaited::default();
    let call = PendingCall::new(&client, Echo::default()).with(|request| request.text.push('x'));
    assert_eq!(client.0.calls.load(Ordering::Relaxed), 0);
    assert_eq!(ready(call).unwrap(), "x");
    assert_eq!(client.0.calls.load(Ordering::Relaxed), 1);
}
