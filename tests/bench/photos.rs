//! A ledger that is heavy with photos: what people do in it, and typing while a backup of it is made.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use jiugai_api::wire::{CellText, EditGesture, RecordEdit, RecordEdits};
use jiugai_api::{ApiError, KindCode, Session};
use jiugai_storage::{Connection, Ledger, Op, OpCode, OpenOptions, StorageError};

use crate::{dwellings, exchange, generate, ms, session, timed};

/// What one photo weighs once it was taken in, and its small picture.
const PHOTO: i64 = 1_000_000;
const THUMBNAIL: i64 = 8_000;
/// Photos of one dwelling, and those that are hung in one step.
const EACH: usize = 20;
const STEP: usize = 500;

/// A ledger of so many compounds and so many gigabytes of photos, of zeros: it is their size that counts.
pub(crate) fn run(folder: &Path, compounds: usize, gigabytes: usize) -> Result<(), ApiError> {
    let path = folder.join("photos.jgdb");
    let (compound, dwelling) = generate::ledger(&path, compounds)?;
    let start = Instant::now();
    hang(&path, gigabytes * 1_000)?;
    let hung = start.elapsed();
    let bytes = std::fs::metadata(&path).map(|file| file.len()).unwrap_or(0);
    println!("\n## 照片（{compounds} 个小区，{gigabytes} GB）\n");
    println!("| 做什么 | 用时 |\n|---|---:|");
    let line = |what: &str, cell: String| println!("| {what} | {cell} |");
    line("文件", format!("{:.2} GB", bytes as f64 / 1e9));
    line("写入照片", ms(hung));
    let mut session = session(folder);
    session.defer_backups();
    let start = Instant::now();
    session.ledger_open_as(&path, true)?;
    line("打开", ms(start.elapsed()));
    let query = dwellings();
    let (first, later) = timed(|| session.record_window(&query, 0, 200))?;
    line(
        "表格第一屏（第一次/以后）",
        format!("{} / {}", ms(first), ms(later)),
    );
    let (first, later) = timed(|| session.attachment_list(KindCode::Dwelling, &dwelling))?;
    let listed = session
        .attachment_list(KindCode::Dwelling, &dwelling)?
        .len();
    line(
        &format!("一套房的 {listed} 张照片（第一次/以后）"),
        format!("{} / {}", ms(first), ms(later)),
    );
    let mut number = 50;
    let (first, later) = timed(|| edit(&mut session, (&compound, &dwelling), &mut number))?;
    line(
        "改一格（第一次/以后）",
        format!("{} / {}", ms(first), ms(later)),
    );
    line("内存最多", exchange::peak());

    let job = session.backup_by_hand()?;
    let start = Instant::now();
    let (done, made) = channel();
    std::thread::spawn(move || done.send(job.make().map(drop)));
    let mut times: Vec<Duration> = Vec::new();
    // A cell every twentieth of a second, as nobody types.
    let backup = loop {
        let begun = Instant::now();
        edit(&mut session, (&compound, &dwelling), &mut number)?;
        times.push(begun.elapsed());
        match made.recv_timeout(Duration::from_millis(50)) {
            Err(RecvTimeoutError::Timeout) => {}
            end => break end,
        }
    };
    backup.map_err(|_| ApiError::internal())??;
    line("备份", format!("{:.1} s", start.elapsed().as_secs_f64()));
    times.sort();
    line(
        &format!("备份时改 {} 格（中位/最慢）", times.len()),
        format!(
            "{} / {}",
            ms(times[times.len() / 2]),
            ms(times[times.len() - 1])
        ),
    );
    line("内存最多", exchange::peak());
    session.ledger_close()
}

fn edit(
    session: &mut Session,
    (compound, dwelling): (&str, &str),
    number: &mut u32,
) -> Result<(), ApiError> {
    *number += 1;
    session.record_edit(&RecordEdits {
        kind: KindCode::Dwelling,
        compound: Some(compound.to_owned()),
        gesture: EditGesture::Edit,
        edits: vec![RecordEdit {
            id: Some(dwelling.to_owned()),
            cells: vec![CellText {
                field: "grossFloorArea".to_owned(),
                text: format!("{number}.20"),
            }],
        }],
    })?;
    Ok(())
}

/// Hangs photos on dwellings, the last of the ledger first, until all hang.
fn hang(path: &Path, photos: usize) -> Result<(), ApiError> {
    let stamp = generate::stamp()?;
    let ledger = Ledger::open(path, &OpenOptions::default(), &stamp)?;
    let mut hung = 0;
    while hung < photos {
        let op = Op::one(OpCode::Sample, "示例照片");
        let end = photos.min(hung + STEP);
        ledger.transact(&op, &stamp, |conn| {
            (hung..end).try_for_each(|number| photo(conn, number))
        })?;
        hung = end;
    }
    Ok(ledger.close()?)
}

fn photo(conn: &Connection, number: usize) -> Result<(), StorageError> {
    let place = i64::try_from(number).unwrap_or(i64::MAX);
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&place.to_be_bytes());
    conn.prepare_cached(
        "INSERT INTO attachment_file (hash, media_type, width, height, size, thumbnail, bytes)
         VALUES (?1, 'image/jpeg', 2048, 1536, ?2, zeroblob(?3), zeroblob(?2))",
    )?
    .execute((hash, PHOTO, THUMBNAIL))?;
    let dwelling = i64::try_from(number / EACH).unwrap_or(i64::MAX);
    conn.prepare_cached(
        "INSERT INTO attachment (id, record_kind, record_id, compound_id, hash, name, caption, stage, viewpoint, position)
         SELECT randomblob(16), 'dwelling', d.id, d.compound_id, ?1, '示例照片.jpg', '', 'before', '', ?2
         FROM (SELECT id, compound_id FROM dwelling ORDER BY rowid DESC LIMIT 1 OFFSET ?3) AS d",
    )?
    .execute((hash, place, dwelling))?;
    Ok(())
}
