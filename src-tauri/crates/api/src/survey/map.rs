//! Which column of a questionnaire file is what: by its header, by what was chosen last time.

use std::path::{Path, PathBuf};

use jiugai_domain::survey::{Question, QuestionKind, Questionnaire};
use jiugai_domain::text::normalize;
use jiugai_exchange::book::Sheet;
use jiugai_storage::files::write_whole;
use serde::{Deserialize, Serialize};

use crate::wire::LabelledCode;

/// Maps kept; the oldest goes.
const LIMIT: usize = 100;
/// Rows within which the header is looked for.
const HEADER_WITHIN: usize = 8;

/// Where a column goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Ignore,
    Place,
    Building,
    Entrance,
    Room,
    Name,
    Phone,
    Submitted,
    Serial,
    Source,
    Question(u32),
}

const PLAIN: [(Target, &str, &str); 10] = [
    (Target::Ignore, "ignore", "不导入"),
    (Target::Place, "place", "房号（楼栋单元房号写在一起）"),
    (Target::Building, "building", "楼栋"),
    (Target::Entrance, "entrance", "单元"),
    (Target::Room, "room", "房号"),
    (Target::Name, "name", "姓名"),
    (Target::Phone, "phone", "电话"),
    (Target::Submitted, "submitted", "提交时间"),
    (Target::Serial, "serial", "序号"),
    (Target::Source, "source", "来源"),
];

impl Target {
    pub(super) fn code(self) -> String {
        match self {
            Self::Question(key) => format!("q{key}"),
            plain => PLAIN
                .iter()
                .find(|(target, ..)| *target == plain)
                .map_or("ignore", |(_, code, _)| code)
                .to_owned(),
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        if let Some(key) = code.strip_prefix('q').and_then(|key| key.parse().ok()) {
            return Some(Self::Question(key));
        }
        PLAIN
            .iter()
            .find(|(_, known, _)| *known == code)
            .map(|(target, ..)| *target)
    }
}

/// Everything that a column can go to.
pub(super) fn targets(sheet: &Questionnaire) -> Vec<LabelledCode> {
    let plain = PLAIN.iter().map(|(_, code, label)| LabelledCode {
        code: (*code).to_owned(),
        label: (*label).to_owned(),
    });
    let questions = sheet
        .questions
        .iter()
        .zip(1..)
        .map(|(question, number)| LabelledCode {
            code: format!("q{}", question.key),
            label: format!("{number}. {}", question.title),
        });
    plain.chain(questions).collect()
}

/// A column with where it goes; `choice` for one column per choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) column: u32,
    pub(super) header: String,
    pub(super) target: Target,
    pub(super) choice: Option<u32>,
}

fn folded(text: &str) -> String {
    normalize(text)
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// `3、最希望改什么` is 3 and the words.
fn numbered(header: &str) -> (Option<usize>, &str) {
    let text = header.trim_start_matches(['第', 'Q', 'q']);
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let rest = text[end..]
        .trim_start_matches('题')
        .trim_start_matches(['、', '.', '．', ':', '：', ' ', '_', '（', '(']);
    match text[..end].parse() {
        Ok(number) if rest.len() < text[end..].len() || rest.is_empty() => (Some(number), rest),
        _ => (None, header),
    }
}

/// Takes `最希望改什么(停车)`, `最希望改什么:停车`, `3(停车)` apart.
fn beside(text: &str) -> (&str, Option<&str>) {
    let trimmed = text.trim_end_matches([')', '）', '】', ']']);
    if trimmed.len() < text.len()
        && let Some(at) = trimmed.rfind(['(', '（', '【', '['])
    {
        let mark = trimmed[at..].chars().next().map_or(1, char::len_utf8);
        return (&trimmed[..at], Some(&trimmed[at + mark..]));
    }
    match text.rsplit_once([':', '：', '—', '_']) {
        Some((before, after)) if !after.is_empty() => (before, Some(after)),
        _ => (text, None),
    }
}

fn choice_of(question: &Question, words: &str) -> Option<u32> {
    let wanted = folded(words);
    question
        .choices
        .iter()
        .find(|choice| folded(&choice.text) == wanted)
        .or_else(|| {
            let number = wanted.parse().ok()?;
            question.choice(number)
        })
        .map(|choice| choice.number)
}

fn question_of<'a>(sheet: &'a Questionnaire, words: &str) -> Option<&'a Question> {
    let wanted = folded(words);
    if wanted.chars().count() < 2 {
        return None;
    }
    let exact = sheet
        .questions
        .iter()
        .find(|question| folded(&question.title) == wanted);
    exact.or_else(|| {
        let like = |question: &&Question| {
            let title = folded(&question.title);
            wanted.chars().count() >= 5 && (title.contains(&wanted) || wanted.contains(&title))
        };
        let mut found = sheet.questions.iter().filter(like);
        let first = found.next();
        first.filter(|_| found.next().is_none())
    })
}

/// What a header says.
fn guess(sheet: &Questionnaire, header: &str) -> (Target, Option<u32>) {
    let words = folded(header);
    let plain = match words.as_str() {
        "序号" | "编号" | "答卷编号" | "答题序号" | "id" => Some(Target::Serial),
        "来源" | "来源渠道" | "答题来源" => Some(Target::Source),
        "所用时间" | "答题时长" | "来源详情" | "来自ip" | "ip" | "ip地址" | "总分" | "答题时间" => {
            Some(Target::Ignore)
        }
        _ => None,
    };
    if let Some(target) = plain {
        return (target, None);
    }
    if words.contains("提交") && words.contains("时间") {
        return (Target::Submitted, None);
    }
    if words.contains("ip") && words.chars().count() < 8 {
        return (Target::Ignore, None);
    }
    let (number, rest) = numbered(header);
    if let Some(question) = question_of(sheet, rest) {
        return (Target::Question(question.key), None);
    }
    let (title, choice) = beside(rest);
    if let Some(choice) = choice {
        let by_number = number
            .filter(|_| folded(title).is_empty())
            .and_then(|number| sheet.questions.get(number.checked_sub(1)?));
        let question = question_of(sheet, title).or(by_number);
        if let Some(question) = question
            && let Some(choice) = choice_of(question, choice)
        {
            return (Target::Question(question.key), Some(choice));
        }
    }
    let rest = folded(rest);
    let has = |parts: &[&str]| parts.iter().any(|part| rest.contains(part));
    let short = rest.chars().count() <= 16;
    let target = if !short {
        Target::Ignore
    } else if has(&["电话", "手机"]) {
        Target::Phone
    } else if has(&["姓名", "户主", "联系人"]) {
        Target::Name
    } else if has(&[
        "门牌",
        "住址",
        "地址",
        "楼号单元",
        "楼栋单元",
        "房屋位置",
        "完整房号",
    ]) {
        Target::Place
    } else if has(&["房号", "室号", "房间号"]) {
        Target::Room
    } else if has(&["楼栋", "楼号", "几号楼", "楼幢"]) {
        Target::Building
    } else if has(&["单元"]) {
        Target::Entrance
    } else {
        Target::Ignore
    };
    (target, None)
}

/// The row of the header: the one in which most headers say something.
pub(super) fn header_row(book: &Sheet, sheet: &Questionnaire) -> u32 {
    let known = |cells: &[jiugai_exchange::book::Cell]| {
        cells
            .iter()
            .filter(|cell| guess(sheet, &book.text(cell)).0 != Target::Ignore)
            .count()
    };
    book.rows()
        .take(HEADER_WITHIN)
        .map(|(row, cells)| (known(cells), std::cmp::Reverse(row)))
        .max()
        .map_or(0, |(_, row)| row.0)
}

/// The columns with where they go. A room column without building is a place as a whole.
pub(super) fn columns(book: &Sheet, header: u32, sheet: &Questionnaire) -> Vec<Column> {
    let mut columns: Vec<Column> = book
        .row(header)
        .iter()
        .map(|cell| {
            let text = book.text(cell).into_owned();
            let (target, choice) = guess(sheet, &text);
            Column {
                column: cell.column(),
                header: text,
                target,
                choice,
            }
        })
        .collect();
    let has = |columns: &[Column], target| columns.iter().any(|one| one.target == target);
    if has(&columns, Target::Room)
        && !has(&columns, Target::Building)
        && !has(&columns, Target::Place)
    {
        for column in &mut columns {
            if column.target == Target::Room {
                column.target = Target::Place;
            }
        }
    }
    // One column for one question, unless each is for a choice.
    let mut seen = std::collections::HashSet::new();
    for column in &mut columns {
        let single = column.choice.is_none() && column.target != Target::Ignore;
        if single && !seen.insert(column.target.code()) {
            column.target = Target::Ignore;
        }
    }
    columns
}

/// Question kinds of which each choice may have a column.
pub(super) fn spreads(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::Multiple | QuestionKind::Rank)
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    key: String,
    columns: Vec<(String, String, Option<u32>)>,
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("survey-imports.json")
}

fn load(data_dir: &Path) -> Vec<Kept> {
    std::fs::read(file(data_dir))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn key(family: &str, columns: &[Column]) -> String {
    let headers: Vec<&str> = columns.iter().map(|one| one.header.as_str()).collect();
    format!("{family}\n{}", headers.join("\n"))
}

/// Takes up what was chosen for such a file before; true when that changed something.
pub(super) fn recall(data_dir: &Path, family: &str, columns: &mut [Column]) -> bool {
    let wanted = key(family, columns);
    let Some(kept) = load(data_dir).into_iter().find(|kept| kept.key == wanted) else {
        return false;
    };
    for (column, (_, code, choice)) in columns.iter_mut().zip(kept.columns) {
        if let Some(target) = Target::from_code(&code) {
            column.target = target;
            column.choice = choice;
        }
    }
    true
}

/// Keeps what was chosen. A convenience: a full disk must not keep an import from happening.
pub(super) fn keep(data_dir: &Path, family: &str, columns: &[Column]) {
    let key = key(family, columns);
    let mut known = load(data_dir);
    known.retain(|kept| kept.key != key);
    let columns = columns
        .iter()
        .map(|one| (one.header.clone(), one.target.code(), one.choice))
        .collect();
    known.insert(0, Kept { key, columns });
    known.truncate(LIMIT);
    if let Ok(bytes) = serde_json::to_vec(&known) {
        drop(write_whole(&file(data_dir), &bytes));
    }
}
