//! Keys of records.

use std::fmt;
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

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
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
