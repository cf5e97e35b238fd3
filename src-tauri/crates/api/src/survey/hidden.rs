//! Which cells of a cross-table public papers leave out (domain §17): those with fewer than five
//! answers, and as many more that nobody works a hidden one out from the sums. A table of one row or one column is its sums:
//! nothing in it can stand for another.

/// Fewest answers that public papers tell.
const FEWEST: i64 = 5;

/// True for what is left out: a line for each row with the cells and the sum at its end, and one
/// line more with the sums of the columns. The sum of all answers is always told.
pub(super) fn cells(counts: &[Vec<i64>], rows: Vec<i64>, columns: Vec<i64>) -> Vec<Vec<bool>> {
    let (height, width) = (rows.len() + 1, columns.len() + 1);
    let mut table: Vec<Vec<i64>> = counts.to_vec();
    for (line, sum) in table.iter_mut().zip(rows) {
        line.push(sum);
    }
    table.push(columns);
    let small = |count: &i64| (1..FEWEST).contains(count);
    let mut hidden: Vec<Vec<bool>> = table
        .iter()
        .map(|line| line.iter().map(small).collect())
        .collect();
    // The corner is told, so that it can never be hidden.
    hidden[height - 1].push(false);
    let lines = || {
        let across = (0..height).map(|y| (0..width).map(|x| (y, x)).collect::<Vec<_>>());
        let down = (0..width).map(|x| (0..height).map(|y| (y, x)).collect::<Vec<_>>());
        across.chain(down)
    };
    let corner = (height - 1, width - 1);
    // One hidden cell of a line follows from the others: the least of those goes too. Each round
    // hides at least one more.
    loop {
        let mut more = None;
        for line in lines() {
            let out = line.iter().filter(|(y, x)| hidden[*y][*x]).count();
            if out == 1 {
                more = line
                    .into_iter()
                    .filter(|at| *at != corner && !hidden[at.0][at.1])
                    .min_by_key(|(y, x)| (table[*y][*x] == 0, table[*y][*x], *y, *x));
                if more.is_some() {
                    break;
                }
            }
        }
        match more {
            Some((y, x)) => hidden[y][x] = true,
            None => return hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sums(counts: &[Vec<i64>]) -> (Vec<i64>, Vec<i64>) {
        let width = counts.first().map_or(0, Vec::len);
        (
            counts.iter().map(|line| line.iter().sum()).collect(),
            (0..width)
                .map(|x| counts.iter().map(|line| line[x]).sum())
                .collect(),
        )
    }

    fn shade(counts: &[Vec<i64>]) -> Vec<Vec<bool>> {
        let (rows, columns) = sums(counts);
        cells(counts, rows, columns)
    }

    #[test]
    fn a_table_without_small_cells_is_told_whole() {
        let hidden = shade(&[vec![12, 0], vec![8, 30]]);
        assert!(hidden.iter().flatten().all(|hidden| !hidden));
    }

    #[test]
    fn one_small_cell_takes_another_of_its_row_and_column_along() {
        let hidden = shade(&[vec![3, 20, 40], vec![10, 30, 50]]);
        assert!(hidden[0][0], "three answers");
        let out = |line: &Vec<bool>| line.iter().filter(|hidden| **hidden).count();
        assert_eq!(out(&hidden[0]), 2);
        assert_ne!((0..3).filter(|y| hidden[*y][0]).count(), 1);
    }

    proptest! {
        #[test]
        fn no_line_has_one_hidden_cell_alone(
            counts in (2_usize..6, 2_usize..6).prop_flat_map(|(height, width)| {
                proptest::collection::vec(proptest::collection::vec(0_i64..40, width), height)
            })
        ) {
            let hidden = shade(&counts);
            for (y, line) in counts.iter().enumerate() {
                for (x, count) in line.iter().enumerate() {
                    prop_assert!(hidden[y][x] || !(1..FEWEST).contains(count));
                }
            }
            let width = hidden[0].len();
            for line in &hidden {
                let out = line.iter().filter(|hidden| **hidden).count();
                prop_assert_ne!(out, 1, "{:?}", hidden);
            }
            for x in 0..width {
                let out = hidden.iter().filter(|line| line[x]).count();
                prop_assert_ne!(out, 1, "column {} of {:?}", x, hidden);
            }
        }
    }
}
