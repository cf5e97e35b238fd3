//! Where things lie on this machine.

use std::path::{Path, PathBuf};

/// Identifier of the product, the name of its data folder.
pub const IDENTIFIER: &str = "cn.jiugai.ledger";

/// The folder of settings, sample and backups: `JIUGAI_DATA` if set, else the usual place of the
/// system (`%APPDATA%\cn.jiugai.ledger`, `~/.local/share/cn.jiugai.ledger`).
#[must_use]
pub fn data_dir() -> PathBuf {
    match std::env::var_os("JIUGAI_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => dirs::data_dir()
            .unwrap_or_else(std::env::temp_dir)
            .join(IDENTIFIER),
    }
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
