//! Questionnaires: those of the ledger in versions, and the bank.

use jiugai_domain::survey::{Questionnaire, QuestionnaireFault};
use jiugai_domain::text::normalize;
use jiugai_storage::survey::{self as store, Usage, Version};
use jiugai_storage::{Op, OpCode};

use super::bank;
use crate::text::{positive, small};
use crate::wire::{Changed, QuestionnairePage, QuestionnaireRow};
use crate::{ApiError, ErrorCode, Session};

fn row(version: &Version, used: Usage) -> QuestionnaireRow {
    QuestionnaireRow {
        family: version.family.clone(),
        id: Some(version.id.to_string()),
        title: version.sheet.title.clone(),
        version: format!("第{}版", version.version),
        questions: small(version.sheet.questions.len()),
        kind: bank::find(&version.family).map(|banked| banked.kind),
        rounds: positive(used.rounds),
        responses: positive(used.responses),
    }
}

fn banked_row(banked: &bank::Banked) -> QuestionnaireRow {
    QuestionnaireRow {
        family: banked.family.clone(),
        id: None,
        title: banked.sheet.title.clone(),
        version: "题库".to_owned(),
        questions: small(banked.sheet.questions.len()),
        kind: Some(banked.kind),
        rounds: 0,
        responses: 0,
    }
}

fn fault(fault: &QuestionnaireFault) -> String {
    use QuestionnaireFault as Fault;
    match fault {
        Fault::NoTitle => "问卷还没有标题。".to_owned(),
        Fault::NoQuestion => "问卷里一道题也没有。".to_owned(),
        Fault::NoWords(at) => format!("第{at}题没有写题目。"),
        Fault::FewChoices(at) => {
            format!("第{at}题的选项太少：选择题至少两项，五级评价要五项。")
        }
        Fault::NoChoiceWords(at) => format!("第{at}题有空白的选项。"),
        Fault::SameChoice(at) => format!("第{at}题有两个一样的选项。"),
        Fault::ChoiceNumber(at) => format!("第{at}题的选项太多，最多 99 项。"),
        Fault::Most(at) => format!("第{at}题的“最多选几项”比选项还多。"),
        Fault::Condition(at) => {
            format!("第{at}题的显示条件要指向它前面的一道选择题，并选中其中的选项。")
        }
        Fault::SameKey(at) => format!("第{at}题和别的题编号重复。"),
    }
}

impl Session {
    /// The questionnaires of the ledger, and those of the bank that were not used yet.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn questionnaire_list(&self) -> Result<Vec<QuestionnaireRow>, ApiError> {
        let conn = self.connection()?;
        let versions = store::versions(conn)?;
        let mut rows: Vec<QuestionnaireRow> = Vec::new();
        for version in &versions {
            if rows.iter().all(|row| row.family != version.family) {
                rows.push(row(version, store::usage(conn, version.id)?));
            }
        }
        for banked in bank::all() {
            if rows.iter().all(|row| row.family != banked.family) {
                rows.push(banked_row(banked));
            }
        }
        Ok(rows)
    }

    /// A questionnaire to be looked at or edited.
    ///
    /// # Errors
    /// `notFound`.
    pub fn questionnaire_get(&self, family: &str) -> Result<QuestionnairePage, ApiError> {
        let conn = self.connection()?;
        let versions: Vec<Version> = store::versions(conn)?
            .into_iter()
            .filter(|version| version.family == family)
            .collect();
        let banked = bank::find(family);
        let keys = versions
            .iter()
            .map(|version| &version.sheet)
            .chain(banked.map(|banked| &banked.sheet))
            .flat_map(|sheet| sheet.questions.iter().map(|question| question.key))
            .max()
            .unwrap_or(0);
        let newest = match versions.first() {
            Some(version) => Some((version, store::usage(conn, version.id)?)),
            None => None,
        };
        let (row, sheet, note) = match (newest, banked) {
            (Some((version, used)), _) if used.responses > 0 => (
                row(version, used),
                version.sheet.clone(),
                format!(
                    "已经有 {} 份答卷答过这一版：保存会另存为第{}版，答过的不变。",
                    used.responses,
                    version.version + 1
                ),
            ),
            (Some((version, used)), _) => {
                (row(version, used), version.sheet.clone(), String::new())
            }
            (None, Some(banked)) => (
                banked_row(banked),
                banked.sheet.clone(),
                "这是题库里的问卷，保存后存进这本台账，题库不变。".to_owned(),
            ),
            (None, None) => return Err(ApiError::not_found()),
        };
        Ok(QuestionnairePage {
            row,
            sheet,
            note,
            next_key: keys + 1,
        })
    }

    /// Stores a questionnaire: the version that nobody answered yet changes, else a new version is
    /// made. Without family, a new questionnaire; gives the family.
    ///
    /// # Errors
    /// `invalid` with the first thing that is wrong.
    pub fn questionnaire_save(
        &mut self,
        family: Option<&str>,
        sheet: &Questionnaire,
    ) -> Result<Changed<String>, ApiError> {
        let mut sheet = sheet.clone();
        sheet.title = normalize(&sheet.title);
        for question in &mut sheet.questions {
            question.title = normalize(&question.title);
            question.group = normalize(&question.group);
            if !question.kind.chooses() {
                question.choices.clear();
                question.most = 0;
            }
            for choice in &mut question.choices {
                choice.text = normalize(&choice.text);
            }
        }
        sheet.check().map_err(|error| {
            ApiError::new(
                ErrorCode::Invalid,
                "问卷没有保存",
                fault(&error),
                "请改好后再保存。",
            )
        })?;
        let fresh = self.fresh()?;
        let family = family.map_or_else(|| fresh.to_string(), str::to_owned);
        let conn = self.connection()?;
        let newest = store::newest_version(conn, &family)?;
        let changes = match &newest {
            Some(version) => store::usage(conn, version.id)?.responses == 0,
            None => false,
        };
        let version = Version {
            id: newest
                .as_ref()
                .filter(|_| changes)
                .map_or(fresh, |version| version.id),
            family: family.clone(),
            version: newest
                .as_ref()
                .map_or(1, |version| version.version + i64::from(!changes)),
            sheet,
            made_at: self.now().to_rfc3339(),
            made_by: self.kept.settings.actor.clone(),
        };
        let code = if changes {
            OpCode::Update
        } else {
            OpCode::Create
        };
        let op = Op::one(
            code,
            format!("问卷“{}”第{}版", version.sheet.title, version.version),
        );
        self.write(&op, |conn| {
            if changes {
                store::update_version(conn, &version)?;
            } else {
                store::insert_version(conn, &version)?;
            }
            Ok(family)
        })
    }

    /// Removes the newest version of a questionnaire that no round asks.
    ///
    /// # Errors
    /// `notFound`; `referenced` when a round asks it.
    pub fn questionnaire_remove(&mut self, family: &str) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let version = store::newest_version(conn, family)?.ok_or_else(ApiError::not_found)?;
        let used = store::usage(conn, version.id)?;
        if used.rounds > 0 || used.responses > 0 {
            return Err(ApiError::new(
                ErrorCode::Referenced,
                "问卷没有删除",
                format!(
                    "“{}”正在用：有 {} 轮调查问的是它。",
                    version.sheet.title, used.rounds
                ),
                "请先删除那些轮次。",
            ));
        }
        let op = Op::one(OpCode::Delete, format!("问卷“{}”", version.sheet.title));
        self.write(&op, |conn| store::remove_version(conn, version.id))
    }

    /// The newest version of a questionnaire, taken over from the bank when it was not used yet.
    pub(super) fn version_to_ask(&self, family: &str) -> Result<(Version, bool), ApiError> {
        if let Some(version) = store::newest_version(self.connection()?, family)? {
            return Ok((version, false));
        }
        let banked = bank::find(family).ok_or_else(|| {
            ApiError::new(
                ErrorCode::Invalid,
                "还没有选问卷",
                "这一轮要问哪份问卷还没有定。",
                "请选一份问卷；没有合适的，先在“问卷”里新建。",
            )
        })?;
        let version = Version {
            id: self.fresh()?,
            family: family.to_owned(),
            version: 1,
            sheet: banked.sheet.clone(),
            made_at: self.now().to_rfc3339(),
            made_by: self.kept.settings.actor.clone(),
        };
        Ok((version, true))
    }
}
