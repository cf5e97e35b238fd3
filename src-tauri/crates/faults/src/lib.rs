//! For tests: a layer below SQLite (a VFS, `layer.c`) that lets the n-th read, write, synchronisation,
//! truncation, opening or removal of a file fail, or every one from there on, as a failing disk does.
//!
//! A process has the layer when it is linked and [`FAULTS`] is set. `unsafe` stays forbidden: the layer
//! is C, registers itself before `main`, and is told by variables of the process what to do.

use std::path::Path;
use std::process::Command;

use libsqlite3_sys as _;

/// The variable that says which fault: `operation,n,mode`.
const FAULTS: &str = "JIUGAI_FAULTS";
/// The variable that names the file whose presence lets the counting begin; the layer writes `fired` beside it.
const ARM: &str = "JIUGAI_FAULTS_ARM";

/// What fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Reading.
    Read,
    /// Writing: the medium reports an error, half of the bytes have arrived.
    Write,
    /// Writing: there is no room left.
    Full,
    /// Synchronising with the disk.
    Sync,
    /// Making a file shorter or longer.
    Truncate,
    /// Opening a file.
    Open,
    /// Removing a file.
    Delete,
    /// Mapping the index of the write-ahead log.
    Map,
}

impl Operation {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Read,
        Self::Write,
        Self::Full,
        Self::Sync,
        Self::Truncate,
        Self::Open,
        Self::Delete,
        Self::Map,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Full => "full",
            Self::Sync => "sync",
            Self::Truncate => "truncate",
            Self::Open => "open",
            Self::Delete => "delete",
            Self::Map => "map",
        }
    }
}

/// How long it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// One time.
    Once,
    /// From then on.
    Always,
}

/// Tells a process that is about to start what shall fail: the `n`-th `operation` (from 1) after the
/// file `arm` is there.
pub fn prepare(command: &mut Command, operation: Operation, n: u32, lasting: Lasting, arm: &Path) {
    let mode = match lasting {
        Lasting::Once => "once",
        Lasting::Always => "always",
    };
    command
        .env(FAULTS, format!("{},{n},{mode}", operation.word()))
        .env(ARM, arm);
}

/// The file whose presence arms the layer in this process; none without the layer.
#[must_use]
pub fn arm_file() -> Option<std::path::PathBuf> {
    std::env::var_os(FAULTS)?;
    std::env::var_os(ARM).map(Into::into)
}

/// Whether the fault came: the layer leaves a file beside the arming one.
#[must_use]
pub fn fired(arm: &Path) -> bool {
    let mut name = arm.as_os_str().to_owned();
    name.push(".fired");
    Path::new(&name).exists()
}
