//! Whether generated code and the runtime fit together.

/// The number of what generated code expects of this crate. It changes with each change that old generated code does not
/// compile with, or would behave differently with.
pub const CONTRACT: u32 = 1;

/// Asserts that code with the number `generated` fits to this crate. Each root module of generated code does, as a constant.
///
/// # Panics
/// When the numbers differ.
pub const fn assert_contract(generated: u32) {
    assert!(
        generated >= CONTRACT,
        "this code is older than the crate tlgen-runtime that it is compiled with: regenerate it with the tlgen of that version"
    );
    assert!(
        generated <= CONTRACT,
        "the crate tlgen-runtime is older than the tlgen that generated this code: update tlgen-runtime, \
         or regenerate with the older tlgen"
    );
}

#[cfg(test)]
mod tests {
    use super::{CONTRACT, assert_contract};

    #[test]
    fn the_same_number_fits() {
        assert_contract(CONTRACT);
    }

    #[test]
    #[should_panic(expected = "this code is older")]
    fn older_code() {
        assert_contract(CONTRACT - 1);
    }

    #[test]
    #[should_panic(expected = "tlgen-runtime is older")]
    fn newer_code() {
        assert_contract(CONTRACT + 1);
    }
}
