//! Surveys: rounds, questionnaires, entry, decisions, files.

use serde::{Deserialize, Serialize};
use specta::Type;

pub use jiugai_domain::survey::{
    Choice as SurveyChoice, Question as SurveyQuestion, QuestionKind, Questionnaire as SurveySheet,
    Respondent, RoundKind, ShowIf, Stance, Topic,
};

/// A questionnaire of the ledger, its newest version, or one of the bank.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireRow {
    /// The same for all versions.
    pub family: String,
    /// Key of the newest version; none for one of the bank that was not used yet.
    pub id: Option<String>,
    /// Title.
    pub title: String,
    /// `第2版`, `题库`.
    pub version: String,
    /// Number of questions.
    pub questions: u32,
    /// What it is usually for.
    pub kind: Option<RoundKind>,
    /// Rounds that ask its newest version.
    pub rounds: u32,
    /// Responses to its newest version.
    pub responses: u32,
}

/// A questionnaire to be looked at or edited.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionnairePage {
    /// The row.
    pub row: QuestionnaireRow,
    /// Questions.
    pub sheet: SurveySheet,
    /// What saving will do: change this version or make a new one.
    pub note: String,
    /// The first key that was never given to a question.
    pub next_key: u32,
}

/// What a person sets of a round.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyRoundDraft {
    /// Name.
    pub name: String,
    /// What for.
    pub kind: Option<RoundKind>,
    /// Questionnaire, by family.
    pub family: String,
    /// First day as typed.
    pub opens_on: String,
    /// Last day as typed.
    pub closes_on: String,
    /// 入户率 as typed.
    pub reach: String,
    /// Source of that.
    pub reach_source: String,
    /// 同意率 as typed, empty for none.
    pub agree: String,
    /// Source of that.
    pub agree_source: String,
    /// Paper is entered twice.
    pub double_entry: bool,
    /// Remark.
    pub remark: String,
}

/// One round in a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyRoundRow {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// What for.
    pub kind: RoundKind,
    /// The same in words.
    pub kind_label: String,
    /// `2021年3月1日 至 3月15日`.
    pub period: String,
    /// 还没开始, 进行中, 已结束.
    pub state: String,
    /// Questionnaire with its version.
    pub questionnaire: String,
    /// Households.
    pub households: u32,
    /// Households that answered.
    pub answered: u32,
    /// `75.2%`.
    pub rate: String,
    /// Responses that wait for a decision.
    pub pending: u32,
    /// Responses that refer to another version of the plan.
    pub stale: u32,
}

/// How far a threshold is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ThresholdLine {
    /// 入户率, 同意率.
    pub label: String,
    /// What must be reached, as written.
    pub share: String,
    /// Least count.
    pub needed: u32,
    /// Count so far.
    pub have: u32,
    /// `78.5%`.
    pub rate: String,
    /// Parts of ten thousand, for the bar.
    pub rate_bp: u32,
    /// The same of the threshold.
    pub share_bp: u32,
    /// It is reached.
    pub reached: bool,
    /// `还差 12 户`.
    pub sentence: String,
    /// Where the threshold comes from.
    pub source: String,
}

/// Progress of one building.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BuildingProgress {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Dwellings.
    pub dwellings: u32,
    /// Households.
    pub households: u32,
    /// Households that answered.
    pub answered: u32,
    /// Those of all households.
    pub rate: String,
    /// Dwellings with an answer of all dwellings.
    pub dwelling_rate: String,
    /// Counts of 同意, 不同意, 未定; none when the round does not ask.
    pub stances: Option<[u32; 3]>,
}

/// Answers of one day.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayProgress {
    /// Day.
    pub day: String,
    /// Answers of that day.
    pub count: u32,
    /// Answers until then.
    pub total: u32,
    /// `45.0%` of all households.
    pub rate: String,
}

/// Everything about a round.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyRoundPage {
    /// The row.
    pub row: SurveyRoundRow,
    /// Compound.
    pub compound: String,
    /// Name of the compound.
    pub compound_name: String,
    /// What a person can change.
    pub draft: SurveyRoundDraft,
    /// Plan that is asked about.
    pub plan: String,
    /// Warning that answers went stale.
    pub stale: String,
    /// Thresholds.
    pub thresholds: Vec<ThresholdLine>,
    /// Buildings.
    pub buildings: Vec<BuildingProgress>,
    /// Days with answers.
    pub days: Vec<DayProgress>,
    /// Dwellings.
    pub dwellings: u32,
    /// Dwellings with an answer.
    pub dwellings_answered: u32,
    /// A newer version of the questionnaire is there.
    pub newer: bool,
    /// Sheets whose second entry differs.
    pub differences: u32,
    /// Sheets still to be entered a second time.
    pub second_missing: u32,
    /// Questions as they are asked now.
    pub sheet: SurveySheet,
    /// Topics of the questions.
    pub channels: Vec<LabelledCode>,
    /// Kinds of respondents.
    pub respondents: Vec<LabelledCode>,
}

/// A code with its words.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LabelledCode {
    /// Code.
    pub code: String,
    /// Words.
    pub label: String,
}

/// A household that did not answer yet.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MissingDoor {
    /// `3号楼2单元301`.
    pub place: String,
    /// Building.
    pub building: String,
    /// Contact.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// 居住情况.
    pub occupancy: String,
    /// Dwelling.
    pub dwelling: String,
    /// Household.
    pub household: Option<String>,
}

/// One answer as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerText {
    /// Key of the question.
    pub question: u32,
    /// As typed.
    pub text: String,
}

/// The household that a scanned or typed code means.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryDoor {
    /// `3号楼2单元301`.
    pub place: String,
    /// Contact.
    pub contact: String,
    /// Dwelling.
    pub dwelling: String,
    /// Household.
    pub household: Option<String>,
    /// Answers that are there already.
    pub existing: Option<String>,
    /// This will be the second entry of the same sheet.
    pub second: bool,
    /// What is there already, typed, to be changed; empty for the second entry.
    pub answers: Vec<AnswerText>,
    /// Sentence about what is there already.
    pub note: String,
    /// How the sheet that is there came.
    pub kept: Option<EntryKept>,
    /// The version of the plan that the round asks about now, when what is there answers an older one.
    pub older_plan: Option<u32>,
}

/// How a sheet that is there came.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryKept {
    /// Day, ISO.
    pub answered_on: String,
    /// Who collected it.
    pub collector: String,
    /// Code of the channel.
    pub channel: String,
    /// Who answered.
    pub respondent: Respondent,
    /// Where the original is.
    pub evidence: String,
}

/// What was entered of one sheet.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntrySheet {
    /// Round.
    pub round: String,
    /// Dwelling.
    pub dwelling: String,
    /// Household.
    pub household: Option<String>,
    /// Answers as typed.
    pub answers: Vec<AnswerText>,
    /// Day as typed; empty for today.
    pub answered_on: String,
    /// Who collected it.
    pub collector: String,
    /// How it came: a code of `SurveyRoundPage::channels`.
    pub channel: String,
    /// Who answered.
    pub respondent: Respondent,
    /// Where the original is.
    pub evidence: String,
    /// What is there was asked again, about the version of the plan that the round asks about now.
    #[serde(default)]
    pub asked_again: bool,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerProblem {
    /// Key of the question; 0 for the sheet.
    pub question: u32,
    /// Sentence.
    pub message: String,
}

/// What became of an entered sheet.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryOutcome {
    /// Key of the response; none when it was not stored.
    pub response: Option<String>,
    /// What keeps it from being stored, or what should be looked at.
    pub problems: Vec<AnswerProblem>,
    /// Answers that differ from the first entry.
    pub differences: u32,
    /// Sheets of this round so far.
    pub count: u32,
}

/// A sheet in a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ResponseRow {
    /// Key.
    pub id: String,
    /// `3号楼2单元301 张某`.
    pub place: String,
    /// Day.
    pub answered_on: String,
    /// 渠道.
    pub channel: String,
    /// Who collected or entered it, and when.
    pub entered: String,
    /// Answers in words, the first ones.
    pub summary: String,
    /// Household.
    pub household: Option<String>,
    /// Dwelling.
    pub dwelling: Option<String>,
    /// 方案已换版.
    pub stale: bool,
    /// Entered twice and the same.
    pub checked: bool,
}

/// Two entries of the same answer that differ.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryDifference {
    /// Response.
    pub response: String,
    /// `3号楼2单元301`.
    pub place: String,
    /// Key of the question.
    pub question: u32,
    /// Its words.
    pub title: String,
    /// First entry, in words.
    pub first: String,
    /// By whom.
    pub first_by: String,
    /// Second entry, in words.
    pub second: String,
    /// By whom.
    pub second_by: String,
}

/// Which of two entries is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EntryChoice {
    /// The first.
    First,
    /// The second.
    Second,
}

/// Question and answer in words.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerLine {
    /// Words of the question.
    pub title: String,
    /// Answer in words.
    pub text: String,
    /// The same of the response that is there already.
    pub other: String,
}

/// A household that could be meant.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DoorOption {
    /// Dwelling.
    pub dwelling: String,
    /// Household.
    pub household: Option<String>,
    /// `3号楼2单元301 张某`.
    pub label: String,
    /// It has an answer already.
    pub taken: bool,
}

/// Why a response is shown to be decided about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PendingKind {
    /// It waits and does not count yet.
    Waiting,
    /// It counts, but its household is gone.
    Gone,
    /// It counts without an answer that nobody could read.
    Flawed,
    /// It was left out.
    Discarded,
}

/// A response that waits for a decision, or can be decided about again.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PendingRow {
    /// Key.
    pub id: String,
    /// Why it is here.
    pub kind: PendingKind,
    /// Why: sentences.
    pub reasons: Vec<String>,
    /// The place as it was written.
    pub place: String,
    /// Household that it belongs to, as far as known.
    pub label: String,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Day.
    pub answered_on: String,
    /// File and number.
    pub source: String,
    /// Answers, beside those of the response that is there already.
    pub answers: Vec<AnswerLine>,
    /// There is another answer of the household.
    pub duplicate: bool,
    /// Whose it could be.
    pub options: Vec<DoorOption>,
    /// It can be counted as it is.
    pub acceptable: bool,
}

/// What a person decides about a waiting response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PendingAction {
    /// It belongs to this household.
    Assign,
    /// It takes the place of the one that is there.
    Replace,
    /// It is counted as it is.
    Accept,
    /// It is not counted.
    Discard,
}

/// A decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PendingDecision {
    /// Response.
    pub response: String,
    /// What.
    pub action: PendingAction,
    /// Dwelling, to assign.
    pub dwelling: Option<String>,
    /// Household, to assign.
    pub household: Option<String>,
}

/// A column of a questionnaire file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyColumn {
    /// Place in the file, from 0.
    pub column: u32,
    /// Header.
    pub header: String,
    /// First values.
    pub samples: Vec<String>,
    /// Where it goes: a code of `SurveyDraft::targets`.
    pub target: String,
    /// Number of the choice, for one column per choice.
    pub choice: Option<u32>,
}

/// A questionnaire file that was read.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyDraft {
    /// Round.
    pub round: String,
    /// File name.
    pub file_name: String,
    /// Rows.
    pub rows: u32,
    /// Columns.
    pub columns: Vec<SurveyColumn>,
    /// Where columns can go.
    pub targets: Vec<LabelledCode>,
    /// The map was remembered from the last such file.
    pub remembered: bool,
    /// Sentences: questions without column, columns that go nowhere.
    pub notes: Vec<String>,
}

/// What importing would do or did.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyImported {
    /// Rows of the file.
    pub rows: u32,
    /// Counted at once.
    pub counted: u32,
    /// Found by room.
    pub by_room: u32,
    /// Found by phone.
    pub by_phone: u32,
    /// Found by name in a building.
    pub by_name: u32,
    /// Without household.
    pub unmatched: u32,
    /// A second answer of a household.
    pub duplicates: u32,
    /// Outside of the days of the round.
    pub untimely: u32,
    /// Imported before, left out.
    pub repeated: u32,
    /// Rows with an answer that does not fit, kept with it.
    pub flawed: u32,
    /// The first of what did not fit, with row and column.
    pub problems: Vec<String>,
}
