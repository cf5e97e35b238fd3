//! 方案比选: what sets the scenarios of a compound apart, in figures first and then in words.

pub(crate) mod band;
mod optimize;
mod report;
#[cfg(test)]
mod tests;
mod view;

pub use optimize::{NextMoney, OptimizeReport, OptimizedItem};
pub use report::{
    PlanComparison, ScenarioBand, ScenarioDecision, ScenarioReport, ScenarioStandards,
    ScenarioWishes,
};

use std::collections::{HashMap, HashSet};

use jiugai_domain::{KindCode, RecordId};
use jiugai_storage::Connection;
use jiugai_storage::query::Row;

use crate::ApiError;
use crate::assets::{self, Fields};
use crate::plan::load::{Version, key_of, linked};
use crate::voice;

/// What residents say about one work item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Voice {
    /// Wishes for it.
    pub(crate) wanted: i64,
    /// Wishes against it.
    pub(crate) against: i64,
    /// Weighted wishes for it less those against it.
    pub(crate) weight: i64,
}

/// What residents say about the work items of a compound.
pub(crate) struct Voices {
    /// By what tells an item in every version.
    by_item: HashMap<String, Voice>,
    /// Everything that they ask for.
    pub(crate) all: Voice,
    /// Wishes that no work item answers.
    pub(crate) unlinked: i64,
}

/// Points of a wish by its priority: 第1位 3, 第2位 2, otherwise 1.
fn points(priority: &str) -> i64 {
    match priority {
        "first" => 3,
        "second" => 2,
        _ => 1,
    }
}

impl Voices {
    /// Reads them; of a household's words on one measure the last one counts.
    pub(crate) fn load(conn: &Connection, compound: RecordId) -> Result<Self, ApiError> {
        let heard = voice::heard(conn, compound)?;
        let mut voices = Self {
            by_item: HashMap::new(),
            all: Voice::default(),
            unlinked: 0,
        };
        for (row, key) in linked(conn, compound, KindCode::Wish)? {
            let fields = Fields::of(KindCode::Wish, &row.values);
            let points = points(fields.text("priority"));
            let (wanted, against) = (
                heard.wanted.contains(&row.id),
                heard.opposed.contains(&row.id),
            );
            let add = |voice: &mut Voice| {
                voice.wanted += i64::from(wanted);
                voice.against += i64::from(against);
                voice.weight += points * (i64::from(wanted) - i64::from(against));
            };
            match key {
                Some(key) => add(voices.by_item.entry(key).or_default()),
                None => voices.unlinked += i64::from(wanted),
            }
            if wanted {
                voices.all.wanted += 1;
                voices.all.weight += points;
            }
            voices.all.against += i64::from(against);
        }
        Ok(voices)
    }

    /// What they say about an item.
    pub(crate) fn of(&self, item: &Row) -> Voice {
        self.by_item.get(&key_of(item)).copied().unwrap_or_default()
    }

    /// What they say about several items together; entries of the same work count once.
    pub(crate) fn sum<'a>(&self, items: impl Iterator<Item = &'a Row>) -> Voice {
        let mut seen = HashSet::new();
        let each = items.filter(|item| seen.insert(key_of(item)));
        each.fold(Voice::default(), |sum, item| {
            let one = self.of(item);
            Voice {
                wanted: sum.wanted + one.wanted,
                against: sum.against + one.against,
                weight: sum.weight + one.weight,
            }
        })
    }
}

/// The versions to compare: those asked for, otherwise the newest one of every scenario.
pub(crate) fn compared_versions(
    conn: &Connection,
    compound: RecordId,
    wanted: &[RecordId],
) -> Result<Vec<Version>, ApiError> {
    let rows = assets::rows(conn, KindCode::Plan, compound)?;
    let told = |row: &Row| {
        let fields = Fields::of(KindCode::Plan, &row.values);
        let version = fields.integer("version").unwrap_or(0);
        (fields.text("scenario").to_owned(), version)
    };
    let mut chosen: Vec<&Row> = if wanted.is_empty() {
        let newest = |row: &&Row| {
            let (scenario, version) = told(row);
            !rows
                .iter()
                .map(told)
                .any(|(other, number)| other == scenario && number > version)
        };
        let newest: Vec<&Row> = rows.iter().filter(newest).collect();
        let named = newest.iter().filter(|row| !told(row).0.is_empty()).count();
        // With named scenarios the plan itself is the one that became of them.
        newest
            .into_iter()
            .filter(|row| named < 2 || !told(row).0.is_empty())
            .collect()
    } else {
        rows.iter().filter(|row| wanted.contains(&row.id)).collect()
    };
    chosen.sort_by_key(|row| told(row));
    chosen
        .into_iter()
        .map(|row| Version::load(conn, row.id))
        .collect()
}
