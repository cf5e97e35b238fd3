//! What people read about an import: names of targets, reasons, problems.

use jiugai_domain::{FieldType, KindCode, Value, fixed};
use jiugai_exchange::book::BookNote;
use jiugai_exchange::table::{
    BuildingSource, Check, CheckScope, Problem, Reason, RowProblem, Table, Target,
};

use super::judge::Note;
use crate::wire::{ImportCheck, Severity};
use crate::wording::field_error;

/// Beside a cell that a person changed after the last import.
pub(super) const CHANGED_SINCE: &str =
    "上次导入之后，有人在台账里改过这一格。勾上这一行就用表里的，不勾就留台账里的。";

/// `建筑面积`, without its kind.
pub(super) fn target(target: Target) -> String {
    match target {
        Target::Ignore => "不导入".to_owned(),
        Target::Serial => "序号（不导入）".to_owned(),
        Target::Compound => "小区".to_owned(),
        Target::Building => "楼号".to_owned(),
        Target::Entrance => "单元".to_owned(),
        Target::Room => "房号".to_owned(),
        Target::Address => "楼号、单元、房号写在一格".to_owned(),
        Target::Phone => "联系电话（业主、住户）".to_owned(),
        Target::Field { kind, field } => {
            let label = kind.kind().field(field).map_or("", |field| field.label);
            label.to_owned()
        }
        Target::OutbuildingRooms { kind } => format!("{}间数", outbuilding(kind)),
    }
}

/// The heading under which a list of targets shows it.
pub(super) fn group(target: Target) -> &'static str {
    match target {
        Target::Ignore | Target::Serial => "",
        Target::Compound | Target::Building | Target::Entrance | Target::Room | Target::Address => {
            "位置"
        }
        Target::Phone => KindCode::Household.kind().label,
        Target::Field { kind, .. } => kind.kind().label,
        Target::OutbuildingRooms { .. } => KindCode::Outbuilding.kind().label,
    }
}

/// `房屋 · 建筑面积`.
pub(super) fn full_target(of: Target) -> String {
    match group(of) {
        "" => target(of),
        group => format!("{group} · {}", target(of)),
    }
}

/// `大排房`.
pub(super) fn outbuilding(sort: &str) -> String {
    let field = KindCode::Outbuilding.kind().field("kind");
    field.map_or_else(String::new, |field| {
        field.format(&Value::Text(sort.to_owned()))
    })
}

/// Why a column is what it is.
pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Word { word } => format!("表头就是“{word}”"),
        Reason::Contains { word } => format!("表头里有“{word}”"),
        Reason::Content { sample } => format!("内容像“{sample}”"),
        Reason::Remembered => "上次是这样选的".to_owned(),
        Reason::ByHand => "这次选定的".to_owned(),
        Reason::Unknown => "没有认出，请选一项，或者不导入".to_owned(),
        Reason::Unit { word, target } => format!(
            "像“{}”，但单位是“{word}”，换算不了，没有导入",
            self::target(*target)
        ),
        Reason::Double { first, target } => {
            format!(
                "和 {first} 列都像“{}”，用了 {first} 列",
                self::target(*target)
            )
        }
    }
}

/// What was mended while reading.
pub(super) fn book_note(note: &BookNote) -> String {
    let rows = |rows: &[u32], count: u32| {
        let listed: Vec<String> = rows.iter().map(u32::to_string).collect();
        let more = if usize::try_from(count).unwrap_or(usize::MAX) > rows.len() {
            " 等"
        } else {
            ""
        };
        format!("第 {}{more} 行", listed.join("、"))
    };
    match note {
        BookNote::WrongExtension { extension } => {
            format!("文件名写的是 .{extension}，内容其实是另一种格式，已按内容读出。")
        }
        BookNote::StrayQuotes { rows: at, count } => {
            format!(
                "{}有不成对的引号，已当作普通文字，请核对这些行。",
                rows(at, *count)
            )
        }
        BookNote::MixedEncodings { rows: at, count } => {
            format!(
                "{}的编码和别处不同，已分别读出，请核对这些行。",
                rows(at, *count)
            )
        }
        BookNote::BadBytes { rows: at, count } => {
            format!(
                "{}有读不出的字，显示为 �，请在原表里改好再导入。",
                rows(at, *count)
            )
        }
        BookNote::OverlappingMerges { sheet, dropped } => {
            format!("工作表“{sheet}”有 {dropped} 处合并格互相重叠，按先出现的读。")
        }
    }
}

/// Where the building of a whole table was found.
pub(super) fn building_told(building: &str, source: BuildingSource) -> String {
    match source {
        BuildingSource::SheetName => format!("楼号按工作表名称认作“{building}”。"),
        BuildingSource::Title => format!("楼号按标题认作“{building}”。"),
    }
}

/// What a table lacks.
pub(super) fn missing(targets: &[Target]) -> String {
    let names: Vec<String> = targets
        .iter()
        .map(|of| format!("“{}”", target(*of)))
        .collect();
    format!(
        "还不知道哪一列是{}，这张表不能导入。请在下面点选，或者改选这张表的内容。",
        names.join("、")
    )
}

/// What is wrong with a cell.
pub(super) fn problem(target: Target, problem: &Problem) -> (Severity, String) {
    match problem {
        Problem::Bad { error, .. } => {
            let sentence = target
                .field()
                .map_or_else(String::new, |field| field_error(field, error));
            (
                Severity::Warning,
                format!("{sentence}这一格不导入，其余照常。"),
            )
        }
        Problem::FormulaError { .. } => (
            Severity::Warning,
            "这一格的公式有错，不导入，其余照常。".to_owned(),
        ),
        Problem::ReadAsZero => (Severity::Note, "写的是“无”，按 0 计。".to_owned()),
        Problem::DaySerial { text } => {
            (Severity::Note, format!("数字 {text} 按日期读出，请核对。"))
        }
    }
}

/// What is wrong with, or noteworthy about, a row.
pub(super) fn note(table: &Table, note: &Note) -> (Severity, String) {
    let column = |place: usize| {
        table
            .columns
            .get(place)
            .and_then(|column| column.path.last())
            .cloned()
            .unwrap_or_default()
    };
    let error = |text: String| (Severity::Error, text);
    let warning = |text: String| (Severity::Warning, text);
    match note {
        Note::Row(problem) => row_problem(problem, &column),
        Note::NoCompound => error("不知道是哪个小区，这一行不导入。请在上面选好小区。".to_owned()),
        Note::Needs(field) => error(format!(
            "台账里还没有这一条，要新建就必须填“{}”，这一行不导入。请补上。",
            field.label
        )),
        Note::NoDwelling => error(
            "台账里没有这套房屋，这一行不导入。请核对楼号、单元和房号，或者先导入房屋。".to_owned(),
        ),
        Note::NoOwner => error(
            "找不到这位业主，或者有几位同名，分不清是谁，这一行不导入。请到业主台账里核对。"
                .to_owned(),
        ),
        Note::SeveralNamed(kind) => error(format!(
            "台账里同名的{}不止一条，分不清改哪一条，这一行不导入。请到“{}”台账里改。",
            kind.kind().label,
            kind.kind().label
        )),
        Note::Again(first) => (
            Severity::Note,
            format!("和第 {first} 行一模一样，只导入一次。"),
        ),
        Note::FurtherOwner(first) => (
            Severity::Note,
            format!(
                "和第 {first} 行是同一套房屋的另一位业主，房屋按第 {first} 行导入，两位都记作业主。"
            ),
        ),
        Note::StageAtGates => error(
            "“推进阶段”和台账里的不一样：阶段不能用表格改，这一行不导入。请把这一格改成和台账一样或者留空，再到“阶段与关口”里推进。"
                .to_owned(),
        ),
        Note::Twice => warning("表里另有几行说的是同一处，内容不一样，请选一行。".to_owned()),
        Note::NoReference(place) => warning(format!(
            "台账里没有“{}”写的这一项，这一格不导入，其余照常。",
            column(*place)
        )),
        Note::OwnersDiffer(place) => warning(format!(
            "“{}”和台账里的业主人数不一样，这一格不导入。请到产权关系台账里改。",
            column(*place)
        )),
        Note::Several(place, kind) => warning(format!(
            "这套房在“{}”台账里不止一条，分不清改哪一条，“{}”不导入。请到台账里改。",
            kind.kind().label,
            column(*place)
        )),
    }
}

fn row_problem(problem: &RowProblem, column: &dyn Fn(usize) -> String) -> (Severity, String) {
    let error = |text: &str| (Severity::Error, text.to_owned());
    match problem {
        RowProblem::MissingRoom { text } if text.is_empty() => {
            error("没有房号，这一行不导入。请补上房号。")
        }
        RowProblem::MissingRoom { text } => (
            Severity::Error,
            format!("“{text}”里认不出房号，这一行不导入。请写成 3号楼2单元301 或 3-2-301。"),
        ),
        RowProblem::MissingBuilding => error("没有楼号，这一行不导入。请补上楼号。"),
        RowProblem::MissingEntrance => error("没有单元，这一行不导入。请补上单元。"),
        RowProblem::Required { column: place } => (
            Severity::Warning,
            format!("“{}”是空的，请补上。", column(*place)),
        ),
        RowProblem::DayInAddress { column: place } => (
            Severity::Error,
            format!(
                "“{}”被表格软件改成了日期，这一行不导入。请把这一格设为文本，重新填写。",
                column(*place)
            ),
        ),
        RowProblem::Duplicate { first_row, .. } => {
            (Severity::Warning, format!("与第 {first_row} 行是同一处。"))
        }
        RowProblem::Hidden => (
            Severity::Note,
            "这一行在表里是隐藏的，照样导入。不要的话请去掉勾。".to_owned(),
        ),
        RowProblem::PeopleInVacant { people } => (
            Severity::Warning,
            format!("写的是空置，却有 {people} 人常住。照原样导入，请核对。"),
        ),
        RowProblem::PeopleMissing => (
            Severity::Warning,
            "有人居住，但没填常住人口。请补上。".to_owned(),
        ),
        RowProblem::PartExceedsPeople {
            field,
            part,
            people,
        } => {
            let label = KindCode::Household
                .kind()
                .field(field)
                .map_or("这一类", |field| field.label);
            (
                Severity::Warning,
                format!("“{label}”有 {part} 人，比常住人口 {people} 人还多。照原样导入，请核对。"),
            )
        }
    }
}

/// A stated total beside what the rows add up to.
pub(super) fn check(table: &Table, check: &Check) -> ImportCheck {
    let text = |value| {
        format!(
            "{} {}",
            fixed::format_grouped(value, check.decimals),
            check.unit
        )
        .trim_end()
        .to_owned()
    };
    ImportCheck {
        row: check.row,
        scope: match &check.scope {
            CheckScope::Entrance { building, entrance } => format!("{building}{entrance}"),
            CheckScope::Building { building } => building.clone(),
            CheckScope::Above => "以上各行".to_owned(),
            CheckScope::All => "全部".to_owned(),
        },
        column: match check.target {
            Target::Room => "户数".to_owned(),
            _ => table
                .columns
                .get(check.column)
                .and_then(|column| column.path.last())
                .cloned()
                .unwrap_or_default(),
        },
        stated: text(check.stated),
        computed: text(check.computed),
        equal: check.equal,
    }
}

/// What a total that does not fit means.
pub(super) fn differing(check: &ImportCheck) -> String {
    format!(
        "{}的“{}”写的是 {}，各行加起来是 {}，以各行为准。",
        check.scope, check.column, check.stated, check.computed
    )
}

/// A value as people read it; references by the text that stands for them.
pub(super) fn value(kind: FieldType, field: &jiugai_domain::Field, value: &Value) -> String {
    match (kind, value) {
        (FieldType::Reference(_), Value::Text(text)) => text.clone(),
        _ => field.format(value),
    }
}
