//! The window's process: time until it is usable, memory when idle. Needs a screen and the
//! programs that `cargo xtask bench` names in `JIUGAI_APP` and `JIUGAI_CLI`.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::ms;

/// Prints the lines of the process, or why there are none.
pub(crate) fn report(folder: &Path) {
    if let Some(cli) = std::env::var_os("JIUGAI_CLI") {
        let ledger = folder.join("cli.jgdb");
        let start = Instant::now();
        let done = Command::new(cli)
            .args([Path::new("sample"), &ledger])
            .env("JIUGAI_DATA", folder.join("cli"))
            .stdout(Stdio::null())
            .status();
        if done.is_ok_and(|status| status.success()) {
            println!(
                "| 命令行建立示例台账（整个进程） | {} | — |",
                ms(start.elapsed())
            );
        }
    }
    let Some(app) = std::env::var_os("JIUGAI_APP") else {
        println!("\n没有测窗口：没有给出 JIUGAI_APP。");
        return;
    };
    let mut rows = Vec::new();
    for _ in 0..3 {
        match window(Path::new(&app), folder) {
            Some(measured) => rows.push(measured),
            None => {
                println!("\n没有测窗口：窗口没有在 60 秒内出现。");
                return;
            }
        }
    }
    println!(
        "| 启动到窗口出现（示例台账；不含网页内容画完） | {} | {} |",
        ms(rows[0].0),
        ms(rows[2].0)
    );
    println!(
        "| 空闲时主进程内存 RSS / PSS | {} MB / {} MB | {} MB / {} MB |",
        rows[0].1, rows[0].2, rows[2].1, rows[2].2
    );
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Time until a window of the product is on the screen, and the memory of its main process.
fn window(app: &Path, folder: &Path) -> Option<(Duration, u64, u64)> {
    let start = Instant::now();
    let child = Command::new(app)
        .env("JIUGAI_DATA", folder.join("window"))
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .spawn()
        .ok()?;
    let running = Running(child);
    let pid = running.0.id().to_string();
    let shown = loop {
        let found = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--pid", &pid])
            .output()
            .ok()?;
        if !found.stdout.is_empty() {
            break start.elapsed();
        }
        if start.elapsed() > Duration::from_secs(60) {
            return None;
        }
    };
    // Idle: no processor time used between two looks.
    let mut before = String::new();
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        let now = std::fs::read_to_string(format!("/proc/{pid}/schedstat")).ok()?;
        if now == before {
            break;
        }
        before = now;
        Command::new("xdotool").args(["sleep", "1"]).status().ok()?;
    }
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let megabytes = |name: &str| {
        let line = rollup.lines().find(|line| line.starts_with(name))?;
        Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
    };
    Some((shown, megabytes("Rss:")?, megabytes("Pss:")?))
}
