//! The self-test (自检): the main job from end to end on a ledger of its own, so that a program
//! that was just installed can prove that it works on this machine.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::sample::{WORKBOOK, WORKBOOK_NAME};
use crate::wire::{
    CellText, DocumentCode, EditGesture, RecordEdit, RecordEdits, RecordRow, ReportRequest,
    WindowQuery,
};
use crate::{ApiError, Environment, KindCode, Session};

/// A step: its name, and what it does. It gives what was seen, or why it is not as it must be.
type Step = (&'static str, fn(&mut Trial) -> Result<String, String>);

/// The steps in order; each stands on those before it.
const STEPS: &[Step] = &[
    ("新建台账", create),
    ("导入示例工作簿", import),
    ("修改一个格子", edit),
    ("撤销", undo),
    ("重做", redo),
    ("备份", back_up),
    ("从备份恢复", restore),
    ("打印一页纸方案", print),
    ("检查台账", verify),
    ("关闭后重新打开", reopen),
];

const COMPOUND: &str = "五交化家属院";
const FIELD: &str = "grossFloorArea";
const TYPED: &str = "６３．７５㎡";
const STORED: &str = "63.75";

/// Runs every step in a folder of its own, below the system's folder for passing things, and
/// tells one line a step. The folder is removed at the end; when something failed it stays, and
/// the last line names it. Nothing of the person's is touched.
///
/// True when every step passed.
pub fn self_test(environment: &Environment, tell: &mut dyn FnMut(&str)) -> bool {
    run(environment, &std::env::temp_dir(), STEPS, tell)
}

fn run(
    environment: &Environment,
    below: &Path,
    steps: &[Step],
    tell: &mut dyn FnMut(&str),
) -> bool {
    let folder = match fresh_folder(environment, below) {
        Ok(folder) => folder,
        Err(error) => {
            tell(&format!(
                "失败 准备文件夹：“{}”里不能新建文件夹（{error}）",
                below.display()
            ));
            return false;
        }
    };
    let mut trial = Trial {
        session: Session::new(Environment {
            data_dir: folder.join("数据"),
            ..environment.clone()
        }),
        folder: folder.clone(),
        compound: String::new(),
        before: String::new(),
        backup: PathBuf::new(),
    };
    let mut failed = false;
    for (name, step) in steps {
        if failed {
            tell(&format!("未做 {name}"));
            continue;
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| step(&mut trial)))
            .unwrap_or_else(|_| Err("程序出了意外。".to_owned()));
        match outcome {
            Ok(seen) => tell(&format!("通过 {name}：{seen}")),
            Err(reason) => {
                failed = true;
                tell(&format!("失败 {name}：{reason}"));
            }
        }
    }
    // The ledger is closed before its folder goes; what it says on closing was seen by a step.
    drop(trial.session.ledger_close());
    drop(trial);
    if failed {
        tell(&format!(
            "自检没有通过。试过的文件留在“{}”，请发给技术支持。",
            folder.display()
        ));
    } else {
        tell(&format!("自检通过，共 {} 步。", steps.len()));
        // Passing things: what cannot be removed is left to the system.
        drop(std::fs::remove_dir_all(&folder));
    }
    !failed
}

/// A new folder with hanzi and spaces in its name, as people's folders have them.
fn fresh_folder(environment: &Environment, below: &Path) -> std::io::Result<PathBuf> {
    let now = environment.clock.now().format("%Y%m%d %H%M%S");
    let mut number = std::process::id();
    loop {
        let folder = below.join(format!("旧改一本账 自检 {now} {number}"));
        match std::fs::create_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|()| folder),
        }
    }
}

struct Trial {
    session: Session,
    folder: PathBuf,
    compound: String,
    before: String,
    backup: PathBuf,
}

impl Trial {
    fn ledger(&self) -> PathBuf {
        self.folder.join("自检 台账.jgdb")
    }

    /// The first dwelling of the compound.
    fn row(&mut self) -> Result<RecordRow, String> {
        let query = WindowQuery {
            kind: KindCode::Dwelling,
            compound: Some(self.compound.clone()),
            search: String::new(),
            filters: Vec::new(),
            sort: Vec::new(),
        };
        let window = told(self.session.record_window(&query, 0, 1))?;
        let row = window.rows.into_iter().next();
        row.ok_or_else(|| "台账里没有房屋。".to_owned())
    }

    /// Text of the cell that the steps work on.
    fn cell(&mut self) -> Result<String, String> {
        let row = self.row()?;
        let fields = KindCode::Dwelling.kind().fields;
        let at = fields.iter().position(|field| field.code == FIELD);
        at.and_then(|at| row.cells.get(at).cloned())
            .ok_or_else(|| "没有建筑面积这一列。".to_owned())
    }

    fn type_in(&mut self, text: &str) -> Result<(), String> {
        let row = self.row()?;
        let edits = RecordEdits {
            kind: KindCode::Dwelling,
            compound: Some(self.compound.clone()),
            gesture: EditGesture::Edit,
            edits: vec![RecordEdit {
                id: Some(row.id),
                cells: vec![CellText {
                    field: FIELD.to_owned(),
                    text: text.to_owned(),
                }],
            }],
        };
        told(self.session.record_edit(&edits)).map(drop)
    }

    /// Buildings, dwellings, households and people of the only compound.
    fn figures(&self) -> Result<(i64, i64, i64, i64), String> {
        let summary = told(self.session.summary(None))?;
        match summary.as_slice() {
            [one] => Ok((one.buildings, one.dwellings, one.households, one.people)),
            other => Err(format!("应有 1 个小区，实有 {} 个。", other.len())),
        }
    }
}

fn told<T>(result: Result<T, ApiError>) -> Result<T, String> {
    result.map_err(|error| error.one_line())
}

fn same<T: PartialEq + std::fmt::Display>(what: &str, seen: &T, right: &T) -> Result<(), String> {
    if seen == right {
        return Ok(());
    }
    Err(format!("{what}应为 {right}，实为 {seen}。"))
}

fn create(trial: &mut Trial) -> Result<String, String> {
    let status = told(trial.session.ledger_create(&trial.ledger()))?;
    same("台账名称", &status.name.as_str(), &"自检 台账")?;
    same("小区个数", &told(trial.session.summary(None))?.len(), &0)?;
    if status.read_only || !trial.ledger().is_file() {
        return Err("新建的台账不能写入。".to_owned());
    }
    Ok("在带汉字和空格的文件夹里建好".to_owned())
}

fn import(trial: &mut Trial) -> Result<String, String> {
    let workbook = trial.folder.join(WORKBOOK_NAME);
    std::fs::write(&workbook, WORKBOOK).map_err(|error| format!("工作簿没有写成（{error}）。"))?;
    let preview = told(trial.session.import_preview(&workbook))?;
    if !preview.blocked.is_empty() {
        return Err(preview.blocked);
    }
    let checks = preview.checks.len();
    let different = preview.checks.iter().filter(|check| !check.equal).count();
    same("对不上的合计", &different, &0)?;
    let changed = told(trial.session.import_commit(&workbook, COMPOUND))?;
    trial.compound = changed.value.compound;
    let (buildings, dwellings, households, people) = trial.figures()?;
    same("楼栋", &buildings, &8)?;
    same("房屋", &dwellings, &307)?;
    same("住户", &households, &307)?;
    same("人口", &people, &1100)?;
    Ok(format!(
        "{buildings} 栋 {dwellings} 套 {households} 户 {people} 人，{checks} 处合计都对"
    ))
}

fn edit(trial: &mut Trial) -> Result<String, String> {
    trial.before = trial.cell()?;
    trial.type_in(TYPED)?;
    same("建筑面积", &trial.cell()?.as_str(), &STORED)?;
    Ok(format!("{} 改为 {STORED} ㎡", trial.before))
}

fn undo(trial: &mut Trial) -> Result<String, String> {
    told(trial.session.history_undo())?;
    same("建筑面积", &trial.cell()?, &trial.before)?;
    Ok(format!("回到 {} ㎡", trial.before))
}

fn redo(trial: &mut Trial) -> Result<String, String> {
    told(trial.session.history_redo())?;
    same("建筑面积", &trial.cell()?.as_str(), &STORED)?;
    Ok(format!("又是 {STORED} ㎡"))
}

fn back_up(trial: &mut Trial) -> Result<String, String> {
    let backup = told(trial.session.backup_create())?;
    trial.backup = PathBuf::from(&backup.path);
    if !backup.verified || !trial.backup.is_file() {
        return Err("备份文件不完好。".to_owned());
    }
    same(
        "备份内容",
        &backup.content.as_str(),
        &"1 个小区　307 套　307 户",
    )?;
    Ok(backup.content)
}

fn restore(trial: &mut Trial) -> Result<String, String> {
    trial.type_in("99.99")?;
    same("建筑面积", &trial.cell()?.as_str(), &"99.99")?;
    told(trial.session.backup_restore(&trial.backup))?;
    same("恢复后的建筑面积", &trial.cell()?.as_str(), &STORED)?;
    Ok(format!("99.99 恢复为 {STORED} ㎡"))
}

fn print(trial: &mut Trial) -> Result<String, String> {
    let request = ReportRequest::of(DocumentCode::D6, trial.compound.clone());
    let preview = told(trial.session.report_preview(&request))?;
    same("页数", &preview.pages.len(), &1)?;
    if let Some(missing) = preview.warnings.iter().find(|line| line.contains('〓')) {
        return Err(missing.clone());
    }
    let path = trial.folder.join("一页纸 方案.pdf");
    told(trial.session.report_save(&request, &path))?;
    let bytes = std::fs::read(&path).map_err(|error| format!("读不出 PDF（{error}）。"))?;
    if !bytes.starts_with(b"%PDF-") {
        return Err("打印出来的不是 PDF。".to_owned());
    }
    Ok(format!("1 页，{}", crate::text::size(bytes.len() as u64)))
}

fn verify(trial: &mut Trial) -> Result<String, String> {
    let report = told(trial.session.verify())?;
    match report.problems.first() {
        Some(problem) => Err(format!("查出 {} 处：{problem}", report.problems.len())),
        None => Ok("台账完好".to_owned()),
    }
}

fn reopen(trial: &mut Trial) -> Result<String, String> {
    told(trial.session.ledger_close())?;
    told(trial.session.ledger_open(&trial.ledger()))?;
    same("房屋", &trial.figures()?.1, &307)?;
    same("建筑面积", &trial.cell()?.as_str(), &STORED)?;
    Ok("内容都在".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::bare;

    fn trial(steps: &[Step]) -> (bool, Vec<String>, Vec<PathBuf>) {
        let (folder, session) = bare();
        let below = folder.path().join("临时 文件");
        std::fs::create_dir(&below).expect("folder");
        let mut lines = Vec::new();
        let passed = run(&session.environment, &below, steps, &mut |line| {
            lines.push(line.to_owned());
        });
        let left: Vec<PathBuf> = std::fs::read_dir(&below)
            .expect("listed")
            .map(|entry| entry.expect("entry").path())
            .inspect(|folder| assert!(steps.len() < 2 || folder.join("自检 台账.jgdb").is_file()))
            .collect();
        assert!(
            !session.environment.data_dir.exists(),
            "the person's own folder is not touched"
        );
        (passed, lines, left)
    }

    #[test]
    fn every_step_passes_and_nothing_is_left() {
        let (passed, lines, left) = trial(STEPS);
        assert!(passed, "{lines:#?}");
        assert_eq!(lines.len(), STEPS.len() + 1);
        assert!(
            lines[1].contains("8 栋 307 套 307 户 1100 人"),
            "{}",
            lines[1]
        );
        assert_eq!(lines[3], "通过 撤销：回到 62.09 ㎡");
        assert_eq!(lines[6], "通过 从备份恢复：99.99 恢复为 63.75 ㎡");
        assert_eq!(lines[10], "自检通过，共 10 步。");
        assert_eq!(left, Vec::<PathBuf>::new());
    }

    #[test]
    fn a_failure_is_told_and_the_folder_stays() {
        let wrong: Step = ("修改一个格子", |trial| {
            same("建筑面积", &trial.cell()?.as_str(), &"1.00").map(|()| String::new())
        });
        let (passed, lines, left) = trial(&[STEPS[0], STEPS[1], wrong, STEPS[3]]);
        assert!(!passed);
        assert_eq!(
            lines[2],
            "失败 修改一个格子：建筑面积应为 1.00，实为 62.09。"
        );
        assert_eq!(lines[3], "未做 撤销");
        assert_eq!(left.len(), 1);
        assert!(lines[4].contains(&left[0].display().to_string()));
    }

    #[test]
    fn a_panic_in_a_step_is_a_failure_of_that_step() {
        let broken: Step = ("新建台账", |_| panic!("on purpose"));
        let (passed, lines, _) = trial(&[broken]);
        assert!(!passed);
        assert_eq!(lines[0], "失败 新建台账：程序出了意外。");
    }
}
