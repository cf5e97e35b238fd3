//! `cargo xtask test`: everything that has to be green, in the order of cost.

use std::time::{Duration, Instant};

use crate::checks::{self, Outcome};
use crate::command::Failure;
use crate::prepare::{Need, Preparation};
use crate::workspace::Workspace;

/// One step of the tests.
struct Step {
    /// Name for `--only`.
    name: &'static str,
    /// What it checks, in people's words.
    title: &'static str,
    needs: &'static [Need],
    /// Why the step is left out unless it is asked for by name.
    leave: fn(&Workspace) -> Option<&'static str>,
    run: fn(&Workspace) -> Result<Outcome, Failure>,
}

const STEPS: [Step; 10] = [
    Step {
        name: "fmt",
        title: "代码格式",
        needs: &[Need::RustComponents],
        leave: never,
        run: checks::check_format,
    },
    Step {
        name: "clippy",
        title: "静态检查",
        needs: &[
            Need::TestTools,
            Need::RustComponents,
            Need::UiModules,
            Need::UiDist,
        ],
        leave: never,
        run: checks::lint,
    },
    Step {
        name: "rust",
        title: "Rust 测试",
        needs: &[
            Need::TestTools,
            Need::UiModules,
            Need::UiDist,
            Need::Crates,
            Need::Programs,
        ],
        leave: never,
        run: checks::test_rust,
    },
    Step {
        name: "ui",
        title: "界面检查与测试",
        needs: &[Need::UiModules],
        leave: never,
        run: checks::test_ui,
    },
    Step {
        name: "e2e",
        title: "浏览器流程",
        needs: &[
            Need::TestTools,
            Need::UiModules,
            Need::UiDist,
            Need::Programs,
            Need::FlowModules,
            Need::Browser,
        ],
        leave: never,
        run: checks::test_flows,
    },
    Step {
        name: "native",
        title: "真实窗口",
        needs: &[
            Need::TestTools,
            Need::UiModules,
            Need::UiDist,
            Need::Programs,
            Need::FlowModules,
        ],
        leave: never,
        run: checks::test_window,
    },
    Step {
        name: "windows",
        title: "Windows 编译检查",
        needs: &[Need::WindowsTools, Need::UiModules, Need::UiDist],
        leave: never,
        run: checks::check_windows,
    },
    Step {
        name: "package",
        title: "Windows 安装包",
        needs: &[Need::PackageTools, Need::UiModules, Need::UiDist],
        leave: checks::leave_installer,
        run: checks::try_installer,
    },
    Step {
        name: "deny",
        title: "依赖许可证与来源",
        needs: &[Need::Crates],
        leave: never,
        run: checks::check_dependencies,
    },
    Step {
        name: "tree",
        title: "源代码未被改动",
        needs: &[],
        leave: never,
        run: checks::check_tree,
    },
];

fn never(_: &Workspace) -> Option<&'static str> {
    None
}

/// What the words after `test` ask for.
#[derive(Debug, PartialEq, Eq)]
enum Request {
    List,
    All,
    Only(Vec<String>),
}

fn parse(arguments: &[String]) -> Result<Request, Failure> {
    let mut only = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--list" => return Ok(Request::List),
            "--only" => match words.next() {
                Some(name) if STEPS.iter().any(|step| step.name == name) => only.push(name.clone()),
                name => {
                    return Err(Failure::new(
                        format!("没有名为“{}”的步骤。", name.map_or("", String::as_str)),
                        "用 cargo xtask test --list 查看全部步骤。",
                    ));
                }
            },
            unknown => {
                return Err(Failure::new(
                    format!("不认识“{unknown}”。"),
                    "写法：cargo xtask test [--only 步骤]… [--list]",
                ));
            }
        }
    }
    Ok(if only.is_empty() {
        Request::All
    } else {
        Request::Only(only)
    })
}

/// Runs the steps asked for, stops at the first that fails, and ends with a table of times.
pub(crate) fn test(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let request = parse(arguments)?;
    if request == Request::List {
        for step in &STEPS {
            println!("{:<8}{}", step.name, step.title);
        }
        return Ok(());
    }
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| match &request {
            Request::Only(names) => names.iter().any(|name| name == step.name),
            _ => true,
        })
        .collect();

    let mut preparation = Preparation::new(workspace);
    let mut table = Vec::new();
    let mut failed = None;
    for (index, step) in chosen.iter().enumerate() {
        if failed.is_some() {
            table.push(row(None, "未运行", step));
            continue;
        }
        println!(
            "\n【{}/{}】{} {}",
            index + 1,
            chosen.len(),
            step.name,
            step.title
        );
        let start = Instant::now();
        let left_out = match &request {
            Request::All => (step.leave)(workspace),
            _ => None,
        };
        let result = match left_out {
            Some(reason) => Ok(Outcome::Skipped(reason)),
            None => preparation
                .provide(step.needs)
                .and_then(|()| (step.run)(workspace)),
        };
        let took = Some(start.elapsed());
        match result {
            Ok(Outcome::Passed) => table.push(row(took, "通过", step)),
            Ok(Outcome::Skipped(reason)) => {
                println!("跳过：{reason}");
                table.push(row(took, "跳过", step));
            }
            Err(failure) => {
                table.push(row(took, "失败", step));
                failed = Some((step.name, step.title, failure));
            }
        }
    }
    println!("\n{}", table.join("\n"));
    match failed {
        None => {
            println!("没有失败的步骤。");
            Ok(())
        }
        Some((name, title, failure)) => Err(Failure::new(
            format!("步骤“{title}”没有通过：{}", failure.what),
            format!(
                "{}\n  改好后只重跑这一步：cargo xtask test --only {name}",
                failure.advice
            ),
        )),
    }
}

/// One line of the table. Narrow columns first, so that wide characters cannot push them out of line.
fn row(took: Option<Duration>, outcome: &str, step: &Step) -> String {
    let took = took.map_or_else(
        || "-".to_owned(),
        |took| format!("{:.1}", took.as_secs_f64()),
    );
    format!("{took:>8} 秒  {:<8}{outcome}  {}", step.name, step.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn requests_are_read() {
        assert_eq!(parse(&[]), Ok(Request::All));
        assert_eq!(parse(&words("--list")), Ok(Request::List));
        assert_eq!(
            parse(&words("--only fmt --only ui")),
            Ok(Request::Only(words("fmt ui")))
        );
    }

    #[test]
    fn unknown_words_and_steps_are_refused() {
        for wrong in ["--onyl fmt", "--only", "--only fromat", "fmt"] {
            assert!(parse(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn step_names_are_unique() {
        for (index, step) in STEPS.iter().enumerate() {
            assert!(
                STEPS[..index]
                    .iter()
                    .all(|earlier| earlier.name != step.name),
                "{}",
                step.name
            );
        }
    }
}
