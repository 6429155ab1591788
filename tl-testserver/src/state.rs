//! What all connections of a server share: its keys, its sessions, and how it is set up.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tlgen_mtproto::AuthKey;

use crate::clock::unix_time;
use crate::connection::Sessions;
use crate::crypto::random_long;
use crate::salts::Salts;

/// How many keys that clients have made are kept. The oldest goes.
const MADE_KEYS: usize = 1024;

/// How a server is set up.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The longest frame in bytes.
    pub(crate) max_frame: usize,
    /// How many bytes a packed message may have once it is unpacked.
    pub(crate) max_unpacked: usize,
    /// Results of at least so many bytes are packed.
    pub(crate) pack_from: Option<usize>,
    /// How many calls of one connection may be open at once.
    pub(crate) max_calls: usize,
    /// How long a client may be silent.
    pub(crate) silence: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_frame: 1 << 20,
            max_unpacked: 1 << 24,
            pack_from: Some(512),
            max_calls: 1024,
            silence: Duration::from_secs(300),
        }
    }
}

/// A key with the salts that messages under it must have.
#[derive(Clone, Debug)]
pub(crate) struct Keyed {
    pub(crate) key: AuthKey,
    pub(crate) salts: Salts,
}

/// What all connections of a server share.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    state: Mutex<State>,
}

/// Keys and sessions.
#[derive(Debug, Default)]
pub(crate) struct State {
    keys: BTreeMap<i64, Keyed>,
    /// Those that clients have made, in the order of their making.
    made: VecDeque<i64>,
    pub(crate) sessions: Sessions,
}

impl Shared {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings, state: Mutex::default() }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves nothing half done here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// A key that is there from the beginning.
    pub(crate) fn add_key(&mut self, key: AuthKey, salt: i64) {
        self.keys.insert(key.id(), Keyed { key, salts: Salts::new(salt, unix_time()) });
    }

    /// A key that a client has made.
    pub(crate) fn add_made_key(&mut self, key: AuthKey, salt: i64) {
        self.made.push_back(key.id());
        self.add_key(key, salt);
        if self.made.len() > MADE_KEYS
            && let Some(oldest) = self.made.pop_front()
        {
            self.remove_key(oldest);
        }
    }

    pub(crate) fn key(&self, id: i64) -> Option<&Keyed> {
        self.keys.get(&id)
    }

    /// Forgets a key and its sessions; whether it was there.
    pub(crate) fn remove_key(&mut self, id: i64) -> bool {
        self.sessions.close_all(id);
        self.made.retain(|made| *made != id);
        self.keys.remove(&id).is_some()
    }

    /// The keys.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &AuthKey> {
        self.keys.values().map(|keyed| &keyed.key)
    }

    /// Gives each key another salt.
    pub(crate) fn change_salts(&mut self) -> Result<(), getrandom::Error> {
        for keyed in self.keys.values_mut() {
            keyed.salts = Salts::new(random_long()?, unix_time());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u16) -> AuthKey {
        let mut bytes = [1; 256];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        AuthKey::new(bytes)
    }

    #[test]
    fn keys_that_clients_make_are_bounded() {
        let mut state = State::default();
        state.add_key(key(0), 0);
        for number in 1..=u16::try_from(MADE_KEYS).unwrap() + 1 {
            state.add_made_key(key(number), 0);
        }
        assert_eq!(state.keys().count(), MADE_KEYS + 1);
        assert!(state.key(key(0).id()).is_some() && state.key(key(1).id()).is_none());
        assert!(state.remove_key(key(2).id()) && !state.remove_key(key(2).id()));
        assert_eq!(state.made.len(), MADE_KEYS - 1);
    }
}
