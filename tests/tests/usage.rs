//! What users do with the generated code of each fixture.

#![allow(clippy::unwrap_used)]

#[path = "../fixtures/accessors/use.rs"]
mod accessors;
#[path = "../fixtures/anonymous_field/use.rs"]
mod anonymous_field;
#[path = "../fixtures/any_function/use.rs"]
mod any_function;
#[path = "../fixtures/bang_generic/use.rs"]
mod bang_generic;
#[path = "../fixtures/bit_31/use.rs"]
mod bit_31;
#[path = "../fixtures/bom/use.rs"]
mod bom;
#[path = "../fixtures/borrowed_text/use.rs"]
mod borrowed_text;
#[path = "../fixtures/boxed_builtins/use.rs"]
mod boxed_builtins;
#[path = "../fixtures/builtin_decl/use.rs"]
mod builtin_decl;
#[path = "../fixtures/builtin_results/use.rs"]
mod builtin_results;
#[path = "../fixtures/bytes_option/use.rs"]
mod bytes_option;
#[path = "../fixtures/coded_views/use.rs"]
mod coded_views;
#[path = "../fixtures/compact_text/use.rs"]
mod compact_text;
#[path = "../fixtures/conditional_word/use.rs"]
mod conditional_word;
#[path = "../fixtures/crlf/use.rs"]
mod crlf;
#[path = "../fixtures/declarations/use.rs"]
mod declarations;
#[path = "../fixtures/derives/use.rs"]
mod derives;
#[path = "../fixtures/doc_comments/use.rs"]
mod doc_comments;
#[path = "../fixtures/empty/use.rs"]
mod empty;
#[path = "../fixtures/empty_layer/use.rs"]
mod empty_layer;
#[path = "../fixtures/error_in_place/use.rs"]
mod error_in_place;
#[path = "../fixtures/flags/use.rs"]
mod flags;
#[path = "../fixtures/flags2/use.rs"]
mod flags2;
#[path = "../fixtures/kept_word/use.rs"]
mod kept_word;
#[path = "../fixtures/keywords/use.rs"]
mod keywords;
#[path = "../fixtures/large_variant/use.rs"]
mod large_variant;
#[path = "../fixtures/late_words/use.rs"]
mod late_words;
#[path = "../fixtures/layer_comment/use.rs"]
mod layer_comment;
#[path = "../fixtures/lazy_views/use.rs"]
mod lazy_views;
#[path = "../fixtures/long_run/use.rs"]
mod long_run;
#[path = "../fixtures/metadata/use.rs"]
mod metadata;
#[path = "../fixtures/multi_line/use.rs"]
mod multi_line;
#[path = "../fixtures/names_of_the_root/use.rs"]
mod names_of_the_root;
#[path = "../fixtures/namespace_case/use.rs"]
mod namespace_case;
#[path = "../fixtures/nested_namespace/use.rs"]
mod nested_namespace;
#[path = "../fixtures/nested_vectors/use.rs"]
mod nested_vectors;
#[path = "../fixtures/non_ascii_comment/use.rs"]
mod non_ascii_comment;
#[path = "../fixtures/object_field/use.rs"]
mod object_field;
#[path = "../fixtures/older_layers/use.rs"]
mod older_layers;
#[path = "../fixtures/one_way/use.rs"]
mod one_way;
#[path = "../fixtures/only/use.rs"]
mod only;
#[path = "../fixtures/only_namespace/use.rs"]
mod only_namespace;
#[path = "../fixtures/paren_type/use.rs"]
mod paren_type;
#[path = "../fixtures/percent_bare/use.rs"]
mod percent_bare;
#[path = "../fixtures/prelude_shadow/use.rs"]
mod prelude_shadow;
#[path = "../fixtures/raw_ints/use.rs"]
mod raw_ints;
#[path = "../fixtures/recursive/use.rs"]
mod recursive;
#[path = "../fixtures/recursive_struct/use.rs"]
mod recursive_struct;
#[path = "../fixtures/rename/use.rs"]
mod rename;
#[path = "../fixtures/repetition/use.rs"]
mod repetition;
#[path = "../fixtures/result_without_constructor/use.rs"]
mod result_without_constructor;
#[path = "../fixtures/self_field/use.rs"]
mod self_field;
#[path = "../fixtures/shared_bit/use.rs"]
mod shared_bit;
#[path = "../fixtures/short_id/use.rs"]
mod short_id;
#[path = "../fixtures/skip/use.rs"]
mod skip;
#[path = "../fixtures/std_box/use.rs"]
mod std_box;
#[path = "../fixtures/text_bytes/use.rs"]
mod text_bytes;
#[path = "../fixtures/text_direction/use.rs"]
mod text_direction;
#[path = "../fixtures/text_lossy/use.rs"]
mod text_lossy;
#[path = "../fixtures/ton_messages/use.rs"]
mod ton_messages;
#[path = "../fixtures/true_flag/use.rs"]
mod true_flag;
#[path = "../fixtures/type_and_constructor_same_name/use.rs"]
mod type_and_constructor_same_name;
#[path = "../fixtures/types_after_functions/use.rs"]
mod types_after_functions;
#[path = "../fixtures/unknown_in_container/use.rs"]
mod unknown_in_container;
#[path = "../fixtures/unknown_keep/use.rs"]
mod unknown_keep;
#[path = "../fixtures/variant_sizes/use.rs"]
mod variant_sizes;
#[path = "../fixtures/vector_bare/use.rs"]
mod vector_bare;
#[path = "../fixtures/vector_boxed/use.rs"]
mod vector_boxed;
#[path = "../fixtures/vector_true/use.rs"]
mod vector_true;
#[path = "../fixtures/wide_struct/use.rs"]
mod wide_struct;
#[path = "../fixtures/word_counts_and_masks/use.rs"]
mod word_counts_and_masks;
#[path = "../fixtures/words_of_one_name/use.rs"]
mod words_of_one_name;
