//! What sets two versions of a plan apart, item by item.

use std::collections::BTreeMap;

/// A work item as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What tells it in every version, see [`super::item_key`].
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Label and text of what is compared, in form order.
    pub cells: Vec<(&'static str, String)>,
    /// Its effects, as sentences.
    pub effects: Vec<String>,
    /// Its cost in 分, if there is one.
    pub fen: Option<i64>,
}

/// What happened to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed {
        /// Label, old and new text.
        cells: Vec<(&'static str, String, String)>,
        /// Effects that are gone.
        effects_gone: Vec<String>,
        /// Effects that are new.
        effects_new: Vec<String>,
    },
}

/// One item of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// What people call it now, or called it.
    pub name: String,
    /// What happened.
    pub change: Change,
    /// By how much its cost rises, in 分; what has no cost counts as none.
    pub fen: i64,
}

/// Compares two versions: items by their key, of several with one key in their order. Removed
/// items come last.
#[must_use]
pub fn difference(before: &[Line], after: &[Line]) -> Vec<Shift> {
    let mut left: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in before.iter().rev() {
        left.entry(&line.key).or_default().push(line);
    }
    let mut shifts = Vec::new();
    for line in after {
        let Some(old) = left.get_mut(line.key.as_str()).and_then(Vec::pop) else {
            shifts.push(Shift {
                name: line.name.clone(),
                change: Change::Added,
                fen: line.fen.unwrap_or(0),
            });
            continue;
        };
        let cells: Vec<_> = old
            .cells
            .iter()
            .zip(&line.cells)
            .filter(|((_, old), (_, new))| old != new)
            .map(|((label, old), (_, new))| (*label, old.clone(), new.clone()))
            .collect();
        let (effects_gone, effects_new) = (
            beyond(&old.effects, &line.effects),
            beyond(&line.effects, &old.effects),
        );
        if !(cells.is_empty() && effects_gone.is_empty() && effects_new.is_empty()) {
            shifts.push(Shift {
                name: line.name.clone(),
                change: Change::Changed {
                    cells,
                    effects_gone,
                    effects_new,
                },
                fen: line.fen.unwrap_or(0) - old.fen.unwrap_or(0),
            });
        }
    }
    let gone = before.iter().filter(|line| {
        left.get_mut(line.key.as_str()).is_some_and(|rest| {
            let here = rest.iter().any(|one| std::ptr::eq(*one, *line));
            rest.retain(|one| !std::ptr::eq(*one, *line));
            here
        })
    });
    for line in gone.collect::<Vec<_>>() {
        shifts.push(Shift {
            name: line.name.clone(),
            change: Change::Removed,
            fen: -line.fen.unwrap_or(0),
        });
    }
    shifts
}

/// What `some` holds more often than `others`.
fn beyond(some: &[String], others: &[String]) -> Vec<String> {
    let mut rest: Vec<&String> = others.iter().collect();
    some.iter()
        .filter(|one| match rest.iter().position(|other| other == one) {
            Some(at) => {
                rest.swap_remove(at);
                false
            }
            None => true,
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(key: &str, quantity: &str, effects: &[&str], fen: Option<i64>) -> Line {
        Line {
            key: key.to_owned(),
            name: format!("第{key}项"),
            cells: vec![("数量", quantity.to_owned())],
            effects: effects.iter().map(|one| (*one).to_owned()).collect(),
            fen,
        }
    }

    #[test]
    fn added_removed_and_changed_with_what_it_costs() {
        let before = [
            line("1", "22 间", &["拆除 F-001", "拆除 F-002"], Some(100)),
            line("2", "66 位", &[], Some(50)),
            line("3", "4 块", &[], None),
        ];
        let after = [
            line("1", "22 间", &["拆除 F-002", "拆除 F-001"], Some(100)),
            line("2", "60 位", &["新增 停车区"], Some(45)),
            line("4", "2 座", &[], Some(7)),
        ];
        let found = difference(&before, &after);
        assert_eq!(
            found,
            [
                Shift {
                    name: "第2项".to_owned(),
                    change: Change::Changed {
                        cells: vec![("数量", "66 位".to_owned(), "60 位".to_owned())],
                        effects_gone: Vec::new(),
                        effects_new: vec!["新增 停车区".to_owned()],
                    },
                    fen: -5,
                },
                Shift {
                    name: "第4项".to_owned(),
                    change: Change::Added,
                    fen: 7,
                },
                Shift {
                    name: "第3项".to_owned(),
                    change: Change::Removed,
                    fen: 0,
                },
            ]
        );
    }

    fn lines() -> impl Strategy<Value = Vec<Line>> {
        let one = (
            "[1-4]",
            "[0-9]{1,2}",
            proptest::collection::vec("[ab]", 0..3),
            proptest::option::of(0..1_000_i64),
        );
        let one = one.prop_map(|(key, quantity, effects, fen)| {
            let effects: Vec<&str> = effects.iter().map(String::as_str).collect();
            line(&key, &quantity, &effects, fen)
        });
        proptest::collection::vec(one, 0..8)
    }

    proptest! {
        #[test]
        fn a_version_does_not_differ_from_itself(lines in lines()) {
            prop_assert_eq!(difference(&lines, &lines), Vec::new());
        }

        #[test]
        fn the_costs_of_the_changes_are_the_change_of_the_cost(before in lines(), after in lines()) {
            let sum = |lines: &[Line]| lines.iter().filter_map(|line| line.fen).sum::<i64>();
            // A cost may change while no compared text does: the texts hold it in a real plan.
            let cost = |lines: Vec<Line>| -> Vec<Line> {
                lines.into_iter().map(|mut line| {
                    line.cells.push(("估算", line.fen.map_or_else(String::new, |fen| fen.to_string())));
                    line
                }).collect()
            };
            let (before, after) = (cost(before), cost(after));
            let shifts: i64 = difference(&before, &after).iter().map(|shift| shift.fen).sum();
            prop_assert_eq!(shifts, sum(&after) - sum(&before));
        }
    }
}
