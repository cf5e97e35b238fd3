//! The package for Debian and Ubuntu.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::stage::{copy, lay_fonts, lay_licences, make_folder, write};
use super::toolchain::remove;
use super::{PRODUCT, VERSION};
use crate::command::{Failure, output, run};
use crate::recipes::build_released;
use crate::workspace::{Profile, Workspace};

/// The name that package managers know.
const NAME: &str = "jiugai";
const APPID: &str = "cn.jiugai.ledger";

/// Builds the release and wraps it up.
pub(super) fn make(workspace: &Workspace) -> Result<PathBuf, Failure> {
    build_released(workspace, &["jiugai-desktop", "jiugai-door"])?;
    let root = workspace.cache().join("deb");
    remove(&root)?;
    lay_programs(workspace, &root)?;
    lay_desktop(workspace, &root)?;
    let control = control(&depends(&root)?, installed_kib(&root)?);
    make_folder(&root.join("DEBIAN"))?;
    write(&root.join("DEBIAN/control"), &control)?;
    let to = workspace.out().join(format!("{NAME}_{VERSION}_amd64.deb"));
    let mut command = Command::new("dpkg-deb");
    command
        .args(["--root-owner-group", "-Zxz", "--build"])
        .arg(&root)
        .arg(&to);
    run(&mut command, "请看上面 dpkg-deb 的报错。")?;
    Ok(to)
}

fn lay_programs(workspace: &Workspace, root: &Path) -> Result<(), Failure> {
    let programs = root.join("usr/bin");
    make_folder(&programs)?;
    for (built, name) in [
        ("jiugai-desktop", "jiugai-desktop"),
        ("jiugai-door", "jiugai"),
    ] {
        copy(
            &workspace.binary(built, Profile::Release),
            &programs.join(name),
        )?;
    }
    lay_fonts(workspace, &root.join("usr/lib/jiugai/fonts"))?;
    let documents = root.join("usr/share/doc/jiugai");
    lay_licences(workspace, &documents)?;
    copy(
        &workspace.root.join("LICENSE"),
        &documents.join("copyright"),
    )
}

/// Menu entry, icons, and the file type that opens by a double click.
fn lay_desktop(workspace: &Workspace, root: &Path) -> Result<(), Failure> {
    let share = root.join("usr/share");
    let applications = share.join("applications");
    make_folder(&applications)?;
    write(
        &applications.join(format!("{APPID}.desktop")),
        &format!(
            "[Desktop Entry]\nType=Application\nName={PRODUCT}\nComment=老旧小区改造台账\n\
             Exec=jiugai-desktop %f\nIcon={APPID}\nTerminal=false\nCategories=Office;\n\
             MimeType=application/x-jiugai-ledger;\nStartupWMClass=jiugai-desktop\n"
        ),
    )?;
    let types = share.join("mime/packages");
    make_folder(&types)?;
    write(
        &types.join(format!("{APPID}.xml")),
        &format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <mime-info xmlns=\"http://www.freedesktop.org/standards/shared-mime-info\">\n\
             \u{20} <mime-type type=\"application/x-jiugai-ledger\">\n\
             \u{20}   <comment>{PRODUCT}台账</comment>\n\
             \u{20}   <icon name=\"{APPID}\"/>\n\
             \u{20}   <glob pattern=\"*.jgdb\"/>\n\
             \u{20} </mime-type>\n</mime-info>\n"
        ),
    )?;
    for (size, file) in [
        ("32x32", "32x32.png"),
        ("128x128", "128x128.png"),
        ("256x256", "128x128@2x.png"),
        ("512x512", "icon.png"),
    ] {
        let folder = share.join("icons/hicolor").join(size).join("apps");
        make_folder(&folder)?;
        copy(
            &workspace.root.join("icons").join(file),
            &folder.join(format!("{APPID}.png")),
        )?;
    }
    Ok(())
}

/// The libraries that the programs were linked with, by the packages that hold them.
fn depends(root: &Path) -> Result<String, Failure> {
    // dpkg-shlibdeps wants to stand in a source package.
    let work = root.with_extension("shlibdeps");
    make_folder(&work.join("debian"))?;
    write(
        &work.join("debian/control"),
        &format!("Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"),
    )?;
    let found = output(
        Command::new("dpkg-shlibdeps")
            .args(["-O", "--ignore-missing-info"])
            .args(["jiugai-desktop", "jiugai"].map(|name| root.join("usr/bin").join(name)))
            .current_dir(&work),
    );
    remove(&work)?;
    found
        .as_deref()
        .and_then(|text| text.trim().strip_prefix("shlibs:Depends="))
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("算不出 .deb 的依赖。", "手工运行 dpkg-shlibdeps 看报错。"))
}

fn control(depends: &str, installed_kib: u64) -> String {
    format!(
        "Package: {NAME}\nVersion: {VERSION}\nArchitecture: amd64\nMaintainer: {PRODUCT} <jiugai@localhost>\n\
         Installed-Size: {installed_kib}\nDepends: {depends}\nSection: misc\nPriority: optional\n\
         Description: 老旧小区改造的台账软件\n \
         小区、楼栋、房屋、住户、改造方案和打印，一个文件一本账，不联网。\n"
    )
}

fn installed_kib(folder: &Path) -> Result<u64, Failure> {
    let total = crate::stamp::tree(folder, |_| false)
        .and_then(|files| {
            files
                .values()
                .try_fold(0, |sum, path| Ok(sum + fs::metadata(path)?.len()))
        })
        .map_err(|cause| super::stage::cannot_read(&folder.display().to_string(), &cause))?;
    Ok(total.div_ceil(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_file_has_every_field_on_its_own_line() {
        let text = control("libc6 (>= 2.36)", 12);
        for line in [
            "Package: jiugai",
            "Installed-Size: 12",
            "Depends: libc6 (>= 2.36)",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(text.ends_with('\n'));
        assert!(
            text.lines()
                .skip_while(|line| !line.starts_with("Description"))
                .nth(1)
                .is_some_and(|line| line.starts_with(' '))
        );
    }
}
