//! What may be typed to find a text, kept beside the records.

use std::collections::{BTreeSet, HashSet};

use jiugai_domain::progress::Progress;
use jiugai_domain::text::normalize;
use jiugai_domain::{Field, KindCode};
use rusqlite::{Connection, params};

use super::super::reading::{Readings, readings_of, spelled, typed_keys};
use super::Rank;
use crate::bulk::insert_many;
use crate::error::StorageError;
use crate::ledger::{read_fact, write_fact};
use crate::log;
use crate::records::columns::table;

/// Rises when the same texts get other keys: a ledger with an older mark is indexed anew.
const VERSION: &str = "1";
const FACT: &str = "searchKeys";
/// Characters of a text from which on it is found.
const DEEPEST: usize = 24;

/// People have many names, everything else few: apart, the few are found without passing the many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// Gives every key of a text, and whether it begins inside of it; some twice. Initials of one letter are left out
/// inside: they would find everything.
fn each_key(word: &str, mut give: impl FnMut(bool, &str)) {
    let folded = folded(word);
    let end = folded
        .char_indices()
        .nth(DEEPEST)
        .map_or(folded.len(), |(end, _)| end);
    let plain = &folded[..end];
    let readings: Vec<Readings> = plain.chars().map(readings_of).collect();
    for (number, (start, _)) in plain.char_indices().enumerate() {
        let inside = number > 0;
        let mut key = |key: &str| {
            if !inside || !key.is_ascii() || key.len() > 1 {
                give(inside, key);
            }
        };
        spelled(&readings[number..])
            .iter()
            .for_each(|spelled| key(spelled));
        key(&plain[start..]);
    }
}

/// Every key of a text once.
fn keys(word: &str) -> BTreeSet<(bool, String)> {
    let mut keys = BTreeSet::new();
    each_key(word, |inside, key| {
        keys.insert((inside, key.to_owned()));
    });
    keys
}

/// Keys of many words in the order of the table: scattered over it, each would have to find its page. The letters of
/// all stand in one text.
#[derive(Default)]
struct Sorted<'w> {
    letters: String,
    keys: Vec<Key<'w>>,
}

/// Where its letters begin and end, the first of them as a number; whether it begins inside its word.
struct Key<'w> {
    inside: bool,
    head: u64,
    from: usize,
    to: usize,
    word: &'w str,
}

impl<'w> Sorted<'w> {
    fn of(words: &[&'w str]) -> Self {
        let mut all = Self::default();
        for word in words {
            each_key(word, |inside, key| {
                let from = all.letters.len();
                all.letters.push_str(key);
                let to = all.letters.len();
                all.keys.push(Key {
                    inside,
                    head: head(key),
                    from,
                    to,
                    word,
                });
            });
        }
        let letters = &all.letters;
        let place = |key: &Key<'w>| {
            let letters = &letters[key.from..key.to];
            (key.inside, key.head, letters, key.word)
        };
        all.keys
            .sort_unstable_by(|one, other| place(one).cmp(&place(other)));
        all.keys.dedup_by(|one, other| place(one) == place(other));
        all
    }
}

/// The first letters as a number of the same order.
fn head(letters: &str) -> u64 {
    let mut head = [0; 8];
    let length = letters.len().min(head.len());
    head[..length].copy_from_slice(&letters.as_bytes()[..length]);
    u64::from_be_bytes(head)
}

/// Adds the keys of many words.
fn add(
    conn: &Connection,
    class: Class,
    words: &[&str],
    progress: &Progress,
) -> Result<(), StorageError> {
    progress.step("记下查找用的字", 0);
    let Sorted { letters, keys } = Sorted::of(words);
    progress.step("记下查找用的字", keys.len());
    let into = "INSERT OR IGNORE INTO search_key (class, inside, key, word)";
    insert_many(conn, (into, 4), &keys, progress, |insert, first, key| {
        insert.raw_bind_parameter(first, class as i64)?;
        insert.raw_bind_parameter(first + 1, key.inside)?;
        insert.raw_bind_parameter(first + 2, &letters[key.from..key.to])?;
        insert.raw_bind_parameter(first + 3, key.word)
    })
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
    let (mut came, mut went) = (HashSet::new(), HashSet::new());
    let fields: Vec<(KindCode, usize)> = places
        .iter()
        .map(|(kind, place, _)| (*kind, *place))
        .collect();
    log::texts(changeset, &fields, |field, old, new| {
        let class = places[field].2;
        for (texts, text) in [(&mut went, old), (&mut came, new)] {
            texts.extend(text.map(|text| (class, text.to_owned())));
        }
    })?;
    for class in [Class::Person, Class::Thing] {
        let words = came.iter().filter(|(of, _)| *of == class);
        let mut words: Vec<&str> = words.map(|(_, word)| word.as_str()).collect();
        words.sort_unstable();
        let mut unknown = Vec::new();
        for word in words {
            if !is_known(conn, class, word)? {
                unknown.push(word);
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
