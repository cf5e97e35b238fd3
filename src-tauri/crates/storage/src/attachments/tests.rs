use jiugai_domain::KindCode;

use super::*;
use crate::backup::Reason;
use crate::testing::{Place, memory, stamp};
use crate::verify::Problem;
use crate::{Ledger, Op, OpCode};

fn file(bytes: &[u8]) -> AttachedFile {
    AttachedFile {
        media_type: "image/jpeg".to_owned(),
        width: 4,
        height: 3,
        thumbnail: vec![1],
        bytes: bytes.to_vec(),
    }
}

fn add(ledger: &Ledger, record: RecordId, bytes: &[u8]) -> RecordId {
    let conn = ledger.connection();
    let id = crate::log::fresh_id(conn, stamp(0).at).expect("a key");
    let op = Op::one(OpCode::Create, "照片");
    let work = |conn: &Connection| {
        let hash = keep(conn, &file(bytes))?;
        let attachment = Attachment {
            id,
            holder: KindCode::Compound.into(),
            record,
            compound: Some(record),
            hash,
            name: "门口.jpg".to_owned(),
            caption: String::new(),
            stage: "before".to_owned(),
            viewpoint: "东门".to_owned(),
            taken_on: Some("2026-03-01".to_owned()),
        };
        insert(conn, &attachment)
    };
    ledger.transact(&op, &stamp(0), work).expect("added");
    id
}

fn files(ledger: &Ledger) -> i64 {
    ledger
        .connection()
        .query_row("SELECT count(*) FROM attachment_file", [], |row| row.get(0))
        .expect("counted")
}

#[test]
fn adding_editing_and_removing_are_undone_and_done_again() {
    let ledger = memory();
    let conn = ledger.connection();
    let record = crate::log::fresh_id(conn, stamp(0).at).expect("a key");
    let id = add(&ledger, record, b"picture");
    ledger.undo(&stamp(0)).expect("undone");
    assert_eq!(
        of_record(conn, KindCode::Compound.into(), record).expect("read"),
        []
    );
    ledger.redo(&stamp(0)).expect("done again");
    let mut row = get(conn, id).expect("read").expect("there");
    assert_eq!(
        bytes(conn, &row.attachment.hash).expect("read").as_deref(),
        Some(&b"picture"[..])
    );
    row.attachment.caption = "大门".to_owned();
    let op = Op::one(OpCode::Update, "照片");
    ledger
        .transact(&op, &stamp(0), |conn| update(conn, &row.attachment))
        .expect("updated");
    ledger
        .transact(&Op::one(OpCode::Delete, "照片"), &stamp(0), |conn| {
            set_removed(conn, id, true)
        })
        .expect("removed");
    assert_eq!(of_compound(conn, record).expect("read"), []);
    assert_eq!(removed(conn).expect("read"), [row.clone()]);
    ledger.undo(&stamp(0)).expect("undone");
    assert_eq!(of_compound(conn, record).expect("read"), [row]);
    ledger.undo(&stamp(0)).expect("undone");
    let before = get(conn, id).expect("read").expect("there");
    assert_eq!(before.attachment.caption, "");
    assert_eq!(ledger.verify(&[]).expect("verified"), []);
}

#[test]
fn equal_bytes_lie_once_and_stay_out_of_the_log() {
    let ledger = memory();
    let conn = ledger.connection();
    let record = crate::log::fresh_id(conn, stamp(0).at).expect("a key");
    let large: Vec<u8> = (0..10_u32 << 20)
        .map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    add(&ledger, record, &large);
    let pages = |conn: &Connection| -> i64 {
        conn.query_row(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
            [],
            |row| row.get(0),
        )
        .expect("size")
    };
    let once = pages(conn);
    for _ in 0..5 {
        add(&ledger, record, &large);
        ledger.undo(&stamp(0)).expect("undone");
        ledger.redo(&stamp(0)).expect("done again");
    }
    assert_eq!(files(&ledger), 1);
    assert_eq!(
        of_record(conn, KindCode::Compound.into(), record)
            .expect("read")
            .len(),
        6
    );
    assert!(
        pages(conn) - once < 256 << 10,
        "grew by {}",
        pages(conn) - once
    );
}

#[test]
fn a_file_that_rotted_is_found() {
    let ledger = memory();
    let conn = ledger.connection();
    let record = crate::log::fresh_id(conn, stamp(0).at).expect("a key");
    add(&ledger, record, b"picture");
    assert_eq!(ledger.verify(&[]).expect("verified"), []);
    conn.execute("UPDATE attachment_file SET bytes = x'01', size = 1", [])
        .expect("changed");
    assert_eq!(
        ledger.verify(&[]).expect("verified"),
        [Problem::Files { count: 1 }]
    );
}

#[test]
fn a_full_disk_leaves_the_ledger_as_it_was() {
    let place = Place::new();
    let ledger = place.create();
    let conn = ledger.connection();
    let record = crate::log::fresh_id(conn, stamp(0).at).expect("a key");
    let pages: i64 = conn
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .expect("counted");
    let limit = |pages: i64| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        conn.query_row(&sql, [], |_| Ok(())).expect("limited");
    };
    let large = vec![7; 4 << 20];
    limit(pages + 1);
    let adding = ledger.transact(&Op::one(OpCode::Create, "照片"), &stamp(0), |conn| {
        keep(conn, &file(&large))
    });
    assert!(matches!(adding, Err(StorageError::DiskFull(_))));
    limit(1_000_000);
    assert_eq!((files(&ledger), ledger.revision().expect("read")), (0, 0));
    add(&ledger, record, &large);
    assert_eq!(files(&ledger), 1);
}

#[test]
fn a_backup_brings_the_photos_back() {
    let place = Place::new();
    let mut ledger = place.create();
    let record = crate::log::fresh_id(ledger.connection(), stamp(0).at).expect("a key");
    let id = add(&ledger, record, b"picture");
    let made = ledger
        .backup(Reason::Manual, &stamp(1))
        .expect("backed up")
        .backup()
        .clone();
    let row = get(ledger.connection(), id).expect("read").expect("there");
    ledger
        .transact(&Op::one(OpCode::Delete, "照片"), &stamp(2), |conn| {
            set_removed(conn, id, true)
        })
        .expect("removed");
    ledger.restore(&made.path, &stamp(3)).expect("restored");
    let conn = ledger.connection();
    assert_eq!(
        of_compound(conn, record).expect("read"),
        std::slice::from_ref(&row)
    );
    assert_eq!(
        bytes(conn, &row.attachment.hash).expect("read").as_deref(),
        Some(&b"picture"[..])
    );
}
