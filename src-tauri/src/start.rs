//! What keeps the window from opening, told in a dialog of the system: never silence.

/// The oldest Windows that the window's web view runs on: 10, version 1809.
const OLDEST_BUILD: u32 = 17763;

/// What is shown when there is no window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Title of the dialog.
    pub title: &'static str,
    /// What is the matter and what to do.
    pub text: String,
}

/// What keeps the window from opening on this machine, if anything: its Windows is too old, or
/// the web view is not installed. Elsewhere than on Windows the package brings what is needed.
#[must_use]
pub fn obstacle(windows_build: Option<u32>, web_view: bool) -> Option<Obstacle> {
    let build = windows_build?;
    if build < OLDEST_BUILD {
        return Some(Obstacle {
            title: "旧改一本账：这台电脑的 Windows 版本太旧",
            text: format!(
                "旧改一本账需要 Windows 10 的 1809 版或更新的 Windows（内部版本号 {OLDEST_BUILD} 以上），\
                 这台电脑的内部版本号是 {build}。\n\n\
                 请在“设置—更新和安全—Windows 更新”里更新后再打开，或者换一台电脑。\n\n\
                 台账文件没有变，可以拷到别的电脑上用。"
            ),
        });
    }
    if web_view {
        return None;
    }
    Some(Obstacle {
        title: "旧改一本账：还缺一个系统组件",
        text:
            "旧改一本账的窗口要用微软的 WebView2 组件，这台电脑上还没有装。不能上网也可以装：\n\n\
               1. 找一台能上网的电脑，打开微软网站，搜索“WebView2”，下载“常青独立安装程序 x64”\
               （Microsoft Edge WebView2 Evergreen Standalone Installer x64），拷到 U 盘。\n\
               2. 把 U 盘插到这台电脑上，双击运行它；不需要管理员权限，也不用上网。\
               也可以把它和旧改一本账的安装程序放在同一个文件夹里，再装一次旧改一本账。\n\
               3. 装完以后重新打开旧改一本账。\n\n\
               台账文件没有变。"
                .to_owned(),
    })
}

/// The window did not open although nothing seemed to be in the way.
#[must_use]
pub fn failure(logs: &std::path::Path) -> Obstacle {
    Obstacle {
        title: "旧改一本账没有打开",
        text: format!(
            "窗口没有打开，台账文件没有变。\n\n\
             请重新启动电脑后再试一次；还不行，请把下面这个文件夹里的文件发给技术支持：\n{}",
            logs.display()
        ),
    }
}

/// Shows it, and writes it where those look who started the program by hand.
pub fn show(obstacle: &Obstacle) {
    use std::io::Write as _;
    let told = writeln!(std::io::stderr(), "{}\n\n{}", obstacle.title, obstacle.text);
    // Without a console there is still the dialog.
    drop(told);
    #[cfg(windows)]
    {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title(obstacle.title)
            .set_description(&obstacle.text)
            .set_buttons(rfd::MessageButtons::Ok)
            .show();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_windows_and_a_missing_web_view_are_told_with_what_to_do() {
        assert_eq!(
            obstacle(None, false),
            None,
            "elsewhere the package asks for it"
        );
        assert_eq!(obstacle(Some(17763), true), None);
        assert_eq!(obstacle(Some(26100), true), None);

        for web_view in [true, false] {
            let old = obstacle(Some(17134), web_view).expect("too old");
            assert!(old.title.contains("太旧") && old.text.contains("17134"));
        }
        let missing = obstacle(Some(19045), false).expect("missing");
        for word in [
            "U 盘",
            "不需要管理员",
            "Standalone Installer x64",
            "重新打开",
        ] {
            assert!(missing.text.contains(word), "{word}");
        }
    }

    #[test]
    fn a_failure_names_the_folder_to_send() {
        let told = failure(std::path::Path::new("/数据/logs"));
        assert!(told.text.contains("/数据/logs") && told.text.contains("台账文件没有变"));
    }
}
