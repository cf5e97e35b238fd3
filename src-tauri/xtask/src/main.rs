//! The recipes: `cargo xtask run`, `test`, `trust`, `bench`, `package`, `setup`, `fmt`, `icons`.
//!
//! Invariant: no dependency outside the standard library, so that this program compiles on a machine where
//! nothing is installed yet. Nothing is done twice: packages, npm modules and the built UI are compared with
//! what they were made from before any work starts.

#![expect(
    clippy::print_stdout,
    reason = "talking to the person at the terminal is what a recipe is for"
)]

mod checks;
mod command;
mod elsewhere;
mod host;
mod icons;
mod npm;
mod packages;
mod prepare;
mod recipes;
mod shipping;
mod stamp;
mod steps;
mod workspace;

use std::process::ExitCode;

use crate::command::Failure;
use crate::workspace::Workspace;

const USAGE: &str = "\
用法：
  cargo xtask run [--release] [-- 台账文件]   安装缺少的软件，构建并打开应用
  cargo xtask test [--only 步骤]… [--list]    安装缺少的软件，运行全部检查
  cargo xtask trust [倍数]                    故障与随机操作的测试，做五倍或指定倍数
  cargo xtask bench [参数]                    以发布方式构建并测量速度
  cargo xtask package [--target 系统]         制作安装包（windows、linux），放在 out/
  cargo xtask setup                           只安装缺少的软件
  cargo xtask fmt                             整理代码格式
  cargo xtask icons                           由 icons/icon.svg 重新生成各尺寸图标";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let workspace = Workspace::find();
    match dispatch(&workspace, &arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            println!("\n✗ {}", failure.what);
            if !failure.advice.is_empty() {
                println!("  怎么办：{}", failure.advice);
            }
            ExitCode::FAILURE
        }
    }
}

fn dispatch(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let Some((recipe, rest)) = arguments.split_first() else {
        return Err(Failure::new("没有写要做什么。", USAGE));
    };
    match recipe.as_str() {
        "run" => recipes::run(workspace, rest),
        "test" => steps::test(workspace, rest),
        "trust" => recipes::trust(workspace, rest),
        "bench" => recipes::bench(workspace, rest),
        "package" => shipping::package(workspace, rest),
        "setup" => recipes::setup(workspace),
        "fmt" => recipes::format(workspace),
        "icons" => icons::make(workspace),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(Failure::new(format!("不认识“{unknown}”。"), USAGE)),
    }
}
