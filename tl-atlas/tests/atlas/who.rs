//! Whose id it is, and what it may be otherwise.

use tlgen_atlas::who::{find, guesses};

use super::atlas;

const LAYERS: [&str; 3] = [
    "user#00a1b2c3 id:int = User; gone#11223344 = Gone;\n// LAYER 1",
    "user#5dd69e12 id:long = User;\n// LAYER 2",
    "user#7fedcba9 id:long name:string = User; ---functions--- ping#01020304 = User;\n// LAYER 3",
];

#[test]
fn ids_are_found_in_every_form() {
    let atlas = atlas(&LAYERS);
    for word in ["5dd69e12", "#5dd69e12", "0x5DD69E12", "1574346258", "129ed65d"] {
        let found = find(&atlas, word);
        let [found] = &found[..] else { panic!("{word}: {found:?}") };
        assert_eq!((found.id, found.entry.name.as_str()), (0x5dd6_9e12, "user"), "{word}");
        assert_eq!(found.replaced_by, Some(0x7fed_cba9));
    }
    let gone = &find(&atlas, "11223344")[0];
    assert_eq!((gone.replaced_by, gone.entry.layers.iter().copied().collect::<Vec<_>>()), (None, vec![1]));
    assert_eq!(find(&atlas, "7fedcba9")[0].replaced_by, None);
    assert!(find(&atlas, "deadbeef").is_empty());
}

#[test]
fn what_is_no_id_may_be_something_else() {
    let atlas = atlas(&LAYERS);
    let said = |number: u32, next: Option<u32>| -> Vec<String> {
        guesses(&atlas, number, next).iter().map(ToString::to_string).collect()
    };
    assert_eq!(said(0x1cb5_c415, None), ["the id of `vector`, which is builtin"]);
    assert_eq!(said(u32::from_le_bytes(*b"hell"), None)[0], "the text \"hell\": probably the middle of a string");
    assert_eq!(said(1_764_374_400, None), ["a time, 1764374400 seconds after 1970"]);
    assert_eq!(said(20, None), ["the number 20: a count, a length, or flags"]);
    assert_eq!(said(0xdead_beef, None), [""; 0]);

    // The bytes of `user` after some others, read in words that do not begin with it.
    let stream = [[9, 8, 7].as_slice(), &0x5dd6_9e12_u32.to_le_bytes(), &[0xf1, 0xf2, 0xf3, 0xf4, 0xf5]].concat();
    let word = |at: usize| u32::from_le_bytes(stream[at..at + 4].try_into().unwrap());
    for (at, expected) in [
        (0, "read 3 bytes too early"),
        (1, "read 2 bytes too early"),
        (2, "read 1 byte too early"),
        (4, "read 1 byte too late"),
    ] {
        let said = said(word(at), Some(word(at + 4)));
        assert_eq!(said, [format!("a part of the id 5dd69e12 (`user`), {expected}")], "{at}");
    }
    assert_eq!(said(word(2), None), ["a part of the id 5dd69e12 (`user`), read 1 byte too early"]);
}
