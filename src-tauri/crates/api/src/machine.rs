//! Where things lie on this machine.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Identifier of the product, the name of its data folder.
pub const IDENTIFIER: &str = "cn.jiugai.ledger";

/// Name of the folder beside the program that makes it portable (便携).
const PORTABLE: &str = "数据";

/// Why the data folder is where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `JIUGAI_DATA` names it.
    Named,
    /// A folder 数据 lies beside the program and can be written to: the program is carried about.
    Portable,
    /// The usual place of the system.
    Usual,
}

/// The data folder and why it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPlace {
    /// The folder.
    pub folder: PathBuf,
    /// Why.
    pub place: Place,
}

/// The folder of settings, sample and backups: `JIUGAI_DATA` if set, else 数据 beside the program
/// where it can be written to, else the usual place of the system
/// (`%APPDATA%\cn.jiugai.ledger`, `~/.local/share/cn.jiugai.ledger`).
#[must_use]
pub fn data_place() -> DataPlace {
    let usual = dirs::data_dir()
        .unwrap_or_else(std::env::temp_dir)
        .join(IDENTIFIER);
    let program = std::env::current_exe().unwrap_or_default();
    chosen(std::env::var_os("JIUGAI_DATA"), &program, usual)
}

/// The folder of [`data_place`].
#[must_use]
pub fn data_dir() -> PathBuf {
    data_place().folder
}

fn chosen(named: Option<OsString>, program: &Path, usual: PathBuf) -> DataPlace {
    if let Some(folder) = named.filter(|folder| !folder.is_empty()) {
        let folder = PathBuf::from(folder);
        return DataPlace {
            folder: std::path::absolute(&folder).unwrap_or(folder),
            place: Place::Named,
        };
    }
    let beside = program.parent().map(|folder| folder.join(PORTABLE));
    match beside.filter(|folder| folder.is_dir() && is_writable(folder)) {
        Some(folder) => DataPlace {
            folder,
            place: Place::Portable,
        },
        None => DataPlace {
            folder: usual,
            place: Place::Usual,
        },
    }
}

/// Attributes say little about shares, sticks and rights: a file is written and removed.
fn is_writable(folder: &Path) -> bool {
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    let written = std::fs::write(&probe, b"");
    // A probe that cannot be removed again is empty and harmless.
    drop(std::fs::remove_file(&probe));
    written.is_ok()
}

/// The folder of the shipped fonts: `JIUGAI_FONTS` if set, else beside the program, else where
/// the installer of Linux lays them, else in the source tree the program was built from.
#[must_use]
pub fn font_dir() -> PathBuf {
    if let Some(folder) = std::env::var_os("JIUGAI_FONTS") {
        return PathBuf::from(folder);
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../report/fonts");
    let program = std::env::current_exe().unwrap_or_default();
    let folder = program.parent().unwrap_or(Path::new(""));
    [folder.join("fonts"), folder.join("../lib/jiugai/fonts")]
        .into_iter()
        .find(|dir| dir.is_dir())
        .unwrap_or(source)
}

/// The folders where the system keeps its fonts.
#[must_use]
pub fn system_font_dirs() -> Vec<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from);
    [
        named("WINDIR").map(|windows| windows.join("Fonts")),
        named("LOCALAPPDATA").map(|local| local.join("Microsoft/Windows/Fonts")),
        dirs::font_dir(),
        named("HOME").map(|home| home.join(".fonts")),
        Some(PathBuf::from("/usr/local/share/fonts")),
        Some(PathBuf::from("/usr/share/fonts")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Files of the faces that official papers ask for (GB/T 9704), as Windows, WPS and those who sell them name them.
const OFFICE_FONTS: [&str; 16] = [
    "simfang.ttf",
    "simkai.ttf",
    "simhei.ttf",
    "simsun.ttc",
    "simsun.ttf",
    "fzxbsjw.ttf",
    "fzxbsk.ttf",
    "fangsong_gb2312.ttf",
    "kaiti_gb2312.ttf",
    "仿宋_gb2312.ttf",
    "楷体_gb2312.ttf",
    "仿宋.ttf",
    "楷体.ttf",
    "方正小标宋简体.ttf",
    "方正小标宋_gbk.ttf",
    "方正小标宋gbk.ttf",
];
/// Folders below one another that are looked into.
const FONT_FOLDERS_DEEP: usize = 4;

/// The fonts of official papers that lie in these folders, each name once, in the order of the list.
#[must_use]
pub(crate) fn office_fonts(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<(usize, PathBuf)> = Vec::new();
    let mut open: Vec<(PathBuf, usize)> =
        folders.iter().rev().map(|one| (one.clone(), 0)).collect();
    while let Some((folder, deep)) = open.pop() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                if deep < FONT_FOLDERS_DEEP {
                    open.push((path, deep + 1));
                }
                continue;
            }
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_lowercase();
            let at = OFFICE_FONTS.iter().position(|known| *known == name);
            if let Some(at) = at.filter(|at| found.iter().all(|(taken, _)| taken != at)) {
                found.push((at, path));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

/// Name of this machine, for the log.
#[must_use]
pub fn device() -> String {
    let named = std::env::var("COMPUTERNAME")
        .ok()
        .or_else(|| std::fs::read_to_string("/etc/hostname").ok());
    named
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "本机".to_owned())
}

/// Build number of Windows; none elsewhere.
#[must_use]
pub fn windows_build() -> Option<u32> {
    #[cfg(windows)]
    {
        Some(windows_version::OsVersion::current().build)
    }
    #[cfg(not(windows))]
    {
        None
    }
}

/// The operating system, for those who help: `Windows 10.0.19045 x86_64`.
#[must_use]
pub fn system() -> String {
    let name = windows_build().map_or_else(named_system, |build| format!("Windows 10.0.{build}"));
    format!("{name} {}", std::env::consts::ARCH)
}

fn named_system() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map_or(std::env::consts::OS, |name| name.trim_matches('"'))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_of_official_papers_are_found_by_name_each_once() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let file = |path: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, b"").expect("written");
            path
        };
        let kai = file("one/SIMKAI.TTF");
        let fang = file("one/truetype/win/simfang.ttf");
        let second = file("two/simfang.ttf");
        file("one/arial.ttf");
        let dirs = ["one", "two", "absent"].map(|name| folder.path().join(name));
        assert_eq!(office_fonts(&dirs), [fang, kai]);
        assert_eq!(office_fonts(&dirs[1..]), [second]);
    }

    #[test]
    fn the_folder_beside_the_program_wins_over_the_usual_place() {
        let stick = tempfile::tempdir().expect("temporary folder");
        let program = stick.path().join("旧改一本账.exe");
        let usual = stick.path().join("usual");
        let place =
            |named: Option<&str>| chosen(named.map(OsString::from), &program, usual.clone());

        assert_eq!(place(None).place, Place::Usual);
        assert_eq!(
            place(Some("")).place,
            Place::Usual,
            "an empty name names nothing"
        );
        let beside = stick.path().join("数据");
        std::fs::write(&beside, "a file").expect("written");
        assert_eq!(place(None).place, Place::Usual, "a file is no folder");
        std::fs::remove_file(&beside).expect("removed");
        std::fs::create_dir(&beside).expect("made");
        let portable = place(None);
        assert_eq!(portable.place, Place::Portable);
        assert_eq!(portable.folder, beside);
        assert_eq!(
            std::fs::read_dir(&beside).expect("listed").count(),
            0,
            "the probe is gone"
        );
        let named = place(Some("elsewhere"));
        assert_eq!(named.place, Place::Named);
        assert!(named.folder.is_absolute() && named.folder.ends_with("elsewhere"));
    }

    #[test]
    fn the_system_is_named_with_its_architecture() {
        let system = system();
        assert!(system.ends_with(std::env::consts::ARCH) && system.contains(' '));
    }
}
