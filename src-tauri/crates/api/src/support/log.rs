//! The crash log (日志): what went wrong inside of the program, without anything personal.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

/// A file of the log grows to about this size; then it is put aside.
const SIZE: u64 = 1 << 20;

/// The files of the log, newest first.
const FILES: [&str; 3] = ["jiugai.log", "jiugai.1.log", "jiugai.2.log"];

/// Writes lines into `logs` below the data folder. Whatever happens here keeps nobody from
/// working: what cannot be written is dropped.
#[derive(Debug, Clone)]
pub struct Log {
    folder: PathBuf,
    home: Option<PathBuf>,
}

impl Log {
    /// The log of a data folder.
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        Self {
            folder: data_dir.join("logs"),
            home: dirs::home_dir(),
        }
    }

    /// One entry. The text must hold no content of a ledger; the home folder in it is masked here.
    pub fn write(&self, at: DateTime<FixedOffset>, text: &str) {
        let text = match &self.home {
            Some(home) => mask(text, home),
            None => text.to_owned(),
        };
        let stamp = at.format("%Y-%m-%d %H:%M:%S");
        drop(self.append(&format!("{stamp} {}\n", text.trim_end())));
    }

    /// The files that are there, newest first: name and content.
    #[must_use]
    pub fn files(&self) -> Vec<(&'static str, Vec<u8>)> {
        FILES
            .into_iter()
            .filter_map(|name| Some((name, std::fs::read(self.folder.join(name)).ok()?)))
            .collect()
    }

    fn append(&self, entry: &str) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let newest = self.folder.join(FILES[0]);
        let full =
            std::fs::metadata(&newest).is_ok_and(|about| about.len() + entry.len() as u64 > SIZE);
        if full {
            for (younger, older) in FILES.iter().zip(&FILES[1..]).rev() {
                // The oldest is overwritten; one that is missing is no fault.
                drop(std::fs::rename(
                    self.folder.join(younger),
                    self.folder.join(older),
                ));
            }
        }
        let mut file: File = OpenOptions::new().create(true).append(true).open(newest)?;
        file.write_all(entry.as_bytes())
    }
}

/// The home folder, which holds the person's name, becomes `~`, however its separators are written.
#[must_use]
fn mask(text: &str, home: &Path) -> String {
    let home = home.to_string_lossy();
    let home = home.trim_end_matches(['/', '\\']);
    if home.is_empty() {
        return text.to_owned();
    }
    let escaped = home.replace('\\', "\\\\");
    let slashes = home.replace('\\', "/");
    text.replace(&escaped, "~")
        .replace(home, "~")
        .replace(&slashes, "~")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Clock as _;
    use crate::testing::Fixed;

    #[test]
    fn the_home_folder_is_masked_however_it_is_written() {
        let home = Path::new(r"C:\Users\张三");
        for text in [
            r"C:\Users\张三\桌面\a.rs",
            "C:/Users/张三/桌面/a.rs",
            r#"{"path":"C:\\Users\\张三\\桌面"}"#,
        ] {
            let masked = mask(text, home);
            assert!(masked.contains('~') && !masked.contains("张三"), "{masked}");
        }
        assert_eq!(mask("/srv/a", Path::new("/")), "/srv/a");
    }

    #[test]
    fn three_files_of_a_megabyte_are_kept() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let log = Log::new(folder.path());
        let line = "x".repeat(300_000);
        for number in 0..20 {
            log.write(Fixed.now(), &format!("entry {number} {line}"));
        }
        let files = log.files();
        assert_eq!(files.len(), 3);
        assert!(files.iter().all(|(_, bytes)| bytes.len() as u64 <= SIZE));
        let text = |at: usize| String::from_utf8(files[at].1.clone()).expect("text");
        assert!(text(0).contains("entry 19 ") && text(0).starts_with("2021-03-06 09:30:00 entry "));
        assert!(!text(1).contains("entry 19 ") && !text(2).contains("entry 0 "));
    }

    #[test]
    fn a_log_that_cannot_be_written_keeps_nobody_from_working() {
        let folder = tempfile::tempdir().expect("temporary folder");
        std::fs::write(folder.path().join("logs"), "in the way").expect("written");
        let log = Log::new(folder.path());
        log.write(Fixed.now(), "lost");
        assert!(log.files().is_empty());
    }
}
