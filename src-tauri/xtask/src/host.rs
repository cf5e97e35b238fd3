//! What the machine has: programs on the search path, Node, a browser, a screen.

use std::path::PathBuf;
use std::process::Command;

use crate::command::output;

/// The oldest Node that the UI's tools run on.
pub(crate) const NODE_AT_LEAST: u32 = 20;

/// Full path of a program on the search path.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// `v20.20.2`, or nothing when Node is not installed.
pub(crate) fn node_version() -> Option<String> {
    output(Command::new("node").arg("--version")).map(|text| text.trim().to_owned())
}

/// The first number of `v20.20.2`.
pub(crate) fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// A browser of the Chromium family for the flows: the one named in `JIUGAI_CHROMIUM`, or an installed one.
pub(crate) fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("JIUGAI_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let on_path = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
        "msedge",
    ];
    let elsewhere = [
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    on_path.into_iter().find_map(find_program).or_else(|| {
        elsewhere
            .into_iter()
            .map(PathBuf::from)
            .find(|path| path.is_file())
    })
}

/// Whether a window can be opened.
pub(crate) fn has_screen() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .into_iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("22.0.0"), Some(22));
        assert_eq!(major("nightly"), None);
        assert_eq!(major(""), None);
    }
}
