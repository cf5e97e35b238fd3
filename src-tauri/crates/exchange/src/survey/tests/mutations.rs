//! Broken bytes and odd cells never make the reader panic; they give an error or issues.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sample::BYTES;
use crate::grid;
use crate::survey::read_survey;

fn run<S: Strategy>(
    cases: u32,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(strategy, test)
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// Four rows under the header, so that each mutated read is quick.
fn small() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let lines = [
        "楼号|单元|房号|姓名|面积|人口|大排房",
        "1|1|101|甲|50.5|2|1",
        "|1|102|乙|51|3|",
        "小计||2户||101.5|5|1",
        "2|1|101|丙|60|1|",
        "合计||3户||161.5|6|1",
    ];
    for (row, line) in (0u32..).zip(lines) {
        for (column, text) in (0u16..).zip(line.split('|')) {
            sheet.write_string(row, column, text).expect("written");
        }
    }
    workbook.save_to_buffer().expect("saved")
}

#[test]
fn flipped_and_cut_bytes() {
    let bytes = small();
    let places = proptest::collection::vec((0..bytes.len(), any::<u8>()), 1..6);
    run(400, &(places, 0..bytes.len()), |(changes, cut)| {
        let mut mutated = bytes.clone();
        for (at, byte) in changes {
            mutated[at] = byte;
        }
        let _ = read_survey(&mutated, "表.xlsx");
        mutated.truncate(cut);
        prop_assert!(read_survey(&mutated, "表.xlsx").is_err());
        Ok(())
    });
}

/// Bytes inside of the parts, with right checksums, so that the XML reader meets them.
#[test]
fn broken_parts() {
    let bytes = small();
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).expect("a package");
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("read");
        parts.push((part.name().expect("a name").into_owned(), content));
    }
    let change = (
        0..parts.len(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        any::<u8>(),
        0..3u8,
    );
    run(400, &proptest::collection::vec(change, 1..4), |changes| {
        let mut parts = parts.clone();
        for (part, from, to, byte, how) in changes {
            let content = &mut parts[part].1;
            if content.is_empty() {
                continue;
            }
            let (from, to) = (from.index(content.len()), to.index(content.len()));
            match how {
                0 => content[from] = byte,
                1 => drop(content.drain(from.min(to)..from.max(to))),
                _ => content.swap(from, to),
            }
        }
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer
                .start_file(name, SimpleFileOptions::default())
                .expect("started");
            writer.write_all(&content).expect("written");
        }
        let _ = read_survey(&writer.finish().expect("finished").into_inner(), "表.xlsx");
        Ok(())
    });
}

const ODD: [&str; 20] = [
    "",
    " ",
    "合计",
    "小计",
    "1号楼",
    "１０１",
    "-",
    "#REF!",
    "=1+1",
    "楼号",
    "注：甲",
    "12345678901234567890",
    "-5",
    "0.001",
    "空置",
    "无",
    "3号楼2单元501",
    "单元",
    "约60",
    "楼",
];

/// Odd texts in any cell of the sample: no panic, and every row that is not imported is told.
#[test]
fn odd_cells() {
    let sample = grid::read(BYTES).expect("read").remove(0);
    let lines: Vec<Vec<String>> = (0..60)
        .map(|row| {
            (0..22)
                .map(|column| sample.text(row, column).to_owned())
                .collect()
        })
        .collect();
    let change = (0..lines.len(), 0..22usize, 0..ODD.len());
    run(300, &proptest::collection::vec(change, 1..40), |changes| {
        let mut lines = lines.clone();
        for (row, column, odd) in changes {
            lines[row][column] = ODD[odd].to_owned();
        }
        let mut grid = grid::Grid {
            name: "表".into(),
            ..Default::default()
        };
        grid.spans = sample.spans.clone();
        for (row, line) in (0u32..).zip(&lines) {
            let cells = (0u32..)
                .zip(line)
                .filter(|(_, text)| !text.trim().is_empty());
            let cells: Vec<grid::Cell> = cells
                .map(|(column, text)| grid::Cell {
                    column,
                    text: text.clone(),
                    error: false,
                })
                .collect();
            if !cells.is_empty() {
                grid.rows.push((row, cells));
            }
        }
        let Some(table) = crate::survey::header::detect(&grid) else {
            return Ok(());
        };
        let mut ledger = crate::survey::SurveyLedger::default();
        crate::survey::rows::read(&grid, &table, None, &mut Default::default(), &mut ledger);
        let imported: std::collections::HashSet<u32> =
            ledger.rows.iter().map(|row| row.row).collect();
        let told: std::collections::HashSet<u32> =
            ledger.issues.iter().filter_map(|issue| issue.row).collect();
        for (row, cells) in grid.rows.iter().filter(|(row, _)| *row > table.last_row) {
            let total = cells
                .iter()
                .any(|cell| ["计"].iter().any(|word| cell.text.contains(word)));
            prop_assert!(
                total || imported.contains(&(row + 1)) || told.contains(&(row + 1)),
                "row {} vanished: {:?}",
                row + 1,
                cells
            );
        }
        let unequal = ledger.checks.iter().filter(|check| !check.equal).count();
        let differing = ledger
            .issues
            .iter()
            .filter(|issue| matches!(issue.code, crate::survey::IssueCode::SubtotalDiffers { .. }))
            .count();
        prop_assert_eq!(unequal, differing);
        Ok(())
    });
}
