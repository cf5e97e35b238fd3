//! Settings of this computer, kept as a small file in the data folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiugai_storage::files::{same_file, write_whole};
use serde::{Deserialize, Serialize};

use crate::text::minute;
use crate::wire::{GridView, RecentLedger, Settings};
use crate::{ApiError, ErrorCode, Session};

const LIMIT: usize = 8;

/// What the settings file holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Kept {
    pub(crate) settings: Settings,
    recent: Vec<Opened>,
    /// Saved views of the grids by code of the kind.
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
