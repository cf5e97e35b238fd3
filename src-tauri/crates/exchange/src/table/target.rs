//! Where the cells of a column go.

use jiugai_domain::{Field, KindCode};

/// Where the cells of a column go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Nowhere.
    Ignore,
    /// 序号: read over.
    Serial,
    /// 小区, by name.
    Compound,
    /// 楼号.
    Building,
    /// 单元.
    Entrance,
    /// 房号.
    Room,
    /// Building, entrance and room in one cell (3号楼2单元501, 3-2-501).
    Address,
    /// 联系电话, of the owner and of the household.
    Phone,
    /// A field of a record.
    Field {
        /// Kind of the record.
        kind: KindCode,
        /// Field code.
        field: &'static str,
    },
    /// Rooms of outbuildings of one kind (间数) beside a dwelling.
    OutbuildingRooms {
        /// Code of the outbuilding kind.
        kind: &'static str,
    },
}

const PLAIN: [(Target, &str); 8] = [
    (Target::Ignore, "ignore"),
    (Target::Serial, "serial"),
    (Target::Compound, "compound"),
    (Target::Building, "building"),
    (Target::Entrance, "entrance"),
    (Target::Room, "room"),
    (Target::Address, "address"),
    (Target::Phone, "phone"),
];

impl Target {
    /// The declaration whose parser reads the cells; `None` for addresses and what is read over.
    #[must_use]
    pub fn field(self) -> Option<&'static Field> {
        let (kind, field) = match self {
            Self::Field { kind, field } => (kind, field),
            Self::OutbuildingRooms { .. } => (KindCode::Outbuilding, "rooms"),
            Self::Phone => (KindCode::Household, "phone"),
            _ => return None,
        };
        kind.kind().field(field)
    }

    /// The code by which a choice is remembered and sent: `room`, `dwelling.grossFloorArea`,
    /// `rooms.annexRoom`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Field { kind, field } => format!("{}.{field}", kind.code()),
            Self::OutbuildingRooms { kind } => format!("rooms.{kind}"),
            plain => PLAIN
                .iter()
                .find(|(target, _)| *target == plain)
                .map_or_else(String::new, |(_, code)| (*code).to_owned()),
        }
    }

    /// The target of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some((target, _)) = PLAIN.iter().find(|(_, plain)| *plain == code) {
            return Some(*target);
        }
        let (kind, field) = code.split_once('.')?;
        if kind == "rooms" {
            return jiugai_domain::kinds::choices::OUTBUILDING_KIND
                .iter()
                .find(|choice| choice.code == field)
                .map(|choice| Self::OutbuildingRooms { kind: choice.code });
        }
        let kind = KindCode::from_code(kind)?;
        let field = kind.kind().field(field)?.code;
        Some(Self::Field { kind, field })
    }

    /// Everything that a column of a table of this kind may be set to.
    #[must_use]
    pub fn choices(kind: KindCode) -> Vec<Self> {
        let mut choices = vec![Self::Ignore];
        if let Some(words) = super::Vocabulary::standard().of(kind) {
            for entry in &words.entries {
                if !choices.contains(&entry.target) {
                    choices.push(entry.target);
                }
            }
        }
        if !choices.contains(&Self::Address) && kind == KindCode::Outbuilding {
            choices.push(Self::Address);
        }
        choices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_there_and_back() {
        for kind in KindCode::ALL {
            for target in Target::choices(kind) {
                assert_eq!(Target::from_code(&target.code()), Some(target));
            }
        }
        assert_eq!(Target::from_code("dwelling.nothing"), None);
        assert_eq!(Target::from_code("rooms.nothing"), None);
    }
}
