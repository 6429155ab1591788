//! What waits for its counterpart: found by its key, given up from the oldest on where it becomes too much.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// How much of each kind waits, and how many bytes that has.
const MAX_ENTRIES: usize = 1 << 16;
const MAX_BYTES: usize = 1 << 26;

/// Values by their keys, which know their order. Nothing takes more than the logarithm of what waits.
#[derive(Debug)]
pub(crate) struct Queue<K, V> {
    entries: HashMap<K, Entry<V>>,
    order: BTreeMap<u64, K>,
    /// The place of the next one in the order.
    next: u64,
    bytes: usize,
    max_entries: usize,
    max_bytes: usize,
}

#[derive(Debug)]
struct Entry<V> {
    place: u64,
    bytes: usize,
    value: V,
}

impl<K, V> Default for Queue<K, V> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            order: BTreeMap::new(),
            next: 0,
            bytes: 0,
            max_entries: MAX_ENTRIES,
            max_bytes: MAX_BYTES,
        }
    }
}

impl<K: Copy + Eq + Hash, V> Queue<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    /// Lets a value of so many bytes wait. One with the same key goes.
    pub(crate) fn insert(&mut self, key: K, bytes: usize, value: V) {
        self.remove(&key);
        self.entries.insert(key, Entry { place: self.next, bytes, value });
        self.order.insert(self.next, key);
        self.next += 1;
        self.bytes += bytes;
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let Entry { place, bytes, value } = self.entries.remove(key)?;
        self.order.remove(&place);
        self.bytes -= bytes;
        Some(value)
    }

    /// The key of the oldest.
    pub(crate) fn first(&self) -> Option<K> {
        self.order.first_key_value().map(|(_, key)| *key)
    }

    /// The key of the oldest if there are too many.
    pub(crate) fn excess(&self) -> Option<K> {
        (self.entries.len() > self.max_entries || self.bytes > self.max_bytes).then(|| self.first())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_too_much() {
        let mut queue = Queue { max_entries: 2, max_bytes: 10, ..Queue::default() };
        queue.insert(1, 4, 'a');
        queue.insert(2, 4, 'b');
        assert_eq!(queue.excess(), None);
        queue.insert(3, 0, 'c');
        assert_eq!(queue.excess(), Some(1));
        assert_eq!((queue.remove(&2), queue.excess(), queue.get(&1)), (Some('b'), None, Some(&'a')));
        // The same key once more is the newest.
        queue.insert(1, 11, 'd');
        assert_eq!((queue.excess(), queue.remove(&3), queue.excess()), (Some(3), Some('c'), Some(1)));
        assert_eq!((queue.remove(&1), queue.first(), queue.bytes), (Some('d'), None, 0));
    }
}
