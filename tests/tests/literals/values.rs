pub(super) fn all() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![]
}
