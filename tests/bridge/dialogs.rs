//! Dialogs answered from a queue that tests fill.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiugai_api::ApiError;
use jiugai_desktop::dialog::{Dialogs, Filter, Handed};

/// Answers still to be given, and what was sent to the printer.
#[derive(Default)]
pub(crate) struct Queue {
    answers: Mutex<VecDeque<Option<PathBuf>>>,
    printed: Mutex<Vec<PathBuf>>,
}

impl Queue {
    pub(crate) fn push(&self, answer: Option<PathBuf>) {
        self.answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(answer);
    }

    /// What was sent to the printer so far.
    pub(crate) fn printed(&self) -> Vec<String> {
        let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        printed
            .iter()
            .map(|path| path.to_string_lossy().into_owned())
            .collect()
    }

    /// Something was handed to a program of the system.
    fn note(&self, path: &Path) {
        self.printed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(path.to_owned());
    }

    fn next(&self) -> Option<PathBuf> {
        self.answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
            .flatten()
    }
}

/// The dialogs of the bridge.
pub(crate) struct Answers(pub(crate) Arc<Queue>);

impl Dialogs for Answers {
    fn open(&self, _title: &str, _filter: &Filter, _folder: Option<&Path>) -> Option<PathBuf> {
        self.0.next()
    }

    fn save(
        &self,
        _title: &str,
        _name: &str,
        _filter: &Filter,
        _folder: Option<&Path>,
    ) -> Option<PathBuf> {
        self.0.next()
    }

    fn print(&self, path: &Path) -> Result<Handed, ApiError> {
        self.0.note(path);
        Ok(Handed::Printer)
    }

    fn show(&self, folder: &Path) -> Result<(), ApiError> {
        self.0.note(folder);
        Ok(())
    }
}
