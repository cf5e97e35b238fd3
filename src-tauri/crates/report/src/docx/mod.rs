//! Word documents (.docx) of the papers that people edit: notices, letters and tables. Widths of
//! columns are written into the grid of each table and fonts are named for East Asian text, because
//! WPS needs both.

mod ballot;
mod body;
mod notice;
mod one_pager;
mod package;
mod roster;

pub(crate) use ballot::ballot_papers;
pub(crate) use notice::notices;
pub(crate) use one_pager::one_pager;
pub(crate) use roster::roster;

use body::Body;

/// Twentieths of a point in a millimetre, as a fraction: 1440 / 25.4.
fn twips(mm: u32) -> u32 {
    (mm * 14_400 + 127) / 254
}

/// Widths in twips that add up to `whole`, in proportion to `weights`.
fn shares(weights: &[u16], whole: u32) -> Vec<u32> {
    let sum: u32 = weights.iter().map(|weight| u32::from(*weight)).sum();
    let mut taken = 0;
    let mut before = 0;
    weights
        .iter()
        .map(|weight| {
            taken += u32::from(*weight);
            let edge = whole * taken / sum.max(1);
            let width = edge - before;
            before = edge;
            width
        })
        .collect()
}

#[cfg(test)]
mod tests;
