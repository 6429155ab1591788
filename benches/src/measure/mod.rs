//! How things are measured. The machines are noisy, so timings are ratios of two things that run in turn.

pub mod instructions;
pub mod process;
pub mod project;
pub mod time;

/// The median of some values; the upper one of two.
///
/// # Panics
/// When there are none.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
