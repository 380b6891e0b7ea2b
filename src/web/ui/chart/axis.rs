//! Round values for the side of a chart; pure.

/// Amounts are drawn up to here, which leaves room for a round value beyond them.
const FURTHEST: i64 = 4_000_000_000_000_000_000;
/// Fewest and most steps between values: four or five values.
const STEPS: std::ops::RangeInclusive<i128> = 3..=4;
/// What an axis shows while everything is zero: round in whole numbers, in hundredths and in tenths of a percent.
const OF_NOTHING: i64 = 25;

/// The values beside a chart, from the lowest to the highest, equally far apart; zero is one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// Four or five.
    pub values: Vec<i64>,
    low: i128,
    span: i128,
}

impl Axis {
    /// The closest one that holds all amounts.
    pub fn of(amounts: impl Iterator<Item = i64>) -> Self {
        let (low, high) = amounts
            .map(|amount| amount.clamp(-FURTHEST, FURTHEST))
            .fold((0_i64, 0_i64), |(low, high), amount| (low.min(amount), high.max(amount)));
        let high = if low == high { OF_NOTHING * 4 } else { high };
        let (step, below, above) = steps(i128::from(-low), i128::from(high));
        let values = (-below..=above).filter_map(|times| i64::try_from(times * step).ok()).collect();
        Self { values, low: -below * step, span: ((below + above) * step).max(1) }
    }

    /// How far above the lowest value an amount stands, of `height`, rounded.
    pub fn up(&self, amount: i64, height: i32) -> i32 {
        let above = (i128::from(amount) - self.low).clamp(0, self.span);
        let doubled = above * i128::from(height) * 2 + self.span;
        i32::try_from(doubled / (self.span * 2)).unwrap_or(height)
    }
}

/// The step whose multiples reach just beyond both ends, and how many of them stand below and above zero.
fn steps(below: i128, above: i128) -> (i128, i128, i128) {
    let mut best: Option<(i128, i128, i128)> = None;
    for step in round() {
        let (down, up) = (ceiling(below, step), ceiling(above, step));
        // What two steps hold gets a third, upwards unless all of it is below zero.
        let missing = (STEPS.start() - down - up).max(0);
        let (down, up) = if above == 0 { (down + missing, up) } else { (down, up + missing) };
        if down + up > *STEPS.end() {
            continue;
        }
        let span = (down + up) * step;
        match best {
            Some((step, down, up)) if (down + up) * step <= span => break,
            _ => best = Some((step, down, up)),
        }
    }
    best.unwrap_or((1, 0, 3))
}

/// 1, 2, 3, 5, 10, 20, 25, 50, 100 and so on: a quarter of ten is no whole number.
fn round() -> impl Iterator<Item = i128> {
    let tens = std::iter::successors(Some(10_i128), |ten| Some(ten * 10)).take(18);
    let larger = tens.flat_map(|ten| [ten, ten * 2, ten / 10 * 25, ten * 5]);
    [1, 2, 3, 5].into_iter().chain(larger)
}

fn ceiling(amount: i128, step: i128) -> i128 {
    (amount + step - 1) / step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_round_and_hold_everything() {
        for (amounts, expected) in [
            (vec![], vec![0, 25, 50, 75, 100]),
            (vec![0, 0], vec![0, 25, 50, 75, 100]),
            (vec![1], vec![0, 1, 2, 3]),
            (vec![4], vec![0, 1, 2, 3, 4]),
            (vec![5], vec![0, 2, 4, 6]),
            (vec![9], vec![0, 3, 6, 9]),
            (vec![11], vec![0, 3, 6, 9, 12]),
            (vec![20], vec![0, 5, 10, 15, 20]),
            (vec![21], vec![0, 10, 20, 30]),
            (vec![54, 100], vec![0, 25, 50, 75, 100]),
            (vec![101], vec![0, 50, 100, 150]),
            (vec![5_000], vec![0, 2_000, 4_000, 6_000]),
            (vec![33_000, 1_000_000], vec![0, 250_000, 500_000, 750_000, 1_000_000]),
            (vec![-5], vec![-6, -4, -2, 0]),
            (vec![-5, 5], vec![-6, -3, 0, 3, 6]),
            (vec![-100, 300], vec![-100, 0, 100, 200, 300]),
            (vec![-1, 1_000], vec![-500, 0, 500, 1_000]),
            (vec![-50, 50], vec![-50, -25, 0, 25, 50]),
            (vec![-80, -20], vec![-80, -60, -40, -20, 0]),
            (vec![i64::MIN], (0..=4).map(|at| (at - 4) * 1_000_000_000_000_000_000).collect()),
            (vec![i64::MAX], (0..=4).map(|at| at * 1_000_000_000_000_000_000).collect()),
        ] {
            assert_eq!(Axis::of(amounts.iter().copied()).values, expected, "{amounts:?}");
        }
        for size in (1..400).chain([12_345, 999_999, 1_000_000_000_000_001]) {
            for (low, high) in [(0, size), (-size, 0), (-size, size), (-size / 7, size), (-size, size / 3)] {
                let axis = Axis::of([low, high].into_iter());
                let (first, last) = (axis.values[0], axis.values[axis.values.len() - 1]);
                assert!(matches!(axis.values.len(), 4 | 5) && axis.values.contains(&0), "{low} to {high}: {axis:?}");
                assert!(first <= low && last >= high, "{low} to {high}: {axis:?}");
                assert!(last - first <= 4 * (high - low).max(1), "{low} to {high}: {axis:?} leaves little of it");
            }
        }
    }

    #[test]
    fn amounts_stand_where_their_axis_says() {
        let axis = Axis::of([-100, 300].into_iter());
        for (amount, up) in [(-100, 0), (0, 350), (99, 697), (300, 1_400), (301, 1_400), (i64::MIN, 0)] {
            assert_eq!(axis.up(amount, 1_400), up, "{amount}");
        }
    }
}
