//! Taking in a batch of files, beside the session: the window goes on answering meanwhile.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiugai_domain::progress::Progress;

use super::picture::{self, LARGEST_FILE, Taken};
use crate::ApiError;
use crate::text::small;
use crate::wire::{IntakeProgress, PastedFile};

/// Pictures that are made smaller at the same time; each may take half a gigabyte.
const AT_ONCE: usize = 2;

/// Takes in batches of files; those who wait for one may call it off.
#[derive(Debug, Default)]
pub struct Intake(Progress);

impl Intake {
    /// How far it has come; none when nothing is taken in.
    pub fn progress(&self) -> Option<IntakeProgress> {
        self.0.now().map(|told| IntakeProgress {
            done: small(told.done),
            total: small(told.total),
        })
    }

    /// Stops before the next file; nothing of the batch is kept.
    pub fn call_off(&self) {
        // Nothing may be taken in any more: then there is nothing to call off.
        let _: bool = self.0.stop();
    }

    /// Takes files in, a few at a time. One that breaks its reader counts as damaged, the others stay.
    fn take<T: Sync>(
        &self,
        files: &[T],
        read: impl Fn(&T) -> (String, Result<Vec<u8>, String>) + Sync,
    ) -> Result<TakenFiles, ApiError> {
        let _going = self.0.begin("收照片");
        self.0.step("收照片", files.len());
        let read = &read;
        let mut all = Vec::with_capacity(files.len());
        for some in files.chunks(AT_ONCE) {
            self.0.reach(all.len())?;
            std::thread::scope(|scope| {
                let running: Vec<_> = some
                    .iter()
                    .map(|file| {
                        let (name, bytes) = read(file);
                        let called = name.clone();
                        let work = move || bytes.and_then(|bytes| picture::take(&called, bytes));
                        (name, scope.spawn(work))
                    })
                    .collect();
                for (name, work) in running {
                    let taken = work.join().unwrap_or_else(|_| Err(picture::damaged(&name)));
                    all.push((name, taken));
                }
            });
        }
        Ok(TakenFiles(all))
    }

    /// Takes in files of the disk.
    ///
    /// # Errors
    /// `cancelled` when it was called off.
    pub fn files(&self, paths: &[PathBuf]) -> Result<TakenFiles, ApiError> {
        self.take(paths, |path| (file_name(path), read(path)))
    }

    /// Takes in files from the clipboard, or such that were dropped in a browser.
    ///
    /// # Errors
    /// `cancelled` when it was called off.
    pub fn pasted(&self, pasted: &[PastedFile]) -> Result<TakenFiles, ApiError> {
        self.take(pasted, |file| {
            let name = match file.name.trim() {
                "" => "粘贴的图片".to_owned(),
                name => name.to_owned(),
            };
            let bytes = STANDARD
                .decode(&file.base64)
                .map_err(|_| picture::damaged(&name));
            (name, bytes)
        })
    }
}

/// Files that are ready to be hung on a record, and those that could not be taken in.
#[derive(Debug)]
pub struct TakenFiles(pub(super) Vec<(String, Result<Taken, String>)>);

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let name = file_name(path);
    let size = std::fs::metadata(path)
        .map_err(|_| unreadable(&name))?
        .len();
    if size > LARGEST_FILE {
        return Err(picture::too_large(&name, size));
    }
    std::fs::read(path).map_err(|_| unreadable(&name))
}

fn unreadable(name: &str) -> String {
    format!("“{name}”读不出来，可能已移动、改名或者 U 盘已拔出。请找到它再添加一次。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorCode;

    #[test]
    fn a_batch_tells_how_far_it_is_and_is_called_off_between_files() {
        let intake = Intake::default();
        assert_eq!(intake.progress(), None);
        let read = |number: &usize| {
            let progress = intake.progress().expect("on its way");
            assert_eq!(progress.total, 5);
            if *number == 2 {
                assert_eq!(progress.done, 2);
                intake.call_off();
            }
            assert!(*number < 4, "files after the call are left alone");
            (format!("{number}.jpg"), Err("坏了".to_owned()))
        };
        let called_off = intake.take(&[0, 1, 2, 3, 4], read).expect_err("called off");
        assert_eq!(called_off.code, ErrorCode::Cancelled);
        assert_eq!(intake.progress(), None);
        // The next batch begins afresh.
        let taken = intake
            .files(&[PathBuf::from("没有.jpg")])
            .expect("taken in");
        assert!(
            taken.0[0]
                .1
                .as_ref()
                .is_err_and(|told| told.contains("没有.jpg"))
        );
    }
}
