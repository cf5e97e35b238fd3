//! 加装电梯: sharing the cost by storey and area, so that the shares are 100.00% to the last digit.

use crate::fixed::share_out;

/// One dwelling of the entrance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sharer {
    /// Area in 0.01 ㎡.
    pub area_dm2: i64,
    /// Coefficient of its storey in hundredths: 1.00 is 100.
    pub coefficient: i64,
}

/// All of a share, 100.00%.
pub const WHOLE_BP: i64 = 10_000;

/// Usual coefficients by storey, in hundredths, to be agreed upon by the owners: nothing on the
/// ground floor, half on the second, 1.00 on the third, then 0.20 more each.
#[must_use]
pub fn usual_coefficient(storey: i64) -> i64 {
    match storey {
        ..=1 => 0,
        2 => 50,
        _ => 100 + 20 * (storey - 3),
    }
}

/// Shares in 0.01 %, which always make 100.00 % (largest remainder; the first of equals gets the
/// odd hundredth). With `by_area` the area weighs in. None when nobody has to pay anything.
#[must_use]
pub fn shares_bp(sharers: &[Sharer], by_area: bool) -> Option<Vec<i64>> {
    share_out(&weights(sharers, by_area), WHOLE_BP)
}

/// `total` (in 分) by the same weights, to the last 分.
#[must_use]
pub fn amounts_fen(sharers: &[Sharer], by_area: bool, total: i64) -> Option<Vec<i64>> {
    share_out(&weights(sharers, by_area), total)
}

fn weights(sharers: &[Sharer], by_area: bool) -> Vec<i128> {
    sharers
        .iter()
        .map(|sharer| {
            let area = if by_area { sharer.area_dm2.max(0) } else { 1 };
            i128::from(area) * i128::from(sharer.coefficient.max(0))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_equal_shares() {
        let sharers = [Sharer {
            area_dm2: 6_000,
            coefficient: 100,
        }; 3];
        assert_eq!(shares_bp(&sharers, true), Some(vec![3334, 3333, 3333]));
    }

    #[test]
    fn usual_storeys() {
        let storeys: Vec<i64> = (1..=6).map(usual_coefficient).collect();
        assert_eq!(storeys, [0, 50, 100, 120, 140, 160]);
        let sharers: Vec<Sharer> = storeys
            .iter()
            .map(|coefficient| Sharer {
                area_dm2: 6_000,
                coefficient: *coefficient,
            })
            .collect();
        let shares = shares_bp(&sharers, false).expect("shares");
        assert_eq!(shares, [0, 877, 1755, 2105, 2456, 2807]);
        assert_eq!(shares.iter().sum::<i64>(), WHOLE_BP);
    }

    #[test]
    fn nobody_pays_nothing() {
        assert_eq!(shares_bp(&[], true), None);
        let free = [Sharer {
            area_dm2: 6_000,
            coefficient: 0,
        }];
        assert_eq!(shares_bp(&free, true), None);
    }

    proptest! {
        #[test]
        fn always_the_whole(
            sharers in proptest::collection::vec(
                (1i64..30_000, 0i64..400)
                    .prop_map(|(area_dm2, coefficient)| Sharer { area_dm2, coefficient }),
                1..60,
            ),
            by_area: bool,
            total in 0i64..10_000_000_000,
        ) {
            if let Some(shares) = shares_bp(&sharers, by_area) {
                prop_assert_eq!(shares.iter().sum::<i64>(), WHOLE_BP);
                let amounts = amounts_fen(&sharers, by_area, total).expect("amounts");
                prop_assert_eq!(amounts.iter().sum::<i64>(), total);
                for (sharer, share) in sharers.iter().zip(&shares) {
                    prop_assert!(sharer.coefficient > 0 || *share == 0);
                }
            } else {
                prop_assert!(sharers.iter().all(|sharer| sharer.coefficient == 0));
            }
        }
    }
}
