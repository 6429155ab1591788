//! What the tests of the corpus share.

use std::io::Write as _;
use std::sync::Mutex;
use std::thread;

/// A line for the person who runs the tests. Not by `println`, which the test harness captures.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The sums of what `work` says of each item, on all cores.
pub(crate) fn sums<T: Sync>(items: &[T], work: impl Fn(&T) -> [usize; 2] + Sync) -> [usize; 2] {
    let queue = Mutex::new(items.iter());
    let worker = || {
        let mut sums = [0, 0];
        loop {
            let item = queue.lock().unwrap().next();
            let Some(item) = item else { return sums };
            let [first, second] = work(item);
            sums = [sums[0] + first, sums[1] + second];
        }
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let sums = workers.into_iter().map(|worker| worker.join().unwrap());
        sums.fold([0, 0], |all, some| [all[0] + some[0], all[1] + some[1]])
    })
}
