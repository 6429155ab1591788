//! Salts: numbers that messages must have, each for some time.

use tlgen_mtproto::{part, sha256};

/// After how many seconds the next salt begins.
const PERIOD: i32 = 3600;

/// For how many seconds more a salt is good.
const OVERLAP: i32 = 1800;

/// How many salts a client may ask for.
const AT_ONCE: i32 = 64;

/// The salts of a key, each following from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Salts {
    first: i64,
    since: i32,
}

/// A salt with the time in which it is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) since: i32,
    pub(crate) until: i32,
    pub(crate) salt: i64,
}

impl Salts {
    /// Salts of which `first` is the one of `now`, in seconds since 1970.
    pub(crate) fn new(first: i64, now: i32) -> Self {
        Self { first, since: now }
    }

    fn index(&self, now: i32) -> i32 {
        (now.saturating_sub(self.since) / PERIOD).max(0)
    }

    fn at(&self, index: i32) -> i64 {
        match index {
            ..=0 => self.first,
            _ => i64::from_le_bytes(part(&sha256(&[&self.first.to_le_bytes(), &index.to_le_bytes()]), 0)),
        }
    }

    /// The salt that the server uses.
    pub(crate) fn current(&self, now: i32) -> i64 {
        self.at(self.index(now))
    }

    /// Whether messages of a client may have this salt.
    pub(crate) fn accept(&self, salt: i64, now: i32) -> bool {
        let index = self.index(now);
        let is_young = now.saturating_sub(self.since) - index * PERIOD < OVERLAP;
        salt == self.at(index) || index > 0 && is_young && salt == self.at(index - 1)
    }

    /// The salt of `now` and those that follow.
    pub(crate) fn coming(&self, count: i32, now: i32) -> Vec<Period> {
        let first = self.index(now);
        let coming = (first..).take(usize::try_from(count.clamp(0, AT_ONCE)).unwrap_or(0));
        coming
            .map(|index| {
                let since = self.since.saturating_add(index.saturating_mul(PERIOD));
                Period { since, until: since.saturating_add(PERIOD + OVERLAP), salt: self.at(index) }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salts_follow_each_other() {
        let salts = Salts::new(7, 1000);
        let coming = salts.coming(3, 1000);
        assert_eq!(coming.iter().map(|period| period.since).collect::<Vec<_>>(), [1000, 4600, 8200]);
        assert_eq!((coming[0].salt, coming[0].until), (7, 6400));
        assert!(coming[1].salt != 7 && coming[1].salt != coming[2].salt);
        for (now, current, accepted) in [
            (1000, 0, [true, false, false]),
            (4599, 0, [true, false, false]),
            (4600, 1, [true, true, false]),
            (6400, 1, [false, true, false]),
            (8200, 2, [false, true, true]),
        ] {
            assert_eq!(salts.current(now), coming[current].salt, "{now}");
            assert_eq!([0, 1, 2].map(|index: usize| salts.accept(coming[index].salt, now)), accepted, "{now}");
        }
        assert_eq!(salts.coming(2, 5000), coming[1..]);
        assert_eq!((salts.coming(-1, 0).len(), salts.coming(i32::MAX, 0).len()), (0, 64));
        // A clock that is set back.
        assert_eq!(salts.current(0), 7);
    }
}
