//! What a cell of the ledger holds.

use crate::RecordId;

/// A stored value. Quantities are integers in the unit that the field's column names
/// (`_dm2`, `_mm`, `_fen`, `_bp`); dates are ISO text; codes are camelCase text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Value {
    /// Not filled in (未填).
    #[default]
    Null,
    /// Text, code or ISO date.
    Text(String),
    /// Count, quantity, year or flag (0/1).
    Integer(i64),
    /// Key of another record.
    Id(RecordId),
}

impl Value {
    /// The integer inside, if it is one.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The text inside, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(value) => Some(value),
            _ => None,
        }
    }

    /// The key inside, if it is one.
    #[must_use]
    pub fn as_id(&self) -> Option<RecordId> {
        match self {
            Self::Id(value) => Some(*value),
            _ => None,
        }
    }

    /// True when nothing was filled in.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}
