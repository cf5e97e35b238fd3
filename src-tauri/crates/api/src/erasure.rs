//! 销毁个人信息: which compounds are due, a copy put away before, and the erasing itself.

use std::path::Path;

use jiugai_domain::kinds::choices;
use jiugai_domain::{DataClass, KindCode, Task};
use jiugai_storage::backup::Reason;
use jiugai_storage::erasure::{self as store, Grounds, Part};
use jiugai_storage::files::display;
use jiugai_storage::prints::Export;
use jiugai_storage::{Connection, stages};

use crate::assets::{Fields, all_rows};
use crate::kinds::stage;
use crate::password::usable;
use crate::text::{key, keys, local_minute, positive, small};
use crate::wire::{
    Cleared, ErasureCompound, ErasureDone, ErasurePart, ErasureRecord, ErasureRequest, ErasureView,
    SavedFile,
};
use crate::{ApiError, ErrorCode, Session};

/// What is typed to say that it is meant.
const MEANT: &str = "确认销毁";
/// Letters of a reason at most.
const LONGEST: usize = 200;

fn refused(title: &str, message: &str, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, title, message, next)
}

/// `业主·姓名或名称 307、业主·联系电话 290`.
pub(crate) fn content(parts: &[Part]) -> String {
    let told: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", part.label, part.count))
        .collect();
    match told.is_empty() {
        true => "没有填过".to_owned(),
        false => told.join("、"),
    }
}

fn accepted() -> usize {
    let stages = choices::STAGE.iter();
    stages
        .take_while(|choice| choice.code != "acceptance")
        .count()
}

impl Session {
    /// The compounds, what of them is personal, and what was erased before.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn erasure_get(&self) -> Result<ErasureView, ApiError> {
        let conn = self.connection()?;
        let done = store::list(conn, None)?;
        let done = done.into_iter().map(|one| ErasureRecord {
            at: chrono::DateTime::parse_from_rfc3339(&one.at)
                .map_or_else(|_| one.at.clone(), |at| local_minute(at.naive_local())),
            actor: one.actor,
            compound: one.compound,
            content: content(&one.parts),
            reason: one.reason,
            archive: one.archive,
        });
        Ok(ErasureView {
            compounds: candidates(conn)?,
            done: done.collect(),
            older_backups: small(self.ledger()?.older_backups()?),
        })
    }

    /// Writes an encrypted copy of the whole ledger with a password of its own, and notes it.
    ///
    /// # Errors
    /// `invalid` when the password or the place cannot be used; those of the disk.
    pub fn erasure_archive(&self, password: &str, path: &Path) -> Result<SavedFile, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        let password = usable(password)?;
        let ledger = self.ledger()?;
        let same = |one: &Path, other: &Path| {
            one == other
                || matches!((one.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b)
        };
        if ledger.path().is_some_and(|own| same(own, path)) {
            return Err(refused(
                "归档没有做",
                "选的就是现在打开的这本账。",
                "请另起一个文件名再存。",
            ));
        }
        {
            let watch = self.background.watch();
            let _turn = watch.turn();
            ledger.archive(path, &password)?;
        }
        if ledger.read_only().is_none() {
            let stamp = self.stamp();
            let compounds = all_rows(self.connection()?, KindCode::Compound)?;
            ledger.note_export(&Export {
                id: self.fresh()?,
                at: stamp.at.to_rfc3339(),
                actor: stamp.actor,
                device: stamp.device,
                compound: None,
                title: "整本台账加密归档，小区".to_owned(),
                way: "jgdb".to_owned(),
                records: small(compounds.len()),
                checksum: String::new(),
                personal: true,
            })?;
        }
        let path = display(path);
        Ok(SavedFile {
            message: format!("已归档到“{path}”，有密码才打得开。请马上把密码写下来封存。"),
            path,
        })
    }

    /// Erases what is personal of compounds whose works are accepted. Nothing of it can be undone.
    ///
    /// # Errors
    /// `invalid` without a reason, without the word that says it is meant, or for a compound that is
    /// not due; `notFound`; `readOnly`; `inUse` while another program has the ledger open.
    pub fn erasure_run(&mut self, request: &ErasureRequest) -> Result<ErasureDone, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        let reason = request.reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(refused(
                "没有销毁",
                "销毁要写明理由，不超过 200 个字。",
                "请写一句，如“验收满三年，保存期限已到”。不要写人名。",
            ));
        }
        if request.confirmation.trim() != MEANT {
            return Err(refused(
                "没有销毁",
                "还没有照写“确认销毁”。",
                "想好了，请在格子里写“确认销毁”四个字。",
            ));
        }
        let compounds = keys(&request.compounds)?;
        let known = candidates(self.connection()?)?;
        for id in &compounds {
            let one = known
                .iter()
                .find(|one| key(&one.id).is_ok_and(|key| key == *id));
            let one = one.ok_or_else(ApiError::not_found)?;
            if !one.due {
                return Err(refused(
                    "没有销毁",
                    &format!("{} 还没有到“验收移交”，个人信息还要用。", one.name),
                    "请先在“阶段与关口”里转到验收移交，或者不选这个小区。",
                ));
            }
        }
        if compounds.is_empty() {
            return Err(refused("没有销毁", "一个小区也没有选。", "请先选小区。"));
        }
        let stamp = self.stamp();
        let watch = self.background.watch();
        self.ledger_to_write()?;
        self.forget_views_of_people()?;
        let emptied = {
            let _turn = watch.turn();
            let grounds = Grounds {
                reason,
                archive: request.archive.trim(),
            };
            store::erase(self.ledger()?, &compounds, grounds, &stamp)?
        };
        self.order.clear();
        let older = small(self.ledger()?.older_backups()?);
        Ok(ErasureDone {
            sentence: format!(
                "已销毁 {} 个小区的个人信息，操作记录里 {emptied} 步的内容一并清空。",
                compounds.len()
            ),
            older_backups: older,
        })
    }

    /// Removes the backups from before the last erasure. One of the ledger as it is now is made first.
    ///
    /// # Errors
    /// `noLedger`, `backup`, those of the disk.
    pub fn backup_clear_older(&mut self) -> Result<Cleared, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        self.backup(Reason::Manual)?;
        let watch = self.background.watch();
        let _turn = watch.turn();
        let count = self.ledger()?.remove_older_backups()?;
        Ok(Cleared {
            count: small(count),
        })
    }
}

fn candidates(conn: &Connection) -> Result<Vec<ErasureCompound>, ApiError> {
    let mut stock = store::stock(conn)?;
    let accepted = accepted();
    let mut compounds = Vec::new();
    for row in all_rows(conn, KindCode::Compound)? {
        let fields = Fields::of(KindCode::Compound, &row.values);
        let code = fields.value("stage").as_text();
        let (stage, at) = stage(code);
        let steps = stages::steps(conn, row.id)?;
        let day = steps
            .iter()
            .rev()
            .find(|step| usize::try_from(step.stage) == Ok(accepted))
            .map(|step| step.entered_on.clone());
        let parts: Vec<ErasurePart> = stock
            .remove(&row.id)
            .unwrap_or_default()
            .into_iter()
            .map(|part| ErasurePart {
                label: part.label,
                sensitive: part.class == DataClass::Sensitive,
                count: positive(part.count),
            })
            .collect();
        compounds.push(ErasureCompound {
            id: row.id.to_string(),
            name: row.label,
            stage,
            accepted_on: day,
            due: at.is_some_and(|at| at >= small(accepted)),
            count: parts.iter().map(|part| part.count).sum(),
            parts,
        });
    }
    compounds.sort_by_key(|one| !one.due);
    Ok(compounds)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::testing::sample;
    use crate::wire::{ColumnFilter, FilterTest, GridView, StageMove, StageSays};

    fn request(compounds: &[&str]) -> ErasureRequest {
        ErasureRequest {
            compounds: compounds.iter().map(|id| (*id).to_owned()).collect(),
            reason: "验收满三年，保存期限已到".to_owned(),
            archive: String::new(),
            confirmation: MEANT.to_owned(),
        }
    }

    fn names(session: &Session) -> Vec<String> {
        let owners =
            all_rows(session.connection().expect("open"), KindCode::Owner).expect("owners");
        owners.into_iter().map(|row| row.label).collect()
    }

    fn view(name: &str, field: &str) -> GridView {
        GridView {
            name: name.to_owned(),
            columns: None,
            widths: BTreeMap::default(),
            frozen: None,
            search: String::new(),
            filters: vec![ColumnFilter {
                field: field.to_owned(),
                test: FilterTest::Contains,
                text: "示例".to_owned(),
            }],
            sort: Vec::new(),
            group: None,
        }
    }

    /// The sample with its compound in 验收移交, and the key of that.
    fn accepted_sample() -> (tempfile::TempDir, Session, String) {
        let (folder, mut session) = sample();
        let found = session.erasure_get().expect("view").compounds;
        let one = found.into_iter().max_by_key(|one| one.count).expect("one");
        let id = one.id;
        let stages = session.stage_get(&id).expect("stages").stages;
        let conditions = stages.into_iter().take(accepted());
        for one in conditions.flat_map(|stage| stage.conditions) {
            let says = StageSays {
                compound: id.clone(),
                condition: one.code,
                reason: "示例".to_owned(),
                by: "示例丁".to_owned(),
                on: "2021-03-05".to_owned(),
            };
            session.stage_say(&says).expect("said");
        }
        let moved = StageMove {
            compound: id.clone(),
            stage: small(accepted()),
            on: "2021-03-05".to_owned(),
            person: "示例丁".to_owned(),
            remark: String::new(),
        };
        session.stage_move(&moved).expect("accepted");
        (folder, session, id)
    }

    #[test]
    fn only_what_is_accepted_meant_and_reasoned_is_erased() {
        let (_folder, mut session) = sample();
        let one = session.erasure_get().expect("view").compounds.remove(0);
        let before = names(&session);
        let mut asked = request(&[&one.id]);
        let early = session.erasure_run(&asked).expect_err("not accepted yet");
        assert!(early.message.contains("验收移交"), "{}", early.message);
        asked.confirmation = "好".to_owned();
        assert_eq!(
            session.erasure_run(&asked).expect_err("not meant").title,
            "没有销毁"
        );
        asked = request(&[]);
        assert!(session.erasure_run(&asked).is_err());
        asked.reason = " ".to_owned();
        assert!(session.erasure_run(&asked).is_err());
        assert_eq!(names(&session), before);
        assert!(session.erasure_get().expect("view").done.is_empty());
    }

    #[test]
    fn names_go_and_counts_tallies_and_answers_stay() {
        let (_folder, mut session, id) = accepted_sample();
        let before = session.erasure_get().expect("view");
        let there = before
            .compounds
            .iter()
            .find(|one| one.id == id)
            .expect("it");
        assert!(there.due && there.count > 300, "{}", there.count);
        assert!(there.parts.iter().any(|part| part.label == "业主·联系电话"));
        for (name, field) in [("找人", "name"), ("按类型", "type")] {
            let view = view(name, field);
            session.view_save(KindCode::Owner, view).expect("saved");
        }
        let figures = |session: &Session| {
            let ballots = session.ballot_report(None).expect("ballots");
            let counts = serde_json::to_string(&ballots).expect("plain data");
            (counts, session.summary(None).expect("summary"))
        };
        let (ballots, summary) = figures(&session);
        let done = session.erasure_run(&request(&[&id])).expect("erased");
        assert!(done.sentence.contains("1 个小区"), "{}", done.sentence);
        let (ballots_now, summary_now) = figures(&session);
        assert_eq!(ballots_now, ballots);
        assert_eq!(summary_now, summary);
        let views = session.view_list(KindCode::Owner).expect("views");
        assert_eq!(views.len(), 1, "{views:?}");
        let people =
            all_rows(session.connection().expect("open"), KindCode::Household).expect("rows");
        assert!(people.iter().any(|row| row.label.contains("住户")));
        let after = session.erasure_get().expect("view");
        assert_eq!(after.done.len(), 1);
        assert!(after.done[0].content.contains("业主·联系电话"));
        let now = after.compounds.iter().find(|one| one.id == id).expect("it");
        assert_eq!(now.count, 0, "{:?}", now.parts);
        assert_eq!(session.history_undo().map(|done| done.sentence).ok(), None);
        let verified = session.verify().expect("verified");
        assert_eq!(verified.problems, Vec::<String>::new());
    }

    #[test]
    fn older_backups_are_told_and_removed() {
        let (_folder, mut session, id) = accepted_sample();
        session.backup_create().expect("backup");
        let done = session.erasure_run(&request(&[&id])).expect("erased");
        assert!(done.older_backups >= 1);
        let cleared = session.backup_clear_older().expect("cleared");
        assert_eq!(cleared.count, done.older_backups);
        assert_eq!(session.erasure_get().expect("view").older_backups, 0);
        assert_eq!(session.backup_list().expect("backups").len(), 1);
    }

    #[test]
    fn an_archive_is_not_the_ledger_itself_and_wants_a_password() {
        let (folder, session, _) = accepted_sample();
        let own = session
            .ledger()
            .expect("open")
            .path()
            .expect("file")
            .to_owned();
        let target = folder.path().join("归档.jgdb");
        assert!(session.erasure_archive("短", &target).is_err());
        let same = session
            .erasure_archive("海棠 书桌 雨伞", &own)
            .expect_err("itself");
        assert_eq!(same.title, "归档没有做");
        let saved = session
            .erasure_archive("海棠 书桌 雨伞", &target)
            .expect("archived");
        assert!(saved.message.contains("已归档到"));
        assert!(target.is_file());
    }
}
