//! A Rust compiler that can build for Windows, made from Debian's packages alone.
//!
//! Debian ships `rustc-web` with its source, but no standard library for Windows; rustup's one comes from a host
//! that not every machine reaches. So the compiler is unpacked into the cache and builds the library itself, once.
//! Versions are pinned with their hashes: the same compiler everywhere, and a plain word when Debian moves on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{Failure, output, run};
use crate::packages;
use crate::workspace::Workspace;

/// What cargo calls the target.
pub(crate) const TARGET: &str = "x86_64-pc-windows-gnu";

/// The packages that are unpacked: name, version, SHA-256 (Debian 12, amd64).
const PINS: [(&str, &str, &str); 5] = [
    (
        "rustc-web",
        "1.96.0+dfsg1-1~deb12u2",
        "8fefe1d6377fe4082f5a9d2a47e095e2d20319eaab9754bd2f0275155c9adf90",
    ),
    (
        "rust-web-src",
        "1.96.0+dfsg1-1~deb12u2",
        "9de8597c464d0a9283672973ed7e50092b49a92b95861429043fe8b57468a208",
    ),
    (
        "libstd-rust-web-1.96",
        "1.96.0+dfsg1-1~deb12u2",
        "3755f30434ae29574c91b0beb86632bee401607b0ac35c3e52810f9a53fae0d1",
    ),
    (
        "libstd-rust-web-dev",
        "1.96.0+dfsg1-1~deb12u2",
        "e38dbeaaad673fc63fb47c5140cf34da271ac71c3ecafc828b762c2fb01fe77a",
    ),
    (
        "libllvm22",
        "1:22.1.8-1~deb12u1",
        "729ec3e943d320515c2bbdc96acfffd7ce34861e62bd5c42726bf586d644dfe2",
    ),
];

/// The compiler's own libraries lie beside it, not where the system looks.
const RUSTC: &str = r#"#!/bin/sh
d=$(dirname "$(readlink -f "$0")")
LD_LIBRARY_PATH=$d/usr/lib/x86_64-linux-gnu exec "$d/usr/bin/rustc" "$@"
"#;

/// The library's `panic_abort` has to be compiled with the strategy that it implements.
const WRAPPER: &str = r#"#!/bin/sh
case " $* " in *" --crate-name panic_abort "*) exec "$@" -Cpanic=abort;; esac
exec "$@"
"#;

const SEED: &str = "[package]\nname = \"stdseed\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
                    [profile.release]\ncodegen-units = 1\n[workspace]\n";

/// A compiler that is ready to use.
pub(crate) struct Toolchain {
    rustc: PathBuf,
    target_dir: PathBuf,
}

impl Toolchain {
    /// A cargo command that builds for Windows into a target folder of its own.
    pub(crate) fn cargo<'a>(
        &self,
        workspace: &Workspace,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Command {
        let mut command = workspace.cargo(arguments);
        command
            .args(["--target", TARGET])
            .env("RUSTC", &self.rustc)
            .env("CARGO_TARGET_DIR", &self.target_dir)
            .env("CARGO_INCREMENTAL", "0");
        command
    }

    /// A file that a release build leaves.
    pub(crate) fn built(&self, name: &str) -> PathBuf {
        self.target_dir.join(TARGET).join("release").join(name)
    }
}

/// Where the compiler and its builds lie; they are shared by all checkouts on this machine.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.cache().join("windows")
}

/// What this compiler built. A library made anew is another library, even from the same source: what was built
/// with the one before cannot be used with it, so it lies inside and goes with it.
fn target_dir(workspace: &Workspace) -> PathBuf {
    ready(workspace).join("target")
}

/// The compiler of the pinned version.
fn ready(workspace: &Workspace) -> PathBuf {
    folder(workspace).join(format!("rust-{}", PINS[0].1))
}

/// Whether a release build for Windows would find its dependencies compiled.
pub(crate) fn is_warm(workspace: &Workspace) -> bool {
    let release = target_dir(workspace).join(TARGET).join("release");
    release.join("jiugai-desktop.exe").is_file()
}

/// Makes the compiler unless the cache has it.
pub(crate) fn provide(workspace: &Workspace) -> Result<Toolchain, Failure> {
    let ready = ready(workspace);
    let toolchain = Toolchain {
        rustc: ready.join("rustc"),
        target_dir: target_dir(workspace),
    };
    if toolchain.rustc.is_file() {
        println!("Windows 编译器已在缓存里：{}", ready.display());
        return Ok(toolchain);
    }
    println!(
        "制作 Windows 编译器（约两分钟，只做一次）：{}",
        ready.display()
    );
    // Made beside and renamed at the end: what is there is always whole.
    let scratch = folder(workspace).join("making");
    remove(&scratch)?;
    make(workspace, &scratch)?;
    remove(&ready)?;
    fs::rename(&scratch, &ready).map_err(|cause| cannot_write(&ready, &cause))?;
    Ok(toolchain)
}

fn make(workspace: &Workspace, prefix: &Path) -> Result<(), Failure> {
    let packages = prefix.join("debs");
    fs::create_dir_all(&packages).map_err(|cause| cannot_write(&packages, &cause))?;
    fetch(workspace, &packages)?;
    for package in listed(&packages)? {
        run(
            Command::new("dpkg").arg("-x").arg(&package).arg(prefix),
            "请检查磁盘空间后重试。",
        )?;
    }
    write_program(&prefix.join("rustc"), RUSTC)?;
    write_program(&prefix.join("wrapper"), WRAPPER)?;
    build_library(workspace, prefix)?;
    for spent in [
        "seed",
        "debs",
        "usr/src",
        "usr/share",
        "usr/lib/rustlib/src",
    ] {
        remove(&prefix.join(spent))?;
    }
    Ok(())
}

/// Fetches the pinned packages through apt and compares their hashes.
fn fetch(workspace: &Workspace, into: &Path) -> Result<(), Failure> {
    let pinned: Vec<String> = PINS
        .iter()
        .map(|(name, version, _)| format!("{name}={version}"))
        .collect();
    let download = || {
        let mut command = Command::new("apt-get");
        command
            .args(["-q", "-o", "APT::Sandbox::User=root", "download"])
            .args(&pinned)
            .current_dir(into);
        command
    };
    if run(&mut download(), "").is_err() {
        if let Some(prefix) = packages::privilege(workspace.unattended) {
            run(
                &mut packages::apt(&prefix, &["update"]),
                "请检查网络和软件源。",
            )?;
        }
        run(&mut download(), "").map_err(|_| gone())?;
    }
    for (name, version, expected) in PINS {
        let file = listed(into)?
            .into_iter()
            .find(|path| {
                path.file_name()
                    .is_some_and(|file| file.to_string_lossy().starts_with(&format!("{name}_")))
            })
            .ok_or_else(gone)?;
        let found = sha256(&file)?;
        if found != expected {
            return Err(Failure::new(
                format!("{name} {version} 的校验值不对：应为 {expected}，实为 {found}。"),
                "软件源可能被篡改或缓存损坏。请换一个软件源重试；不要绕过这一项核对。",
            ));
        }
    }
    Ok(())
}

/// What to say when Debian no longer has the pinned versions, and how to move to those that it has.
fn gone() -> Failure {
    let pins: Vec<String> = PINS
        .iter()
        .filter_map(|(name, _, _)| {
            let record =
                output(Command::new("apt-cache").args(["show", "--no-all-versions", name]))?;
            Some(format!(
                "        (\"{name}\", \"{}\", \"{}\"),",
                field(&record, "Version")?,
                field(&record, "SHA256")?
            ))
        })
        .collect();
    let offered = if pins.is_empty() {
        "      软件源里已没有这些包：需要 Debian 12（bookworm）的 bookworm-security 源。".to_owned()
    } else {
        pins.join("\n")
    };
    Failure::new(
        format!(
            "软件源里没有固定的编译器版本 {}（Debian 会用新版本替换旧版本）。",
            PINS[0].1
        ),
        format!(
            "把 src-tauri/xtask/src/shipping/toolchain.rs 里的 PINS 换成软件源现有的版本\
             （libstd-rust-web-x.yy 的名字随版本变，libllvm 的编号看 apt-cache depends libstd-rust-web-x.yy），\
             再跑 cargo xtask test --only windows 和 --only package 确认：\n{offered}"
        ),
    )
}

/// The value of a line `Name: value` in a package record.
fn field<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    record
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn build_library(workspace: &Workspace, prefix: &Path) -> Result<(), Failure> {
    let seed = prefix.join("seed");
    let source = seed.join("src");
    fs::create_dir_all(&source).map_err(|cause| cannot_write(&source, &cause))?;
    for (path, text) in [(seed.join("Cargo.toml"), SEED), (source.join("lib.rs"), "")] {
        fs::write(&path, text).map_err(|cause| cannot_write(&path, &cause))?;
    }
    let target = seed.join("target");
    run(
        workspace
            .cargo(["build", "-q", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test")
            .current_dir(&seed)
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTC", prefix.join("rustc"))
            .env("RUSTC_WRAPPER", prefix.join("wrapper"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes"),
        "请看上面的报错，多半是连不上 cargo 的软件源。",
    )?;
    let library = prefix.join("usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&library).map_err(|cause| cannot_write(&library, &cause))?;
    for built in listed(&target.join(TARGET).join("release").join("deps"))? {
        let name = built
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libstdseed") {
            let to = library.join(name);
            fs::copy(&built, &to).map_err(|cause| cannot_write(&to, &cause))?;
        }
    }
    Ok(())
}

/// SHA-256 of a file, in hexadecimal, by the system's own program.
pub(crate) fn sha256(file: &Path) -> Result<String, Failure> {
    output(Command::new("sha256sum").arg("-b").arg(file))
        .and_then(|line| line.split_whitespace().next().map(str::to_owned))
        .ok_or_else(|| {
            Failure::new(
                format!("算不出 {} 的校验值。", file.display()),
                "需要 sha256sum（Debian 的 coreutils 里有）。",
            )
        })
}

/// The files of a folder, by name.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|cause| {
            Failure::new(
                format!("无法读取 {}：{cause}", folder.display()),
                "请重试。",
            )
        })?;
    files.sort();
    Ok(files)
}

fn write_program(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|cause| cannot_write(path, &cause))?;
    run(
        Command::new("chmod").arg("755").arg(path),
        "请检查磁盘的挂载方式。",
    )
}

/// Removes a file or folder; one that is not there is fine.
pub(crate) fn remove(path: &Path) -> Result<(), Failure> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else if path.exists() {
        fs::remove_file(path)
    } else {
        Ok(())
    };
    removed.map_err(|cause| {
        Failure::new(
            format!("无法删除 {}：{cause}", path.display()),
            "请手工删除后重试。",
        )
    })
}

pub(crate) fn cannot_write(path: &Path, cause: &std::io::Error) -> Failure {
    Failure::new(
        format!("无法写入 {}：{cause}", path.display()),
        "请检查目录的写入权限和磁盘空间。",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pin_has_a_whole_hash() {
        for (name, version, hash) in PINS {
            assert_eq!(hash.len(), 64, "{name} {version}");
            assert!(
                hash.chars().all(|digit| digit.is_ascii_hexdigit()),
                "{name}"
            );
        }
    }

    #[test]
    fn a_package_record_is_read_by_field() {
        let record = "Package: a\nVersion: 1:2.0-1\nSHA256: ab\n";
        assert_eq!(field(record, "Version"), Some("1:2.0-1"));
        assert_eq!(field(record, "SHA256"), Some("ab"));
        assert_eq!(field(record, "SHA1"), None);
    }

    #[test]
    fn a_file_is_hashed_as_published() {
        let file = std::env::temp_dir().join(format!("jiugai-sha-{}", std::process::id()));
        fs::write(&file, "abc").unwrap();
        let found = sha256(&file);
        fs::remove_file(&file).unwrap();
        assert_eq!(
            found.unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
