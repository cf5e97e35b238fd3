//! 估算、预算、决算, 资金, 居民出资: all in 分.

use crate::fixed::share_out;

/// The limits of a local rule (domain §3.3, item 7); editable, in %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The budget in % of the estimate at most.
    pub budget_of_estimate: i64,
    /// The final account in % of the budget at most.
    pub final_of_budget: i64,
    /// The money of all sources in % of the budget at most.
    pub funds_of_budget: i64,
    /// The final account of one item in % of its budget at most.
    pub item_of_budget: i64,
}

impl Limits {
    /// 预算≤估算, 决算≤预算, 总资金≤总预算, 单项≤单项预算的110%.
    pub const USUAL: Self = Self {
        budget_of_estimate: 100,
        final_of_budget: 100,
        funds_of_budget: 100,
        item_of_budget: 110,
    };
}

/// The sums of a plan, or the figures of one item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// 估算.
    pub estimate: Option<i64>,
    /// 预算.
    pub budget: Option<i64>,
    /// 决算.
    pub account: Option<i64>,
}

/// What breaks a rule of money. Figures in 分.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyFinding {
    /// 总预算 above 总估算.
    BudgetAboveEstimate {
        /// 预算.
        budget: i64,
        /// 估算.
        estimate: i64,
    },
    /// 总决算 above 总预算.
    AccountAboveBudget {
        /// 决算.
        account: i64,
        /// 预算.
        budget: i64,
    },
    /// 总资金 above 总预算, or above the estimate while there is no budget.
    FundsAboveNeed {
        /// 资金.
        funds: i64,
        /// 预算 or 估算.
        need: i64,
    },
    /// 资金 below what is needed.
    FundsMissing {
        /// 资金.
        funds: i64,
        /// 预算 or 估算.
        need: i64,
    },
    /// The final account of an item above its limit.
    ItemAboveBudget {
        /// Position of the item.
        item: usize,
        /// 决算.
        account: i64,
        /// 预算.
        budget: i64,
    },
    /// An item has more money than it costs.
    ItemFundsAboveNeed {
        /// Position of the item.
        item: usize,
        /// 资金.
        funds: i64,
        /// 预算 or 估算.
        need: i64,
    },
}

/// The estimate of an item: as filled, else quantity (hundredths) × unit price, rounded half up.
#[must_use]
pub fn estimate(filled: Option<i64>, quantity: Option<i64>, price: Option<i64>) -> Option<i64> {
    filled.or_else(|| {
        let product = quantity?.checked_mul(price?)?;
        Some((product + 50) / 100)
    })
}

/// `part` is more than `limit` % of `whole`.
fn above(part: i64, whole: i64, limit: i64) -> bool {
    i128::from(part) * 100 > i128::from(whole) * i128::from(limit)
}

/// What breaks a rule: the plan's sums first, then its items, each with its own funds.
#[must_use]
pub fn money_findings(items: &[(Sums, i64)], funds: i64, limits: Limits) -> Vec<MoneyFinding> {
    let mut found = Vec::new();
    let sum = |of: fn(&Sums) -> Option<i64>| -> Option<i64> {
        items
            .iter()
            .filter_map(|(sums, _)| of(sums))
            .reduce(|sum, one| sum + one)
    };
    // Sums compare like with like: an item without a budget yet stands in neither.
    let of_both = |one: fn(&Sums) -> Option<i64>, other: fn(&Sums) -> Option<i64>| {
        items
            .iter()
            .filter_map(|(sums, _)| one(sums).zip(other(sums)))
            .reduce(|sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    if let Some((budget, estimate)) = of_both(|sums| sums.budget, |sums| sums.estimate)
        && above(budget, estimate, limits.budget_of_estimate)
    {
        found.push(MoneyFinding::BudgetAboveEstimate { budget, estimate });
    }
    if let Some((account, budget)) = of_both(|sums| sums.account, |sums| sums.budget)
        && above(account, budget, limits.final_of_budget)
    {
        found.push(MoneyFinding::AccountAboveBudget { account, budget });
    }
    let need = sum(|sums| sums.budget.or(sums.estimate));
    if let Some(need) = need.filter(|_| funds > 0) {
        if above(funds, need, limits.funds_of_budget) {
            found.push(MoneyFinding::FundsAboveNeed { funds, need });
        } else if funds < need {
            found.push(MoneyFinding::FundsMissing { funds, need });
        }
    }
    for (item, (sums, funds)) in items.iter().enumerate() {
        if let (Some(account), Some(budget)) = (sums.account, sums.budget)
            && above(account, budget, limits.item_of_budget)
        {
            found.push(MoneyFinding::ItemAboveBudget {
                item,
                account,
                budget,
            });
        }
        let need = sums.budget.or(sums.estimate).unwrap_or(0);
        if above(*funds, need, limits.funds_of_budget) {
            found.push(MoneyFinding::ItemFundsAboveNeed {
                item,
                funds: *funds,
                need,
            });
        }
    }
    found
}

/// 居民出资: `total` by area (each weight an area in 0.01 ㎡) or by household (each weight 1), exact
/// to the 分; none when there is nothing to share it by.
#[must_use]
pub fn contributions(weights: &[i64], total: i64) -> Option<Vec<i64>> {
    let weights: Vec<i128> = weights
        .iter()
        .map(|weight| i128::from((*weight).max(0)))
        .collect();
    share_out(&weights, total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(Some(7), Some(200), Some(300), Some(7))]
    #[case(None, Some(2_200), Some(260_000), Some(5_720_000))]
    #[case(None, Some(150), Some(1), Some(2))]
    #[case(None, None, Some(1), None)]
    fn estimates(
        #[case] filled: Option<i64>,
        #[case] quantity: Option<i64>,
        #[case] price: Option<i64>,
        #[case] expected: Option<i64>,
    ) {
        assert_eq!(estimate(filled, quantity, price), expected);
    }

    fn sums(estimate: i64, budget: i64, account: i64) -> Sums {
        Sums {
            estimate: Some(estimate),
            budget: Some(budget),
            account: Some(account),
        }
    }

    #[test]
    fn on_the_limit_is_within_it_and_one_fen_more_is_not() {
        let fits = [
            (sums(10_000, 10_000, 11_000), 0),
            (sums(2_000, 2_000, 1_000), 0),
        ];
        assert_eq!(money_findings(&fits, 0, Limits::USUAL), []);
        let over = [
            (sums(10_000, 10_000, 11_001), 0),
            (sums(2_000, 2_000, 999), 0),
        ];
        assert_eq!(
            money_findings(&over, 0, Limits::USUAL),
            [MoneyFinding::ItemAboveBudget {
                item: 0,
                account: 11_001,
                budget: 10_000
            }]
        );
    }

    #[test]
    fn totals_and_funds() {
        let items = [
            (sums(100, 101, 102), 0),
            (
                Sums {
                    estimate: Some(50),
                    ..Sums::default()
                },
                60,
            ),
        ];
        assert_eq!(
            money_findings(&items, 152, Limits::USUAL),
            [
                MoneyFinding::BudgetAboveEstimate {
                    budget: 101,
                    estimate: 100
                },
                MoneyFinding::AccountAboveBudget {
                    account: 102,
                    budget: 101
                },
                MoneyFinding::FundsAboveNeed {
                    funds: 152,
                    need: 151
                },
                MoneyFinding::ItemFundsAboveNeed {
                    item: 1,
                    funds: 60,
                    need: 50
                },
            ]
        );
        let short = money_findings(&items[1..], 49, Limits::USUAL);
        assert_eq!(
            short[0],
            MoneyFinding::FundsMissing {
                funds: 49,
                need: 50
            }
        );
        assert_eq!(money_findings(&[], 0, Limits::USUAL), []);
    }

    proptest! {
        #[test]
        fn contributions_make_the_whole_to_the_last_fen(
            weights in proptest::collection::vec(0_i64..20_000, 1..60), total in 0_i64..10_000_000_000
        ) {
            match contributions(&weights, total) {
                Some(parts) => {
                    prop_assert_eq!(parts.iter().sum::<i64>(), total);
                    for (one, part) in weights.iter().zip(&parts) {
                        for (other, of_other) in weights.iter().zip(&parts) {
                            prop_assert!(one < other || part + 1 >= *of_other);
                        }
                    }
                }
                None => prop_assert_eq!(weights.iter().sum::<i64>(), 0),
            }
        }
    }
}
