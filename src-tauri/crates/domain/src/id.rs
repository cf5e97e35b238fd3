//! Keys of records.

use std::fmt::{self, Write};
use std::str::FromStr;

/// Key of one record in any table: a UUIDv7, so that ledgers made on two machines never collide
/// and keys sort by the time they were made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub [u8; 16]);

impl RecordId {
    /// Builds a version 7 key from milliseconds since 1970 and ten random bytes.
    #[must_use]
    pub fn new(unix_millis: u64, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&unix_millis.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Self(bytes)
    }
}

/// Keys made one after another in one moment: each sorts after the one before, so that many new records are appended to
/// the indexes of a ledger instead of being scattered over them. They rise by steps of random length, because SQLite's
/// sessions find the rows of a transaction by a sum over the bytes of their keys: that of keys in a row is often the same.
#[derive(Debug, Clone)]
pub struct KeySequence {
    unix_millis: u64,
    random: [u8; 2],
    next: u64,
    step: u64,
}

impl KeySequence {
    /// Begins at a random place, from milliseconds since 1970 and ten random bytes.
    #[must_use]
    pub fn new(unix_millis: u64, random: [u8; 10]) -> Self {
        let [first, second, rest @ ..] = random;
        Self {
            unix_millis,
            random: [first, second],
            // The version and variant take three bits; half of the rest is left to count in: 500 million keys at least.
            next: u64::from_be_bytes(rest) & (u64::MAX >> 3),
            step: u64::from_be_bytes(rest) | 1,
        }
    }

    /// The next key.
    pub fn fresh(&mut self) -> RecordId {
        let mut random = [0; 10];
        random[..2].copy_from_slice(&self.random);
        random[2..].copy_from_slice(&self.next.to_be_bytes());
        // Marsaglia's xorshift: never zero.
        self.step ^= self.step << 13;
        self.step ^= self.step >> 7;
        self.step ^= self.step << 17;
        self.next += 1 + (self.step >> 32);
        RecordId::new(self.unix_millis, random)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: [char; 16] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
        ];
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_char('-')?;
            }
            f.write_char(DIGITS[usize::from(byte >> 4)])?;
            f.write_char(DIGITS[usize::from(byte & 15)])?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a record key")]
pub struct NotAnId;

impl FromStr for RecordId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
        if digits.len() != 32 {
            return Err(NotAnId);
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let high = char::from(pair[0]).to_digit(16).ok_or(NotAnId)?;
            let low = char::from(pair[1]).to_digit(16).ok_or(NotAnId)?;
            *byte = u8::try_from(high * 16 + low).map_err(|_| NotAnId)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_rises_and_keeps_version_and_variant() {
        for random in [[0; 10], [0xff; 10], [0x5a; 10]] {
            let mut keys = KeySequence::new(1_700_000_000_000, random);
            let mut last = keys.fresh();
            for _ in 0..1_000 {
                let next = keys.fresh();
                assert!(next > last);
                assert_eq!(next.0[..6], last.0[..6]);
                assert_eq!((next.0[6] >> 4, next.0[8] >> 6), (7, 2));
                last = next;
            }
        }
    }

    #[test]
    fn the_rows_of_a_large_step_are_told_apart_by_the_sum_that_sqlite_makes_of_their_keys() {
        let sum = |id: RecordId| {
            let bytes = id.0.iter();
            bytes.fold(0u32, |sum, byte| (sum << 3) ^ sum ^ u32::from(*byte)) % (1 << 16)
        };
        for random in [[0; 10], [0xff; 10], [0x5a; 10]] {
            let mut keys = KeySequence::new(1_700_000_000_000, random);
            // Every fourth key belongs to the same table.
            let ids = std::iter::repeat_with(|| keys.fresh()).step_by(4);
            let sums: std::collections::HashSet<u32> = ids.take(1 << 15).map(sum).collect();
            // Thrown by chance, they would fall on 0.39 of the places.
            assert!(sums.len() > (1 << 16) / 3, "{}", sums.len());
        }
    }

    #[test]
    fn text_and_back() {
        let id = RecordId::new(1_700_000_000_000, [0xff; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string(), "018bcfe5-6800-7fff-bfff-ffffffffffff");
        assert_eq!("018bcfe5".parse::<RecordId>(), Err(NotAnId));
        assert_eq!(
            "zz8bcfe5-6800-7fff-bfff-ffffffffffff".parse::<RecordId>(),
            Err(NotAnId)
        );
    }

    #[test]
    fn later_keys_sort_later() {
        assert!(RecordId::new(1, [0xff; 10]) < RecordId::new(2, [0; 10]));
    }
}
