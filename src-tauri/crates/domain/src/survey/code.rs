//! The number on a printed sheet (问卷编号): digits only, so that a scanner types it whatever
//! input method is on, and a person can type it too.

use crate::RecordId;

/// Digits of a sheet's number: three of the round, seven of the dwelling, one to check.
const DIGITS: usize = 11;

fn tail(id: RecordId, digits: u32) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&id.0[8..]);
    u64::from_be_bytes(bytes) % 10u64.pow(digits)
}

fn checked(figures: u64) -> String {
    let text = format!("{figures:010}");
    let sum: u32 = text
        .bytes()
        .enumerate()
        .map(|(at, byte)| u32::from(byte - b'0') * if at % 2 == 0 { 3 } else { 1 })
        .sum();
    format!("{text}{}", (10 - sum % 10) % 10)
}

/// The number of the sheet of a dwelling in a round.
#[must_use]
pub fn sheet_code(round: RecordId, dwelling: RecordId) -> String {
    checked(tail(round, 3) * 10_000_000 + tail(dwelling, 7))
}

/// What a number on a sheet tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetCode {
    /// Not a number of a sheet at all.
    Other,
    /// A digit is wrong.
    Mistyped,
    /// A sheet of another round.
    OtherRound,
    /// A sheet of this round; the dwelling is the one with this [`sheet_code`].
    ThisRound,
}

/// Looks at what was scanned or typed.
#[must_use]
pub fn look(round: RecordId, typed: &str) -> SheetCode {
    if typed.len() != DIGITS || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return SheetCode::Other;
    }
    let Ok(figures) = typed[..DIGITS - 1].parse::<u64>() else {
        return SheetCode::Other;
    };
    if checked(figures) != typed {
        SheetCode::Mistyped
    } else if figures / 10_000_000 == tail(round, 3) {
        SheetCode::ThisRound
    } else {
        SheetCode::OtherRound
    }
}
