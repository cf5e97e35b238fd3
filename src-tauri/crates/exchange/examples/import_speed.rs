//! How long a workbook of 300,000 dwellings takes to read, against the bare cell reader:
//! `cargo run --release -p jiugai-exchange --example import_speed`.

use std::error::Error;
use std::io::{Cursor, Write};
use std::time::Instant;

use calamine::{Reader, Xlsx};
use jiugai_exchange::book::read_book;
use jiugai_exchange::table::{Rows, Vocabulary, extract, find_tables, propose_mapping};
use rust_xlsxwriter::Workbook;

const ROWS: u32 = 300_000;
/// Rows of the smaller workbook that is made beside it.
const FEW: u32 = 5_000;

fn workbook(rows: u32) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let headings = [
        "小区",
        "楼号",
        "单元",
        "房号",
        "业主姓名",
        "联系电话",
        "建筑面积（㎡）",
        "产权性质",
        "常住人口",
        "备注",
    ];
    for (column, heading) in (0u16..).zip(headings) {
        sheet.write_string(0, column, heading)?;
    }
    for row in 1..=rows {
        let number = row - 1;
        let (room, floor) = (number % 2 + 1, number / 2 % 6 + 1);
        let (entrance, building) = (number / 12 % 5 + 1, number / 60 % 20 + 1);
        sheet.write_string(row, 0, format!("示例小区{}", number / 1200))?;
        sheet.write_string(row, 1, format!("{building}号楼"))?;
        sheet.write_string(row, 2, format!("{entrance}单元"))?;
        sheet.write_number(row, 3, floor * 100 + room)?;
        sheet.write_string(row, 4, format!("示例{number}"))?;
        sheet.write_string(row, 5, format!("1380000{:04}", number % 10_000))?;
        sheet.write_number(row, 6, f64::from(5_000 + number % 4_000) / 100.0)?;
        sheet.write_string(
            row,
            7,
            if number % 3 == 0 {
                "房改房"
            } else {
                "商品房"
            },
        )?;
        sheet.write_number(row, 8, number % 6)?;
        sheet.write_string(
            row,
            9,
            if number % 7 == 0 {
                "示例备注"
            } else {
                "无"
            },
        )?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn peak() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM: unknown")
        .to_owned()
}

/// What the bare writer takes for the cells of an exported workbook.
fn write_again(path: &std::path::Path) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..]))?;
    let name = workbook.sheet_names()[0].clone();
    let cells = workbook.worksheet_range(&name)?;
    let start = Instant::now();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut count = 0u64;
    for (row, line) in (0u32..).zip(cells.rows()) {
        for (column, cell) in (0u16..).zip(line) {
            match cell {
                calamine::Data::Empty => continue,
                calamine::Data::Int(number) => sheet.write_number(row, column, *number as f64)?,
                calamine::Data::Float(number) => sheet.write_number(row, column, *number)?,
                calamine::Data::DateTime(date) => sheet.write_number(row, column, date.as_f64())?,
                other => sheet.write_string(row, column, other.to_string())?,
            };
            count += 1;
        }
    }
    let written = workbook.save_to_buffer()?;
    // An export gives the memory of its cells back before it is done, and so does this.
    drop(workbook);
    writeln!(
        std::io::stdout(),
        "bare writer: {count} cells, {} bytes, {:.2?}",
        written.len(),
        start.elapsed()
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut told = std::io::stdout().lock();
    let path = std::env::temp_dir().join("jiugai-import-speed.xlsx");
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(_) => {
            let bytes = workbook(ROWS)?;
            std::fs::write(
                path.with_file_name("jiugai-import-few.xlsx"),
                workbook(FEW)?,
            )?;
            std::fs::write(&path, &bytes)?;
            bytes
        }
    };
    writeln!(told, "{} rows, {} bytes, {}", ROWS, bytes.len(), peak())?;
    if std::env::args().any(|argument| argument == "--write") {
        return write_again(&path.with_file_name("jiugai-export-speed.xlsx"));
    }
    if std::env::args().any(|argument| argument == "--bare") {
        let start = Instant::now();
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..]))?;
        let name = workbook.sheet_names()[0].clone();
        let mut reader = workbook.worksheet_cells_reader(&name)?;
        let mut cells = 0u64;
        while reader.next_cell()?.is_some() {
            cells += 1;
        }
        writeln!(
            told,
            "bare: {cells} cells, {:.2?}, {}",
            start.elapsed(),
            peak()
        )?;
        return Ok(());
    }
    // Nothing but words: the hardest rows to tell from headers.
    let bytes = if std::env::args().any(|argument| argument == "--words") {
        let mut text = "坐落,姓名,意见,类别\n".to_owned();
        for row in 0..ROWS {
            text.push_str(&format!(
                "{}号楼{}单元{}室,示例甲{row},希望修整路面{row},道路\n",
                row % 20 + 1,
                row / 20 % 5 + 1,
                row / 100 + 101
            ));
        }
        text.into_bytes()
    } else {
        bytes
    };
    let start = Instant::now();
    let book = read_book(&bytes, "示例.xlsx")?;
    let read = start.elapsed();
    writeln!(told, "read_book: {read:.2?}, {}", peak())?;
    let vocabulary = Vocabulary::standard();
    let tables = find_tables(&book.sheets[0], vocabulary);
    let found = start.elapsed();
    writeln!(told, "find_tables: {:.2?}, {}", found - read, peak())?;
    let mapping = propose_mapping(&tables[0], vocabulary);
    let mut rows: Vec<Rows> = vec![extract(&book, 0, &tables[0], &mapping)];
    let extracted = start.elapsed();
    writeln!(told, "extract: {:.2?}, {}", extracted - found, peak())?;
    let groups = jiugai_exchange::table::duplicates(&mut rows);
    writeln!(
        told,
        "duplicates: {:.2?}; {} rows, {} groups; whole: {:.2?}, {}",
        start.elapsed() - extracted,
        rows[0].rows.len(),
        groups.len(),
        start.elapsed(),
        peak()
    )?;
    Ok(())
}
