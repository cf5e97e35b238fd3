//! Ballots, closed ones too: the roll and the papers keep areas, heads and votes; who it was becomes
//! a pseudonym. The triggers that hold a closed ballot are set aside for that, inside the transaction.

use std::collections::{HashMap, HashSet};

use jiugai_domain::RecordId;
use jiugai_domain::erasure::ERASED;
use rusqlite::{Connection, params};

use crate::StorageError;

/// What is counted for the list.
pub(super) const STOCK: [(&str, &str); 2] = [
    (
        "表决名册·业主姓名",
        "SELECT b.compound_id, count(*) FROM ballot_entry AS e JOIN ballot AS b ON b.id = e.ballot_id
         WHERE e.owners <> '' AND e.owners NOT GLOB '业主[0-9]*'
           AND e.owners NOT IN (SELECT name FROM work_unit UNION SELECT name FROM owner WHERE type <> 'person')
         GROUP BY b.compound_id",
    ),
    (
        "表决票·签收和委托",
        "SELECT b.compound_id, count(*) FROM ballot_paper AS p JOIN ballot AS b ON b.id = p.ballot_id
         WHERE ifnull(nullif(p.receiver, '（已销毁）'), '') || ifnull(nullif(p.witness, '（已销毁）'), '')
            || ifnull(nullif(p.proxy, '（已销毁）'), '') || ifnull(nullif(p.evidence, '（已销毁）'), '') <> ''
         GROUP BY b.compound_id",
    ),
];

/// Free words and names of people, by table. What is empty stays empty: some of it proves something.
pub(crate) const WORDS: [(&str, &[&str]); 6] = [
    (
        "ballot_paper",
        &[
            "witness",
            "receiver",
            "evidence",
            "proxy",
            "proxy_document",
            "invalid_note",
            "settled_reason",
        ],
    ),
    ("ballot_vote", &["settled_reason"]),
    ("ballot_ruling", &["reason"]),
    ("ballot_straw", &["note"]),
    ("ballot_answer", &["reason"]),
    ("ballot_objection", &["words"]),
];

/// Between the names of co-owners.
const BETWEEN: &str = "、";
/// What the roll notes of co-owners before the name of who votes for them.
pub(crate) const REPRESENTED: &str = "共有，代表人";

pub(super) fn erase(conn: &Connection, compound: RecordId) -> Result<(), StorageError> {
    let triggers: Vec<(String, String)> = conn
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'
             AND (tbl_name = 'ballot' OR tbl_name LIKE 'ballot\\_%' ESCAPE '\\')",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\""))?;
    }
    // A scan of the stub goes with the attachments; that the delivery was proven stays.
    conn.execute(
        "UPDATE ballot_paper SET evidence = ?2 WHERE ballot_id IN (SELECT id FROM ballot WHERE compound_id = ?1)
         AND ifnull(evidence, '') = '' AND id IN (SELECT record_id FROM attachment
           WHERE record_kind = 'ballotPaper' AND removed = 0)",
        params![compound.0, ERASED],
    )?;
    for (table, columns) in WORDS {
        for column in columns {
            conn.execute(
                &format!(
                    "UPDATE {table} SET \"{column}\" = ?2 WHERE ifnull(\"{column}\", '') <> ''
                     AND ballot_id IN (SELECT id FROM ballot WHERE compound_id = ?1)"
                ),
                params![compound.0, ERASED],
            )?;
        }
    }
    rolls(conn, compound)?;
    for (_, sql) in &triggers {
        conn.execute_batch(sql)?;
    }
    Ok(())
}

/// Who stands in the rolls: people by the pseudonym that their record will have, units by their name.
struct Names {
    units: HashSet<String>,
    people: HashMap<String, String>,
    /// The next number that no record has.
    next: usize,
}

impl Names {
    fn read(conn: &Connection, compound: RecordId) -> Result<Self, StorageError> {
        let mut units: HashSet<String> = conn
            .prepare("SELECT name FROM work_unit")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut statement = conn.prepare(
            "SELECT name, ifnull(type, 'person'), name GLOB '业主[0-9]*' FROM owner WHERE compound_id = ?1 ORDER BY id",
        )?;
        let mut rows = statement.query([compound.0])?;
        let mut called = Vec::new();
        let mut taken = 0;
        while let Some(row) = rows.next()? {
            let (name, sort, done): (String, String, bool) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            match (sort.as_str(), done) {
                (_, true) => taken += 1,
                ("person", false) => called.push(name),
                _ => {
                    units.insert(name);
                }
            }
        }
        let next = taken + called.len() + 1;
        let mut people = HashMap::new();
        for (number, name) in (taken + 1..).zip(called) {
            people
                .entry(name)
                .or_insert_with(|| format!("业主{number}"));
        }
        Ok(Self {
            units,
            people,
            next,
        })
    }

    /// One name; a unit with the place behind it is still a unit.
    fn of(&mut self, name: &str) -> String {
        let unit = self
            .units
            .iter()
            .any(|unit| name == unit || name.starts_with(&format!("{unit}（")));
        let done = name
            .strip_prefix("业主")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if unit || done || name.is_empty() || name == ERASED {
            return name.to_owned();
        }
        if let Some(known) = self.people.get(name) {
            return known.clone();
        }
        let fresh = format!("业主{}", self.next);
        self.next += 1;
        self.people.insert(name.to_owned(), fresh.clone());
        fresh
    }

    fn all(&mut self, names: &str) -> String {
        let names: Vec<String> = names.split(BETWEEN).map(|name| self.of(name)).collect();
        names.join(BETWEEN)
    }
}

/// A line of a roll: key, place, owners, label of the head, note.
type Line = ([u8; 16], String, String, String, Option<String>);

fn rolls(conn: &Connection, compound: RecordId) -> Result<(), StorageError> {
    let mut names = Names::read(conn, compound)?;
    let entries: Vec<Line> = conn
        .prepare(
            "SELECT e.id, e.place, e.owners, e.head_label, e.note FROM ballot_entry AS e
             JOIN ballot AS b ON b.id = e.ballot_id WHERE b.compound_id = ?1 ORDER BY e.id",
        )?
        .query_map([compound.0], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?
        .collect::<Result<_, _>>()?;
    let places: HashSet<&str> = entries
        .iter()
        .map(|(_, place, ..)| place.as_str())
        .collect();
    let mut update = conn
        .prepare("UPDATE ballot_entry SET owners = ?2, head_label = ?3, note = ?4 WHERE id = ?1")?;
    for (id, place, owners, label, note) in &entries {
        let label = if label == place {
            label.clone()
        } else {
            names.all(label)
        };
        let note = note
            .as_ref()
            .map(|note| match note.strip_prefix(REPRESENTED) {
                Some(name) => format!("{REPRESENTED}{}", names.of(name)),
                None => note.clone(),
            });
        update.execute(params![id, names.all(owners), label, note])?;
    }
    let answers: Vec<([u8; 16], String)> = conn
        .prepare(
            "SELECT a.id, a.subject FROM ballot_answer AS a JOIN ballot AS b ON b.id = a.ballot_id
             WHERE b.compound_id = ?1",
        )?
        .query_map([compound.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut update = conn.prepare("UPDATE ballot_answer SET subject = ?2 WHERE id = ?1")?;
    for (id, subject) in &answers {
        if !places.contains(subject.as_str()) {
            update.execute(params![id, names.all(subject)])?;
        }
    }
    Ok(())
}
