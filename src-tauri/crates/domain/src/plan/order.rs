//! What must come first, and what excludes what.

/// Two items that stand in a plan together and must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// Position of the one.
    pub one: usize,
    /// Position of the other.
    pub other: usize,
}

/// Items that wait for each other in a circle, in the order of waiting; none when the work can be
/// done. `waits` holds (item, item that comes before it).
#[must_use]
pub fn cycle(items: usize, waits: &[(usize, usize)]) -> Option<Vec<usize>> {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut before = vec![Vec::new(); items];
    for &(item, first) in waits {
        if item < items && first < items {
            before[item].push(first);
        }
    }
    let mut state = vec![NEW; items];
    for start in 0..items {
        // Each step: an item and how many of its predecessors were looked at.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        if state[start] != NEW {
            continue;
        }
        state[start] = OPEN;
        while let Some((item, at)) = path.last_mut() {
            let Some(&next) = before[*item].get(*at) else {
                state[*item] = DONE;
                path.pop();
                continue;
            };
            *at += 1;
            match state[next] {
                NEW => {
                    state[next] = OPEN;
                    path.push((next, 0));
                }
                OPEN => {
                    let from = path.iter().position(|(item, _)| *item == next)?;
                    return Some(path[from..].iter().map(|(item, _)| *item).collect());
                }
                _ => {}
            }
        }
    }
    None
}

/// The pairs of `instead` of which both items are chosen.
#[must_use]
pub fn clashes(chosen: &[bool], instead: &[(usize, usize)]) -> Vec<Clash> {
    let is = |at: usize| chosen.get(at).copied().unwrap_or(false);
    instead
        .iter()
        .filter(|(one, other)| is(*one) && is(*other))
        .map(|&(one, other)| Clash { one, other })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(3, &[(1, 0), (2, 1)], None)]
    #[case(3, &[(0, 1), (1, 2), (2, 0)], Some(vec![0, 1, 2]))]
    #[case(4, &[(3, 2), (2, 3)], Some(vec![2, 3]))]
    #[case(1, &[(0, 0)], Some(vec![0]))]
    #[case(2, &[(1, 0), (1, 9)], None)]
    fn circles(
        #[case] items: usize,
        #[case] waits: &[(usize, usize)],
        #[case] expected: Option<Vec<usize>>,
    ) {
        assert_eq!(cycle(items, waits), expected);
    }

    #[test]
    fn both_of_a_choice() {
        assert_eq!(clashes(&[true, false, true], &[(0, 1)]), []);
        let found = clashes(&[true, false, true], &[(0, 2)]);
        assert_eq!(found, [Clash { one: 0, other: 2 }]);
    }

    proptest! {
        #[test]
        fn waiting_for_earlier_ones_only_is_no_circle(
            waits in proptest::collection::vec((0_usize..12, 0_usize..12), 0..40)
        ) {
            let forward: Vec<_> = waits.iter().copied().filter(|(item, first)| first < item).collect();
            prop_assert_eq!(cycle(12, &forward), None);
            if let Some(circle) = cycle(12, &waits) {
                for (at, item) in circle.iter().enumerate() {
                    let next = circle[(at + 1) % circle.len()];
                    prop_assert!(waits.contains(&(*item, next)));
                }
            }
        }
    }
}
