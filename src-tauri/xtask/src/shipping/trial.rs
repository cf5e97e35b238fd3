//! Trying what users install: installing, upgrading, working and uninstalling under Wine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::installer;
use super::stage::{self, make_folder, write};
use super::toolchain::{self, Toolchain, remove};
use super::wine::Wine;
use super::{PRODUCT, VERSION};
use crate::command::{Failure, run, shown};
use crate::workspace::Workspace;

/// A version that is older than any that ships.
const OLDER: &str = "0.0.1";
const UNINSTALL: &str =
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\cn.jiugai.ledger";
const WEBVIEW: &str =
    r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";

/// Makes the installer and does with it what users do.
pub(crate) fn try_all(workspace: &Workspace) -> Result<(), Failure> {
    super::package(workspace, &["--target".to_owned(), "windows".to_owned()])?;
    let toolchain = toolchain::provide(workspace)?;
    let trial = Trial::new(workspace)?;
    trial.refuses_old_windows()?;
    trial.installs_an_older_version()?;
    trial.upgrades_and_keeps_data()?;
    trial.works_from_the_installed_folder()?;
    trial.passes_the_tests_of_the_command_line(&toolchain)?;
    trial.says_what_is_missing_and_is_not_replaced_while_it_runs()?;
    trial.takes_the_offline_runtime_beside_it()?;
    trial.uninstalls_and_leaves_data()?;
    println!("\n安装程序在 Wine 里全部通过。");
    Ok(())
}

struct Trial<'a> {
    workspace: &'a Workspace,
    wine: Wine,
    /// Folder of the installers; the older one and the stand-ins lie there too.
    work: PathBuf,
    installer: PathBuf,
    installed: PathBuf,
    /// A ledger among the person's documents, settings, and a ledger inside the program's own folder.
    kept: [PathBuf; 3],
}

impl<'a> Trial<'a> {
    fn new(workspace: &'a Workspace) -> Result<Self, Failure> {
        let wine = Wine::new(workspace)?;
        let work = workspace.cache().join("windows").join("trial");
        remove(&work)?;
        make_folder(&work)?;
        let home = wine.home()?;
        let installed = home.join("AppData/Local/Programs").join(PRODUCT);
        let kept = [
            home.join("Documents/街道 台账/五交化家属院.jgdb"),
            home.join("AppData/Roaming/cn.jiugai.ledger/settings.json"),
            installed.join("我的台账.jgdb"),
        ];
        Ok(Self {
            installer: workspace
                .out()
                .join(format!("{PRODUCT}_{VERSION}_安装程序.exe")),
            workspace,
            wine,
            work,
            installed,
            kept,
        })
    }

    fn refuses_old_windows(&self) -> Result<(), Failure> {
        self.wine.pretend("win7")?;
        let refused = self.ends_with(self.silently(&self.installer), 3);
        self.wine.pretend("win10")?;
        refused?;
        expect(
            !self.installed.exists(),
            "太旧的 Windows 上不应装下任何文件",
        )?;
        passed("Windows 7 上拒绝安装，返回 3")
    }

    fn installs_an_older_version(&self) -> Result<(), Failure> {
        let older = self.work.join("older.exe");
        let stage = self.workspace.cache().join("windows").join("stage");
        installer::compile(self.workspace, &stage, OLDER, &older, false)?;
        self.ends_with(self.silently(&older), 0)?;
        self.is_whole()?;
        self.says_version(OLDER)?;
        let opens = self
            .wine
            .registry(
                r"HKCU\Software\Classes\cn.jiugai.ledger.jgdb\shell\open\command",
                "",
            )
            .unwrap_or_default();
        expect(
            opens.contains("jiugai-desktop.exe") && opens.contains("%1"),
            &format!("双击 .jgdb 应打开本软件，登记的是“{opens}”"),
        )?;
        passed("静默安装，文件齐全，.jgdb 已关联")
    }

    fn upgrades_and_keeps_data(&self) -> Result<(), Failure> {
        for path in &self.kept {
            if let Some(folder) = path.parent() {
                make_folder(folder)?;
            }
        }
        let [ledger, settings, inside] = &self.kept;
        self.ends_with(self.command_line("sample", &[ledger]), 0)?;
        write(settings, "{}")?;
        write(inside, "不是程序的文件")?;
        let before = toolchain::sha256(ledger)?;
        self.ends_with(self.silently(&self.installer), 0)?;
        self.is_whole()?;
        self.says_version(VERSION)?;
        self.data_is_there()?;
        expect(toolchain::sha256(ledger)? == before, "升级不应改动台账")?;
        passed("覆盖升级，台账、设置和安装目录里的其他文件都没有动")
    }

    fn works_from_the_installed_folder(&self) -> Result<(), Failure> {
        let program = self.installed.join("jiugai-desktop.exe");
        let mut command = self.wine.command(&program);
        command.arg("--self-test");
        self.ends_with(command, 0)?;
        self.ends_with(self.command_line("verify", &[&self.kept[0]]), 0)?;
        passed("从安装目录自检，命令行核对台账")
    }

    fn passes_the_tests_of_the_command_line(&self, toolchain: &Toolchain) -> Result<(), Failure> {
        let mut command = toolchain.cargo(
            self.workspace,
            [
                "test",
                "--release",
                "--package=jiugai-desktop",
                "--package=jiugai-cli",
                "--test=commands",
                "--locked",
            ],
        );
        self.wine.surround(&mut command);
        command.env("JIUGAI_PROGRAM", self.installed.join("jiugai.exe"));
        command.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "wine");
        run(&mut command, "看上面失败的测试。")?;
        passed("命令行自己的测试")
    }

    /// There is no WebView2 in Wine, so the program says so and waits: that is both what it should do and a program
    /// that runs.
    fn says_what_is_missing_and_is_not_replaced_while_it_runs(&self) -> Result<(), Failure> {
        let program = self.installed.join("jiugai-desktop.exe");
        let mut running = self
            .wine
            .command(&program)
            .stdin(Stdio::null())
            .spawn()
            .map_err(|cause| Failure::new(format!("程序启动不了：{cause}"), ""))?;
        let seen = run(
            self.wine.on_screen("xdotool").args([
                "search",
                "--sync",
                "--onlyvisible",
                "--name",
                PRODUCT,
            ]),
            "缺少 WebView2 时应出现一个中文提示框。",
        );
        let pictured = run(
            self.wine
                .on_screen("import")
                .args(["-window", "root"])
                .arg(self.work.join("缺少WebView2.png")),
            "需要 ImageMagick。",
        );
        let refused = self.ends_with(self.silently(&self.installer), 4);
        self.wine.stop();
        running.wait().ok();
        seen.and(pictured).and(refused)?;
        self.is_whole()?;
        passed("缺少 WebView2 时出现提示框；运行中不会被覆盖，返回 4")
    }

    fn takes_the_offline_runtime_beside_it(&self) -> Result<(), Failure> {
        expect(
            self.wine.registry(WEBVIEW, "pv").is_none(),
            "Wine 里本不应有 WebView2",
        )?;
        let stand_in = self
            .work
            .join("MicrosoftEdgeWebView2RuntimeInstallerX64.exe");
        run(
            Command::new("makensis")
                .args(["-V2", "-INPUTCHARSET", "UTF8"])
                .arg(format!("-DOUTPUT={}", stand_in.display()))
                .arg(
                    self.workspace
                        .root
                        .join("src-tauri/windows/webview-stand-in.nsi"),
                ),
            "请看上面 makensis 的报错。",
        )?;
        let beside = self.work.join("安装程序.exe");
        stage::copy(&self.installer, &beside)?;
        self.ends_with(self.silently(&beside), 0)?;
        let found = self.wine.registry(WEBVIEW, "pv");
        expect(
            found.as_deref() == Some("1.2.3.4"),
            "旁边的离线运行时没有被装上",
        )?;
        passed("旁边放着的 WebView2 离线安装程序被装上")
    }

    fn uninstalls_and_leaves_data(&self) -> Result<(), Failure> {
        self.ends_with(self.silently(&self.installed.join("uninstall.exe")), 0)?;
        self.wine.settle()?;
        let left: Vec<String> = stage::files(&self.installed)?
            .iter()
            .map(|path| {
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        expect(
            left == ["我的台账.jgdb"],
            &format!("卸载后安装目录里还剩：{}", left.join("、")),
        )?;
        expect(
            self.wine.registry(UNINSTALL, "DisplayVersion").is_none(),
            "卸载后仍登记在“应用”列表里",
        )?;
        self.data_is_there()?;
        passed("静默卸载，台账、设置都在，别人的文件也在")
    }

    /// Every staged file is in the installed folder, byte by byte.
    fn is_whole(&self) -> Result<(), Failure> {
        let stage = self.workspace.cache().join("windows").join("stage");
        let staged = crate::stamp::tree(&stage, |_| false)
            .map_err(|cause| stage::cannot_read(&stage.display().to_string(), &cause))?;
        for (name, path) in staged {
            let installed = fs::read(self.installed.join(&name)).unwrap_or_default();
            let same = fs::read(&path).is_ok_and(|staged| staged == installed);
            expect(same, &format!("装下的 {name} 与打包时的不一样"))?;
        }
        Ok(())
    }

    fn says_version(&self, expected: &str) -> Result<(), Failure> {
        let found = self
            .wine
            .registry(UNINSTALL, "DisplayVersion")
            .unwrap_or_default();
        expect(
            found == expected,
            &format!("登记的版本应是 {expected}，实为“{found}”"),
        )
    }

    fn data_is_there(&self) -> Result<(), Failure> {
        for path in &self.kept {
            expect(path.is_file(), &format!("{} 不见了", path.display()))?;
        }
        Ok(())
    }

    fn silently(&self, program: &Path) -> Command {
        let mut command = self.wine.command(program);
        command.arg("/S");
        command
    }

    fn command_line(&self, word: &str, paths: &[&PathBuf]) -> Command {
        let mut command = self.wine.command(&self.installed.join("jiugai.exe"));
        command.arg(word);
        for path in paths {
            command.arg(as_windows(path));
        }
        command
    }

    fn ends_with(&self, mut command: Command, expected: i32) -> Result<(), Failure> {
        let line = shown(&command);
        println!("$ {line}");
        let ended = command
            .stdin(Stdio::null())
            .status()
            .map_err(|cause| Failure::new(format!("无法启动“{line}”：{cause}"), ""))?
            .code();
        expect(
            ended == Some(expected),
            &format!("“{line}”应返回 {expected}，实为 {ended:?}"),
        )
    }
}

/// The same path as programs in Wine write it.
fn as_windows(path: &Path) -> String {
    format!("Z:{}", path.display()).replace('/', "\\")
}

fn expect(holds: bool, otherwise: &str) -> Result<(), Failure> {
    if holds {
        return Ok(());
    }
    Err(Failure::new(
        format!("{otherwise}。"),
        "改好后只重跑这一步：cargo xtask test --only package",
    ))
}

fn passed(what: &str) -> Result<(), Failure> {
    println!("通过：{what}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_windows_does() {
        assert_eq!(
            as_windows(Path::new("/a/街道 台账/b.jgdb")),
            r"Z:\a\街道 台账\b.jgdb"
        );
    }
}
