//! Remembering how people map the tables of one source.

use super::headings::header_key;
use super::{Mapping, Reason, Table, Target, Vocabulary, propose_mapping_as};
use jiugai_domain::KindCode;

impl Table {
    /// Compared form of a column's whole header.
    #[must_use]
    pub fn header_key(&self, place: usize) -> String {
        self.columns.get(place).map_or_else(String::new, |column| {
            let keys: Vec<String> = column.path.iter().map(|text| header_key(text)).collect();
            keys.join("/")
        })
    }

    /// What tables of one source have in common: their headers, in any order of columns.
    #[must_use]
    pub fn source_key(&self) -> String {
        let mut keys: Vec<String> = (0..self.columns.len())
            .map(|place| self.header_key(place))
            .filter(|key| !key.is_empty())
            .collect();
        keys.sort();
        keys.dedup();
        keys.join("|")
    }
}

impl Mapping {
    /// Kind and columns as pairs of header and target code, to keep for the next file with the
    /// same [`Table::source_key`].
    #[must_use]
    pub fn remember(&self, table: &Table) -> (String, Vec<(String, String)>) {
        let columns = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| (table.header_key(place), column.target.code()))
            .filter(|(key, _)| !key.is_empty())
            .collect();
        (self.kind.code().to_owned(), columns)
    }

    /// The mapping that people chose before; what they did not see is proposed anew. `None` when
    /// the kind is not known any more.
    #[must_use]
    pub fn recall(table: &Table, kind: &str, columns: &[(String, String)]) -> Option<Self> {
        let kind = KindCode::from_code(kind)?;
        let mut mapping = propose_mapping_as(table, Vocabulary::standard(), kind);
        for place in 0..mapping.columns.len() {
            let key = table.header_key(place);
            let chosen = columns
                .iter()
                .find(|(known, _)| !key.is_empty() && *known == key)
                .and_then(|(_, code)| Target::from_code(code));
            if let Some(target) = chosen.filter(|target| *target != mapping.columns[place].target) {
                mapping.set(place, target);
                mapping.columns[place].reason = Reason::Remembered;
            }
        }
        Some(mapping)
    }
}
