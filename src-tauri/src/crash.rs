//! Panics and defects into the log: where in the program, never what was in the ledger.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::panic::PanicHookInfo;
use std::sync::Arc;

use jiugai_api::{Clock, Log, SystemClock};

/// Lines of a backtrace that are kept.
const FRAMES: usize = 120;

thread_local! {
    /// The command that this thread works on.
    static COMMAND: Cell<&'static str> = const { Cell::new("") };
}

/// Runs the work of a command, so that a panic in it is told with its name.
pub(crate) fn during<T>(command: &'static str, work: impl FnOnce() -> T) -> T {
    let before = COMMAND.replace(command);
    let value = work();
    COMMAND.set(before);
    value
}

/// The command in the name of a closure: `jiugai_desktop::commands::backup::backup_list::{{closure}}`.
pub(crate) fn command_of(type_name: &'static str) -> &'static str {
    type_name
        .trim_end_matches("::{{closure}}")
        .rsplit("::")
        .next()
        .unwrap_or(type_name)
}

/// A defect that was caught and became an error.
pub(crate) fn defect(log: &Log, command: &str) {
    log.write(SystemClock.now(), &entry("defect", command, "", "", ""));
}

/// The window did not open.
pub(crate) fn no_window(log: &Log, error: &tauri::Error) {
    log.write(
        SystemClock.now(),
        &entry("no window", "", "", &error.to_string(), ""),
    );
}

/// Panics of every thread go into the log; what was done with them before is still done.
pub(crate) fn install(log: Log) {
    let before: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = Arc::from(std::panic::take_hook());
    std::panic::set_hook(Box::new(move |info| {
        log.write(SystemClock.now(), &panic_entry(info));
        before(info);
    }));
}

fn panic_entry(info: &PanicHookInfo<'_>) -> String {
    let place = info
        .location()
        .map(|place| format!("{}:{}:{}", place.file(), place.line(), place.column()))
        .unwrap_or_default();
    // Only words of the program itself: what was put together at run time may hold a cell.
    let words = info.payload().downcast_ref::<&'static str>().copied();
    let trace = format!("{:#}", Backtrace::force_capture());
    let trace: Vec<&str> = trace.lines().take(FRAMES).collect();
    // Addresses in a program without symbols mean something only beside a known one.
    let anchor = format!("anchor {:p}\n{}", install as fn(Log), trace.join("\n"));
    entry(
        "panic",
        COMMAND.get(),
        &place,
        words.unwrap_or_default(),
        &anchor,
    )
}

fn entry(sort: &str, command: &str, place: &str, words: &str, trace: &str) -> String {
    let or_dash = |text: &str| {
        if text.is_empty() {
            "-".to_owned()
        } else {
            text.to_owned()
        }
    };
    format!(
        "{sort} version={} system={} command={} at={} words={}\n{trace}",
        env!("CARGO_PKG_VERSION"),
        jiugai_api::system().replace(' ', "_"),
        or_dash(command),
        or_dash(place),
        or_dash(words),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn commands_are_named_by_their_closures() {
        for (name, command) in [
            (
                "jiugai_desktop::commands::backup::backup_list::{{closure}}",
                "backup_list",
            ),
            (
                "jiugai_api::session::Session::ledger_recover",
                "ledger_recover",
            ),
            ("a::b::{{closure}}::{{closure}}", "b"),
        ] {
            assert_eq!(command_of(name), command);
        }
    }

    #[test]
    fn a_panic_is_told_with_place_and_command_and_without_what_it_was_about() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let log = Log::new(folder.path());
        let secret = String::from("王小明 13900001234");
        install(log.clone());
        let fixed = catch_unwind(AssertUnwindSafe(|| {
            during("record_edit", || panic!("a plain sentence"));
        }));
        assert!(fixed.is_err());
        COMMAND.set("");
        let told = catch_unwind(AssertUnwindSafe(|| {
            during("record_edit", || panic!("about {secret}"));
        }));
        assert!(told.is_err());
        drop(std::panic::take_hook());

        let files = log.files();
        let text = String::from_utf8(files[0].1.clone()).expect("text");
        assert!(text.contains("words=a plain sentence"));
        assert!(text.contains("command=record_edit at=src"), "{text}");
        assert!(text.contains("crash.rs:") && text.contains("anchor 0x"));
        assert!(!text.contains("王小明") && !text.contains("13900001234"));
        assert!(text.contains("words=-"));
    }
}
