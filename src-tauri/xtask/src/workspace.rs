//! Where things lie: the source tree, the target folder, the binaries built into it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The source tree and the folder that cargo builds into.
pub(crate) struct Workspace {
    /// Folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Whether the run is unattended (`CI=true`): no questions, and the tree must stay unchanged.
    pub(crate) unattended: bool,
    /// `CARGO_TARGET_DIR` for every cargo that is started here, when it differs from the inherited one.
    target_override: Option<PathBuf>,
}

/// Debug for daily work and tests, release for measuring.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

impl Workspace {
    /// Finds the tree from the place of this package.
    pub(crate) fn find() -> Self {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.ancestors().nth(2).unwrap_or(&package).to_path_buf();
        let unattended = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
        let target_override = target_override(
            unattended,
            std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from),
            std::env::home_dir(),
        );
        Self {
            root,
            unattended,
            target_override,
        }
    }

    /// The UI's npm project.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The browser flows' npm project.
    pub(crate) fn flows(&self) -> PathBuf {
        self.root.join("tests").join("e2e")
    }

    /// Folder that survives a fresh checkout and a `cargo clean`: the compiler for Windows and what it built.
    pub(crate) fn cache(&self) -> PathBuf {
        let home = std::env::home_dir().unwrap_or_else(|| self.root.join("target"));
        home.join(".cache").join("jiugai")
    }

    /// Where packages for users are laid; git ignores it.
    pub(crate) fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    /// A cargo command in the root, without the variables that `cargo run` set for this program: inherited,
    /// they would reach build scripts and could make cargo build the same thing again.
    pub(crate) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(set_by_cargo_run) {
                command.env_remove(&name);
            }
        }
        if let Some(target) = &self.target_override {
            command.env("CARGO_TARGET_DIR", target);
        }
        command
    }

    /// Path of a built program of this workspace.
    pub(crate) fn binary(&self, name: &str, profile: Profile) -> PathBuf {
        let folder = match &self.target_override {
            Some(target) => target.clone(),
            // This program itself lies in `<target>/debug/`.
            None => std::env::current_exe()
                .ok()
                .and_then(|program| program.ancestors().nth(2).map(Path::to_path_buf))
                .unwrap_or_else(|| self.root.join("target")),
        };
        folder
            .join(profile.folder())
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// An unattended run without a chosen target folder keeps its build outside the tree, where it survives a
/// fresh checkout.
fn target_override(
    unattended: bool,
    inherited: Option<PathBuf>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    match (unattended, inherited, home) {
        (true, None, Some(home)) => Some(home.join(".cache").join("jiugai").join("target")),
        _ => None,
    }
}

/// Whether `cargo run` sets this variable for the program it starts.
fn set_by_cargo_run(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
        || matches!(
            name,
            "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_unattended_run_without_a_choice_moves_the_target_folder() {
        let home = || Some(PathBuf::from("/home/a"));
        let chosen = || Some(PathBuf::from("/t"));
        assert_eq!(
            target_override(true, None, home()),
            Some(PathBuf::from("/home/a/.cache/jiugai/target"))
        );
        assert_eq!(target_override(true, chosen(), home()), None);
        assert_eq!(target_override(false, None, home()), None);
        assert_eq!(target_override(true, None, None), None);
    }

    #[test]
    fn settings_of_the_person_reach_cargo_and_those_of_cargo_run_do_not() {
        assert!(set_by_cargo_run("CARGO_PKG_VERSION"));
        assert!(set_by_cargo_run("CARGO_MANIFEST_DIR"));
        assert!(!set_by_cargo_run("CARGO_HOME"));
        assert!(!set_by_cargo_run("CARGO_TARGET_DIR"));
        assert!(!set_by_cargo_run("CARGO_NET_OFFLINE"));
    }
}
