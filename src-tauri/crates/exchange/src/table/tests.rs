//! Tables as people make them.

mod exports;
mod files;
mod fit;
mod mutations;
mod places;
mod sample;
mod shapes;

use rust_xlsxwriter::{Format, Workbook};

use super::{Mapping, Rows, Tables, Target, read_tables};

type Merge = (u32, u16, u32, u16);

/// A workbook of one sheet: cells parted by |, figures as numbers, `'` before a figure as text.
fn sheet(name: &str, lines: &[&str], merges: &[Merge]) -> Vec<u8> {
    sheets(&[(name, lines, merges)])
}

fn sheets(sheets: &[(&str, &[&str], &[Merge])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, lines, merges) in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(*name).expect("a name");
        for (first_row, first_column, last_row, last_column) in *merges {
            worksheet
                .merge_range(
                    *first_row,
                    *first_column,
                    *last_row,
                    *last_column,
                    "",
                    &Format::new(),
                )
                .expect("merged");
        }
        for (row, line) in (0u32..).zip(*lines) {
            for (column, text) in (0u16..).zip(line.split('|')) {
                match text.parse::<f64>() {
                    _ if text.is_empty() => {}
                    Ok(number) => drop(worksheet.write_number(row, column, number)),
                    Err(_) => {
                        let text = text.strip_prefix('\'').unwrap_or(text);
                        worksheet.write_string(row, column, text).expect("written");
                    }
                }
            }
        }
    }
    workbook.save_to_buffer().expect("saved")
}

fn read(bytes: &[u8]) -> (Tables, Vec<Rows>) {
    let tables = read_tables(bytes, "").expect("tables");
    let rows = tables.extract();
    (tables, rows)
}

/// Codes of the targets, one per column.
fn codes(mapping: &Mapping) -> Vec<String> {
    mapping
        .columns
        .iter()
        .map(|column| column.target.code())
        .collect()
}

/// `3号楼/2单元/301` of every record.
fn keys(rows: &Rows) -> Vec<String> {
    rows.rows
        .iter()
        .map(|row| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            let key = &row.key;
            [part(&key.building), part(&key.entrance), part(&key.room)].join("/")
        })
        .collect()
}

/// Texts of the values that go to a target, blank for none.
fn values(tables: &Tables, rows: &[Rows], place: usize, target: &str) -> Vec<String> {
    let target = Target::from_code(target).expect("a target");
    let mapping = &tables.tables[place].mapping;
    rows[place]
        .rows
        .iter()
        .map(|row| {
            let field = target.field().expect("a field");
            field.format(row.value(mapping, target))
        })
        .collect()
}

/// The package with one part changed.
fn patched(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let part_name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("read");
        if part_name == name {
            content = change(String::from_utf8(content).expect("text")).into_bytes();
        }
        writer
            .start_file(part_name, zip::write::SimpleFileOptions::default())
            .expect("started");
        writer.write_all(&content).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}
