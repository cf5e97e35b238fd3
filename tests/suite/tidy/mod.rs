//! Tidy checks: what the compiler cannot see about this tree.
//!
//! Every check is a function from input to findings. One test runs it over the tree, another proves on a bad
//! input that it can fail.

mod advisories;
mod arrows;
mod layout;
mod licences;
mod modules;
mod records;
mod source;
mod surface;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Folder of the root `Cargo.toml`.
fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
    Path::new(&package)
        .parent()
        .expect("the tests package lies in the root")
        .to_path_buf()
}

/// A file of the tree that git tracks or would track.
struct File {
    /// Relative to the root, with `/`.
    path: String,
    /// Nothing for a file that is not UTF-8 text.
    text: Option<String>,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: Some(text.to_owned()),
        }
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or("")
    }

    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

/// Every file that git tracks, and every new one that it does not ignore.
fn files() -> Vec<File> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    assert!(
        output.status.success(),
        "the tidy checks need a git checkout"
    );
    let list = String::from_utf8(output.stdout).expect("file names are UTF-8");
    let files: Vec<File> = list
        .split('\0')
        .filter(|path| !path.is_empty())
        // A tracked file may have been removed from the tree and not yet from the index.
        .filter_map(|path| Some((path, fs::read(root().join(path)).ok()?)))
        .map(|(path, bytes)| File {
            path: path.to_owned(),
            text: String::from_utf8(bytes).ok(),
        })
        .collect();
    assert!(
        files.len() > 20,
        "the list of files is too short to be this tree"
    );
    files
}

/// `cargo metadata` with the given further arguments.
fn metadata(arguments: &[&str]) -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo describes the workspace");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// Fails with one finding per line.
#[track_caller]
fn assert_clean(findings: &[String]) {
    assert!(
        findings.is_empty(),
        "{} finding(s):\n  {}",
        findings.len(),
        findings.join("\n  ")
    );
}
