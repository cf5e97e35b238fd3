//! Finding a record from anywhere in the ledger (全局搜索).

pub(crate) mod keys;

use std::collections::{HashMap, HashSet};

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, KindCode, RecordId};
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};

use self::keys::{Class, folded, searched};
use crate::error::StorageError;
use crate::records::columns::{
    IN_LIST, compound_column, escaped, id_at, id_list, in_compound, optional_id_at, table,
};
use crate::records::{PlaceName, label_sql};

/// Digits of a phone number that are enough to look for its end.
const PHONE_TAIL: usize = 4;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Kind of the record.
    pub kind: KindCode,
    /// Its key.
    pub id: RecordId,
    /// The compound that it belongs to.
    pub compound: Option<RecordId>,
    /// What people call the record.
    pub label: String,
    /// Where it is: 小区 › 楼 › 单元 › 室, as far as it goes.
    pub path: String,
    /// The field in which the text was found.
    pub field: &'static Field,
    /// What stands there.
    pub snippet: String,
}

/// What a search gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The best, in order.
    pub hits: Vec<Hit>,
    /// There are more than these.
    pub more: bool,
}

/// Finds records by hanzi, syllables or initials (五交化, `wujiaohua`, `wjh`), by place in any
/// notation (`3-2-301`, `3号楼301`, `301`), also behind the name of the compound (`五交化3-2-301`), or by the end of a phone number. What is called so
/// comes before what begins so, then what contains it; in each, the compound `here` comes first,
/// then compounds, buildings, dwellings, people and the rest. No kind takes more than half of the
/// places, so that 李 finds owners and households.
///
/// # Errors
/// When the ledger cannot be read.
pub fn search(
    conn: &Connection,
    text: &str,
    here: Option<RecordId>,
    limit: usize,
) -> Result<Found, StorageError> {
    let typed = folded(text);
    if typed.is_empty() || limit == 0 {
        return Ok(Found::default());
    }
    let mut search = Search {
        conn,
        here,
        most: limit + 1,
        only_here: false,
        candidates: Vec::new(),
    };
    search.places(&PlaceName::parse(text))?;
    for (name, place) in named_places(text) {
        search.within(&folded(&name), &place)?;
    }
    search.phones(&typed)?;
    for (kind, field, class) in searched() {
        search.named(kind, field, class, &typed)?;
    }
    search.best(limit)
}

/// How well something matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Exact,
    Prefix,
    Inside,
}

struct Candidate {
    rank: Rank,
    elsewhere: bool,
    kind: KindCode,
    id: RecordId,
    field: &'static Field,
}

struct Search<'a> {
    conn: &'a Connection,
    here: Option<RecordId>,
    most: usize,
    /// Looks into the compound at hand alone.
    only_here: bool,
    candidates: Vec<Candidate>,
}

/// Compounds that the words before a place may mean.
const COMPOUNDS: usize = 20;

/// Where a text may be cut into the name of a compound and a place in it.
fn named_places(text: &str) -> Vec<(String, PlaceName)> {
    let text = normalize(text);
    let mut cuts = Vec::new();
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        let begins = sign.is_ascii_digit() && !before.is_ascii_digit() && before != '-';
        let name = text[..at].trim();
        if begins && name.chars().any(char::is_alphabetic) {
            let place = PlaceName::parse(&text[at..]);
            if place.building.is_some() {
                cuts.push((name.to_owned(), place));
            }
        }
        before = sign;
    }
    cuts
}

impl Search<'_> {
    /// Looks for a place in the compounds that are called so.
    fn within(&mut self, name: &str, place: &PlaceName) -> Result<(), StorageError> {
        let mut compounds = Search {
            conn: self.conn,
            here: None,
            most: COMPOUNDS,
            only_here: false,
            candidates: Vec::new(),
        };
        for (kind, field, class) in searched().filter(|(kind, ..)| *kind == KindCode::Compound) {
            compounds.named(kind, field, class, name)?;
        }
        let mut seen = HashSet::new();
        for compound in compounds.candidates {
            if !seen.insert(compound.id) {
                continue;
            }
            let mut inside = Search {
                conn: self.conn,
                here: Some(compound.id),
                most: self.most,
                only_here: true,
                candidates: Vec::new(),
            };
            inside.places(place)?;
            for found in inside.candidates {
                self.candidates.push(Candidate {
                    rank: found.rank.max(compound.rank),
                    elsewhere: self.here.is_some_and(|here| here != compound.id),
                    ..found
                });
            }
        }
        Ok(())
    }

    /// Runs a statement that gives keys: once for the compound at hand, once for all. `{here}`
    /// stands for the condition on the compound.
    fn add(
        &mut self,
        rank: Rank,
        (kind, field): (KindCode, &'static Field),
        here: Option<&str>,
        anywhere: Option<&str>,
        parameters: &[SqlValue],
    ) -> Result<(), StorageError> {
        let place = parameters.len() + 1;
        for (elsewhere, sql) in [(false, here), (true, anywhere)] {
            let asked = if elsewhere {
                !self.only_here
            } else {
                self.here.is_some()
            };
            let (Some(sql), true) = (sql, asked) else {
                continue;
            };
            let mut bound = parameters.to_vec();
            if let (false, Some(compound)) = (elsewhere, self.here) {
                bound.push(SqlValue::Blob(compound.0.to_vec()));
            }
            let sql = sql.replace("{here}", &format!("?{place}"));
            let sql = format!("{sql} LIMIT {}", self.most);
            let mut statement = self.conn.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(bound))?;
            while let Some(row) = rows.next()? {
                self.candidates.push(Candidate {
                    rank,
                    elsewhere,
                    kind,
                    id: id_at(row, 0)?,
                    field,
                });
            }
        }
        Ok(())
    }

    fn named(
        &mut self,
        kind: KindCode,
        field: &'static Field,
        class: Class,
        typed: &str,
    ) -> Result<(), StorageError> {
        let (table, column) = (table(kind), field.column);
        let end = format!("{typed}\u{10ffff}");
        if keys::is_short(typed) && in_compound(kind) {
            self.spelled(kind, field, typed)?;
        }
        for (rank, inside, range) in [
            (Rank::Exact, 0, "= ?1 AND ?2 IS NOT NULL"),
            (Rank::Prefix, 0, "> ?1 AND k.\"key\" < ?2"),
            (Rank::Inside, 1, ">= ?1 AND k.\"key\" < ?2"),
        ] {
            let words = format!(
                "\"search_key\" AS k WHERE k.\"class\" = {} AND k.\"inside\" = {inside} AND k.\"key\" {range}",
                class as i64
            );
            // The plus keeps the rows of the compound as the way in.
            let here = format!(
                "SELECT t.\"id\" FROM {table} AS t WHERE t.\"compound_id\" = {{here}} AND +t.\"{column}\" IN (SELECT k.\"word\" FROM {words})"
            );
            let anywhere = format!(
                "SELECT DISTINCT t.\"id\" FROM {} AND t.\"{column}\" = k.\"word\"",
                words.replace(" WHERE ", &format!(" CROSS JOIN {table} AS t WHERE "))
            );
            // One letter finds beginnings only: inside, it would find everything.
            if rank == Rank::Inside && typed.is_ascii() && typed.len() == 1 {
                break;
            }
            let by_keys = in_compound(kind) && !keys::is_short(typed);
            self.add(
                rank,
                (kind, field),
                by_keys.then_some(here.as_str()),
                Some(&anywhere),
                &[
                    SqlValue::Text(typed.to_owned()),
                    SqlValue::Text(end.clone()),
                ],
            )?;
            if self.of(kind) >= self.most {
                break;
            }
        }
        Ok(())
    }

    /// Looks through the texts of the compound at hand one by one.
    fn spelled(
        &mut self,
        kind: KindCode,
        field: &'static Field,
        typed: &str,
    ) -> Result<(), StorageError> {
        let Some(here) = self.here else {
            return Ok(());
        };
        let column = field.column;
        let sql = format!(
            "SELECT t.\"id\", t.\"{column}\" FROM {} AS t WHERE t.\"compound_id\" = ?1 AND +t.\"{column}\" IS NOT NULL",
            table(kind)
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([here.0])?;
        while let Some(row) = rows.next()? {
            if let Some(rank) = keys::rank(row.get_ref(1)?.as_str().unwrap_or_default(), typed) {
                self.candidates.push(Candidate {
                    rank,
                    elsewhere: false,
                    kind,
                    id: id_at(row, 0)?,
                    field,
                });
            }
        }
        Ok(())
    }

    fn of(&self, kind: KindCode) -> usize {
        let same = self.candidates.iter().filter(|found| found.kind == kind);
        same.map(|found| found.id).collect::<HashSet<_>>().len()
    }

    fn phones(&mut self, typed: &str) -> Result<(), StorageError> {
        let digits = typed.replace('-', "");
        if digits.len() < PHONE_TAIL || !digits.chars().all(|sign| sign.is_ascii_digit()) {
            return Ok(());
        }
        let tail = digits[digits.len() - PHONE_TAIL..].to_owned();
        for kind in [KindCode::Owner, KindCode::Household] {
            let Some(field) = kind.kind().field("phone") else {
                continue;
            };
            let anywhere = format!(
                "SELECT t.\"id\" FROM {} AS t WHERE substr(t.\"phone\", -{PHONE_TAIL}) = ?1 \
                 AND replace(replace(t.\"phone\", '-', ''), ' ', '') LIKE ?2",
                table(kind)
            );
            let here = format!("{anywhere} AND +t.\"compound_id\" = {{here}}");
            self.add(
                Rank::Prefix,
                (kind, field),
                Some(&here),
                Some(&anywhere),
                &[
                    SqlValue::Text(tail.clone()),
                    SqlValue::Text(format!("%{digits}")),
                ],
            )?;
        }
        Ok(())
    }

    fn places(&mut self, place: &PlaceName) -> Result<(), StorageError> {
        let field = |kind: KindCode, code: &str| kind.kind().field(code).map(|field| (kind, field));
        let (Some(building), Some(entrance), Some(dwelling)) = (
            field(KindCode::Building, "name"),
            field(KindCode::Entrance, "name"),
            field(KindCode::Dwelling, "room"),
        ) else {
            return Ok(());
        };
        let text = |text: &String| SqlValue::Text(text.clone());
        match (&place.building, &place.entrance, &place.room) {
            (Some(name), None, None) => {
                let anywhere = "SELECT t.\"id\" FROM \"building\" AS t WHERE t.\"name\" = ?1";
                let here = format!("{anywhere} AND +t.\"compound_id\" = {{here}}");
                let keys = [text(name)];
                self.add(Rank::Exact, building, Some(&here), Some(anywhere), &keys)
            }
            (name, Some(door), None) => {
                let from = "SELECT t.\"id\" FROM \"entrance\" AS t JOIN \"building\" AS b ON b.\"id\" = t.\"building_id\" WHERE t.\"name\" = ?1";
                let (anywhere, keys) = match name {
                    Some(name) => (
                        format!("{from} AND b.\"name\" = ?2"),
                        vec![text(door), text(name)],
                    ),
                    None => (from.to_owned(), vec![text(door)]),
                };
                let here = format!("{anywhere} AND t.\"compound_id\" = {{here}}");
                self.add(Rank::Exact, entrance, Some(&here), Some(&anywhere), &keys)
            }
            (name, door, Some(room)) => {
                let mut keys = vec![text(room)];
                let mut named = String::new();
                for (alias, part) in [("b", name), ("e", door)] {
                    if let Some(part) = part {
                        keys.push(text(part));
                        named += &format!(" AND {alias}.\"name\" = ?{}", keys.len());
                    }
                }
                // By the building when it is named, else by the number of the room.
                let from = |first: &str| {
                    format!(
                        "SELECT t.\"id\" FROM {first} LEFT JOIN \"entrance\" AS e ON e.\"id\" = t.\"entrance_id\" WHERE t.\"building_id\" = b.\"id\""
                    )
                };
                let by_building = from("\"building\" AS b CROSS JOIN \"dwelling\" AS t");
                let by_room = from("\"dwelling\" AS t CROSS JOIN \"building\" AS b");
                let any = if name.is_some() {
                    &by_building
                } else {
                    &by_room
                };
                let exact = "t.\"room\" = ?1";
                self.add(
                    Rank::Exact,
                    dwelling,
                    Some(&format!(
                        "{by_building} AND {exact}{named} AND +b.\"compound_id\" = {{here}}"
                    )),
                    Some(&format!("{any} AND {exact}{named}")),
                    &keys,
                )?;
                keys[0] = SqlValue::Text(format!("{}_%", escaped(room)));
                let begins = "t.\"room\" LIKE ?1 ESCAPE '\\'";
                let here =
                    format!("{by_building} AND {begins}{named} AND t.\"compound_id\" = {{here}}");
                self.add(Rank::Prefix, dwelling, Some(&here), None, &keys)
            }
            (None, None, None) => Ok(()),
        }
    }

    /// The best candidates with what is shown of them: one statement per kind and field.
    fn best(mut self, limit: usize) -> Result<Found, StorageError> {
        self.candidates
            .sort_by_key(|found| (found.rank, found.elsewhere));
        let mut seen = HashSet::new();
        self.candidates.retain(|found| seen.insert(found.id));
        let total = self.candidates.len();
        let mut per_kind: HashMap<KindCode, usize> = HashMap::new();
        self.candidates.retain(|found| {
            let same = per_kind.entry(found.kind).or_default();
            *same += 1;
            *same <= limit.div_ceil(2)
        });
        self.candidates.truncate(limit);
        let mut groups: Vec<(KindCode, &'static Field, Vec<RecordId>)> = Vec::new();
        for found in &self.candidates {
            let group = groups
                .iter_mut()
                .find(|(kind, field, _)| (*kind, field.code) == (found.kind, found.field.code));
            match group {
                Some((.., ids)) => ids.push(found.id),
                None => groups.push((found.kind, found.field, vec![found.id])),
            }
        }
        let mut shown = HashMap::new();
        for (kind, field, ids) in groups {
            self.show(kind, field, &ids, &mut shown)?;
        }
        let hits: Vec<Hit> = self
            .candidates
            .iter()
            .filter_map(|found| shown.remove(&found.id))
            .collect();
        Ok(Found {
            more: total > hits.len(),
            hits,
        })
    }

    fn show(
        &self,
        kind: KindCode,
        field: &'static Field,
        ids: &[RecordId],
        shown: &mut HashMap<RecordId, Hit>,
    ) -> Result<(), StorageError> {
        let compound = compound_column(kind, "t");
        let sql = format!(
            "SELECT t.\"id\", {compound}, {}, concat_ws(' › ', (SELECT c.\"name\" FROM \"compound\" AS c WHERE c.\"id\" = {compound}), {}), ifnull(t.\"{}\", '') \
             FROM {} AS t WHERE t.\"id\" {IN_LIST}",
            label_sql(kind, "t"),
            path_sql(kind),
            field.column,
            table(kind)
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([id_list(ids)])?;
        while let Some(row) = rows.next()? {
            let hit = Hit {
                kind,
                id: id_at(row, 0)?,
                compound: optional_id_at(row, 1)?,
                label: row.get(2)?,
                path: row.get(3)?,
                field,
                snippet: row.get(4)?,
            };
            shown.insert(hit.id, hit);
        }
        Ok(())
    }
}

/// Building, entrance and room of a record, as far as it has them.
fn path_sql(kind: KindCode) -> String {
    let dwelling = |key: &str| {
        format!(
            "(SELECT concat_ws(' › ', b.\"name\", e.\"name\", d.\"room\") FROM \"dwelling\" AS d JOIN \"building\" AS b ON b.\"id\" = d.\"building_id\" \
             LEFT JOIN \"entrance\" AS e ON e.\"id\" = d.\"entrance_id\" WHERE d.\"id\" = {key})"
        )
    };
    let building = "(SELECT b.\"name\" FROM \"building\" AS b WHERE b.\"id\" = t.\"building_id\")";
    match kind {
        KindCode::Building => "t.\"name\"".to_owned(),
        KindCode::Entrance => format!("{building}, t.\"name\""),
        KindCode::Dwelling => dwelling("t.\"id\""),
        KindCode::Household => dwelling("t.\"dwelling_id\""),
        KindCode::Owner => dwelling(
            "(SELECT o.\"dwelling_id\" FROM \"ownership\" AS o WHERE o.\"owner_id\" = t.\"id\" ORDER BY o.\"id\" LIMIT 1)",
        ),
        KindCode::Outbuilding => building.to_owned(),
        _ => "NULL".to_owned(),
    }
}
