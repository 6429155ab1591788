//! The intermediate transport: `0xeeeeeeee` once, then frames, each of a length and as many bytes.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::ConnectionError;

/// What a client sends first.
const TAG: [u8; 4] = [0xee; 4];

/// The longest frame that is taken; a handshake is far shorter.
pub const MAX_FRAME: u32 = 1 << 16;

/// A stream of frames.
#[derive(Debug)]
pub struct Intermediate<S>(S);

impl<S: AsyncRead + AsyncWrite + Unpin> Intermediate<S> {
    /// The side of the client.
    ///
    /// # Errors
    /// When the stream cannot be written to.
    pub async fn connect(mut stream: S) -> Result<Self, ConnectionError> {
        stream.write_all(&TAG).await?;
        Ok(Self(stream))
    }

    /// The side of the server.
    ///
    /// # Errors
    /// When the client begins with something else, or the stream ends.
    pub async fn accept(mut stream: S) -> Result<Self, ConnectionError> {
        let mut tag = [0; 4];
        stream.read_exact(&mut tag).await?;
        if tag == TAG { Ok(Self(stream)) } else { Err(ConnectionError::NotIntermediate) }
    }

    /// Sends one frame.
    ///
    /// # Errors
    /// When it is too long, or the stream cannot be written to.
    pub async fn send(&mut self, payload: &[u8]) -> Result<(), ConnectionError> {
        let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
        if length > MAX_FRAME {
            return Err(ConnectionError::FrameTooLong { length });
        }
        let mut frame = Vec::with_capacity(4 + payload.len());
        frame.extend(length.to_le_bytes());
        frame.extend(payload);
        self.0.write_all(&frame).await?;
        Ok(self.0.flush().await?)
    }

    /// Tells the other side that its frame is refused; `code` is negative.
    ///
    /// # Errors
    /// When the stream cannot be written to.
    pub async fn refuse(&mut self, code: i32) -> Result<(), ConnectionError> {
        self.send(&code.to_le_bytes()).await
    }

    /// The next frame.
    ///
    /// # Errors
    /// When it is too long, when the other side refuses what was sent, or when the stream ends.
    pub async fn receive(&mut self) -> Result<Vec<u8>, ConnectionError> {
        let length = self.0.read_u32_le().await?;
        if length > MAX_FRAME {
            return Err(ConnectionError::FrameTooLong { length });
        }
        let mut payload = vec![0; length as usize];
        self.0.read_exact(&mut payload).await?;
        // A frame of four bytes is not a message but a code.
        match <[u8; 4]>::try_from(payload.as_slice()) {
            Ok(code) => Err(ConnectionError::Refused { code: i32::from_le_bytes(code) }),
            Err(_) => Ok(payload),
        }
    }
}
