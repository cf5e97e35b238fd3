//! A process that is killed in the middle of writing loses no committed transaction.
//!
//! Each test starts its own executable again as the process to kill; the variable says which file
//! to work on.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::backup::Reason;
use crate::testing::{Place, building, compound, dump, dwelling, next, run, stamp, times, update};

pub(super) const FILE: &str = "JIUGAI_CRASH_LEDGER";
const ROOMS: u16 = 8;

/// The test `name` as a process of its own on the ledger.
pub(super) fn again(name: &str, place: &Place) -> Command {
    // On Linux by a name that holds even when the file is built anew meanwhile.
    let itself = if cfg!(target_os = "linux") {
        "/proc/self/exe".into()
    } else {
        std::env::current_exe().unwrap()
    };
    let mut command = Command::new(itself);
    command
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(FILE, &place.ledger);
    command
}

/// Starts the test `name` as a child on the ledger, reads `acknowledgements` lines, spins a
/// little, kills it, and gives every line that it had written until then.
pub(super) fn kill_after(
    name: &str,
    place: &Place,
    acknowledgements: usize,
    spin: u32,
) -> Vec<String> {
    let mut child = again(name, place)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    while said.len() < acknowledgements {
        let Some(line) = lines.next() else {
            let mut words = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut words)
                .unwrap();
            panic!("the child ended before it was killed: {words}");
        };
        let line = line.unwrap();
        said.extend(acknowledged(&line).map(str::to_owned));
    }
    for _ in 0..spin {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // A last line may be cut off; then it was not acknowledged.
    said.extend(
        lines
            .map_while(Result::ok)
            .filter_map(|line| Some(acknowledged(&line)?.strip_suffix('.')?.to_owned())),
    );
    said.into_iter()
        .map(|line| line.trim_end_matches('.').to_owned())
        .collect()
}

/// What a line acknowledges; the first one stands behind the name of the test.
pub(super) fn acknowledged(line: &str) -> Option<&str> {
    line.split_once("done ").map(|(_, text)| text)
}

pub(super) fn acknowledge(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "done {text}.").unwrap();
    out.flush().unwrap();
}

pub(super) fn options_of(path: &Path) -> OpenOptions {
    OpenOptions {
        backup_dir: Some(path.with_file_name("备份")),
        ..OpenOptions::default()
    }
}

/// Adds building after building with its rooms, until it is killed.
fn write_for_ever(path: &Path) {
    let ledger = Ledger::open(path, &options_of(path), &stamp(1)).unwrap();
    let start: u16 = ledger
        .connection()
        .query_row("SELECT count(*) FROM building", [], |row| row.get(0))
        .unwrap();
    for number in start + 1.. {
        run(&ledger, &update("楼"), 1, |conn| {
            building(conn, number, 1)?;
            for room in 0..ROOMS {
                dwelling(conn, number * ROOMS + room, number, 1)?;
            }
            Ok(0)
        })
        .unwrap();
        acknowledge(&format!("{number}号楼"));
    }
}

#[test]
fn two_hundred_kills_lose_no_acknowledged_transaction() {
    if let Some(path) = std::env::var_os(FILE) {
        return write_for_ever(Path::new(&path));
    }
    let name = "ledger::crash::two_hundred_kills_lose_no_acknowledged_transaction";
    let mut random = 0x9e37_79b9_7f4a_7c15;
    let mut total = 0;
    for _ in 0..4 * times() {
        let place = Place::new();
        let ledger = place.create();
        run(&ledger, &update("起"), 0, |conn| compound(conn, 1)).unwrap();
        ledger.close().unwrap();
        let mut acknowledged = BTreeSet::new();
        for _ in 0..50 {
            let count = usize::try_from(next(&mut random) % 6).unwrap();
            let spin = u32::try_from(next(&mut random) % 200_000).unwrap();
            acknowledged.extend(kill_after(name, &place, count, spin));
            let ledger = place.open();
            let stored: BTreeSet<String> = ledger
                .connection()
                .prepare("SELECT name FROM building")
                .unwrap()
                .query_map([], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert!(
                stored.is_superset(&acknowledged),
                "lost {:?}",
                acknowledged.difference(&stored)
            );
            let broken: i64 = ledger
                .connection()
                .query_row(
                    "SELECT count(*) FROM building WHERE (SELECT count(*) FROM dwelling WHERE building_id = building.id) <> ?1",
                    [ROOMS],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(broken, 0, "half a transaction");
            assert_eq!(crate::verify::integrity(ledger.connection()).unwrap(), []);
            ledger.close().unwrap();
        }
        assert_eq!(place.open().verify(&[]).unwrap(), []);
        total += acknowledged.len();
    }
    assert!(
        total > 200,
        "{total} transactions are too few to say anything"
    );
}

/// Restores the two backups in turn, until it is killed.
fn restore_for_ever(path: &Path) {
    let mut ledger = Ledger::open(path, &options_of(path), &stamp(1)).unwrap();
    for name in ["0.jgdb", "1.jgdb"].iter().cycle() {
        ledger
            .restore(&path.with_file_name(name), &stamp(2))
            .unwrap();
        acknowledge(name);
    }
}

#[test]
fn a_kill_during_a_restore_leaves_the_old_or_the_new() {
    if let Some(path) = std::env::var_os(FILE) {
        return restore_for_ever(Path::new(&path));
    }
    let name = "ledger::crash::a_kill_during_a_restore_leaves_the_old_or_the_new";
    let place = Place::new();
    let ledger = place.create();
    let mut states = Vec::new();
    for (minute, floor) in [(0, 0u16), (1, 1)] {
        run(&ledger, &update("起"), minute, |conn| {
            compound(conn, floor + 1)?;
            building(conn, floor + 1, floor + 1)?;
            for room in 0..2000 {
                dwelling(conn, floor * 2000 + room, floor + 1, floor + 1)?;
            }
            Ok(0)
        })
        .unwrap();
        states.push(dump(ledger.connection()));
        let made = ledger.backup(Reason::Manual, &stamp(minute)).unwrap();
        // Out of reach of the rotation.
        std::fs::copy(
            &made.backup().path,
            place.ledger.with_file_name(format!("{floor}.jgdb")),
        )
        .unwrap();
    }
    ledger.close().unwrap();
    let mut random = 0x2545_f491_4f6c_dd1d;
    let mut seen = [0, 0];
    for _ in 0..24 * times() {
        let count = usize::try_from(next(&mut random) % 3).unwrap();
        let spin = u32::try_from(next(&mut random) % 4_000_000).unwrap();
        kill_after(name, &place, count, spin);
        let ledger = place.open();
        let now = dump(ledger.connection());
        let state = states
            .iter()
            .position(|state| *state == now)
            .expect("neither the old nor the new");
        seen[state] += 1;
        assert_eq!(crate::verify::integrity(ledger.connection()).unwrap(), []);
        ledger.close().unwrap();
    }
    assert!(
        seen.iter().all(|count| *count > 0),
        "{seen:?}: only one state was ever met"
    );
}
