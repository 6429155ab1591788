//! The binary form of schemas against files of the official compiler and the schemas that they were made from.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use proptest::prelude::*;
use tlgen_dynamic::{Codec, DecodeOptions, tlo};
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load, print};
use tlgen_parser::source::Sources;

fn schema(text: &str) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("a.tl", text);
    let loaded = load(&sources, &[file], &Options::default());
    loaded.value.unwrap_or_else(|| panic!("{:?}\n{text}", loaded.diagnostics))
}

fn binary(text: &str) -> Vec<u8> {
    tlo::from_schema(&tlgen_parser::parse(text).into_result().unwrap()).unwrap()
}

/// The declarations of a schema without comments, in any order.
fn declarations(text: &str) -> Vec<String> {
    let mut schema = schema(text).into_inner();
    schema.combinators.iter_mut().for_each(|it| (it.has_written_id, it.description, it.layer) = (true, None, None));
    for combinator in &mut schema.combinators {
        combinator.params.iter_mut().for_each(|param| param.description = None);
    }
    let text = print::schema(&schema);
    let mut blocks: Vec<String> = text.split("\n\n").skip(1).map(str::to_owned).collect();
    blocks.retain(|block| !block.starts_with("type "));
    blocks.iter_mut().for_each(|block| block.truncate(block.trim_end().len()));
    blocks.sort();
    blocks
}

/// Files of the compiler are read to the last byte, written again byte by byte, and made from their schemas byte by byte.
#[test]
fn files_of_the_official_compiler() {
    let Some(root) = tl_corpus::folder() else { return };
    let form = schema(tlo::SCHEMA);
    let codec = Codec::new(&form);
    let mut count = 0;
    for entry in std::fs::read_dir(root.join("schemas/tlo")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "tlo") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let text = std::fs::read_to_string(path.with_extension("tl")).unwrap();
        assert!(tlo::is_tlo(&bytes) && !tlo::is_tlo(text.as_bytes()));
        let value = codec.decode_boxed(&bytes, &DecodeOptions::default()).unwrap();
        assert_eq!(codec.encode_boxed(&value).unwrap(), bytes, "{}", path.display());
        let read = tlo::to_tl(&bytes).unwrap();
        let found = declarations(&read);
        assert_eq!(found, declarations(&text), "{}", path.display());
        assert!(binary(&text) == bytes && binary(&read) == bytes, "{}", path.display());
        println!("{}: {} bytes, {} declarations", path.display(), bytes.len(), found.len());
        count += 1;
    }
    assert!(count >= 2);
}

/// What the files of the corpus have not: templates of numbers, sums, functions as arguments, namespaces, bare types.
#[test]
fn every_form_of_the_language() {
    let text = "int#a8509bda ? = Int;\n_ {X:Type} result:X = Answer X;\nvector#1cb5c415 {t:Type} # [ t ] = Vector t;\n\
                tuple#9770768a {t:Type} {n:#} [ t ] = Tuple t n;\n\
                row#1a2b3c4d {n:#} cells:n*[ a:int b:int ] = Row n;\nmatrix#2b3c4d5f m:# n:# rows:m*[ n*[ int ] ] = Matrix;\n\
                pair#3c4d5e70 {X:Type} {Y:Type} x:X y:%Y = Pair X Y;\n\
                use#4d5e6f81 flags:# p:flags.31?(Pair int (Vector int)) t:(tuple int 3) u:(tuple int flags) = p.Use;\n\
                nil#5e6f7092 = List;\ncons#6f7081a3 n:# rest:(n + 2)*[ int ] next:List = List;\n---functions---\n\
                p.call#708192b4 {X:Type} query:!X _:int = X;\nall#8192a3c5 = Vector p.Use;\n";
    let bytes = binary(text);
    let read = tlo::to_tl(&bytes).unwrap();
    assert_eq!(declarations(&read), declarations(text), "{read}");
    assert_eq!(binary(&read), bytes);
}

#[test]
fn what_refers_to_nothing() {
    let refused =
        |text: &str| tlo::from_schema(&tlgen_parser::parse(text).into_result().unwrap()).unwrap_err().to_string();
    assert_eq!(refused("a x:Lost = A;"), "`a` uses the type `Lost`, which is not declared");
    assert_eq!(refused("a x:flags.0?A = A;"), "`a` uses the variable `flags`, which it does not have");
    let bytes = binary("int ? = Int;\na x:int = A;\n");
    // The type of the field is that of no constructor.
    let at = bytes.windows(4).enumerate().filter(|(_, four)| *four == 0xa850_9bda_u32.to_le_bytes()).nth(1).unwrap().0;
    let mut lost = bytes.clone();
    lost[at] ^= 1;
    assert_eq!(tlo::to_tl(&lost).unwrap_err().to_string(), "`a` uses the type a8509bdb, which is not declared");
    let end = tlo::to_tl(&bytes[..bytes.len() - 4]).unwrap_err().to_string();
    assert!(end.contains("at byte"), "{end}");
    assert!(tlo::to_tl(&[bytes.as_slice(), &[0; 4]].concat()).is_err());
    // A name from a file never becomes another declaration.
    let at = bytes.windows(2).position(|two| two == [1, b'a']).unwrap();
    let mut name = bytes;
    name[at + 1] = b';';
    assert_eq!(tlo::to_tl(&name).unwrap_err().to_string(), "`;` is no name in TL");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes are, nothing panics, and text that comes out can be read.
    #[test]
    fn damaged_files(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let text = "int ? = Int;\nvector {t:Type} # [ t ] = Vector t;\nrow {n:#} cells:n*[ a:int b:int ] = Row n;\n\
                    user flags:# rows:flags.3?(vector (Row flags)) = User;\n---functions---\ncall {X:Type} q:!X = X;\n";
        let mut bytes = binary(text);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(text) = tlo::to_tl(&bytes) {
            let parsed = tlgen_parser::parse(&text);
            let _ = tlo::from_schema(&parsed.schema);
        }
    }
}
