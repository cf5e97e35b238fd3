//! A file as it was understood, until it is imported or another one is read.

use jiugai_domain::KindCode;
use jiugai_domain::kind::Scope;
use jiugai_exchange::table::{
    ColumnMatch, FoundTable, Mapping, Reason, Table, Tables, Target, Vocabulary, propose_mapping_as,
};
use jiugai_exchange::workbook::REASON_HEADING;
use sha2::{Digest, Sha256};

use super::plan::Plan;
use super::words;
use crate::text::{long_date, small};
use crate::wire::{ImportColumn, ImportDraft, ImportKind, ImportTable, ImportTarget};

/// A file that was read, and what it is taken for.
pub(crate) struct Draft {
    pub(super) number: u32,
    pub(super) file_name: String,
    /// Of the file's bytes.
    pub(super) hash: String,
    pub(super) tables: Tables,
    pub(super) included: Vec<bool>,
    pub(super) remembered: Vec<bool>,
    pub(super) compound: String,
    pub(super) notes: Vec<String>,
    pub(super) plan: Option<Plan>,
}

/// Short hash of bytes, as noted in the log.
pub(super) fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What tables of one source have in common; the rows that were saved to be mended are of the
/// same source, though they have a column more.
pub(super) fn source_key(table: &Table) -> String {
    let mut keys: Vec<String> = (0..table.columns.len())
        .filter(|place| {
            table.columns[*place].path.last().map(String::as_str) != Some(REASON_HEADING)
        })
        .map(|place| table.header_key(place))
        .filter(|key| !key.is_empty())
        .collect();
    keys.sort();
    keys.dedup();
    keys.join("|")
}

impl Draft {
    /// What the tables that are imported into a compound have in common from file to file.
    pub(super) fn fingerprint(&self, compound: &str) -> String {
        let mut keys: Vec<String> = self
            .included()
            .map(|(_, found)| {
                format!(
                    "{}\n{}",
                    found.mapping.kind.code(),
                    source_key(&found.table)
                )
            })
            .collect();
        keys.sort();
        hash(format!("{compound}\n{}", keys.join("\n")).as_bytes())
    }

    /// Tables that are imported, with their places.
    pub(super) fn included(&self) -> impl Iterator<Item = (usize, &FoundTable)> {
        let included = self.included.iter();
        let tables = self.tables.tables.iter().enumerate();
        tables
            .zip(included)
            .filter_map(|(table, included)| included.then_some(table))
    }

    /// Sets what a table is about.
    pub(super) fn set_kind(&mut self, place: usize, kind: KindCode) {
        if let Some(found) = self.tables.tables.get_mut(place) {
            found.mapping = propose_mapping_as(&found.table, Vocabulary::standard(), kind);
            self.included[place] = blocked(&found.mapping).is_empty();
            self.remembered[place] = false;
            self.plan = None;
        }
    }

    /// Sets where a column goes.
    pub(super) fn set_column(&mut self, place: usize, column: usize, target: Target) {
        if let Some(found) = self.tables.tables.get_mut(place) {
            let was_blocked = !blocked(&found.mapping).is_empty();
            found.mapping.set(column, target);
            let is_blocked = !blocked(&found.mapping).is_empty();
            if is_blocked {
                self.included[place] = false;
            } else if was_blocked {
                self.included[place] = true;
            }
            self.plan = None;
        }
    }

    pub(super) fn set_included(&mut self, place: usize, included: bool) {
        if let Some(found) = self.tables.tables.get(place) {
            self.included[place] = included && blocked(&found.mapping).is_empty();
            self.plan = None;
        }
    }

    pub(super) fn wire(&self) -> ImportDraft {
        let facts = self.tables.tables.first().map(|found| &found.table.facts);
        let day = facts.and_then(|facts| facts.filled_on);
        let day = day.map(|day| day.format("%Y-%m-%d").to_string());
        ImportDraft {
            draft: self.number,
            file_name: self.file_name.clone(),
            notes: self.notes.clone(),
            tables: (0..self.tables.tables.len())
                .map(|place| self.table(place))
                .collect(),
            compound_name: self.compound.clone(),
            title: facts
                .and_then(|facts| facts.title.clone())
                .unwrap_or_default(),
            filled_on: long_date(day.as_deref()),
        }
    }

    fn table(&self, place: usize) -> ImportTable {
        let found = &self.tables.tables[place];
        let (table, mapping) = (&found.table, &found.mapping);
        let mut kinds = vec![mapping.kind];
        kinds.extend(&mapping.other_kinds);
        for kind in KindCode::ALL {
            if !kinds.contains(&kind) && importable(kind) {
                kinds.push(kind);
            }
        }
        let named = mapping.place_of(Target::Compound).is_some();
        ImportTable {
            sheet: table.sheet.clone(),
            rows: small(table.record_count()),
            included: self.included[place],
            kind: mapping.kind,
            kinds: kinds
                .into_iter()
                .map(|kind| ImportKind {
                    kind,
                    label: kind.kind().label.to_owned(),
                })
                .collect(),
            remembered: self.remembered[place],
            needs_compound: mapping.kind.kind().scope == Scope::Compound && !named,
            columns: table
                .columns
                .iter()
                .zip(&mapping.columns)
                .map(|(column, found)| ImportColumn {
                    letter: column.letter.clone(),
                    header: column.path.join(" / "),
                    samples: column.samples.clone(),
                    filled: column.filled,
                    target: found.target.code(),
                    target_label: words::full_target(found.target),
                    reason: words::reason(&found.reason),
                    doubtful: column.filled > 0 && doubtful(found),
                })
                .collect(),
            targets: Target::choices(mapping.kind)
                .into_iter()
                .map(|target| ImportTarget {
                    code: target.code(),
                    label: words::target(target),
                    group: words::group(target).to_owned(),
                })
                .collect(),
            blocked: blocked(mapping),
        }
    }
}

fn doubtful(found: &ColumnMatch) -> bool {
    match found.reason {
        Reason::Unknown | Reason::Unit { .. } | Reason::Double { .. } | Reason::Content { .. } => {
            true
        }
        Reason::Remembered | Reason::ByHand => false,
        _ => found.confidence < 60,
    }
}

/// The rows of such a table tell which records they mean.
pub(crate) fn importable(kind: KindCode) -> bool {
    Target::choices(kind).len() > 1
}

/// Why a table cannot be imported as it stands.
pub(super) fn blocked(mapping: &Mapping) -> String {
    if mapping.missing.is_empty() {
        String::new()
    } else {
        words::missing(&mapping.missing)
    }
}
