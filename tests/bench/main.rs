//! `cargo xtask bench`: what people wait for, measured on ledgers of ×1, ×10, ×100 and ×1000
//! compounds of 307 dwellings, and the costs of the main job on the sample. Prints Markdown.
#![expect(clippy::print_stdout, reason = "the table is the result")]

mod ballot;
mod bare;
mod exchange;
mod generate;
mod office;
mod optimize;
mod papers;
mod photos;
mod process;
mod surveys;
mod whole;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiugai_api::wire::{
    CellText, DocumentCode, EditGesture, RecordEdit, RecordEdits, ReportRequest, WindowQuery,
};
use jiugai_api::{ApiError, Environment, KindCode, Session, SystemClock};

const WORKBOOK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../src-tauri/crates/api/data/sample/摸底台账_五交化家属院_示例.xlsx"
);

/// The folder of another process of the bench, which works on with what is made in it.
const FOLDER: &str = "JIUGAI_BENCH_FOLDER";

fn main() -> Result<(), ApiError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let largest: usize = arguments
        .first()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000);
    let lent = std::env::var_os(FOLDER).map(PathBuf::from);
    let folder = lent.clone().unwrap_or_else(|| {
        std::env::temp_dir().join(format!("jiugai-bench-{}", std::process::id()))
    });
    std::fs::create_dir_all(&folder).map_err(|_| ApiError::internal())?;
    let result = match arguments.as_slice() {
        [what, step, file] if what == "exchange" => exchange::run(&folder, step, Path::new(file)),
        [what] if what == "papers" => papers::run(&folder),
        // Compounds and gigabytes: the disk needs twice as much, for the backup.
        [what, compounds, gigabytes] if what == "photos" => {
            let number = |text: &String| text.parse().map_err(|_| ApiError::internal());
            photos::run(&folder, number(compounds)?, number(gigabytes)?)
        }
        [what, compounds, file] if what == "whole" => {
            let number = compounds.parse().map_err(|_| ApiError::internal())?;
            whole::alone(&folder, Path::new(file), number)
        }
        [what] if what == "office" => office::run(&folder, 100),
        _ => run(&folder, largest),
    };
    // What is left of a bench is rubbish; that it stays is no result.
    if lent.is_none() {
        drop(std::fs::remove_dir_all(&folder));
    }
    result
}

fn run(folder: &Path, largest: usize) -> Result<(), ApiError> {
    println!("## 主要工作（示例台账）\n\n| 做什么 | 第一次 | 以后（中位） |\n|---|---:|---:|");
    main_job(folder)?;
    process::report(folder);
    ballot::report(folder)?;
    optimize::report();
    println!("\n## 规模（每个小区 307 套、307 户，另有一个 100 套的小区看房态图）\n");
    println!(
        "| 小区数 | 套数 | 文件 | 打开 | 表格第一屏 | 任意一屏（中位/最慢） | 合计 | 街道总览（第一次/以后） | 搜索房号 | 改一格 | 撤销 | 前后对比 | 房态图（100 套） | 排清单（307 户） | 诉求汇总 | 备份 |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for compounds in sizes(largest) {
        scale(folder, compounds, None)?;
    }
    for compounds in sizes(largest.min(100)) {
        scale(folder, compounds, Some("示例 密码 一二三"))?;
    }
    println!("\n## 整本台账（不选小区）\n");
    println!(
        "| 小区数 | 住户按姓名排 | 房屋按面积排 | 房号含 30 | 产权已填 | 按产权分组 | 按楼栋分组 | 三列里找 301：最近一处 | 数完 | 数据体检（第一次/以后） | 汇总（第一次/以后） | 再打开：体检 | 汇总 |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for compounds in sizes(largest) {
        let path = folder.join(format!("x{compounds}.jgdb"));
        whole::line(folder, &path, compounds)?;
    }
    println!("\n## 问卷调查（每户 10 个答案）\n");
    println!(
        "| 小区数 | 答案数 | 文件 | 一个小区两题交叉（第一次/以后） | 题×楼栋 | 全街道两题交叉（第一次/以后） | 题×楼层位置 | 一轮全部题 |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    for compounds in [1, 100, 1_000].into_iter().filter(|size| *size <= largest) {
        surveys::tables(folder, compounds)?;
    }
    surveys::file(folder)
}

fn sizes(largest: usize) -> impl Iterator<Item = usize> {
    [1, 10, 100, 1_000]
        .into_iter()
        .filter(move |size| *size <= largest)
}

/// Every dwelling of the ledger.
pub(crate) fn dwellings() -> WindowQuery {
    WindowQuery {
        kind: KindCode::Dwelling,
        compound: None,
        search: String::new(),
        filters: Vec::new(),
        sort: Vec::new(),
    }
}

pub(crate) fn session(folder: &Path) -> Session {
    Session::new(Environment {
        data_dir: folder.join("data"),
        font_dir: jiugai_api::font_dir(),
        system_fonts: Vec::new(),
        device: jiugai_api::device(),
        clock: std::sync::Arc::new(SystemClock),
    })
}

/// Times the first call and the median of nine more.
fn timed<T>(
    mut work: impl FnMut() -> Result<T, ApiError>,
) -> Result<(Duration, Duration), ApiError> {
    let mut times = Vec::new();
    for _ in 0..10 {
        let start = Instant::now();
        std::hint::black_box(work()?);
        times.push(start.elapsed());
    }
    let first = times.remove(0);
    times.sort();
    Ok((first, times[times.len() / 2]))
}

pub(crate) fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn line(what: &str, (first, later): (Duration, Duration)) {
    println!("| {what} | {} | {} |", ms(first), ms(later));
}

fn main_job(folder: &Path) -> Result<(), ApiError> {
    let mut number = 0;
    line(
        "导入示例工作簿（307 套，含导入前备份）",
        timed(|| {
            number += 1;
            let mut session = session(folder);
            session.ledger_create(&folder.join(format!("import-{number}.jgdb")))?;
            let start = Instant::now();
            session.import_commit(Path::new(WORKBOOK), "五交化家属院")?;
            Ok(start.elapsed())
        })?,
    );
    let mut session = session(folder);
    let start = Instant::now();
    session.ledger_open_sample()?;
    println!("| 建立示例台账 | {} | — |", ms(start.elapsed()));
    let compound = session.compound_named("五交化家属院")?.to_string();
    let plan = session.compound_get(&compound)?.plans[0].id.clone();
    line(
        "前后对比",
        timed(|| session.comparison_get(&compound, Some(&plan)))?,
    );
    line(
        "对比图（SVG）",
        timed(|| {
            session.chart_get(
                &compound,
                Some(&plan),
                jiugai_api::wire::ChartCode::Indicators,
            )
        })?,
    );
    let request = ReportRequest::of(DocumentCode::D6, compound.clone());
    let path = folder.join("d6.pdf");
    line(
        "一页纸方案（PDF）",
        timed(|| session.report_save(&request, &path))?,
    );
    line(
        "一页纸方案（预览）",
        timed(|| session.report_preview(&request))?,
    );
    line("汇总", timed(|| session.summary(None))?);
    session.ledger_close()
}

fn scale(folder: &Path, compounds: usize, password: Option<&str>) -> Result<(), ApiError> {
    let secret = password.map_or("", |_| "（有密码）");
    let path = folder.join(format!("x{compounds}{secret}.jgdb"));
    let (compound, dwelling) = generate::ledger(&path, compounds)?;
    let tower = generate::tower(&path)?;
    let bytes = std::fs::metadata(&path).map(|file| file.len()).unwrap_or(0);
    let mut session = session(folder);
    if let Some(password) = password {
        session.ledger_open_as(&path, true)?;
        session.password_set("", password)?;
        session.ledger_close()?;
        session.offer(password)?;
    }
    let start = Instant::now();
    session.ledger_open_as(&path, true)?;
    let opened = start.elapsed();
    let query = dwellings();
    let start = Instant::now();
    let total = session.record_window(&query, 0, 200)?.total;
    let first = start.elapsed();
    let mut times = Vec::new();
    for step in 0..100u32 {
        let offset = u32::try_from(u64::from(total) * u64::from(step) / 100).unwrap_or(0);
        let start = Instant::now();
        std::hint::black_box(session.record_window(&query, offset, 200)?);
        times.push(start.elapsed());
    }
    times.sort();
    let (_, totals) = timed(|| session.record_totals(&query))?;
    let (counted, overview) = timed(|| session.overview_get())?;
    let (_, search) = timed(|| session.record_search("3-2-301", None))?;
    let mut number = 50;
    let (_, edit) = timed(|| {
        number += 1;
        session.record_edit(&RecordEdits {
            kind: KindCode::Dwelling,
            compound: Some(compound.clone()),
            gesture: EditGesture::Edit,
            edits: vec![RecordEdit {
                id: Some(dwelling.clone()),
                cells: vec![CellText {
                    field: "grossFloorArea".to_owned(),
                    text: format!("{number}.20"),
                }],
            }],
        })
    })?;
    let (_, undo) = timed(|| session.history_undo())?;
    let (_, comparison) = timed(|| session.comparison_get(&compound, None))?;
    let (_, board) = timed(|| session.board_get(&tower, None, "visit"))?;
    let (_, round) = timed(|| session.visit_candidates(&compound, ""))?;
    let (_, wishes) =
        timed(|| session.wish_tally(&compound, jiugai_api::wire::WishGrouping::Building))?;
    let start = Instant::now();
    session.backup_create()?;
    let backup = start.elapsed();
    println!(
        "| {compounds}{secret} | {total} | {:.1} MB | {} | {} | {} / {} | {} | {} / {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        bytes as f64 / 1e6,
        ms(opened),
        ms(first),
        ms(times[50]),
        ms(times[99]),
        ms(totals),
        ms(counted),
        ms(overview),
        ms(search),
        ms(edit),
        ms(undo),
        ms(comparison),
        ms(board),
        ms(round),
        ms(wishes),
        ms(backup)
    );
    session.ledger_close()
}
