//! 问卷星 and other questionnaire files: read, mapped, matched with households. What no rule can
//! decide is stored too and waits for a person.

use std::collections::HashSet;
use std::path::Path;

use jiugai_domain::RecordId;
use jiugai_domain::date;
use jiugai_domain::survey::{Answer, Answers, Channel, Questionnaire, Respondent, read_words};
use jiugai_domain::text::normalize;
use jiugai_exchange::book::{Book, Sheet, read_book};
use jiugai_storage::survey::{self as store, Response, Round, State};
use jiugai_storage::{Op, OpCode, log};
use sha2::{Digest, Sha256};

use super::doors::{self, Doors, Met};
use super::entry::tidy;
use super::flaw::{self, Flaw, FlawCode};
use super::map::{self, Column, Target};
use super::{round_of, version_of};
use crate::text::small;
use crate::wire::{Changed, SurveyColumn, SurveyDraft, SurveyImported};
use crate::{ApiError, ErrorCode, Session};

/// Values shown of a column.
const SAMPLES: usize = 3;
/// Problems told one by one.
const TOLD: usize = 100;

/// A questionnaire file that was read and is not imported yet.
pub(crate) struct Incoming {
    round: RecordId,
    family: String,
    file_name: String,
    book: Book,
    table: usize,
    header: u32,
    columns: Vec<Column>,
    remembered: bool,
}

impl Incoming {
    fn sheet(&self) -> &Sheet {
        &self.book.sheets[self.table]
    }
}

/// What became of one row.
struct Row {
    response: Response,
    flaws: Vec<Flaw>,
    how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Room,
    Phone,
    Name,
    None,
}

fn no_file() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "还没有选文件",
        "要导入的问卷文件不在了，可能刚导入过或者换了台账。",
        "请重新选一次文件。",
    )
}

impl Session {
    /// Reads a questionnaire file for a round; nothing is written.
    ///
    /// # Errors
    /// Those of reading a workbook; `noTable` when no column answers a question.
    pub fn survey_import_read(
        &mut self,
        round: &str,
        path: &Path,
    ) -> Result<SurveyDraft, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, round)?;
        let version = version_of(conn, round.questionnaire)?;
        let bytes = jiugai_exchange::read_file(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let book = read_book(&bytes, &name)?;
        let table = book
            .sheets
            .iter()
            .enumerate()
            .filter(|(_, sheet)| !sheet.is_empty())
            .max_by_key(|(_, sheet)| sheet.row_count())
            .map_or(0, |(at, _)| at);
        let header = map::header_row(&book.sheets[table], &version.sheet);
        let mut columns = map::columns(&book.sheets[table], header, &version.sheet);
        let remembered = map::recall(&self.environment.data_dir, &version.family, &mut columns);
        let incoming = Incoming {
            round: round.id,
            family: version.family,
            file_name: name.into_owned(),
            book,
            table,
            header,
            columns,
            remembered,
        };
        let draft = draft(&incoming, &version.sheet);
        self.survey = Some(incoming);
        Ok(draft)
    }

    /// Sets where a column goes.
    ///
    /// # Errors
    /// `notFound` when no file was read, or for an unknown target.
    pub fn survey_import_map(
        &mut self,
        column: u32,
        target: &str,
    ) -> Result<SurveyDraft, ApiError> {
        let target = Target::from_code(target).ok_or_else(ApiError::not_found)?;
        let incoming = self.survey.as_mut().ok_or_else(no_file)?;
        for one in &mut incoming.columns {
            if one.column == column {
                one.choice = one.choice.filter(|_| one.target == target);
                one.target = target;
            } else if one.target == target && one.choice.is_none() && target != Target::Ignore {
                one.target = Target::Ignore;
            }
        }
        let round = incoming.round;
        let conn = self.connection()?;
        let round = round_of(conn, &round.to_string())?;
        let sheet = version_of(conn, round.questionnaire)?.sheet;
        let incoming = self.survey.as_ref().ok_or_else(no_file)?;
        Ok(draft(incoming, &sheet))
    }

    /// What importing would do; nothing is written.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_import_check(&self) -> Result<SurveyImported, ApiError> {
        let incoming = self.survey.as_ref().ok_or_else(no_file)?;
        Ok(self.judge(incoming)?.1)
    }

    /// Imports the file that was read, in one step that can be undone.
    ///
    /// # Errors
    /// `notFound`; those of the ledger.
    pub fn survey_import_run(&mut self) -> Result<Changed<SurveyImported>, ApiError> {
        let incoming = self.survey.as_ref().ok_or_else(no_file)?;
        let (rows, counts) = self.judge(incoming)?;
        map::keep(
            &self.environment.data_dir,
            &incoming.family,
            &incoming.columns,
        );
        let round = round_of(self.connection()?, &incoming.round.to_string())?;
        let mut op = Op::many(OpCode::Import, round.name, rows.len());
        op.params["source"] = format!("问卷文件“{}”", incoming.file_name).into();
        let changed = self.write(&op, |conn| {
            for row in &rows {
                store::insert(conn, &row.response)?;
            }
            Ok(counts)
        })?;
        self.survey = None;
        Ok(changed)
    }

    fn judge(&self, incoming: &Incoming) -> Result<(Vec<Row>, SurveyImported), ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, &incoming.round.to_string())?;
        let version = version_of(conn, round.questionnaire)?;
        let doors = Doors::of(conn, round.compound)?;
        let mut taken: HashSet<(RecordId, Option<RecordId>)> =
            store::respondents_of(conn, round.id)?.into_keys().collect();
        let mut known: HashSet<String> = store::source_keys(conn, round.id)?.into_iter().collect();
        let mut counts = SurveyImported::default();
        let mut rows = Vec::new();
        let book = incoming.sheet();
        for (number, cells) in book.rows() {
            if number <= incoming.header || cells.is_empty() {
                continue;
            }
            counts.rows += 1;
            let told = Told::of(incoming, book, number, &version.sheet);
            let source_key = told.key(&incoming.file_name);
            if !known.insert(source_key.clone()) {
                counts.repeated += 1;
                continue;
            }
            let mut response = self.blank(&round, incoming, &told, source_key)?;
            response.questionnaire = version.id;
            response.id = log::fresh_id(conn, self.now())?;
            let mut flaws = told.flaws;
            response.answers = told.answers;
            flaws.extend(tidy(&version.sheet, &mut response.answers));
            let how = self::place(&doors, &told.place, &told.phone, &told.name, &mut flaws);
            let mut row = Row {
                response,
                flaws,
                how: how.1,
            };
            if let Some(at) = how.0 {
                let door = &doors.all[at];
                row.response.dwelling = Some(door.dwelling);
                row.response.household = door.household;
                if !taken.insert((door.dwelling, door.household)) {
                    row.flaws.insert(0, Flaw::of(FlawCode::Duplicate));
                }
            }
            timely(&round, &mut row);
            finish(&mut row, &version.sheet, number, &mut counts);
            if row.response.state == State::Pending
                && let (Some(dwelling), false) = (
                    row.response.dwelling,
                    row.flaws
                        .iter()
                        .any(|flaw| flaw.code == FlawCode::Duplicate),
                )
            {
                // It waits for another reason: the household is still free.
                taken.remove(&(dwelling, row.response.household));
            }
            rows.push(row);
        }
        Ok((rows, counts))
    }

    fn blank(
        &self,
        round: &Round,
        incoming: &Incoming,
        told: &Told,
        source_key: String,
    ) -> Result<Response, ApiError> {
        Ok(Response {
            id: round.id,
            round: round.id,
            answers: Answers::new(),
            state: State::Counted,
            questionnaire: round.questionnaire,
            dwelling: None,
            household: None,
            respondent: Respondent::Household,
            respondent_name: told.name.clone(),
            phone: told.phone.clone(),
            place: told.place.clone(),
            answered_on: told
                .day
                .clone()
                .unwrap_or_else(|| self.now().format("%Y-%m-%d").to_string()),
            collector: String::new(),
            channel: Channel::Online,
            evidence: told.source.clone(),
            source: incoming.file_name.clone(),
            source_key,
            plan: round.plan,
            plan_version: round.plan_version,
            second: None,
            second_by: String::new(),
            flaws: "[]".to_owned(),
            tags: std::collections::BTreeMap::default(),
            entered_at: self.now().to_rfc3339(),
            entered_by: self.kept.settings.actor.clone(),
        })
    }
}

/// What a row says, before it is matched.
struct Told {
    place: String,
    name: String,
    phone: String,
    day: Option<String>,
    time: String,
    serial: String,
    source: String,
    answers: Answers,
    flaws: Vec<Flaw>,
}

impl Told {
    fn of(incoming: &Incoming, book: &Sheet, row: u32, sheet: &Questionnaire) -> Self {
        let mut told = Self {
            place: String::new(),
            name: String::new(),
            phone: String::new(),
            day: None,
            time: String::new(),
            serial: String::new(),
            source: String::new(),
            answers: Answers::new(),
            flaws: Vec::new(),
        };
        let mut parts = [String::new(), String::new(), String::new()];
        for column in &incoming.columns {
            let text = book.text_at(row, column.column);
            if text.trim().is_empty() {
                continue;
            }
            match column.target {
                Target::Ignore => {}
                Target::Place => told.place = normalize(&text),
                Target::Building => parts[0] = with_end(&text, "号楼"),
                Target::Entrance => parts[1] = with_end(&text, "单元"),
                Target::Room => parts[2] = normalize(&text),
                Target::Name => told.name = normalize(&text),
                Target::Phone => told.phone = normalize(&text),
                Target::Serial => told.serial = normalize(&text),
                Target::Source => told.source = normalize(&text),
                Target::Submitted => {
                    told.time = normalize(&text);
                    let first = told.time.split([' ', 'T']).next().unwrap_or("");
                    told.day = date::parse(first).map(|day| day.format("%Y-%m-%d").to_string());
                    if told.day.is_none() {
                        told.flaws
                            .push(Flaw::at(FlawCode::BadDay, 0, told.time.clone()));
                    }
                }
                Target::Question(key) => told.answer(sheet, key, column, &text),
            }
        }
        // For 排序 in columns the cells tell the places.
        for answer in told.answers.values_mut() {
            if let Some(places) = answer.text.strip_prefix(PLACES) {
                let mut order: Vec<(u32, u32)> = places
                    .split(',')
                    .zip(&answer.choices)
                    .filter_map(|(place, number)| Some((place.parse().ok()?, *number)))
                    .collect();
                order.sort_unstable();
                answer.choices = order.into_iter().map(|(_, number)| number).collect();
                answer.text = String::new();
            }
        }
        if told.place.is_empty() {
            told.place = parts.concat();
        }
        told
    }

    fn answer(&mut self, sheet: &Questionnaire, key: u32, column: &Column, text: &str) {
        let Some(question) = sheet.question(key) else {
            return;
        };
        let Some(number) = column.choice.filter(|_| map::spreads(question)) else {
            match read_words(question, text) {
                Ok(Some(answer)) => drop(self.answers.insert(key, answer)),
                Ok(None) => {}
                Err(_) => self
                    .flaws
                    .push(Flaw::at(FlawCode::BadAnswer, key, normalize(text))),
            }
            return;
        };
        // One column for each choice: 1 or its words when chosen, 0 or nothing when not.
        let cell = normalize(text);
        if matches!(cell.as_str(), "0" | "否" | "未选" | "(空)" | "-3" | "-2") {
            return;
        }
        let answer: &mut Answer = self.answers.entry(key).or_default();
        answer.choices.push(number);
        if question.kind == jiugai_domain::survey::QuestionKind::Rank {
            let before = answer.text.strip_prefix(PLACES).map(str::to_owned);
            let place = if cell.parse::<u32>().is_ok() {
                cell
            } else {
                answer.choices.len().to_string()
            };
            answer.text = match before {
                Some(before) => format!("{PLACES}{before},{place}"),
                None => format!("{PLACES}{place}"),
            };
        } else if let Some(at) = text.find('〖') {
            answer.other = text[at..].trim_matches(['〖', '〗']).trim().to_owned();
        }
        if answer.choices.len() > question.limit() {
            let chosen = answer.choices.len();
            self.answers.remove(&key);
            self.flaws.push(Flaw::at(
                FlawCode::BadAnswer,
                key,
                format!("选了 {chosen} 项，最多 {} 项", question.limit()),
            ));
        }
    }

    /// The same answer is never taken twice: its number in the file, else time and place, else all that
    /// the row says.
    fn key(&self, file: &str) -> String {
        if self.serial.is_empty() && self.time.is_empty() {
            let answers = serde_json::to_string(&self.answers).expect("plain data");
            let cells = [file, &self.place, &self.name, &self.phone, &answers].join("\u{1}");
            let digest = Sha256::digest(cells.as_bytes());
            return digest.iter().map(|byte| format!("{byte:02x}")).collect();
        }
        format!("{}|{}|{}|{}", self.serial, self.time, self.place, self.name)
    }
}

/// Marks, while a row is read, the places of choices told by columns.
const PLACES: &str = "\u{1}";

fn with_end(text: &str, end: &str) -> String {
    let text = normalize(text);
    if text.chars().all(|c| c.is_ascii_digit()) {
        format!("{text}{end}")
    } else {
        text
    }
}

/// By room in any notation, then the end of the phone number, then the name within the building.
fn place(
    doors: &Doors,
    place: &str,
    phone: &str,
    name: &str,
    flaws: &mut Vec<Flaw>,
) -> (Option<usize>, How) {
    let room = doors.by_place(place);
    if let Met::One(at) = room {
        return (Some(at), How::Room);
    }
    let phone = doors.by_phone(phone);
    if let Met::One(at) = phone {
        // A room that can be several is settled only by one of them; one that nobody knows by none.
        let fits = match &room {
            Met::Several(several) => several.contains(&at),
            _ => !doors::names_room(place),
        };
        if fits {
            return (Some(at), How::Phone);
        }
    }
    let name = doors.by_name(place, name);
    if let (Met::One(at), false) = (&name, doors::names_room(place) && room == Met::None) {
        return (Some(*at), How::Name);
    }
    let several = [&room, &phone, &name]
        .iter()
        .any(|met| matches!(met, Met::Several(_)));
    flaws.insert(
        0,
        Flaw::of(if several {
            FlawCode::Ambiguous
        } else {
            FlawCode::Unmatched
        }),
    );
    (None, How::None)
}

fn timely(round: &Round, row: &mut Row) {
    let day = &row.response.answered_on;
    if round.opens_on.as_ref().is_some_and(|opens| day < opens) {
        row.flaws.push(Flaw::of(FlawCode::BeforeOpening));
    }
    if round.closes_on.as_ref().is_some_and(|closes| day > closes) {
        row.flaws.push(Flaw::of(FlawCode::AfterClosing));
    }
}

fn finish(row: &mut Row, sheet: &Questionnaire, number: u32, counts: &mut SurveyImported) {
    let has = |code: FlawCode| row.flaws.iter().any(|flaw| flaw.code == code);
    match row.how {
        How::Room => counts.by_room += 1,
        How::Phone => counts.by_phone += 1,
        How::Name => counts.by_name += 1,
        How::None => counts.unmatched += 1,
    }
    counts.duplicates += u32::from(has(FlawCode::Duplicate));
    counts.untimely += u32::from(has(FlawCode::BeforeOpening) || has(FlawCode::AfterClosing));
    counts.flawed += u32::from(has(FlawCode::BadAnswer) || has(FlawCode::NotAsked));
    for flaw in &row.flaws {
        if counts.problems.len() < TOLD && flaw.code != FlawCode::Missing {
            counts
                .problems
                .push(format!("第 {} 行：{}", number + 1, flaw.sentence(sheet)));
        }
    }
    if row.flaws.iter().any(Flaw::waits) {
        row.response.state = State::Pending;
    } else {
        counts.counted += 1;
        row.response.phone = String::new();
    }
    row.response.flaws = flaw::write(&row.flaws);
}

fn draft(incoming: &Incoming, sheet: &Questionnaire) -> SurveyDraft {
    let book = incoming.sheet();
    let rows: Vec<u32> = book
        .rows()
        .map(|(row, _)| row)
        .filter(|row| *row > incoming.header)
        .collect();
    let mut notes = Vec::new();
    let unanswered: Vec<String> = sheet
        .questions
        .iter()
        .zip(1..)
        .filter(|(question, _)| {
            incoming
                .columns
                .iter()
                .all(|column| column.target != Target::Question(question.key))
        })
        .map(|(_, number): (_, i32)| number.to_string())
        .collect();
    if !unanswered.is_empty() {
        notes.push(format!(
            "第 {} 题在文件里没有对上的列，导入后这些题是空白。",
            unanswered.join("、")
        ));
    }
    let place = [Target::Place, Target::Room, Target::Phone, Target::Name];
    if !incoming
        .columns
        .iter()
        .any(|column| place.contains(&column.target))
    {
        notes.push(
            "没有房号、电话或姓名的列，每一份都要一份一份指定住户；请看看是不是有一列没有对上。"
                .to_owned(),
        );
    }
    if incoming
        .columns
        .iter()
        .any(|column| column.header.to_lowercase().contains("ip"))
    {
        notes.push("网络地址（IP）不导入、不保存。".to_owned());
    }
    SurveyDraft {
        round: incoming.round.to_string(),
        file_name: incoming.file_name.clone(),
        rows: small(rows.len()),
        columns: incoming
            .columns
            .iter()
            .map(|column| SurveyColumn {
                column: column.column,
                header: column.header.clone(),
                samples: rows
                    .iter()
                    .map(|row| book.text_at(*row, column.column).into_owned())
                    .filter(|text| !text.is_empty())
                    .take(SAMPLES)
                    .collect(),
                target: column.target.code(),
                choice: column.choice,
            })
            .collect(),
        targets: map::targets(sheet),
        remembered: incoming.remembered,
        notes,
    }
}
