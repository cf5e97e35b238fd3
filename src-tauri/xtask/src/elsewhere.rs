//! Machines without `apt-get`: what is missing there and the way to get it. Nothing is installed.

use std::path::Path;
use std::process::Command;

use crate::command::output;
use crate::host;

/// What is missing where packages are not installed by this program, with the way to get it.
pub(crate) fn missing() -> Vec<String> {
    let mut missing = Vec::new();
    if cfg!(windows) {
        let has_linker = host::find_program("link").is_some()
            || host::find_program("gcc").is_some()
            || Path::new(r"C:\Program Files (x86)\Microsoft Visual Studio").is_dir()
            || Path::new(r"C:\Program Files\Microsoft Visual Studio").is_dir();
        if !has_linker {
            missing.push(
                "C++ 生成工具：winget install Microsoft.VisualStudio.2022.BuildTools，勾选“使用 C++ 的桌面开发”"
                    .to_owned(),
            );
        }
        let webview = Path::new(r"C:\Program Files (x86)\Microsoft\EdgeWebView\Application");
        if !webview.is_dir() {
            missing.push(
                "WebView2 运行时：winget install Microsoft.EdgeWebView2Runtime（Windows 11 自带）"
                    .to_owned(),
            );
        }
        if !has_libclang(&[r"C:\Program Files\LLVM\bin\libclang.dll"]) {
            missing.push(
                "libclang：winget install LLVM.LLVM（装在别处时，把环境变量 LIBCLANG_PATH 指向它的 bin 目录）"
                    .to_owned(),
            );
        }
        if host::find_program("perl").is_none() {
            missing.push("Perl：winget install StrawberryPerl.StrawberryPerl".to_owned());
        }
    } else if cfg!(target_os = "macos") {
        if output(Command::new("xcode-select").arg("-p")).is_none() {
            missing.push("命令行开发工具（含 libclang）：xcode-select --install".to_owned());
        }
    } else {
        for (module, how) in [
            (
                "webkit2gtk-4.1",
                "Fedora：dnf install webkit2gtk4.1-devel；Arch：pacman -S webkit2gtk-4.1",
            ),
            (
                "gtk+-3.0",
                "Fedora：dnf install gtk3-devel；Arch：pacman -S gtk3",
            ),
            (
                "librsvg-2.0",
                "Fedora：dnf install librsvg2-devel；Arch：pacman -S librsvg",
            ),
            (
                "openssl",
                "Fedora：dnf install openssl-devel；Arch：pacman -S openssl",
            ),
        ] {
            if output(Command::new("pkg-config").args(["--exists", module])).is_none() {
                missing.push(format!("{module}：{how}"));
            }
        }
        if host::find_program("cc").is_none() {
            missing.push(
                "C 编译器：Fedora：dnf group install c-development；Arch：pacman -S base-devel"
                    .to_owned(),
            );
        }
        if host::find_program("perl").is_none() {
            missing.push("Perl：Fedora：dnf install perl；Arch：pacman -S perl".to_owned());
        }
        if !has_libclang(&["/usr/lib64/libclang.so", "/usr/lib/libclang.so"]) {
            missing.push(
                "libclang：Fedora：dnf install clang-devel；Arch：pacman -S clang".to_owned(),
            );
        }
    }
    missing
}

fn has_libclang(places: &[&str]) -> bool {
    std::env::var_os("LIBCLANG_PATH").is_some()
        || host::find_program("llvm-config").is_some()
        || places.iter().any(|place| Path::new(place).exists())
}
