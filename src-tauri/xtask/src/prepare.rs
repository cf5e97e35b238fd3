//! What a step needs before it can start, each provided at most once in a run.

use std::collections::BTreeSet;

use crate::command::{Failure, run};
use crate::host;
use crate::npm;
use crate::packages::{self, Purpose};
use crate::workspace::Workspace;

/// Something that must be there before a step starts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// System packages for building and showing the window.
    RunTools,
    /// System packages for all tests.
    TestTools,
    /// System packages for compiling for Windows.
    WindowsTools,
    /// System packages for making installers and trying them.
    PackageTools,
    /// rustfmt and clippy.
    RustComponents,
    /// The source of every crate of the lock file, for every platform: the licence check reads all of them.
    Crates,
    /// `ui/node_modules`.
    UiModules,
    /// `ui/dist`, which the desktop host embeds when it is compiled.
    UiDist,
    /// `tests/e2e/node_modules`.
    FlowModules,
    /// Every program and test of the workspace, debug.
    Programs,
    /// A browser of the Chromium family.
    Browser,
}

/// Provides needs and remembers which are met.
pub(crate) struct Preparation<'a> {
    workspace: &'a Workspace,
    met: BTreeSet<Need>,
}

impl<'a> Preparation<'a> {
    pub(crate) fn new(workspace: &'a Workspace) -> Self {
        Self {
            workspace,
            met: BTreeSet::new(),
        }
    }

    /// Provides those of the needs that are not met yet, in the order given.
    pub(crate) fn provide(&mut self, needs: &[Need]) -> Result<(), Failure> {
        for &need in needs {
            if !self.met.contains(&need) {
                self.meet(need)?;
                self.met.insert(need);
            }
        }
        Ok(())
    }

    fn meet(&self, need: Need) -> Result<(), Failure> {
        let workspace = self.workspace;
        match need {
            Need::RunTools => packages::provide(Purpose::Run, workspace.unattended),
            Need::TestTools => packages::provide(Purpose::Test, workspace.unattended),
            Need::WindowsTools => packages::provide(Purpose::Windows, workspace.unattended),
            Need::PackageTools => packages::provide(Purpose::Package, workspace.unattended),
            Need::RustComponents => {
                packages::provide_rust_components(&|subcommand| workspace.cargo([subcommand]))
            }
            Need::Crates => run(
                &mut workspace.cargo(["fetch"]),
                "请检查网络和 cargo 的镜像设置后重试。",
            ),
            Need::UiModules => npm::install_modules(&workspace.ui()),
            Need::UiDist => npm::build_ui(workspace),
            Need::FlowModules => npm::install_modules(&workspace.flows()),
            // The whole workspace at once, tests included: the features of shared crates then are the same in
            // every build, and nothing is compiled twice.
            Need::Programs => run(
                &mut workspace.cargo(["build", "--workspace", "--bins", "--tests"]),
                "请看上面编译器的报错。",
            ),
            Need::Browser => match host::find_chromium() {
                Some(path) => {
                    println!("浏览器：{}", path.display());
                    Ok(())
                }
                None => Err(Failure::new(
                    "没有找到 Chromium、Chrome 或 Edge 浏览器。",
                    "请安装其中之一，或把环境变量 JIUGAI_CHROMIUM 设为它的完整路径。",
                )),
            },
        }
    }
}
