//! What may be typed to find a text, kept beside the records.

use std::collections::BTreeSet;

use jiugai_domain::progress::Progress;
use jiugai_domain::text::normalize;
use jiugai_domain::{Field, KindCode, Value};
use rusqlite::{Connection, params};

use super::super::reading::typed_keys;
use super::Rank;
use crate::error::StorageError;
use crate::ledger::{read_fact, write_fact};
use crate::log;
use crate::records::columns::table;

/// Rises when the same texts get other keys: a ledger with an older mark is indexed anew.
const VERSION: &str = "1";
const FACT: &str = "searchKeys";
/// Characters of a text from which on it is found.
const DEEPEST: usize = 24;
/// Words of which the keys are sorted at once.
const ADDED_AT_ONCE: usize = 100_000;

/// People have many names, everything else few: apart, the few are found without passing the many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Person = 0,
    Thing = 1,
}

/// The texts by which records are found, in the order in which people look at what was found.
const SEARCHED: [(KindCode, &str); 26] = [
    (KindCode::Compound, "name"),
    (KindCode::WorkUnit, "name"),
    (KindCode::Building, "name"),
    (KindCode::Owner, "name"),
    (KindCode::Household, "contact"),
    (KindCode::Outbuilding, "number"),
    (KindCode::Outbuilding, "place"),
    (KindCode::CycleShed, "name"),
    (KindCode::CycleShed, "place"),
    (KindCode::ParkingArea, "name"),
    (KindCode::ParkingArea, "place"),
    (KindCode::GreenSpace, "name"),
    (KindCode::GreenSpace, "place"),
    (KindCode::ActivityArea, "name"),
    (KindCode::ActivityArea, "place"),
    (KindCode::Facility, "name"),
    (KindCode::Facility, "place"),
    (KindCode::Road, "name"),
    (KindCode::Road, "place"),
    (KindCode::PipeSegment, "name"),
    (KindCode::PipeSegment, "place"),
    (KindCode::Plan, "name"),
    (KindCode::WorkItem, "name"),
    (KindCode::WorkItem, "place"),
    (KindCode::Problem, "name"),
    (KindCode::Problem, "place"),
];

/// Every searched field with its kind and class.
pub(super) fn searched() -> impl Iterator<Item = (KindCode, &'static Field, Class)> {
    SEARCHED.into_iter().filter_map(|(kind, code)| {
        let class = match kind {
            KindCode::Owner | KindCode::Household => Class::Person,
            _ => Class::Thing,
        };
        Some((kind, kind.kind().field(code)?, class))
    })
}

/// A text as it is looked for: 半角, small letters, no blanks.
pub(super) fn folded(text: &str) -> String {
    let mut text = normalize(text).to_lowercase();
    text.retain(|character| !character.is_whitespace());
    text
}

/// True when so few letters were typed that a great part of all names has them: then the names of
/// one compound are quicker looked through one by one ([`rank`]) than by their keys.
pub(super) fn is_short(typed: &str) -> bool {
    typed.is_ascii() && typed.len() <= 2
}

/// How well letters stand for a text, as the keys say it. No more of its characters are read than
/// there are letters, because each gives at least one.
pub(crate) fn rank(word: &str, typed: &str) -> Option<Rank> {
    let mut plain: Vec<char> = folded(word).chars().take(DEEPEST).collect();
    plain.retain(|character| character.is_alphanumeric());
    let mut best = None;
    for start in 0..plain.len() {
        let end = plain.len().min(start + typed.len());
        let keys = typed_keys(&plain[start..end].iter().collect::<String>());
        if start == 0 && end == plain.len() && keys.iter().any(|key| key == typed) {
            return Some(Rank::Exact);
        }
        if keys.iter().any(|key| key.starts_with(typed)) {
            if start == 0 {
                return Some(Rank::Prefix);
            }
            best = best.or((typed.len() > 1).then_some(Rank::Inside));
        }
    }
    best
}

/// Every key of a text, and whether it begins inside of it. Initials of one letter are left out
/// inside: they would find everything.
fn keys(word: &str) -> BTreeSet<(bool, String)> {
    let plain: Vec<char> = folded(word).chars().take(DEEPEST).collect();
    let mut keys = BTreeSet::new();
    for start in 0..plain.len() {
        let rest: String = plain[start..].iter().collect();
        let inside = start > 0;
        let spelled = typed_keys(&rest);
        for key in spelled.into_iter().chain([rest]) {
            if !inside || !key.is_ascii() || key.len() > 1 {
                keys.insert((inside, key));
            }
        }
    }
    keys
}

/// Adds the keys of many words, in the order of the table: scattered over it, each would have to
/// find its page.
fn add(
    conn: &Connection,
    class: Class,
    words: &[&str],
    progress: &Progress,
) -> Result<(), StorageError> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO search_key (class, inside, key, word) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for words in words.chunks(ADDED_AT_ONCE) {
        let mut fresh: Vec<(bool, String, &str)> = Vec::new();
        for word in words {
            let keys = keys(word).into_iter();
            fresh.extend(keys.map(|(inside, key)| (inside, key, *word)));
        }
        fresh.sort_unstable();
        progress.step("记下查找用的字", fresh.len());
        for (done, (inside, key, word)) in fresh.into_iter().enumerate() {
            progress.reach(done)?;
            insert.execute(params![class as i64, inside, key, word])?;
        }
    }
    Ok(())
}

fn take_away(conn: &Connection, class: Class, word: &str) -> Result<(), StorageError> {
    let mut delete = conn.prepare_cached(
        "DELETE FROM search_key WHERE class = ?1 AND inside = ?2 AND key = ?3 AND word = ?4",
    )?;
    for (inside, key) in keys(word) {
        delete.execute(params![class as i64, inside, key, word])?;
    }
    Ok(())
}

fn is_known(conn: &Connection, class: Class, word: &str) -> Result<bool, StorageError> {
    let Some((inside, key)) = keys_probe(word) else {
        return Ok(true);
    };
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM search_key WHERE class = ?1 AND inside = ?2 AND key = ?3 AND word = ?4",
        )?
        .exists(params![class as i64, inside, key, word])?)
}

/// The one key that every text has: itself.
fn keys_probe(word: &str) -> Option<(bool, String)> {
    let plain: String = folded(word).chars().take(DEEPEST).collect();
    (!plain.is_empty()).then_some((false, plain))
}

fn stands_somewhere(conn: &Connection, class: Class, word: &str) -> Result<bool, StorageError> {
    for (kind, field, of) in searched() {
        let sql = format!(
            "SELECT 1 FROM {} WHERE \"{}\" = ?1",
            table(kind),
            field.column
        );
        if of == class && conn.prepare_cached(&sql)?.exists([word])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Brings the keys up to date with a changeset that touched these kinds.
pub(crate) fn follow(
    conn: &Connection,
    changeset: &[u8],
    touched: &[KindCode],
    progress: &Progress,
) -> Result<(), StorageError> {
    let mut places = Vec::new();
    for (kind, field, class) in searched().filter(|(kind, ..)| touched.contains(kind)) {
        let columns = log::columns(conn, kind)?;
        let place = columns.iter().position(|column| column == field.column);
        places.extend(place.map(|place| (kind, place, class)));
    }
    if places.is_empty() {
        return Ok(());
    }
    let (mut came, mut went) = (BTreeSet::new(), BTreeSet::new());
    log::decode(
        changeset,
        |kind, _, _| places.iter().any(|(other, ..)| *other == kind),
        |row| {
            for (at, old, new) in row.cells {
                let class = places
                    .iter()
                    .find(|(kind, place, _)| (*kind, *place) == (row.kind, at))
                    .map(|(.., class)| *class);
                if let Some(class) = class {
                    if let Value::Text(old) = old {
                        went.insert((class, old));
                    }
                    if let Value::Text(new) = new {
                        came.insert((class, new));
                    }
                }
            }
        },
    )?;
    for class in [Class::Person, Class::Thing] {
        let mut unknown = Vec::new();
        for (_, word) in came.iter().filter(|(of, _)| *of == class) {
            if !is_known(conn, class, word)? {
                unknown.push(word.as_str());
            }
        }
        add(conn, class, &unknown, progress)?;
    }
    for (class, word) in went.difference(&came) {
        if !stands_somewhere(conn, *class, word)? {
            take_away(conn, *class, word)?;
        }
    }
    Ok(())
}

/// Makes all keys anew.
pub(crate) fn rebuild(conn: &Connection) -> Result<(), StorageError> {
    conn.execute("DELETE FROM search_key", [])?;
    for class in [Class::Person, Class::Thing] {
        let texts: Vec<String> = searched()
            .filter(|(.., of)| *of == class)
            .map(|(kind, field, _)| {
                let column = field.column;
                let table = table(kind);
                format!("SELECT \"{column}\" FROM {table} WHERE \"{column}\" IS NOT NULL")
            })
            .collect();
        let mut statement = conn.prepare(&texts.join(" UNION "))?;
        let words = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        add(conn, class, &words, &Progress::default())?;
    }
    Ok(())
}

/// Makes the keys of a ledger that has none yet, or those of an earlier version.
pub(crate) fn ensure(conn: &Connection) -> Result<(), StorageError> {
    if read_fact(conn, FACT)?.as_deref() == Some(VERSION) {
        return Ok(());
    }
    let transaction = conn.unchecked_transaction()?;
    rebuild(conn)?;
    write_fact(conn, FACT, VERSION)?;
    Ok(transaction.commit()?)
}
