//! Ten thousand broken files: never a panic that gets out, never a hang, never half a result.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::sheet;
use crate::ExchangeError;
use crate::table::{Tables, read_tables};

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % sides.max(1)
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.roll(256)).unwrap_or(0)
    }

    /// Changes, cuts, doubles or swaps a few bytes.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(4) {
            if bytes.is_empty() {
                return;
            }
            let (from, to) = (self.roll(bytes.len()), self.roll(bytes.len()));
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 40));
            match self.roll(6) {
                0 => bytes[from] = self.byte(),
                1 => drop(bytes.drain(from..to)),
                2 => bytes.swap(from, to),
                3 => {
                    let again = bytes[from..to].to_vec();
                    bytes.splice(from..from, again);
                }
                4 => bytes[from] = b"0123456789<>\"&/=-,"[self.roll(18)],
                _ => bytes[from] ^= 1 << self.roll(8),
            }
        }
    }
}

/// Whatever was read is whole: every filled row of a table's body is a record or told why not,
/// and tables do not share rows.
fn judge(result: Result<Tables, ExchangeError>) -> bool {
    let Ok(tables) = result else { return false };
    let mut last = None;
    for (found, rows) in tables.tables.iter().zip(tables.extract()) {
        let body = &found.table.body;
        let sheet = &tables.book.sheets[found.sheet];
        assert!(body.end <= sheet.row_count());
        assert_eq!(body.len(), rows.rows.len() + rows.skipped.len());
        let mut told: Vec<u32> = rows.rows.iter().map(|row| row.row).collect();
        told.extend(rows.skipped.iter().map(|(row, _)| *row));
        told.sort_unstable();
        let filled: Vec<u32> = body.clone().map(|at| sheet.filled_row(at).0 + 1).collect();
        assert_eq!(told, filled);
        assert_eq!(found.mapping.columns.len(), found.table.columns.len());
        if let Some((sheet, end)) = last
            && sheet == found.sheet
        {
            assert!(body.start >= end);
        }
        last = Some((found.sheet, body.end));
    }
    true
}

/// Three rows under two levels, a total and a merged name.
fn small() -> Vec<u8> {
    let lines = [
        "示例家属院摸底表",
        "楼号|房号|产权|||",
        "||姓名|面积|人口|备注",
        "1号楼|101|甲|50.5|2|",
        "|102|乙|51|3|好",
        "2号楼|2-101|丙|60|1|",
        "合计|3户||161.5|6|",
    ];
    sheet(
        "摸底",
        &lines,
        &[
            (0, 0, 0, 5),
            (1, 0, 2, 0),
            (1, 1, 2, 1),
            (1, 2, 1, 5),
            (3, 0, 4, 0),
        ],
    )
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("read");
            (part.name().expect("a name").into_owned(), content)
        })
        .collect()
}

fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(name, plain).expect("started");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// Parts with right checksums, so that the readers meet the broken insides.
fn inside(bytes: &[u8], chosen: &[&str], times: usize, seed: u64) -> usize {
    let whole = parts(bytes);
    let places: Vec<usize> = (0..whole.len())
        .filter(|place| chosen.iter().any(|name| whole[*place].0.contains(name)))
        .collect();
    assert!(!places.is_empty());
    let mut dice = Dice(seed);
    let mut read = 0;
    for _ in 0..times {
        let mut parts = whole.clone();
        let place = places[dice.roll(places.len())];
        dice.spoil(&mut parts[place].1);
        read += usize::from(judge(read_tables(&package(&parts), "示例")));
    }
    read
}

fn outside(bytes: &[u8], times: usize, seed: u64) -> usize {
    let mut dice = Dice(seed);
    let mut read = 0;
    for _ in 0..times {
        let mut mutated = bytes.to_vec();
        dice.spoil(&mut mutated);
        read += usize::from(judge(read_tables(&mutated, "示例")));
    }
    read
}

const XLS: &[u8] = include_bytes!("../../../tests/data/登记表_示例.xls");
const ODS: &[u8] = include_bytes!("../../../tests/data/停车_示例.ods");

#[test]
fn packages_with_spoiled_insides() {
    let read = inside(&small(), &["sheet1.xml"], 2_500, 0x9e37_79b9_7f4a_7c15);
    assert!((1..2_500).contains(&read), "{read}");
    let others = ["workbook.xml", "sharedStrings.xml", "styles.xml", "Types"];
    let read = inside(&small(), &others, 1_500, 0x2545_f491_4f6c_dd1d);
    assert!((1..1_500).contains(&read), "{read}");
}

#[test]
fn packages_with_spoiled_bytes() {
    let read = outside(&small(), 1_500, 0x1234_5678_9abc_def1);
    assert!(read < 1_500, "{read}");
}

#[test]
fn spoiled_compound_files() {
    let read = outside(XLS, 1_500, 0x0f1e_2d3c_4b5a_6978);
    assert!((1..1_500).contains(&read), "{read}");
}

#[test]
fn spoiled_open_documents() {
    let read = inside(ODS, &["content.xml"], 1_000, 0x7777_3333_1111_9999);
    assert!((1..1_000).contains(&read), "{read}");
}

#[test]
fn spoiled_texts() {
    let text = "示例家属院摸底表\n楼号,单元,房号,姓名,面积,备注\n1号楼,1,101,甲,50.5,\"说\"\"好\"\"\"\n1号楼,1,102,乙,51,\n小计,,2户,,101.5,\n2号楼,2,101,丙,60,\n合计,,3户,,161.5,\n注：面积以登记簿为准，没有的填实测。\n";
    let read = outside(text.as_bytes(), 1_500, 0x5555_aaaa_1234_4321);
    assert!((1..=1_500).contains(&read), "{read}");
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let read = outside(&gb, 500, 0x4444_bbbb_1234_4321);
    assert!((1..=500).contains(&read), "{read}");
}

/// A file cut short is an error, never its first half. Behind the last record of an .xls there may
/// be nothing but padding: then it is whole.
#[test]
fn cut_files() {
    for bytes in [small(), XLS.to_vec(), ODS.to_vec()] {
        let whole = read_tables(&bytes, "示例").expect("tables").extract();
        for place in 1..40 {
            let end = bytes.len() * place / 40;
            if let Ok(cut) = read_tables(&bytes[..end], "示例") {
                assert_eq!(cut.extract(), whole, "{end} of {} bytes", bytes.len());
            }
        }
    }
}
