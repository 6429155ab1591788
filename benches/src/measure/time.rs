//! Time of two operations that run in turn in this process.

use std::time::Instant;

use super::median;

/// How many seconds one sample of an operation takes at least.
const SAMPLE: f64 = 0.012;

/// What came of two operations.
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
    let clock = Clock::new();
    let (first_count, second_count) = (clock.count(first), clock.count(second));
    let pairs: Vec<_> =
        (0..pairs).map(|_| (clock.sample(first, first_count), clock.sample(second, second_count))).collect();
    Paired::new(&pairs)
}

/// Counts the time in which this thread runs; other programs on the machine take none of it. Where the system does not
/// tell, it is the time on the wall.
struct Clock {
    start: Instant,
}

impl Clock {
    fn new() -> Self {
        Self { start: Instant::now() }
    }

    fn now(&self) -> f64 {
        let running = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanoseconds = running.as_deref().and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
        nanoseconds.map_or_else(|| self.start.elapsed().as_secs_f64(), |ns| ns * 1e-9)
    }

    /// How often an operation runs in one sample.
    fn count(&self, run: &mut dyn FnMut()) -> u32 {
        let mut count = 1;
        loop {
            let taken = self.sample(run, count) * f64::from(count);
            if taken >= SAMPLE {
                return count;
            }
            let wanted = SAMPLE / taken.max(1e-9) * f64::from(count) * 1.2;
            count = (wanted as u32).clamp(count + 1, count.saturating_mul(100));
        }
    }

    /// Seconds of one run.
    fn sample(&self, run: &mut dyn FnMut(), count: u32) -> f64 {
        let start = self.now();
        (0..count).for_each(|_| run());
        (self.now() - start) / f64::from(count)
    }
}
