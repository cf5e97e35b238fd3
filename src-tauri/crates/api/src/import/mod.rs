//! Import of any table: read, map, compare with the ledger, then one transaction, one undo, a
//! backup before.

mod apply;
mod draft;
mod judge;
mod lookups;
mod plan;
mod promised;
mod remembered;
mod window;
mod words;

use std::collections::HashSet;
use std::path::Path;

use jiugai_domain::KindCode;
use jiugai_domain::progress::Progress;
use jiugai_domain::text::normalize;
use jiugai_exchange::read_file;
use jiugai_exchange::table::{Tables, Target, read_pasted_tables, read_tables};
use jiugai_exchange::workbook::{BadRow, write_bad_rows};
use jiugai_storage::backup::Reason;
use jiugai_storage::{Connection, Op, OpCode, Room, StorageError, history};

use crate::export::Made;
use crate::text::{kind_count, positive, small};
use crate::wire::{
    Changed, ImportChoices, ImportDraft, ImportOutcome, ImportPick, ImportPreview, ImportSettings,
    ImportState, ImportWindow, SavedFile,
};
use crate::{ApiError, ErrorCode, Session};
use apply::Applier;
pub(crate) use apply::write_new;
pub(crate) use draft::Draft;
#[cfg(test)]
pub(crate) use draft::importable;
pub(crate) use lookups::find_compound;
use lookups::{Lookups, compound_told};
use plan::Plan;

const PASTED: &str = "粘贴的内容";
/// Rows from which a file is not kept in memory while its import is logged.
const LARGE: usize = 20_000;

impl Session {
    /// Reads a file and proposes what it means. Nothing is compared or written.
    ///
    /// # Errors
    /// `notAWorkbook`, `noTable`, `fileLocked`, `fileMissing`, `noLedger`.
    pub fn import_read(&mut self, path: &Path) -> Result<ImportDraft, ApiError> {
        self.ledger()?;
        self.progress.finish("读表格")?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let bytes = read_file(path)?;
        let hash = draft::hash(&bytes);
        let tables = read_tables(&bytes, &name)?;
        drop(bytes);
        self.take_up(tables, name.into_owned(), hash)
    }

    /// The same for a block that was copied from a grid.
    ///
    /// # Errors
    /// `noTable`, `noLedger`.
    pub fn import_paste(&mut self, text: &str) -> Result<ImportDraft, ApiError> {
        self.ledger()?;
        let tables = read_pasted_tables(text)?;
        self.take_up(tables, PASTED.to_owned(), draft::hash(text.as_bytes()))
    }

    fn take_up(
        &mut self,
        mut tables: Tables,
        file_name: String,
        hash: String,
    ) -> Result<ImportDraft, ApiError> {
        let remembered = remembered::recall(&self.environment.data_dir, &mut tables.tables);
        let conn = self.connection()?;
        let mut notes: Vec<String> = tables.book.notes.iter().map(words::book_note).collect();
        if let Some(before) = history::import_of_file(conn, &hash)? {
            let who = jiugai_storage::wording::who_and_when(&before, self.now().date_naive());
            notes.push(format!(
                "这个文件 {who}已经导入过。再导入一次不会重复，只会补上不一样的地方。"
            ));
        }
        let compound = compound_told(conn, &tables)?;
        let included = tables
            .tables
            .iter()
            .map(|found| {
                found.table.record_count() > 0
                    && found.mapping.confidence >= 30
                    && draft::blocked(&found.mapping).is_empty()
            })
            .collect();
        let number = self.import.as_ref().map_or(0, |draft| draft.number) + 1;
        let draft = Draft {
            number,
            file_name,
            hash,
            tables,
            included,
            remembered,
            compound: normalize(&compound),
            notes,
            plan: None,
        };
        let wire = draft.wire();
        self.import = Some(draft);
        Ok(wire)
    }

    /// Sets what the rows of a table are; its columns are proposed anew.
    ///
    /// # Errors
    /// `notFound` for another draft than the newest.
    pub fn import_set_kind(
        &mut self,
        draft: u32,
        table: u32,
        kind: KindCode,
    ) -> Result<ImportDraft, ApiError> {
        let draft = self.draft(draft)?;
        draft.set_kind(place(table), kind);
        Ok(draft.wire())
    }

    /// Sets where a column goes.
    ///
    /// # Errors
    /// `notFound` for another draft than the newest, or an unknown target.
    pub fn import_set_column(
        &mut self,
        draft: u32,
        table: u32,
        column: u32,
        target: &str,
    ) -> Result<ImportDraft, ApiError> {
        let draft = self.draft(draft)?;
        let target = Target::from_code(target).ok_or_else(ApiError::not_found)?;
        draft.set_column(place(table), place(column), target);
        Ok(draft.wire())
    }

    /// Takes a table into the import, or leaves it out.
    ///
    /// # Errors
    /// `notFound` for another draft than the newest.
    pub fn import_set_table(
        &mut self,
        draft: u32,
        table: u32,
        included: bool,
    ) -> Result<ImportDraft, ApiError> {
        let draft = self.draft(draft)?;
        draft.set_included(place(table), included);
        Ok(draft.wire())
    }

    /// Compares every row with the ledger. Nothing is written.
    ///
    /// # Errors
    /// `notFound` for another draft than the newest; `noLedger`.
    pub fn import_check(
        &mut self,
        draft: u32,
        settings: &ImportSettings,
    ) -> Result<ImportPreview, ApiError> {
        let settings = ImportSettings {
            compound: normalize(&settings.compound),
            ..settings.clone()
        };
        let mut draft = self.taken(draft)?;
        let result = self.check(&mut draft, settings);
        self.import = Some(draft);
        result
    }

    fn check(
        &self,
        draft: &mut Draft,
        settings: ImportSettings,
    ) -> Result<ImportPreview, ApiError> {
        let ledger = self.ledger()?;
        let conn = ledger.connection();
        draft.plan = None;
        let fingerprint = draft.fingerprint(&settings.compound);
        let path = ledger.path().map(Path::to_owned);
        let exists = find_compound(conn, &settings.compound)?.is_some();
        let included = &draft.included;
        let plan = Plan::of(
            conn,
            &draft.tables,
            included,
            settings,
            path,
            &fingerprint,
            &self.progress,
        )?;
        let preview = draft.preview(conn, &plan, exists)?;
        draft.plan = Some(plan);
        Ok(preview)
    }

    /// Rows of the preview; `state` none for all, `flawed` for those with something to mend.
    ///
    /// # Errors
    /// `notFound` when the draft was not compared with the ledger as it is now.
    pub fn import_rows(
        &self,
        draft: u32,
        table: u32,
        state: Option<ImportState>,
        flawed: bool,
        offset: u32,
        limit: u32,
    ) -> Result<ImportWindow, ApiError> {
        let conn = self.connection()?;
        let draft = self
            .import
            .as_ref()
            .filter(|found| found.number == draft)
            .ok_or_else(gone)?;
        let plan = self.plan_of(draft)?;
        let wanted = |row: &plan::RowState| {
            state.is_none_or(|state| row.state == state) && (!flawed || row.flawed)
        };
        let part = (place(offset), place(limit));
        Ok(draft.window(conn, plan, place(table), wanted, part)?)
    }

    /// Imports what was chosen: one transaction, one undo, a backup before.
    ///
    /// # Errors
    /// `notFound` when the draft was not compared with the ledger as it is now; those of writing.
    pub fn import_run(
        &mut self,
        draft: u32,
        choices: &ImportChoices,
    ) -> Result<Changed<ImportOutcome>, ApiError> {
        let draft = self.taken(draft)?;
        let mut held = Some(draft);
        let result = self.run(&mut held, choices);
        self.import = held;
        result
    }

    /// A large file is let go before the log is written, which needs the room itself.
    fn run(
        &mut self,
        held: &mut Option<Draft>,
        choices: &ImportChoices,
    ) -> Result<Changed<ImportOutcome>, ApiError> {
        let draft = held.as_ref().ok_or_else(gone)?;
        let plan = self.plan_of(draft)?;
        let picks = picked(plan, choices);
        if self.ledger()?.path().is_some() {
            self.backup(Reason::BeforeImport)?;
        }
        let chosen: usize = picks.iter().map(Vec::len).sum();
        let op = import_op(draft, plan, &picks);
        let mends = plan.states.iter().flatten().any(|row| row.flawed);
        let at = self.now();
        let data = self.environment.data_dir.clone();
        let progress = self.progress();
        progress.step("写入", chosen);
        if chosen > LARGE {
            self.ledger_to_write()?.make_room(Room::Large)?;
        }
        let written = self.write(&op, |conn| {
            let Some(draft) = held.as_mut() else {
                return Err(StorageError::CalledOff);
            };
            let Some(plan) = &draft.plan else {
                return Err(StorageError::CalledOff);
            };
            let outcome = write(conn, draft, plan, choices, (&picks, &progress), at)?;
            remembered::keep(&data, draft.included().map(|(_, found)| found));
            if !mends && chosen > LARGE {
                *held = None;
            }
            Ok(outcome)
        });
        if chosen > LARGE {
            self.ledger()?.make_room(Room::Usual)?;
        }
        written
    }

    /// Writes the rows that need a hand into a workbook, the reason beside each: to be mended
    /// there and imported again.
    ///
    /// # Errors
    /// `notFound` without a comparison; those of the disk.
    pub fn import_save_bad_rows(&self, draft: u32, path: &Path) -> Result<SavedFile, ApiError> {
        let conn = self.connection()?;
        let draft = self
            .import
            .as_ref()
            .filter(|found| found.number == draft)
            .ok_or_else(gone)?;
        let plan = draft.plan.as_ref().ok_or_else(gone)?;
        let mut look = Lookups::with(conn, &plan.promised);
        let mut bad = Vec::new();
        for (at, found) in draft.included() {
            for (place, state) in plan.states[at].iter().enumerate() {
                if !state.flawed {
                    continue;
                }
                let row = &plan.rows[at].rows[place];
                let judged = draft.judged(&mut look, plan, at, place)?;
                let issues = window::of_row(draft, at, row, &judged);
                let lines: Vec<String> = issues
                    .into_iter()
                    .map(|issue| match issue.column.as_str() {
                        "" => issue.message,
                        column => format!("{column}：{}", issue.message),
                    })
                    .collect();
                bad.push(BadRow {
                    table: at,
                    row: row.row,
                    reason: lines.join("\n"),
                    columns: row
                        .cells
                        .iter()
                        .filter(|cell| cell.problem.is_some())
                        .map(|cell| usize::from(cell.column))
                        .filter(|column| *column < found.table.columns.len())
                        .collect(),
                });
            }
        }
        let bytes = write_bad_rows(&draft.tables, &plan.rows, &bad, self.now().naive_local())?;
        let made = Made {
            title: "导入时要改的行",
            compound: None,
            records: bad.len(),
            personal: true,
        };
        let mut saved = self.save_brought(path, &bytes, &made)?;
        saved.message = format!(
            "{} 行要改的内容已保存到“{}”。改好保存，再导入这个文件就行。",
            bad.len(),
            saved.path
        );
        Ok(saved)
    }

    /// Reads a file and compares it with the ledger as it is proposed, in one go.
    ///
    /// # Errors
    /// Those of reading and comparing.
    pub fn import_preview(&mut self, path: &Path) -> Result<ImportPreview, ApiError> {
        let draft = self.import_read(path)?;
        let settings = ImportSettings {
            compound: draft.compound_name,
            overwrite_blanks: false,
        };
        self.import_check(draft.draft, &settings)
    }

    /// Imports a file into a compound of this name as it is proposed, in one go: new and changed
    /// rows, no conflicting ones.
    ///
    /// # Errors
    /// Those of reading, comparing and writing.
    pub fn import_commit(
        &mut self,
        path: &Path,
        compound: &str,
    ) -> Result<Changed<ImportOutcome>, ApiError> {
        let draft = self.import_read(path)?;
        let settings = ImportSettings {
            compound: compound.to_owned(),
            overwrite_blanks: false,
        };
        let preview = self.import_check(draft.draft, &settings)?;
        if !preview.blocked.is_empty() {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "没有可以导入的内容",
                preview.blocked,
                "请核对表格，或者在窗口里用“导入台账”逐步对列。",
            ));
        }
        self.import_run(draft.draft, &ImportChoices::default())
    }

    fn draft(&mut self, number: u32) -> Result<&mut Draft, ApiError> {
        self.import
            .as_mut()
            .filter(|draft| draft.number == number)
            .ok_or_else(gone)
    }

    fn taken(&mut self, number: u32) -> Result<Draft, ApiError> {
        self.import
            .take_if(|draft| draft.number == number)
            .ok_or_else(gone)
    }

    /// The comparison, as long as nothing was written since.
    fn plan_of<'d>(&self, draft: &'d Draft) -> Result<&'d Plan, ApiError> {
        let ledger = self.ledger()?;
        let plan = draft.plan.as_ref().ok_or_else(stale)?;
        let same = plan.ledger.as_deref() == ledger.path()
            && plan.newest == history::newest(ledger.connection())?;
        if same { Ok(plan) } else { Err(stale()) }
    }
}

/// What the log says of an import.
fn import_op(draft: &Draft, plan: &Plan, picks: &[Vec<usize>]) -> Op {
    let kind = draft
        .included()
        .map(|(at, found)| (picks[at].len(), found.mapping.kind))
        .max_by_key(|(rows, _)| *rows)
        .map_or(KindCode::Dwelling, |(_, kind)| kind);
    let subject = match plan.settings.compound.as_str() {
        "" => kind.kind().label,
        name => name,
    };
    let chosen = picks.iter().map(Vec::len).sum();
    let mut op = Op::many(OpCode::Import, subject, chosen).of_kind(kind);
    let source = match kind {
        KindCode::Dwelling => "摸底台账".to_owned(),
        other => format!("{}台账", other.kind().label),
    };
    op.params["source"] = source.into();
    op.params["fingerprint"] = draft.fingerprint(&plan.settings.compound).into();
    op.params["file"] = draft.hash.clone().into();
    op
}

fn gone() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "这份表格已经不在了",
        "之后又读了别的表格，或者程序重新启动过。台账没有改动。",
        "请重新选择文件。",
    )
}

fn stale() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "要再核对一次",
        "核对之后台账又有改动，现在看到的对比已经不准。这一次没有导入，台账没有改动。",
        "请点“重新核对”，看过再导入。",
    )
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Rows of each table that are written, in order.
fn picked(plan: &Plan, choices: &ImportChoices) -> Vec<Vec<usize>> {
    let except: HashSet<ImportPick> = choices.except.iter().copied().collect();
    let mut groups: HashSet<usize> = HashSet::new();
    let group_of = |pick: (usize, usize)| {
        plan.groups
            .iter()
            .position(|group| plan.twice.contains(&pick) && group.contains(&pick))
    };
    plan.states
        .iter()
        .enumerate()
        .map(|(at, states)| {
            (0..states.len())
                .filter(|place| {
                    let state = states[*place].state;
                    let pick = ImportPick {
                        table: small(at),
                        row: small(*place),
                    };
                    let wanted = choices.states.contains(&state) != except.contains(&pick);
                    let can = !matches!(state, ImportState::Bad | ImportState::Unchanged);
                    // Of several rows about one place the first chosen one counts.
                    wanted
                        && can
                        && (!plan.twice.contains(&(at, *place))
                            || group_of((at, *place)).is_none_or(|group| groups.insert(group)))
                })
                .collect()
        })
        .collect()
}

fn write(
    conn: &Connection,
    draft: &Draft,
    plan: &Plan,
    choices: &ImportChoices,
    (picks, progress): (&[Vec<usize>], &Progress),
    at: chrono::DateTime<chrono::FixedOffset>,
) -> Result<ImportOutcome, StorageError> {
    let mut applier = Applier::new(Lookups::new(conn), at)?;
    let mut left = 0;
    let mut done = 0;
    let mut tables: Vec<_> = draft.included().collect();
    // What others refer to comes first.
    tables.sort_by_key(|(_, found)| {
        KindCode::ALL
            .iter()
            .position(|kind| *kind == found.mapping.kind)
    });
    for (table, found) in tables {
        applier.look.forget_names();
        applier.skip = choices
            .skip_columns
            .iter()
            .filter(|pick| place(pick.table) == table)
            .map(|pick| place(pick.column))
            .collect();
        let source = draft.source(plan, found);
        for row in &picks[table] {
            done += 1;
            progress.reach(done)?;
            let judged = draft.judged(&mut applier.look, plan, table, *row)?;
            if judged.bad.is_empty() {
                let further = plan.further_owners(table, *row);
                applier.row(
                    found,
                    &source,
                    &plan.rows[table].rows[*row],
                    &further,
                    &judged,
                )?;
            } else {
                // What it needs was to be made by a row that was not chosen.
                left += 1;
            }
        }
    }
    let total: usize = plan.states.iter().map(Vec::len).sum();
    let chosen: usize = picks.iter().map(Vec::len).sum();
    let count = |wanted: &dyn Fn(&plan::RowState) -> bool| {
        small(
            plan.states
                .iter()
                .flatten()
                .filter(|row| wanted(row))
                .count(),
        )
    };
    let rejected = count(&|row| row.state == ImportState::Bad) + left;
    let unchanged = count(&|row| row.state == ImportState::Unchanged);
    let only = match applier.compounds.len() {
        1 => applier.compounds.iter().next().copied(),
        _ => None,
    };
    let name = match only {
        Some(id) => jiugai_storage::records::label(conn, KindCode::Compound, id)?,
        None => None,
    };
    Ok(ImportOutcome {
        compound: only.map_or_else(String::new, |id| id.to_string()),
        compound_name: name.unwrap_or_default(),
        counts: KindCode::ALL
            .into_iter()
            .filter_map(|kind| Some(kind_count(kind, *applier.created.get(&kind)?)))
            .collect(),
        changed: small(applier.changed.len()),
        people: positive(applier.people),
        rejected_rows: rejected,
        skipped_rows: small(total - chosen)
            .saturating_sub(rejected)
            .saturating_sub(unchanged),
        flawed_rows: count(&|row| row.flawed),
    })
}
