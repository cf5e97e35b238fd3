//! What the rules find in each compound, kept until the log goes on.

use std::collections::HashMap;

use jiugai_domain::check::{Limits, RULES, Threshold};
use jiugai_domain::{KindCode, RecordId};
use rusqlite::Connection;

use super::{Judges, Looked, RuleCount, Standing, bounded, counts, limits, nothing, of_kind, sums};
use crate::error::StorageError;
use crate::query::{Figures, Kept};
use crate::records::columns::{id_at, in_compound, table};

/// Rules that find less from day to day as long as nothing is changed.
const FADING: [&str; 2] = ["yearInFuture", "dateInFuture"];
/// The rule that finds more; it looks at compounds alone.
const RIPENING: &str = "stale";

/// The findings of the whole ledger, counted by compound and kept from one look to the next.
#[derive(Debug)]
pub struct CheckCache(Kept);

impl Default for CheckCache {
    fn default() -> Self {
        Self(Kept::new("check"))
    }
}

impl CheckCache {
    /// Findings of every rule, open ones and those that stand judged, as [`counts`] tells them.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn counts(
        &self,
        conn: &Connection,
        looked: Looked<'_>,
    ) -> Result<(Vec<RuleCount>, Vec<RuleCount>), StorageError> {
        let waived = counts(conn, looked, Standing::Waived)?;
        if looked.compound.is_some() {
            return Ok((counts(conn, looked, Standing::Open)?, waived));
        }
        let limits = limits(conn)?;
        let day = number(looked.today);
        let fading: Vec<usize> = (1..)
            .zip(RULES.iter())
            .filter(|(_, rule)| FADING.contains(&rule.code))
            .map(|(place, _)| place)
            .collect();
        // Of an earlier day they hold where nothing was found that could have gone.
        let holds = |figures: &Figures| {
            figures.len() == RULES.len() + 1
                && (figures[0] == Some(day)
                    || figures[0].is_some_and(|then| then < day)
                        && fading.iter().all(|place| figures[*place] == Some(0)))
        };
        let kept = self.0.all(conn, &given(&limits), holds, |conn, compound| {
            found(conn, Looked { compound, ..looked }, &limits)
        })?;
        let mut open = nothing();
        for figures in kept.values() {
            for (rule, figure) in open.iter_mut().zip(&figures[1..]) {
                rule.count += usize::try_from(figure.unwrap_or(0)).unwrap_or(0);
            }
        }
        for (index, count) in elsewhere(conn, looked, &limits)? {
            open[index].count += count;
        }
        // A finding that stands judged is one that is found.
        for (open, waived) in open.iter_mut().zip(&waived) {
            open.count = open.count.saturating_sub(waived.count);
        }
        Ok((open, waived))
    }
}

/// The day as a number that rises.
fn number(today: &str) -> i64 {
    today.replace('-', "").parse().unwrap_or(0)
}

/// What the counts depend on besides the records.
fn given(limits: &Limits) -> String {
    let limits = Threshold::ALL.map(|threshold| limits.get(threshold));
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    format!(
        "{} {limits:?} {}",
        env!("CARGO_PKG_VERSION"),
        rules.join(" ")
    )
}

/// For each compound the day and what every rule finds in it, judged or not.
fn found(
    conn: &Connection,
    looked: Looked<'_>,
    limits: &Limits,
) -> Result<Vec<(RecordId, Figures)>, StorageError> {
    // The statements ask functions of the rules.
    Judges::new(conn)?;
    let mut all: HashMap<RecordId, Figures> = HashMap::new();
    let mut statement =
        conn.prepare_cached("SELECT \"id\" FROM \"compound\" WHERE ?1 IS NULL OR \"id\" = ?1")?;
    let mut none: Figures = vec![Some(0); RULES.len() + 1];
    none[0] = Some(number(looked.today));
    for id in statement.query_map([looked.compound.map(|id| id.0)], |row| id_at(row, 0))? {
        all.insert(id?, none.clone());
    }
    for kind in KindCode::ALL {
        let compound = match kind {
            KindCode::Compound => "t.\"id\"",
            _ if in_compound(kind) => "t.\"compound_id\"",
            _ => continue,
        };
        let asked: Vec<(usize, String)> = of_kind(kind, looked.given(limits))
            .filter(|(_, probe)| probe.rule.code != RIPENING)
            .map(|(index, probe)| (index, bounded(&probe.condition, looked)))
            .collect();
        if asked.is_empty() {
            continue;
        }
        let scope = match looked.compound {
            Some(_) => format!("{compound} = ?1"),
            None => "?1 IS NULL".to_owned(),
        };
        let sql = format!(
            "SELECT {compound}, {} FROM {} AS t WHERE {scope} GROUP BY 1",
            sums(&asked),
            table(kind)
        );
        let mut statement = conn.prepare_cached(&sql)?;
        let mut rows = statement.query([looked.compound.map(|id| id.0)])?;
        while let Some(row) = rows.next()? {
            let Some(figures) = all.get_mut(&id_at(row, 0)?) else {
                continue;
            };
            for (column, (index, _)) in (1..).zip(&asked) {
                let count: i64 = row.get(column)?;
                figures[index + 1] = figures[index + 1].map(|sum| sum + count);
            }
        }
    }
    Ok(all.into_iter().collect())
}

/// What is found outside of compounds, and in the lines of the compounds by a rule that goes by the day.
fn elsewhere(
    conn: &Connection,
    looked: Looked<'_>,
    limits: &Limits,
) -> Result<Vec<(usize, usize)>, StorageError> {
    let mut found = Vec::new();
    for kind in KindCode::ALL {
        if in_compound(kind) {
            continue;
        }
        for (index, probe) in of_kind(kind, looked.given(limits)) {
            if kind != KindCode::Compound || probe.rule.code == RIPENING {
                let sql = format!(
                    "SELECT count(*) FROM {} AS t WHERE {}",
                    table(kind),
                    bounded(&probe.condition, looked)
                );
                let count: i64 = conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
                found.push((index, usize::try_from(count).unwrap_or(0)));
            }
        }
    }
    Ok(found)
}
