//! Time of two operations that run in turn in this process.

use cpu_time::ThreadTime;

use super::median;

/// How many seconds one sample of an operation takes at least.
const SAMPLE: f64 = 0.012;

/// The times of two operations.
#[derive(Clone, Copy, Debug)]
pub struct Paired {
    /// Seconds of the first one, the median.
    pub first: f64,
    /// Seconds of the second one, the median.
    pub second: f64,
    /// The median of `second / first`, pair by pair: how many times as fast the first one is.
    pub ratio: f64,
}

impl Paired {
    /// From pairs of seconds.
    #[must_use]
    pub fn new(pairs: &[(f64, f64)]) -> Self {
        Self {
            first: median(pairs.iter().map(|pair| pair.0).collect()),
            second: median(pairs.iter().map(|pair| pair.1).collect()),
            ratio: median(pairs.iter().map(|pair| pair.1 / pair.0).collect()),
        }
    }
}

/// Runs both in turn, `pairs` times.
pub fn paired(pairs: usize, first: &mut dyn FnMut(), second: &mut dyn FnMut()) -> Paired {
    let (first_count, second_count) = (count(first), count(second));
    let pairs: Vec<_> = (0..pairs).map(|_| (sample(first, first_count), sample(second, second_count))).collect();
    Paired::new(&pairs)
}

/// How often an operation runs in one sample.
fn count(run: &mut dyn FnMut()) -> u32 {
    let mut count = 1;
    loop {
        let taken = sample(run, count) * f64::from(count);
        if taken >= SAMPLE {
            return count;
        }
        let wanted = SAMPLE / taken.max(1e-9) * f64::from(count) * 1.2;
        count = (wanted as u32).clamp(count + 1, count.saturating_mul(100));
    }
}

/// Seconds of processor time of this thread for one run; other programs on the machine are not counted.
fn sample(run: &mut dyn FnMut(), count: u32) -> f64 {
    let start = ThreadTime::now();
    (0..count).for_each(|_| run());
    start.elapsed().as_secs_f64() / f64::from(count)
}
