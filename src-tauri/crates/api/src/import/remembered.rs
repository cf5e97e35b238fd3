//! How people mapped the tables of a source, kept on this computer for the next file like it.

use std::path::{Path, PathBuf};

use jiugai_exchange::table::{FoundTable, Mapping};
use jiugai_storage::files::write_whole;
use serde::{Deserialize, Serialize};

use super::draft::{hash, source_key};

/// Sources kept; the oldest goes.
const LIMIT: usize = 200;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Source {
    /// Hash of the header words.
    key: String,
    kind: String,
    /// Header and target code of each column.
    columns: Vec<(String, String)>,
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("imports.json")
}

fn load(data_dir: &Path) -> Vec<Source> {
    std::fs::read(file(data_dir))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn key(found: &FoundTable) -> Option<String> {
    let key = source_key(&found.table);
    (!key.is_empty()).then(|| hash(key.as_bytes()))
}

/// Takes up what was chosen for such tables before; tells for which.
pub(super) fn recall(data_dir: &Path, tables: &mut [FoundTable]) -> Vec<bool> {
    let known = load(data_dir);
    tables
        .iter_mut()
        .map(|found| {
            let source = key(found).and_then(|key| known.iter().find(|source| source.key == key));
            let mapping = source
                .and_then(|source| Mapping::recall(&found.table, &source.kind, &source.columns));
            match mapping {
                Some(mapping) if mapping.columns != found.mapping.columns => {
                    found.mapping = mapping;
                    true
                }
                _ => false,
            }
        })
        .collect()
}

/// Keeps what was chosen. A convenience: a full disk must not keep an import from happening.
pub(super) fn keep<'t>(data_dir: &Path, tables: impl Iterator<Item = &'t FoundTable>) {
    let mut known = load(data_dir);
    for found in tables {
        let Some(key) = key(found) else { continue };
        let (kind, columns) = found.mapping.remember(&found.table);
        known.retain(|source| source.key != key);
        known.insert(0, Source { key, kind, columns });
    }
    known.truncate(LIMIT);
    if let Ok(bytes) = serde_json::to_vec(&known) {
        drop(write_whole(&file(data_dir), &bytes));
    }
}
