//! A broken atlas can lose a value; it never panics, and its work is bounded.

use tlgen_runtime::DecodeOptions;
use tlgen_runtime::atlas::{Atlas as Table, AtlasError};

use super::atlas;

const TEXT: &str = "
    a#00000001 flags:# n:# x:flags.1?Vector<B> y:n*[ p:int q:%C ] z:Vector<vector<int>> w:Object = A;
    b#00000002 t:string a:A = B; end#00000003 = B; c#00000004 u:Int v:int128 = C;
    ---functions--- f#00000005 {X:Type} q:!X = X;
";

#[test]
fn no_bytes_are_taken_for_an_atlas_that_are_none() {
    let bytes = atlas(&[TEXT]).to_bytes(true).unwrap();
    assert!(Table::new(&bytes).is_ok());
    for end in 0..bytes.len() {
        let expected = if end < 8 { AtlasError::Unknown } else { AtlasError::Length };
        assert_eq!(Table::new(&bytes[..end]), Err(expected));
    }
    assert_eq!(Table::new(&[&bytes[..], &[0]].concat()), Err(AtlasError::Length));
    let mut version = bytes.clone();
    version[7] = 2;
    assert_eq!(Table::new(&version), Err(AtlasError::Unknown));
    let mut order = bytes.clone();
    order[24..32].rotate_left(4);
    assert_eq!(Table::new(&order), Err(AtlasError::Order));
}

/// A generator of numbers, always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn changed_atlases_and_messages_are_survived() {
    let whole = atlas(&[TEXT]).to_bytes(true).unwrap();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut skipped, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut bytes = whole.clone();
        for _ in 0..numbers.below(4) {
            let at = 24 + numbers.below(bytes.len() - 24);
            bytes[at] = u8::try_from(numbers.below(256)).unwrap();
        }
        let Ok(table) = Table::new(&bytes) else { continue };
        let words = 1 + numbers.below(40);
        let message: Vec<u8> =
            (0..words).flat_map(|_| u32::try_from(numbers.below(6)).unwrap().to_le_bytes()).collect();
        match table.length_of(&message, &DecodeOptions::new()) {
            Ok(length) => {
                assert!(length <= message.len());
                skipped += 1;
            }
            Err(error) => {
                assert!(error.offset() <= message.len());
                refused += 1;
            }
        }
        for entry in table.entries() {
            let _ =
                (entry.name(), entry.type_name(), entry.layers().take(100).count(), entry.fields().take(100).count());
        }
    }
    assert!(skipped > 1000 && refused > 1000, "{skipped} {refused}");
}

/// Bare constructors within themselves, each twice in the next: without a bound on the work this takes 2^64 steps.
#[test]
fn work_is_bounded() {
    let text: String = (1..64).map(|n| format!("c{n}#{n:08x} a:%C{next} b:%C{next} = C{n};", next = n + 1)).collect();
    let text = format!("{text} c64#00000040 = C64;");
    let bytes = atlas(&[&text]).to_bytes(false).unwrap();
    let table = Table::new(&bytes).unwrap();
    let error = table.length_of(&1_u32.to_le_bytes(), &DecodeOptions::new()).unwrap_err();
    assert_eq!(error.kind(), tlgen_runtime::DecodeErrorKind::TooMuchWork);
}
