//! A long example.

/// A declaration with 31 of 32 bits in use, and what follows them.
macro_rules! bits {
    ($rest:literal) => {
        concat!(
            "bits#00000001 flags:# b0:flags.0?true b1:flags.1?true b2:flags.2?true b3:flags.3?true b4:flags.4?true b5:flags.5?true \
             b6:flags.6?true b7:flags.7?true b8:flags.8?true b9:flags.9?true b10:flags.10?true \
             b11:flags.11?true b12:flags.12?true b13:flags.13?true b14:flags.14?true b15:flags.15?true \
             b16:flags.16?true b17:flags.17?true b18:flags.18?true b19:flags.19?true b20:flags.20?true \
             b21:flags.21?true b22:flags.22?true b23:flags.23?true b24:flags.24?true b25:flags.25?true \
             b26:flags.26?true b27:flags.27?true b28:flags.28?true b29:flags.29?true b30:flags.30?true ",
            $rest
        )
    };
}
