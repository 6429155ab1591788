//! Random answers, and a record of what was asked.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tlgen_testserver::{AnswerFuture, Call, Handler, Random};

/// `help.getConfig`, which the server answers itself: a random configuration would send clients away.
pub(crate) const GET_CONFIG: u32 = 0xc4f9_186b;

/// The requests that have come.
#[derive(Clone, Default)]
pub(crate) struct Requests(Arc<Mutex<BTreeSet<Vec<u8>>>>);

impl Requests {
    pub(crate) fn has(&self, request: &[u8]) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(request)
    }

    /// Those that are not among others.
    pub(crate) fn not_in(&self, others: &BTreeSet<Vec<u8>>) -> Vec<Vec<u8>> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.difference(others).cloned().collect()
    }

    /// Requests of the function with this id, which may be several.
    pub(crate) fn of(&self, id: [u8; 4]) -> Vec<Vec<u8>> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|request| request.starts_with(&id)).cloned().collect()
    }
}

/// Answers by seed and records.
pub(crate) struct Recorder {
    random: Random,
    requests: Requests,
}

impl Recorder {
    pub(crate) fn new(random: Random, requests: Requests) -> Self {
        Self { random, requests }
    }
}

impl Handler for Recorder {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        if call.id() == GET_CONFIG {
            return None;
        }
        self.requests.0.lock().unwrap_or_else(PoisonError::into_inner).insert(call.body.clone());
        Handler::answer(&self.random, call)
    }
}
