//! Transports: how messages are cut out of a stream of bytes. Which one a client speaks shows in its first bytes.
//!
//! Nothing here reads or writes: bytes go in as they come, and frames come out once they are whole.

mod detect;
mod framing;
mod head;
mod obfuscation;

use std::fmt;

use crate::error::TransportError;

pub use self::detect::{Detected, detect};
use self::framing::Framing;
pub use self::head::Head;
pub use self::obfuscation::Obfuscation;

/// How a connection is cut into messages.
///
/// ```
/// use tlgen_mtproto::TransportKind;
///
/// assert_eq!(TransportKind::PaddedIntermediate.to_string(), "padded intermediate");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportKind {
    /// A length of one byte, or of three for long messages.
    Abridged,
    /// A length of four bytes.
    Intermediate,
    /// The same with random bytes at the end.
    PaddedIntermediate,
    /// A length, a number and a check sum.
    Full,
}

impl fmt::Display for TransportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Abridged => "abridged",
            Self::Intermediate => "intermediate",
            Self::PaddedIntermediate => "padded intermediate",
            Self::Full => "full",
        })
    }
}

/// A message as it came.
///
/// ```
/// use tlgen_mtproto::Link;
///
/// let mut link = Link::new(1 << 20);
/// link.receive(b"\xef\x82message!");
/// let frame = link.next_frame()?.expect("the frame is whole");
/// assert_eq!((&frame.payload[..], frame.wants_quick_ack), (&b"message!"[..], true));
/// # Ok::<(), tlgen_mtproto::TransportError>(())
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame {
    /// The message.
    pub payload: Vec<u8>,
    /// Whether random bytes may follow the message.
    pub is_padded: bool,
    /// Whether the client wants to know at once that it has arrived.
    pub wants_quick_ack: bool,
}

/// The bytes of one connection, from the side of the server.
///
/// ```
/// use tlgen_mtproto::{Link, TransportKind};
///
/// let mut link = Link::new(1 << 20);
/// link.receive(b"\xee\xee\xee\xee\x08\0");
/// assert_eq!(link.next_frame()?, None);
/// assert_eq!(link.kind(), Some((TransportKind::Intermediate, false)));
///
/// let mut output = Vec::new();
/// link.send(b"message!", &mut output)?;
/// assert_eq!(output, b"\x08\0\0\0message!");
/// # Ok::<(), tlgen_mtproto::TransportError>(())
/// ```
#[derive(Debug)]
pub struct Link {
    /// What has come and is no frame yet, from `start` on.
    input: Vec<u8>,
    start: usize,
    framing: Option<Framing>,
    obfuscation: Option<Obfuscation>,
    max_frame: usize,
}

impl Link {
    /// Nothing has come yet. Frames of more than `max_frame` bytes are refused.
    #[must_use]
    pub fn new(max_frame: usize) -> Self {
        Self { input: Vec::new(), start: 0, framing: None, obfuscation: None, max_frame }
    }

    /// Takes bytes of the client.
    pub fn receive(&mut self, bytes: &[u8]) {
        // What is used up goes once it is more than what is left, so each byte is moved once or twice at most.
        if self.start > self.input.len() / 2 {
            self.input.drain(..self.start);
            self.start = 0;
        }
        let before = self.input.len();
        self.input.extend_from_slice(bytes);
        if let Some(obfuscation) = &mut self.obfuscation {
            obfuscation.from_client.apply(&mut self.input[before..]);
        }
    }

    /// The next whole frame.
    ///
    /// # Errors
    /// When the bytes are no frames of any transport, or of the one that the connection began with.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, TransportError> {
        if self.framing.is_none() && !self.detect()? {
            return Ok(None);
        }
        let Some(framing) = &mut self.framing else { return Ok(None) };
        let Some((frame, used)) = framing.take(&self.input[self.start..], self.max_frame)? else { return Ok(None) };
        self.start += used;
        Ok(Some(frame))
    }

    /// Finds out how the connection begins; whether enough has come for that.
    fn detect(&mut self) -> Result<bool, TransportError> {
        match detect::detect(&self.input)? {
            None => Ok(false),
            Some(Detected::Plain(kind, used)) => {
                self.framing = Some(Framing::new(kind));
                self.start = used;
                Ok(true)
            }
            Some(Detected::Obfuscated(kind, mut obfuscation)) => {
                self.start = obfuscation::HEAD;
                obfuscation.from_client.apply(&mut self.input[self.start..]);
                self.framing = Some(Framing::new(kind));
                self.obfuscation = Some(*obfuscation);
                Ok(true)
            }
        }
    }

    /// Whether a part of a frame is left, or the transport is not known yet: a connection that ends here was cut.
    ///
    /// ```
    /// use tlgen_mtproto::Link;
    ///
    /// let mut link = Link::new(1 << 20);
    /// link.receive(b"\xef\x02half");
    /// assert_eq!((link.next_frame()?, link.is_within_frame()), (None, true));
    /// link.receive(b"more");
    /// assert!(link.next_frame()?.is_some() && !link.is_within_frame());
    /// # Ok::<(), tlgen_mtproto::TransportError>(())
    /// ```
    #[must_use]
    pub fn is_within_frame(&self) -> bool {
        self.start < self.input.len() || self.framing.is_none()
    }

    /// What the client speaks, and whether it is obfuscated; `None` as long as that is not known.
    #[must_use]
    pub fn kind(&self) -> Option<(TransportKind, bool)> {
        Some((self.framing.as_ref()?.kind(), self.obfuscation.is_some()))
    }

    /// Appends the code of an error, the negative of one like those of HTTP, to `output`.
    ///
    /// ```
    /// use tlgen_mtproto::Link;
    ///
    /// let (mut link, mut output) = (Link::new(1 << 20), Vec::new());
    /// link.receive(b"\xee\xee\xee\xee");
    /// link.next_frame()?;
    /// // There is no such key.
    /// link.send_error(-404, &mut output)?;
    /// assert_eq!(output, b"\x04\0\0\0\x6c\xfe\xff\xff");
    /// # Ok::<(), tlgen_mtproto::TransportError>(())
    /// ```
    ///
    /// # Errors
    /// None of a transport that is known.
    pub fn send_error(&mut self, code: i32, output: &mut Vec<u8>) -> Result<(), TransportError> {
        let code = code.to_le_bytes();
        match self.framing.as_ref().map(Framing::kind) {
            // In the place of length, number and message: clients look for a negative length.
            Some(TransportKind::Full) => output.extend_from_slice(&[code; 3].concat()),
            _ => self.send(&code, output)?,
        }
        Ok(())
    }

    /// Appends a message, whose length is a multiple of 4, to `output`; nothing as long as the transport is not known.
    ///
    /// # Errors
    /// When it is longer than the transport can say.
    pub fn send(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), TransportError> {
        let before = output.len();
        let Some(framing) = &mut self.framing else { return Ok(()) };
        framing.put(payload, output)?;
        if let Some(obfuscation) = &mut self.obfuscation {
            obfuscation.to_client.apply(&mut output[before..]);
        }
        Ok(())
    }

    /// Appends a quick acknowledgement to `output`. The token is what [`Opened::quick_ack`](crate::Opened::quick_ack) says of the message.
    ///
    /// ```
    /// use tlgen_mtproto::Link;
    ///
    /// let (mut link, mut output) = (Link::new(1 << 20), Vec::new());
    /// link.receive(b"\xef\x82message!");
    /// assert!(link.next_frame()?.is_some_and(|frame| frame.wants_quick_ack));
    /// link.send_quick_ack(0x8102_0304, &mut output);
    /// assert_eq!(output, [0x81, 2, 3, 4]);
    /// # Ok::<(), tlgen_mtproto::TransportError>(())
    /// ```
    pub fn send_quick_ack(&mut self, token: u32, output: &mut Vec<u8>) {
        let before = output.len();
        let Some(framing) = &self.framing else { return };
        framing.put_quick_ack(token, output);
        if let Some(obfuscation) = &mut self.obfuscation {
            obfuscation.to_client.apply(&mut output[before..]);
        }
    }
}

#[cfg(test)]
mod tests;
