//! What the columns of a table are proposed to mean, and why.

use std::cmp::Reverse;

use jiugai_domain::KindCode;

use super::headings::{HeaderPath, Match};
use super::vocabulary::{KindWords, Vocabulary};
use super::{BuildingSource, HeaderUnit, Table, Target};
use crate::address::split;

/// Why a column is mapped as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The header is this word (表头就是“…”).
    Word {
        /// The word.
        word: &'static str,
    },
    /// The header contains this word (表头里有“…”).
    Contains {
        /// The word.
        word: &'static str,
    },
    /// No header, but the cells look like this.
    Content {
        /// A cell that shows it.
        sample: String,
    },
    /// A person set it for such a header before (上次是这样选的).
    Remembered,
    /// A person set it now.
    ByHand,
    /// No word of the header is known.
    Unknown,
    /// The header is known, but its unit cannot be converted (亩).
    Unit {
        /// The unit.
        word: &'static str,
        /// What the column seems to mean.
        target: Target,
    },
    /// An earlier column means the same already.
    Double {
        /// Letter of that column.
        first: String,
        /// What both seem to mean.
        target: Target,
    },
}

/// What one column is mapped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMatch {
    /// Where its cells go.
    pub target: Target,
    /// How sure that is, 0 to 100.
    pub confidence: u8,
    /// Why.
    pub reason: Reason,
}

/// What a table is about and where its columns go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Kind of the records.
    pub kind: KindCode,
    /// How sure the kind is, 0 to 100: share of the filled columns that it explains.
    pub confidence: u8,
    /// Other kinds that the table might be about, the likelier first.
    pub other_kinds: Vec<KindCode>,
    /// One per column of the table, in order.
    pub columns: Vec<ColumnMatch>,
    /// Building of every row, when no column gives it.
    pub building: Option<(String, BuildingSource)>,
    /// Columns without which rows cannot be placed are missing.
    pub missing: Vec<Target>,
}

impl Mapping {
    /// Place of the column that goes to a target.
    #[must_use]
    pub fn place_of(&self, target: Target) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.target == target)
    }

    /// Sets a column by hand; another column that went there is let go.
    pub fn set(&mut self, place: usize, target: Target) {
        if !matches!(target, Target::Ignore | Target::Serial) {
            for (other, column) in self.columns.iter_mut().enumerate() {
                if other != place && column.target == target {
                    column.target = Target::Ignore;
                    column.confidence = 100;
                    column.reason = Reason::ByHand;
                }
            }
        }
        if let Some(column) = self.columns.get_mut(place) {
            *column = ColumnMatch {
                target,
                confidence: 100,
                reason: Reason::ByHand,
            };
        }
        self.missing = missing(self.kind, &self.columns, self.building.is_some());
    }
}

/// Proposes the kind that explains most of the header, and its columns.
#[must_use]
pub fn propose_mapping(table: &Table, vocabulary: &Vocabulary) -> Mapping {
    let mut scored: Vec<(Reverse<u32>, usize, Mapping)> = vocabulary
        .kinds
        .iter()
        .enumerate()
        .map(|(place, words)| {
            let (mapping, score) = propose(table, words);
            (Reverse(score), place, mapping)
        })
        .collect();
    scored.sort_by_key(|(score, place, _)| (*score, *place));
    let mut ranked = scored.into_iter();
    let (best, _, mut mapping) = ranked.next().expect("a vocabulary has kinds");
    mapping.other_kinds = ranked
        .take_while(|(score, _, _)| score.0 > 0 && score.0 * 2 >= best.0)
        .map(|(_, _, other)| other.kind)
        .collect();
    mapping
}

/// Proposes the columns of a table that is about this kind.
#[must_use]
pub fn propose_mapping_as(table: &Table, vocabulary: &Vocabulary, kind: KindCode) -> Mapping {
    let words = vocabulary.of(kind).unwrap_or(&vocabulary.kinds[0]);
    propose(table, words).0
}

/// A mapping and how much of the table it explains.
fn propose(table: &Table, words: &KindWords) -> (Mapping, u32) {
    let mut columns = matches(table, words);
    let own = |column: &ColumnMatch| {
        !matches!(
            column.target,
            Target::Ignore | Target::Serial | Target::Compound
        )
    };
    by_content(table, words, &mut columns);
    for (place, column) in columns.iter_mut().enumerate() {
        let target = column.target;
        if let Some(HeaderUnit::Foreign { word }) = table.unit(place, target) {
            column.target = Target::Ignore;
            column.reason = Reason::Unit { word, target };
        }
    }
    let mut score: u32 = columns
        .iter()
        .filter(|column| own(column))
        .map(|column| u32::from(column.confidence))
        .sum();
    let counted = |place: usize| table.columns[place].filled > 0;
    let filled = (0..columns.len()).filter(|place| counted(*place)).count();
    let explained = (0..columns.len())
        .filter(|place| {
            let passed_over = matches!(columns[*place].reason, Reason::Word { .. });
            counted(*place) && (passed_over || columns[*place].target != Target::Ignore)
        })
        .count();
    let told = std::iter::once(table.sheet.as_str()).chain(table.facts.title.as_deref());
    let names = || std::iter::once(&words.kind.kind().label).chain(words.names);
    let named: usize = told
        .flat_map(|text| names().filter(|name| text.contains(**name)))
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0);
    score += 40 * u32::try_from(named.min(4)).unwrap_or(0);
    let has_building = columns
        .iter()
        .any(|column| matches!(column.target, Target::Building | Target::Address));
    let building = table.facts.building.clone().filter(|_| !has_building);
    let missing = missing(words.kind, &columns, building.is_some());
    if !missing.is_empty() {
        score /= 4;
    }
    let share = (explained * 100).checked_div(filled).unwrap_or(0);
    let mapping = Mapping {
        kind: words.kind,
        confidence: u8::try_from(share.min(100)).unwrap_or(100),
        other_kinds: Vec::new(),
        columns,
        building,
        missing,
    };
    (mapping, score)
}

/// What a table of a kind cannot do without.
fn missing(kind: KindCode, columns: &[ColumnMatch], building_known: bool) -> Vec<Target> {
    let has = |target| columns.iter().any(|column| column.target == target);
    let field = |field| Target::Field { kind, field };
    let mut missing = Vec::new();
    let mut need = |target, met: bool| {
        if !met {
            missing.push(target);
        }
    };
    match kind {
        KindCode::Dwelling => {
            let whole = has(Target::Address);
            need(Target::Room, whole || has(Target::Room));
            let placed = whole || building_known || has(Target::Building);
            need(Target::Building, placed);
        }
        KindCode::Building => need(Target::Building, has(Target::Building)),
        KindCode::Entrance => {
            need(Target::Building, has(Target::Building) || building_known);
            need(Target::Entrance, has(Target::Entrance));
        }
        KindCode::Household | KindCode::Ownership => {
            need(Target::Address, has(Target::Address));
        }
        KindCode::Visit | KindCode::Wish => {
            need(Target::Address, has(Target::Address) || has(Target::Room));
            need(
                field(kind.kind().name_field),
                has(field(kind.kind().name_field)),
            );
        }
        KindCode::Outbuilding => {
            // Lists of people's rooms rarely number them; the importer does.
            let told = ["number", "kind", "rooms", "area"]
                .iter()
                .filter(|code| has(field(code)))
                .count();
            need(field("rooms"), told >= 2);
        }
        other => {
            let name = other.kind().name_field;
            need(field(name), has(field(name)));
        }
    }
    missing
}

fn matches(table: &Table, words: &KindWords) -> Vec<ColumnMatch> {
    let paths: Vec<Option<HeaderPath>> = table
        .columns
        .iter()
        .map(|column| HeaderPath::new(&column.path))
        .collect();
    let mut candidates: Vec<(u32, usize, usize, Match)> = Vec::new();
    for (column, path) in paths.iter().enumerate() {
        let Some(path) = path else { continue };
        for (entry, declared) in words.entries.iter().enumerate() {
            let Some(found) = path.find(&declared.words, declared.never) else {
                continue;
            };
            let label = declared.words.first().map(|(word, _)| *word);
            let own = u32::from(found.exact && label == Some(found.word));
            candidates.push((found.score + own, column, entry, found));
        }
    }
    candidates.sort_by_key(|(score, column, entry, _)| (Reverse(*score), *entry, *column));
    let mut taken: Vec<Option<(Target, Match)>> = vec![None; paths.len()];
    let mut doubles: Vec<Option<(usize, Target)>> = vec![None; paths.len()];
    for (_, column, entry, found) in candidates {
        if taken[column].is_some() {
            continue;
        }
        let target = words.entries[entry].target;
        let first = taken
            .iter()
            .position(|taken| taken.is_some_and(|(before, _)| before == target));
        match first {
            None => taken[column] = Some((target, found)),
            Some(first) => {
                doubles[column].get_or_insert((first, target));
            }
        }
    }
    (0..paths.len())
        .map(|column| match (taken[column], doubles[column]) {
            (Some((target, found)), _) => ColumnMatch {
                target,
                confidence: u8::try_from(found.score.min(100)).unwrap_or(100),
                reason: if found.exact {
                    Reason::Word { word: found.word }
                } else {
                    Reason::Contains { word: found.word }
                },
            },
            (None, Some((first, target))) => ColumnMatch {
                target: Target::Ignore,
                confidence: 60,
                reason: Reason::Double {
                    first: table.columns[first].letter.clone(),
                    target,
                },
            },
            (None, None) => ColumnMatch {
                target: Target::Ignore,
                confidence: 0,
                reason: Reason::Unknown,
            },
        })
        .collect()
}

/// A column whose cells are whole addresses is one, whatever stands above it.
fn by_content(table: &Table, words: &KindWords, columns: &mut [ColumnMatch]) {
    let placed = columns
        .iter()
        .any(|column| matches!(column.target, Target::Room | Target::Address));
    if words.kind != KindCode::Dwelling || placed {
        return;
    }
    let whole = |sample: &String| {
        let parts = split(sample, false);
        parts.building.is_some() && parts.room.is_some()
    };
    let found = table
        .columns
        .iter()
        .position(|column| !column.samples.is_empty() && column.samples.iter().all(whole));
    if let Some(place) = found
        && columns[place].target == Target::Ignore
    {
        columns[place] = ColumnMatch {
            target: Target::Address,
            confidence: 70,
            reason: Reason::Content {
                sample: table.columns[place].samples[0].clone(),
            },
        };
    }
}
