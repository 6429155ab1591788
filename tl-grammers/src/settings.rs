//! What both transports can be told.

use tlgen_runtime::DecodeOptions;
use tlgen_runtime::rpc::KnownError;

/// What both transports can be told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) layer: Option<i32>,
    pub(crate) errors: &'static [KnownError],
    pub(crate) options: DecodeOptions,
}

impl Settings {
    pub(crate) const fn new() -> Self {
        Self { layer: None, errors: &[], options: DecodeOptions::new() }
    }

    /// The bytes that go to the server.
    pub(crate) fn wrapped(&self, request: Vec<u8>) -> Vec<u8> {
        match self.layer {
            Some(layer) => crate::at_layer(layer, &request),
            None => request,
        }
    }
}

/// The methods by which a transport is told.
macro_rules! settings {
    () => {
        /// Makes each request in this layer, whatever layer grammers has told the server.
        #[must_use]
        pub fn at_layer(mut self, layer: i32) -> Self {
            self.settings.layer = Some(layer);
            self
        }

        /// Finds numbers in the texts of these errors: the generated table `errors::KNOWN`.
        #[must_use]
        pub fn with_errors(mut self, known: &'static [::tlgen_runtime::rpc::KnownError]) -> Self {
            self.settings.errors = known;
            self
        }

        /// With another choice of what is accepted as an answer.
        #[must_use]
        pub fn with_options(mut self, options: ::tlgen_runtime::DecodeOptions) -> Self {
            self.settings.options = options;
            self
        }
    };
}
