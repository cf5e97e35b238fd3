//! The preview as people see it: totals of the file, problems, rows cell by cell.

use jiugai_domain::{FieldType, KindCode, Value};
use jiugai_exchange::table::{FoundTable, Reason, SourceRow, Target};
use jiugai_storage::{Connection, StorageError, records};

use super::draft::Draft;
use super::judge::{Compared, Judged, Mark, Note, Owners, Source, judge};
use super::lookups::Lookups;
use super::plan::{Plan, states};
use super::words;
use crate::text::{kind_count, positive, small};
use crate::wire::{
    ImportCell, ImportDuplicate, ImportHead, ImportIssue, ImportMark, ImportPick, ImportPreview,
    ImportRow, ImportSheet, ImportState, ImportTwin, ImportWindow, Severity,
};

const ISSUES: usize = 200;
const DUPLICATES: usize = 100;

impl Draft {
    pub(super) fn source<'s>(&'s self, plan: &'s Plan, found: &'s FoundTable) -> Source<'s> {
        Source {
            mapping: &found.mapping,
            compound: &plan.settings.compound,
            overwrite_blanks: plan.settings.overwrite_blanks,
            imported: plan.imported.as_deref(),
        }
    }

    /// A row judged once more, for its details.
    pub(super) fn judged(
        &self,
        look: &mut Lookups<'_>,
        plan: &Plan,
        at: usize,
        place: usize,
    ) -> Result<Judged, StorageError> {
        let found = &self.tables.tables[at];
        let state = plan.states[at][place];
        // While an import is written, its own tables may have made the record of a row in a new
        // dwelling: a household with its dwelling, say.
        let is_made = look.promised().is_none()
            && !plan.promised.is_empty()
            && state.main.is_none()
            && matches!(
                found.mapping.kind,
                KindCode::Household | KindCode::Ownership
            );
        let settled = (!is_made && state.state != ImportState::Bad).then_some(state.main);
        let row = &plan.rows[at].rows[place];
        let mut judged = judge(look, &self.source(plan, found), row, settled)?;
        if let Some(first) = plan.again.get(&(at, place)) {
            judged.notes.push(Note::Again(*first));
        }
        if let Some(first) = plan.joined.get(&(at, place)) {
            let first = plan.rows[at].rows[*first].row;
            judged.notes.push(Note::FurtherOwner(first));
        }
        if plan.twice.contains(&(at, place)) {
            judged.notes.push(Note::Twice);
        }
        Ok(judged)
    }

    pub(super) fn preview(
        &self,
        conn: &Connection,
        plan: &Plan,
        exists: bool,
    ) -> Result<ImportPreview, StorageError> {
        let checks = self.included().flat_map(|(at, found)| {
            let checks = plan.rows[at].checks.iter();
            checks.map(|check| words::check(&found.table, check))
        });
        let checks: Vec<_> = checks.collect();
        let (mut issues, count) = self.issues(conn, plan)?;
        let differing = checks.iter().filter(|check| !check.equal);
        let differing: Vec<ImportIssue> = differing
            .map(|check| ImportIssue {
                severity: Severity::Warning,
                row: Some(check.row),
                column: check.column.clone(),
                text: check.stated.clone(),
                message: words::differing(check),
            })
            .collect();
        let issue_count = small(count + differing.len());
        issues.extend(differing);
        issues.sort_by_key(|issue| issue.severity);
        issues.truncate(ISSUES);
        let states = states(plan.states.iter().flatten());
        let blocked = if self.included().next().is_none() {
            "没有一张表能导入。请先把列对好。"
        } else if states.new + states.changed + states.conflict + states.unchanged == 0 {
            if self
                .included()
                .any(|(_, found)| found.table.record_count() > 0)
            {
                "没有一行能导入，原因见“问题”。"
            } else {
                "表里没有数据行。"
            }
        } else {
            ""
        };
        Ok(ImportPreview {
            draft: self.number,
            compound_name: plan.settings.compound.clone(),
            compound_exists: exists,
            states,
            tables: self
                .included()
                .map(|(at, found)| self.sheet(plan, at, found))
                .collect(),
            counts: plan
                .brings
                .iter()
                .map(|(kind, count)| kind_count(*kind, *count))
                .collect(),
            people: positive(plan.people),
            outbuilding_rooms: ["rowHouse", "annexRoom", "unauthorized"]
                .iter()
                .filter_map(|sort| Some((sort, plan.rooms.get(sort)?)))
                .map(|(sort, rooms)| format!("{} {rooms} 间", words::outbuilding(sort)))
                .collect(),
            checks,
            issues,
            issue_count,
            duplicates: plan
                .groups
                .iter()
                .take(DUPLICATES)
                .map(|group| self.duplicate(plan, group))
                .collect(),
            duplicate_count: small(plan.groups.len()),
            blocked: blocked.to_owned(),
        })
    }

    fn sheet(&self, plan: &Plan, at: usize, found: &FoundTable) -> ImportSheet {
        ImportSheet {
            table: small(at),
            sheet: found.table.sheet.clone(),
            kind_label: found.mapping.kind.kind().label.to_owned(),
            states: states(plan.states[at].iter()),
            heads: shown(found)
                .map(|(column, target)| ImportHead {
                    column: small(column),
                    label: words::target(target),
                    is_key: is_key(found.mapping.kind, target),
                    changed: plan.changes[at][column],
                })
                .collect(),
        }
    }

    /// Problems, the worst first as far as they are shown, and how many there are.
    fn issues(
        &self,
        conn: &Connection,
        plan: &Plan,
    ) -> Result<(Vec<ImportIssue>, usize), StorageError> {
        let mut issues = Vec::new();
        let mut count = 0;
        let mut look = Lookups::with(conn, &plan.promised);
        for (at, found) in self.included() {
            for (column, mapped) in found.table.columns.iter().zip(&found.mapping.columns) {
                let unknown = matches!(
                    mapped.reason,
                    Reason::Unknown | Reason::Unit { .. } | Reason::Double { .. }
                );
                if unknown && column.filled > 0 {
                    count += 1;
                    issues.push(ImportIssue {
                        severity: Severity::Warning,
                        row: None,
                        column: format!("{} {}", column.letter, column.path.join(" / ")),
                        text: column.samples.first().cloned().unwrap_or_default(),
                        message: format!("没有认出这一列，{} 格内容不导入。", column.filled),
                    });
                }
            }
            if let Some((building, source)) = &found.mapping.building {
                count += 1;
                issues.push(ImportIssue {
                    severity: Severity::Note,
                    row: None,
                    column: String::new(),
                    text: found.table.sheet.clone(),
                    message: words::building_told(building, *source),
                });
            }
            for (place, row) in plan.rows[at].rows.iter().enumerate() {
                let state = plan.states[at][place];
                let quiet = !state.flawed
                    && row.problems.is_empty()
                    && row.cells.iter().all(|cell| cell.problem.is_none())
                    && !plan.again.contains_key(&(at, place))
                    && !plan.twice.contains(&(at, place));
                if quiet {
                    continue;
                }
                if issues.len() >= ISSUES && state.state != ImportState::Bad {
                    count += 1;
                    continue;
                }
                let judged = self.judged(&mut look, plan, at, place)?;
                let told = of_row(self, at, row, &judged);
                count += told.len();
                issues.extend(told);
                issues.truncate(ISSUES * 20);
            }
        }
        Ok((issues, count))
    }

    fn duplicate(&self, plan: &Plan, group: &[(usize, usize)]) -> ImportDuplicate {
        let (at, _) = group[0];
        let found = &self.tables.tables[at];
        let text = |place: usize, column: usize| {
            let number = plan.rows[at].rows[place].row;
            let column = found.table.columns[column].index;
            let sheet = &self.tables.book.sheets[found.sheet];
            sheet.text_at(number - 1, column).into_owned()
        };
        let in_table = || group.iter().filter(|(of, _)| *of == at);
        let columns: Vec<usize> = shown(found)
            .filter(|(_, target)| words::group(*target) != "位置")
            .map(|(column, _)| column)
            .filter(|column| {
                let mut texts = in_table().map(|(_, place)| text(*place, *column));
                let first = texts.next();
                texts.any(|other| Some(other) != first)
            })
            .collect();
        ImportDuplicate {
            label: label(&plan.rows[at].rows[group[0].1]),
            heads: columns
                .iter()
                .map(|column| words::target(found.mapping.columns[*column].target))
                .collect(),
            rows: group
                .iter()
                .map(|(of, place)| ImportTwin {
                    pick: ImportPick {
                        table: small(*of),
                        row: small(*place),
                    },
                    sheet: self.tables.tables[*of].table.sheet.clone(),
                    number: plan.rows[*of].rows[*place].row,
                    texts: if *of == at {
                        columns.iter().map(|column| text(*place, *column)).collect()
                    } else {
                        Vec::new()
                    },
                })
                .collect(),
        }
    }

    /// Rows of a table, of one state or all.
    pub(super) fn window(
        &self,
        conn: &Connection,
        plan: &Plan,
        at: usize,
        wanted: impl Fn(&super::plan::RowState) -> bool,
        (offset, limit): (usize, usize),
    ) -> Result<ImportWindow, StorageError> {
        let Some(states) = plan.states.get(at) else {
            return Ok(ImportWindow {
                total: 0,
                offset: 0,
                rows: Vec::new(),
            });
        };
        let places: Vec<usize> = (0..states.len())
            .filter(|place| wanted(&states[*place]))
            .collect();
        let mut look = Lookups::with(conn, &plan.promised);
        let mut rows = Vec::new();
        for place in places.iter().skip(offset).take(limit) {
            rows.push(self.line(&mut look, plan, at, *place)?);
        }
        Ok(ImportWindow {
            total: small(places.len()),
            offset: small(offset),
            rows,
        })
    }

    fn line(
        &self,
        look: &mut Lookups<'_>,
        plan: &Plan,
        at: usize,
        place: usize,
    ) -> Result<ImportRow, StorageError> {
        let found = &self.tables.tables[at];
        let row = &plan.rows[at].rows[place];
        let judged = self.judged(look, plan, at, place)?;
        let notes = judged.bad.iter().chain(&judged.notes);
        let mut cells = Vec::new();
        for (column, target) in shown(found) {
            cells.push(self.cell(look.conn, found, row, &judged, column, target)?);
        }
        Ok(ImportRow {
            row: small(place),
            number: row.row,
            label: label(row),
            state: plan.states[at][place].state,
            notes: notes
                .map(|note| words::note(&found.table, note).1)
                .collect(),
            cells,
        })
    }

    fn cell(
        &self,
        conn: &Connection,
        found: &FoundTable,
        row: &SourceRow,
        judged: &Judged,
        column: usize,
        target: Target,
    ) -> Result<ImportCell, StorageError> {
        let sheet = &self.tables.book.sheets[found.sheet];
        let written = || {
            let column = found.table.columns[column].index;
            sheet.text_at(row.row - 1, column).into_owned()
        };
        let told = |name: &Option<String>| name.clone().unwrap_or_default();
        let place = match target {
            Target::Compound => Some(told(&row.key.compound)),
            Target::Building => Some(told(&row.key.building)),
            Target::Entrance => Some(told(&row.key.entrance)),
            Target::Room => Some(told(&row.key.room)),
            Target::Address => Some(written()),
            _ => None,
        };
        if let Some(text) = place {
            let is_new = judged
                .records
                .first()
                .is_some_and(|record| record.id.is_none());
            return Ok(ImportCell {
                text: if text.is_empty() { written() } else { text },
                old: String::new(),
                mark: if is_new {
                    ImportMark::Fill
                } else {
                    ImportMark::Same
                },
                note: String::new(),
            });
        }
        let problem = row
            .cells
            .iter()
            .find(|cell| usize::from(cell.column) == column)
            .and_then(|cell| cell.problem.as_ref());
        let note = problem.map_or_else(String::new, |problem| words::problem(target, problem).1);
        let worst = judged
            .records
            .iter()
            .flat_map(|record| &record.cells)
            .filter(|cell| cell.column == Some(column))
            .max_by_key(|cell| cell.mark);
        let is_owner = matches!(
            target,
            Target::Field {
                kind: KindCode::Owner,
                field: "name"
            }
        ) && found.mapping.kind == KindCode::Dwelling;
        Ok(match worst {
            Some(cell) => {
                let bad = cell.mark == Mark::Bad;
                ImportCell {
                    text: if bad {
                        written()
                    } else {
                        value_text(conn, cell, &cell.new)?
                    },
                    old: match cell.mark {
                        Mark::Same | Mark::Fill => String::new(),
                        _ => value_text(conn, cell, &cell.old)?,
                    },
                    mark: mark(cell.mark),
                    note: if cell.mark == Mark::Conflict {
                        words::CHANGED_SINCE.to_owned()
                    } else {
                        note
                    },
                }
            }
            None => {
                let differs = judged.notes.contains(&Note::OwnersDiffer(column));
                let owner = match judged.owners {
                    _ if differs => ImportMark::Bad,
                    Owners::Create => ImportMark::Fill,
                    Owners::Hand(_) => ImportMark::Change,
                    Owners::Keep | Owners::Rename(_) => ImportMark::Same,
                };
                let text = written();
                let mark = if problem.is_some_and(|_| !note.is_empty()) && judged.bad.is_empty() {
                    ImportMark::Bad
                } else if is_owner && !text.is_empty() {
                    owner
                } else {
                    ImportMark::Same
                };
                let old = match mark {
                    ImportMark::Same | ImportMark::Fill => String::new(),
                    _ => judged.owner_names.clone(),
                };
                ImportCell {
                    text,
                    old,
                    mark,
                    note,
                }
            }
        })
    }
}

/// Imported columns of a table and where they go.
fn shown(found: &FoundTable) -> impl Iterator<Item = (usize, Target)> {
    found
        .mapping
        .columns
        .iter()
        .map(|column| column.target)
        .enumerate()
        .filter(|(_, target)| !matches!(target, Target::Ignore | Target::Serial))
}

/// The column tells which record a row means.
fn is_key(kind: KindCode, target: Target) -> bool {
    match target {
        Target::Compound | Target::Building | Target::Entrance | Target::Room | Target::Address => {
            true
        }
        Target::Field { kind: of, field } => {
            of == kind
                && (field == kind.kind().name_field
                    || kind.kind().field(field).is_some_and(|field| field.required))
        }
        _ => false,
    }
}

/// What people call a row.
pub(super) fn label(row: &SourceRow) -> String {
    let key = &row.key;
    let place = [&key.building, &key.entrance, &key.room];
    let place: String = place.into_iter().flatten().map(String::as_str).collect();
    match (&key.name, place.is_empty()) {
        (Some(name), true) => name.clone(),
        (Some(name), false) => format!("{place} {name}"),
        (None, _) => place,
    }
}

fn mark(mark: Mark) -> ImportMark {
    match mark {
        Mark::Same => ImportMark::Same,
        Mark::Fill => ImportMark::Fill,
        Mark::Change => ImportMark::Change,
        Mark::Conflict => ImportMark::Conflict,
        Mark::Bad => ImportMark::Bad,
    }
}

fn value_text(conn: &Connection, cell: &Compared, value: &Value) -> Result<String, StorageError> {
    match (cell.field.kind, value) {
        (FieldType::Reference(target), Value::Id(id)) => {
            Ok(records::label(conn, target, *id)?.unwrap_or_default())
        }
        _ => Ok(words::value(cell.field.kind, cell.field, value)),
    }
}

/// Everything that is to be said about a row and its cells.
pub(super) fn of_row(
    draft: &Draft,
    at: usize,
    row: &SourceRow,
    judged: &Judged,
) -> Vec<ImportIssue> {
    let found = &draft.tables.tables[at];
    let sheet = &draft.tables.book.sheets[found.sheet];
    let mut issues: Vec<ImportIssue> = judged
        .bad
        .iter()
        .chain(&judged.notes)
        .map(|note| {
            let (severity, message) = words::note(&found.table, note);
            ImportIssue {
                severity,
                row: Some(row.row),
                column: String::new(),
                text: label(row),
                message,
            }
        })
        .collect();
    for cell in &row.cells {
        let Some(problem) = &cell.problem else {
            continue;
        };
        let place = usize::from(cell.column);
        let column = &found.table.columns[place];
        let (severity, message) = words::problem(found.mapping.columns[place].target, problem);
        issues.push(ImportIssue {
            severity,
            row: Some(row.row),
            column: format!(
                "{} {}",
                column.letter,
                column.path.last().cloned().unwrap_or_default()
            ),
            text: sheet.text_at(row.row - 1, column.index).into_owned(),
            message,
        });
    }
    issues
}
