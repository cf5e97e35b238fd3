//! System packages on Debian and Ubuntu, and what to get where there is no `apt-get`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::{Failure, output, run, shown};
use crate::elsewhere;
use crate::host;

/// What the packages are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Compiling the workspace and opening the window.
    Run,
    /// Also the suite, browser flows and the native window under a virtual screen.
    Test,
    /// Compiling for Windows: a C compiler for it and what the Rust compiler for it needs to run.
    Windows,
    /// Making installers and trying them.
    Package,
}

/// SQLite's session extension is bound at build time by bindgen, which needs libclang and no more of clang; OpenSSL is
/// configured by perl.
const RUN: [&str; 9] = [
    "build-essential",
    "perl",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libclang-dev",
    "fonts-noto-cjk",
];
const TEST: [&str; 8] = [
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "imagemagick",
    "xdotool",
    "dbus-x11",
    "x11-utils",
    "poppler-utils",
];

/// The Rust compiler itself is unpacked, not installed: `shipping::toolchain` says why.
const WINDOWS: [&str; 6] = [
    "gcc-mingw-w64-x86-64-posix",
    "g++-mingw-w64-x86-64-posix",
    "binutils-mingw-w64-x86-64",
    "libz3-4",
    "libedit2",
    "libxml2",
];
const PACKAGE: [&str; 8] = [
    "nsis",
    "zip",
    "dpkg-dev",
    "wine",
    "wine64",
    "xvfb",
    "xdotool",
    "imagemagick",
];

/// Package names for a purpose. Ubuntu names the browser otherwise and may have it without a package (snap).
fn wanted(purpose: Purpose, os_release: &str, has_browser: bool) -> Vec<&'static str> {
    let mut names = RUN.to_vec();
    if matches!(purpose, Purpose::Windows | Purpose::Package) {
        names.extend(WINDOWS);
    }
    if purpose == Purpose::Package {
        names.extend(PACKAGE);
    }
    if purpose == Purpose::Test {
        names.extend(TEST);
        let ubuntu = os_release.lines().any(|line| line.trim() == "ID=ubuntu");
        match (ubuntu, has_browser) {
            (_, true) => {}
            (true, false) => names.push("chromium-browser"),
            (false, false) => names.push("chromium"),
        }
    }
    names
}

/// The wanted packages that dpkg's report (`package<TAB>status` lines) does not call installed.
fn missing<'a>(wanted: &[&'a str], report: &str) -> Vec<&'a str> {
    let installed: BTreeSet<&str> = report
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(_, status)| status.trim() == "installed")
        .map(|(name, _)| name)
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|name| !installed.contains(name))
        .collect()
}

/// Makes sure that the system packages for a purpose are there; installs only what is missing.
pub(crate) fn provide(purpose: Purpose, unattended: bool) -> Result<(), Failure> {
    if Path::new("/etc/debian_version").exists() && host::find_program("apt-get").is_some() {
        provide_with_apt(purpose, unattended)
    } else {
        let missing = elsewhere::missing();
        if missing.is_empty() {
            println!("系统软件齐全。");
            return Ok(());
        }
        Err(Failure::new(
            format!("本机缺少：\n    {}", missing.join("\n    ")),
            "按上面的说明逐项安装后，重新打开终端再运行一次。",
        ))
    }
}

fn provide_with_apt(purpose: Purpose, unattended: bool) -> Result<(), Failure> {
    let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let wanted = wanted(purpose, &os_release, host::find_chromium().is_some());
    let lacking = missing(&wanted, &report(&wanted));
    if lacking.is_empty() {
        println!("系统软件包齐全（{} 个）。", wanted.len());
        return Ok(());
    }
    println!("需要安装系统软件包：{}", lacking.join(" "));
    let by_hand = format!(
        "sudo apt-get update && sudo apt-get install -y {}",
        lacking.join(" ")
    );
    let Some(prefix) = privilege(unattended) else {
        return Err(Failure::new(
            "安装系统软件包需要管理员权限，而本机没有 sudo。",
            format!("请管理员运行：{}", by_hand.replace("sudo ", "")),
        ));
    };
    let advice = format!("请检查网络和软件源，或手工运行：{by_hand}");
    run(&mut apt(&prefix, &["update"]), &advice)?;
    let mut arguments = vec!["install", "-y"];
    arguments.extend(&lacking);
    run(&mut apt(&prefix, &arguments), &advice)?;
    let still = missing(&lacking, &report(&lacking));
    if still.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("安装后仍然缺少：{}", still.join(" ")),
        advice,
    ))
}

/// What dpkg knows about these packages. Unknown ones are left out of the report.
fn report(names: &[&str]) -> String {
    let mut command = Command::new("dpkg-query");
    command
        .args(["-W", "-f=${Package}\t${db:Status-Status}\n"])
        .args(names);
    // dpkg-query ends with 1 as soon as one name is unknown and still reports the others.
    command
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

/// Words to put before `apt-get`: none for root, `sudo` otherwise, or nothing at all when there is no way.
pub(crate) fn privilege(unattended: bool) -> Option<Vec<&'static str>> {
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if root {
        return Some(Vec::new());
    }
    host::find_program("sudo")?;
    let mut words = vec!["sudo"];
    if unattended {
        words.push("-n");
    }
    Some(words)
}

/// `apt-get` that asks nothing and waits for another package manager to finish.
pub(crate) fn apt(prefix: &[&str], arguments: &[&str]) -> Command {
    let words: Vec<&str> = prefix
        .iter()
        .copied()
        .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"])
        .chain(["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"])
        .chain(arguments.iter().copied())
        .collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

/// Node new enough for the UI's tools.
pub(crate) fn check_node() -> Result<(), Failure> {
    let advice = format!(
        "请安装 Node {} 或更新的长期支持版（Windows：winget install OpenJS.NodeJS.LTS；macOS：brew install node），重新打开终端后再试。",
        host::NODE_AT_LEAST
    );
    let Some(version) = host::node_version() else {
        return Err(Failure::new("没有找到 Node。", advice));
    };
    match host::major(&version) {
        Some(major) if major >= host::NODE_AT_LEAST => Ok(()),
        _ => Err(Failure::new(
            format!(
                "Node 版本是 {version}，太旧；需要 {} 或更新。",
                host::NODE_AT_LEAST
            ),
            advice,
        )),
    }
}

/// rustfmt and clippy, added through rustup when they are missing.
pub(crate) fn provide_rust_components(
    cargo: &dyn Fn(&'static str) -> Command,
) -> Result<(), Failure> {
    let lacking: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(subcommand, _)| output(cargo(subcommand).arg("--version")).is_none())
        .map(|(_, component)| component)
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let mut command = Command::new("rustup");
    command.args(["component", "add"]).args(&lacking);
    let advice = format!("请手工安装 Rust 组件：{}", shown(&command));
    run(&mut command, &advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "xvfb\tinstalled\nchromium\tnot-installed\nxauth\tconfig-files\nlibgtk-3-dev\tinstalled\nlibgtk-3-dev\tinstalled\n";

    #[test]
    fn only_what_dpkg_calls_installed_is_there() {
        let wanted = [
            "xvfb",
            "chromium",
            "xauth",
            "libgtk-3-dev",
            "never-heard-of",
        ];
        assert_eq!(
            missing(&wanted, REPORT),
            ["chromium", "xauth", "never-heard-of"]
        );
        assert_eq!(missing(&["xvfb"], REPORT), [""; 0]);
        assert_eq!(missing(&["xvfb"], ""), ["xvfb"]);
    }

    #[test]
    fn testing_needs_all_that_running_needs_and_a_screen_of_its_own() {
        let show = wanted(Purpose::Run, "ID=debian", false);
        let test = wanted(Purpose::Test, "ID=debian", false);
        assert!(show.iter().all(|name| test.contains(name)));
        assert!(!show.contains(&"xvfb"));
        assert!(test.contains(&"xvfb"));
    }

    #[test]
    fn a_package_for_windows_needs_its_compiler_and_a_way_to_try_it() {
        let check = wanted(Purpose::Windows, "ID=debian", true);
        let package = wanted(Purpose::Package, "ID=debian", true);
        assert!(check.contains(&"libclang-dev") && check.contains(&"gcc-mingw-w64-x86-64-posix"));
        assert!(!check.contains(&"nsis"));
        assert!(check.iter().all(|name| package.contains(name)));
        assert!(package.contains(&"nsis") && package.contains(&"wine64"));
    }

    #[test]
    fn the_browser_goes_by_the_name_of_the_distribution_and_is_not_installed_beside_another() {
        let names = |release, has| wanted(Purpose::Test, release, has);
        assert!(names("NAME=Debian\nID=debian\n", false).contains(&"chromium"));
        assert!(names("NAME=Ubuntu\nID=ubuntu\n", false).contains(&"chromium-browser"));
        assert!(
            !names("ID=ubuntu", true)
                .iter()
                .any(|name| name.starts_with("chromium"))
        );
        assert!(!names("ID=debian", false).contains(&"chromium-browser"));
    }

    #[test]
    fn apt_asks_nothing() {
        assert_eq!(
            shown(&apt(&["sudo", "-n"], &["install", "-y", "xvfb"])),
            "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install -y xvfb"
        );
    }
}
