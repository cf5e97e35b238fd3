//! Settings of this computer, kept as a small file in the data folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiugai_storage::files::{same_file, write_whole};
use serde::{Deserialize, Serialize};

use crate::text::minute;
use crate::wire::{GridView, RecentLedger, Settings};
use crate::{ApiError, ErrorCode, Session};

const LIMIT: usize = 10;

/// What the settings file holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Kept {
    pub(crate) settings: Settings,
    recent: Vec<Opened>,
    /// Where a file of a sort was chosen last, by its extension.
    folders: BTreeMap<String, PathBuf>,
    /// Saved views of the grids by code of the kind, as earlier versions kept them.
    pub(crate) views: BTreeMap<String, Vec<GridView>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    path: PathBuf,
    opened_at: String,
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("settings.json")
}

/// Reads the settings; a missing or unreadable file gives the usual ones.
pub(crate) fn load(data_dir: &Path) -> Kept {
    std::fs::read(file(data_dir))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

impl Session {
    /// The settings of this computer.
    #[must_use]
    pub fn settings_get(&self) -> Settings {
        self.kept.settings.clone()
    }

    /// Stores the settings of this computer. An empty name becomes 录入员.
    ///
    /// # Errors
    /// When the data folder cannot be written, or the backup folder is not a folder.
    pub fn settings_set(&mut self, settings: Settings) -> Result<Settings, ApiError> {
        let mut settings = settings;
        settings.actor = settings.actor.trim().to_owned();
        settings.backup_folder = settings.backup_folder.trim().to_owned();
        if settings.actor.is_empty() {
            settings.actor = Settings::default().actor;
        }
        if !settings.backup_folder.is_empty() && !Path::new(&settings.backup_folder).is_dir() {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "备份文件夹不可用",
                format!(
                    "“{}”不是一个文件夹，或者现在打不开。",
                    settings.backup_folder
                ),
                "请先建好这个文件夹，或者留空使用默认位置。",
            ));
        }
        self.kept.settings = settings.clone();
        self.keep()?;
        Ok(settings)
    }

    /// Ledgers opened before, newest first.
    #[must_use]
    pub fn ledger_recent(&self) -> Vec<RecentLedger> {
        let name = |path: &Path| {
            path.file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        self.kept
            .recent
            .iter()
            .map(|opened| RecentLedger {
                path: opened.path.to_string_lossy().into_owned(),
                name: name(&opened.path),
                opened_at: opened.opened_at.clone(),
                exists: opened.path.is_file(),
            })
            .collect()
    }

    /// Takes a ledger off the list of those opened before; the file stays.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn ledger_forget(&mut self, path: &Path) -> Result<Vec<RecentLedger>, ApiError> {
        self.kept.recent.retain(|opened| opened.path != path);
        self.keep()?;
        Ok(self.ledger_recent())
    }

    /// Where a dialog for files of this extension starts: where one was chosen last, else the
    /// person's documents, else the home folder.
    #[must_use]
    pub fn folder_for(&self, extension: &str) -> Option<PathBuf> {
        let last = self.kept.folders.get(extension).cloned();
        last.into_iter()
            .chain(dirs::document_dir())
            .chain(dirs::home_dir())
            .find(|folder| folder.is_dir())
    }

    /// Keeps in mind where a file of this extension was chosen.
    pub fn remember_folder(&mut self, extension: &str, file: &Path) {
        let Some(folder) = file.parent() else {
            return;
        };
        let known = self
            .kept
            .folders
            .insert(extension.to_owned(), folder.to_owned());
        if known.as_deref() != Some(folder) {
            // A convenience, as the list of recent ledgers.
            drop(self.keep());
        }
    }

    pub(crate) fn recent_count(&self) -> usize {
        self.kept.recent.len()
    }

    pub(crate) fn remember(&mut self, path: &Path) {
        let opened_at = minute(self.now());
        // The same file by another case of the letters, a link or a short name is listed once.
        self.kept
            .recent
            .retain(|opened| !same_file(&opened.path, path));
        self.kept.recent.insert(
            0,
            Opened {
                path: path.to_owned(),
                opened_at,
            },
        );
        self.kept.recent.truncate(LIMIT);
        // The list of recent ledgers is a convenience: a full disk must not keep a ledger closed.
        drop(self.keep());
    }

    pub(crate) fn keep(&self) -> Result<(), ApiError> {
        let bytes = serde_json::to_vec_pretty(&self.kept).map_err(|_| ApiError::internal())?;
        let path = file(&self.environment.data_dir);
        std::fs::create_dir_all(&self.environment.data_dir)
            .map_err(|error| crate::wording::file_error(&error, &path))?;
        write_whole(&path, &bytes).map_err(|error| crate::wording::write_error(&error, &path))
    }
}

#[cfg(test)]
mod tests {
    use crate::Session;
    use crate::testing::bare;

    #[test]
    fn recent_ledgers_are_ten_newest_first_and_can_be_taken_off() {
        let (folder, mut session) = bare();
        let path = |number: usize| folder.path().join(format!("台账 {number}.jgdb"));
        for number in 0..12 {
            session.ledger_create(&path(number)).expect("new ledger");
        }
        session.ledger_open(&path(5)).expect("opened again");
        let names = |session: &Session| -> Vec<String> {
            session
                .ledger_recent()
                .into_iter()
                .map(|recent| recent.name)
                .collect()
        };
        let told = names(&session);
        assert_eq!(told.len(), 10);
        assert_eq!(told[..3], ["台账 5", "台账 11", "台账 10"]);
        std::fs::remove_file(path(11)).expect("removed");
        let missing: Vec<bool> = session
            .ledger_recent()
            .iter()
            .map(|recent| recent.exists)
            .collect();
        assert_eq!(missing[..3], [true, false, true]);
        session.ledger_forget(&path(11)).expect("taken off");
        let again = Session::new(session.environment.clone());
        assert_eq!(names(&again)[..2], ["台账 5", "台账 10"]);
        assert!(path(5).is_file());
    }

    #[test]
    fn dialogs_start_where_a_file_of_the_sort_was_chosen_last() {
        let (folder, mut session) = bare();
        let chosen = folder.path().join("张 & 李");
        std::fs::create_dir(&chosen).expect("folder");
        session.remember_folder("pdf", &chosen.join("方案.pdf"));
        let again = Session::new(session.environment.clone());
        assert_eq!(again.folder_for("pdf"), Some(chosen.clone()));
        assert_ne!(again.folder_for("xlsx"), Some(chosen.clone()));
        std::fs::remove_dir(&chosen).expect("stick pulled out");
        assert_ne!(again.folder_for("pdf"), Some(chosen));
    }
}
