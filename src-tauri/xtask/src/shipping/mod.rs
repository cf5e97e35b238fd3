//! `cargo xtask package`: what users install, from one command.

mod deb;
mod installer;
mod notices;
mod stage;
pub(crate) mod toolchain;
pub(crate) mod trial;
mod wine;

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Failure, run};
use crate::prepare::{Need, Preparation};
use crate::workspace::Workspace;

/// The product's name on every screen and package.
const PRODUCT: &str = "旧改一本账";

/// The version of the workspace, which all packages bear.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Systems that packages are made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum System {
    Windows,
    Linux,
}

fn parse(arguments: &[String]) -> Result<Vec<System>, Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(vec![System::Windows, System::Linux]),
        ["--target", "windows"] => Ok(vec![System::Windows]),
        ["--target", "linux"] => Ok(vec![System::Linux]),
        _ => Err(Failure::new(
            format!("不认识“{}”。", words.join(" ")),
            "写法：cargo xtask package [--target windows|linux]",
        )),
    }
}

/// Makes the packages and their sums in `out/`.
pub(crate) fn package(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let systems = parse(arguments)?;
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "安装包只在 Debian、Ubuntu 上制作。",
            "Windows 上可以用 WSL 里的 Debian；日常开发用 cargo xtask run 和 test。",
        ));
    }
    Preparation::new(workspace).provide(&[Need::PackageTools, Need::UiModules, Need::UiDist])?;
    let out = workspace.out();
    fs::create_dir_all(&out).map_err(|cause| toolchain::cannot_write(&out, &cause))?;
    let mut made = Vec::new();
    for system in systems {
        made.extend(match system {
            System::Windows => for_windows(workspace)?,
            System::Linux => vec![deb::make(workspace)?],
        });
    }
    write_sums(&out)?;
    println!("\n制作完毕：");
    for file in made {
        let size = fs::metadata(&file).map_or(0, |about| about.len());
        println!("  {:>6.1} MB  {}", megabytes(size), file.display());
    }
    println!("  校验值：{}", out.join(SUMS).display());
    Ok(())
}

/// Builds for Windows, then the installer and the portable archive.
fn for_windows(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let toolchain = toolchain::provide(workspace)?;
    build(workspace, &toolchain)?;
    let stage = stage::for_windows(workspace, &toolchain)?;
    Ok(vec![
        installer::make(workspace, &stage, VERSION)?,
        installer::make_portable(workspace, &stage)?,
    ])
}

/// The programs of one release build.
fn build(workspace: &Workspace, toolchain: &toolchain::Toolchain) -> Result<(), Failure> {
    run(
        &mut toolchain.cargo(workspace, RELEASE),
        "请看上面编译器的报错。",
    )
}

const RELEASE: [&str; 5] = [
    "build",
    "--release",
    "--package=jiugai-desktop",
    "--package=jiugai-door",
    "--locked",
];

const SUMS: &str = "SHA256SUMS.txt";

/// Sums of everything that lies in `out/`, in the form that `sha256sum -c` reads.
fn write_sums(out: &Path) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for path in stage::files(out)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_file() && name != SUMS {
            lines.push(format!("{} *{name}\n", toolchain::sha256(&path)?));
        }
    }
    let sums = out.join(SUMS);
    fs::write(&sums, lines.concat()).map_err(|cause| toolchain::cannot_write(&sums, &cause))
}

/// Bytes as people read them.
fn megabytes(bytes: u64) -> f64 {
    let tenths = u32::try_from(bytes / 100_000).unwrap_or(u32::MAX);
    f64::from(tenths) / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn systems_are_chosen_by_name() {
        assert_eq!(parse(&[]), Ok(vec![System::Windows, System::Linux]));
        assert_eq!(parse(&words("--target windows")), Ok(vec![System::Windows]));
        assert_eq!(parse(&words("--target linux")), Ok(vec![System::Linux]));
        for wrong in ["--target", "--target mac", "windows"] {
            assert!(parse(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_are_rounded_down_to_tenths() {
        assert!((megabytes(10_850_000) - 10.8).abs() < 1e-9);
    }
}
