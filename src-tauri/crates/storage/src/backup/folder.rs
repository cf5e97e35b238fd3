//! The folder of a ledger's backups and the names in it.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{Backup, Counts, Cover, Reason, reading};
use crate::StorageError;
use crate::files::{name, path};
use crate::ledger::Password;
use crate::ledger::inspect::inspect;

const TIME: &str = "%Y%m%d-%H%M%S";

/// The folder of the backups of one ledger: its name and a mark of its path, so that ledgers of
/// the same name do not mix. The path is the one behind links, short names, mapped drives and, on
/// Windows, the case of the letters, so that one ledger has one folder.
#[must_use]
pub fn folder_of(backup_dir: &Path, ledger: &Path) -> PathBuf {
    let real = path::real(ledger);
    let stem = name::clean(&real.file_stem().unwrap_or_default().to_string_lossy());
    let hash = Sha256::digest(path::identity(&real).as_bytes());
    let mark: String = hash
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    backup_dir.join(format!("{stem}-{mark}"))
}

/// What the name of a backup file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) path: PathBuf,
    pub(super) at: NaiveDateTime,
    pub(super) reason: Reason,
}

impl Name {
    fn parse(path: PathBuf) -> Option<Self> {
        let stem = path.file_name()?.to_str()?.strip_suffix(".jgdb")?;
        let at = NaiveDateTime::parse_from_str(stem.get(..15)?, TIME).ok()?;
        let code = stem.get(15..)?.strip_prefix('-')?.split('-').next()?;
        let reason = Reason::ALL
            .into_iter()
            .find(|reason| reason.code() == code)?;
        Some(Self { path, at, reason })
    }
}

/// The newest, first in the list, of those that were not made in the future; if all were, the
/// first.
pub(super) fn latest<T>(
    newest_first: &[T],
    at: impl Fn(&T) -> NaiveDateTime,
    now: NaiveDateTime,
) -> Option<&T> {
    let past = newest_first.iter().find(|one| at(one) <= now);
    past.or(newest_first.first())
}

/// A name that is not taken yet.
pub(super) fn free_name(folder: &Path, reason: Reason, at: NaiveDateTime) -> PathBuf {
    let stem = format!("{}-{}", at.format(TIME), reason.code());
    let first = folder.join(format!("{stem}.jgdb"));
    if !first.exists() {
        return first;
    }
    (2..)
        .map(|n| folder.join(format!("{stem}-{n}.jgdb")))
        .find(|path| !path.exists())
        .unwrap_or(first)
}

/// The backups in a folder, newest first; none when the folder is not there.
pub(super) fn names(folder: &Path) -> Result<Vec<Name>, StorageError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(Name::parse(entry?.path()));
    }
    names.sort_by(|a, b| {
        (b.at, b.path.as_os_str().len(), &b.path).cmp(&(a.at, a.path.as_os_str().len(), &a.path))
    });
    Ok(names)
}

pub(super) fn list(
    folder: &Path,
    password: Option<&Password>,
) -> Result<Vec<Backup>, StorageError> {
    let mut backups: Vec<Backup> = names(folder)?
        .into_iter()
        .map(|name| describe(name, password))
        .collect();
    // Two of one second: the one that holds more was made later.
    backups.sort_by_key(|backup| std::cmp::Reverse((backup.at, backup.revision)));
    Ok(backups)
}

/// Looks into a backup.
pub(super) fn describe(name: Name, password: Option<&Password>) -> Backup {
    let Name { path, at, reason } = name;
    let bytes = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    let header = inspect(&path).ok();
    let read = if header.is_some_and(|header| !header.is_truncated()) {
        reading(&path, password)
            .and_then(|(conn, cover)| Ok((contents(&conn)?, cover)))
            .ok()
    } else {
        None
    };
    let verified = read.is_some();
    let cover = match (&read, header) {
        (Some((_, cover)), _) => *cover,
        (None, Some(header)) if header.encrypted => Cover::Other,
        (None, _) => Cover::Plain,
    };
    let read = read.map(|(contents, _)| contents);
    let (counts, revision) = read.unwrap_or_default();
    Backup {
        path,
        at,
        reason,
        bytes,
        counts,
        revision,
        verified,
        cover,
    }
}

fn contents(conn: &Connection) -> Result<(Counts, i64), StorageError> {
    let count = |table: &str| -> Result<i64, StorageError> {
        let there: bool = conn.query_row(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1",
            [table],
            |row| row.get(0),
        )?;
        if !there {
            return Ok(0);
        }
        Ok(
            conn.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| {
                row.get(0)
            })?,
        )
    };
    let counts = Counts {
        compounds: count("compound")?,
        dwellings: count("dwelling")?,
        households: count("household")?,
    };
    Ok((counts, crate::ledger::revision(conn)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("20260305-093000-opening.jgdb", Some(Reason::Opening))]
    #[case("20260305-093000-beforeImport-2.jgdb", Some(Reason::BeforeImport))]
    #[case("20260305-093000-manual.jgdb.part", None)]
    #[case("20261305-093000-manual.jgdb", None)]
    #[case("20260305-093000-other.jgdb", None)]
    #[case("五交化家属院二〇二六.jgdb", None)]
    fn names_of_backups(#[case] name: &str, #[case] expected: Option<Reason>) {
        assert_eq!(
            Name::parse(PathBuf::from(name)).map(|name| name.reason),
            expected
        );
    }

    #[test]
    fn ledgers_of_the_same_name_have_their_own_folders() {
        let dir = Path::new("备份");
        let (a, b) = (
            folder_of(dir, Path::new("/a/台账.jgdb")),
            folder_of(dir, Path::new("/b/台账.jgdb")),
        );
        assert_ne!(a, b);
        assert!(
            a.starts_with(dir)
                && a.file_name()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .starts_with("台账-")
        );
    }
}
