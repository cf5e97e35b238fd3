//! What only Unix lets a test do to a medium or an owner: fail it in mid-write, put it to sleep, link it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::media::add;
use super::*;
use crate::backup::{Reason, folder_of};
use crate::lock::lock_path;
use crate::testing::{Place, small, stamp};
const FAILING: &str = "JIUGAI_FAILING_DISK";

/// Writes until the medium fails, reads, opens the file anew, and writes on.
fn write_on_a_failing_disk(path: &Path) {
    use std::io::Write as _;
    let options = OpenOptions::default();
    let mut ledger = Ledger::open(path, &options, &stamp(0)).unwrap();
    let say = |text: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}").unwrap();
        out.flush().unwrap();
    };
    let mut number = 10;
    let failed = loop {
        match add(&ledger, number) {
            Ok(_) => say(&format!("done {number}")),
            Err(error) => break error,
        }
        number += 1;
    };
    assert!(matches!(failed, StorageError::Io(_)), "{failed:?}");
    assert!(ledger.connection().is_autocommit(), "nothing hangs");
    let count: u16 = ledger
        .connection()
        .query_row("SELECT count(*) FROM building", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 2 + number - 10, "what was acknowledged can be read");
    assert!(!ledger.is_sound());
    assert!(ledger.reconnect(&stamp(1)).unwrap());
    for number in number..number + 5 {
        add(&ledger, number).unwrap();
        say(&format!("done {number}"));
    }
    say("good");
}

/// The system refuses to let any file grow beyond a size: a medium that fails in the middle of a
/// write, for this process only.
#[test]
fn a_medium_that_fails_in_mid_write_keeps_what_was_acknowledged() {
    if let Some(path) = std::env::var_os(FAILING) {
        return write_on_a_failing_disk(Path::new(&path));
    }
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    ledger.close().unwrap();
    let name = "ledger::media_unix::a_medium_that_fails_in_mid_write_keeps_what_was_acknowledged";
    let child = Command::new("sh")
        .args(["-c", "ulimit -f 2400 && trap '' XFSZ && exec \"$@\"", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(FAILING, &place.ledger)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    let complained = String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{said}{complained}");
    assert!(said.lines().any(|line| line == "good"), "{said}");
    let acknowledged = said.lines().filter(|line| line.contains("done ")).count();
    assert!(acknowledged > 10, "{said}");
    let ledger = place.open();
    let stored: i64 = ledger
        .connection()
        .query_row("SELECT count(*) FROM building", [], |row| row.get(0))
        .unwrap();
    assert_eq!(stored, 2 + i64::try_from(acknowledged).unwrap(), "{said}");
    assert_eq!(ledger.verify(&[]).unwrap(), []);
}

const SLEEPER: &str = "JIUGAI_SLEEPING_OWNER";

/// Has the ledger, says so, and waits to be ended.
fn own(path: &Path) {
    // By the clock of this owner it is thirty years ago.
    let ledger = Ledger::open(path, &OpenOptions::default(), &stamp(-15_768_000)).unwrap();
    println_owned();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    drop(ledger);
}

fn println_owned() {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    writeln!(out, "owned").unwrap();
    out.flush().unwrap();
}

/// A process that is stopped is what a sleeping laptop's is: it does nothing, however long.
#[test]
fn a_sleeping_owner_is_not_dead_and_a_dead_one_not_living() {
    if let Some(path) = std::env::var_os(SLEEPER) {
        return own(Path::new(&path));
    }
    let place = Place::new();
    place.create().close().unwrap();
    let name = "ledger::media_unix::a_sleeping_owner_is_not_dead_and_a_dead_one_not_living";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(SLEEPER, &place.ledger)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let owned = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .any(|line| line.unwrap().ends_with("owned"));
    assert!(owned);
    let stopped = Command::new("sh")
        .args(["-c", &format!("kill -STOP {}", child.id())])
        .status()
        .unwrap();
    assert!(stopped.success());
    let refused = place.try_open();
    assert!(matches!(refused, Err(StorageError::InUse { .. })), "asleep");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(lock_path(&place.ledger).exists());
    assert_eq!(place.open().read_only(), None, "dead");
}

/// SQLite takes 512 bytes of a path here; on Windows the mark of long paths takes every length.
#[test]
fn long_paths_work_up_to_the_end_and_are_refused_in_words_beyond() {
    let mut place = Place::new();
    let mut folder = place.folder.path().canonicalize().unwrap();
    while folder.as_os_str().len() + 31 + 24 + "/账.jgdb".len() < 512 {
        folder.push("很长的文件夹名字十个");
    }
    std::fs::create_dir_all(&folder).unwrap();
    place.ledger = folder.join("账.jgdb");
    let ledger = place.create();
    small(&ledger);
    ledger.backup(Reason::Manual, &stamp(1)).unwrap();
    ledger.close().unwrap();
    assert_eq!(place.open().revision().unwrap(), 1);
    let deeper = folder.join("很长的文件夹名字十个");
    std::fs::create_dir_all(&deeper).unwrap();
    let beyond = deeper.join("账.jgdb");
    let made = Ledger::create(&beyond, &place.options, &stamp(0));
    assert!(matches!(made, Err(StorageError::PathTooLong)), "{made:?}");
    assert!(!beyond.exists());
    std::fs::copy(&place.ledger, &beyond).unwrap();
    let opened = Ledger::open(&beyond, &place.options, &stamp(0));
    assert!(matches!(opened, Err(StorageError::PathTooLong)));
}

#[test]
fn one_ledger_by_a_link_has_one_lock_and_one_folder_of_backups() {
    let place = Place::new();
    let ledger = place.create();
    let link = place.folder.path().join("快捷方式.jgdb");
    std::os::unix::fs::symlink(&place.ledger, &link).unwrap();
    let second = Ledger::open(&link, &place.options, &stamp(1));
    assert!(matches!(second, Err(StorageError::InUse { .. })));
    let dir = place.folder.path();
    assert_eq!(folder_of(dir, &link), folder_of(dir, &place.ledger));
    ledger.close().unwrap();
    let by_link = Ledger::open(&link, &place.options, &stamp(1)).unwrap();
    assert_eq!(
        by_link.path(),
        Some(link.as_path()),
        "shown as it was asked for"
    );
    assert!(matches!(place.try_open(), Err(StorageError::InUse { .. })));
}
