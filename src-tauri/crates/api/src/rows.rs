//! Gestures over many rows of a grid: finding, replacing, setting, group totals. Each that writes
//! is one transaction, however many rows it touches.

use jiugai_domain::{Field, KindCode, Total};
use jiugai_storage::query;

use crate::records::{grouped, stored_query, text};
use crate::text::{positive, small};
use crate::wire::{
    CellText, Changed, ColumnFilter, EditGesture, FilterTest, FindQuery, FoundCell, RecordEdit,
    RecordEdits, RecordGroup, RecordGroups, RecordRow, ReplaceQuery, RowProblem, RowsEdit,
    RowsOutcome, Stretch, WindowQuery,
};
use crate::{ApiError, Session};

/// Rows read at a time.
const CHUNK: u32 = 1_000;
/// Rows looked through at most in one go.
const STRETCH: u32 = 10_000;
/// Problems sent at most.
const PROBLEMS: usize = 100;
/// Groups sent at most.
const GROUPS: usize = 500;

impl Session {
    /// Cells of a stretch of a grid that hold a text, row by row.
    ///
    /// # Errors
    /// `noLedger`; `internal` for an unknown field.
    pub fn record_find(
        &mut self,
        find: &FindQuery,
        stretch: Stretch,
    ) -> Result<Vec<FoundCell>, ApiError> {
        let wanted = Wanted::of(find);
        let asked = stored_query(&find.query)?;
        let fields: Vec<&'static Field> = wanted.columns.iter().map(|(_, field)| *field).collect();
        let from = stretch.from as usize;
        let rows = query::cells(
            self.ledger
                .as_ref()
                .ok_or_else(ApiError::no_ledger)?
                .connection(),
            &asked,
            &mut self.order,
            &fields,
            (from, stretch.count.min(STRETCH) as usize),
        )?;
        let mut found = Vec::new();
        for (at, cells) in rows.into_iter().enumerate() {
            for (field, (value, label)) in fields.iter().zip(cells) {
                if wanted.stands_in(&text(field, &value, Some(label))) {
                    found.push(FoundCell {
                        row: small(from + at),
                        field: field.code.to_owned(),
                    });
                }
            }
        }
        Ok(found)
    }

    /// Puts a text in the place of what is found: all of it or, when a cell cannot take it, nothing.
    ///
    /// # Errors
    /// As [`Session::record_edit`].
    pub fn record_replace(
        &mut self,
        replace: &ReplaceQuery,
    ) -> Result<Changed<RowsOutcome>, ApiError> {
        let wanted = Wanted::of(&replace.find);
        let mut cells: Vec<FoundCell> = Vec::new();
        match &replace.only {
            Some(only) => {
                let stretch = Stretch {
                    from: only.row,
                    count: 1,
                };
                cells.extend(self.record_find(&replace.find, stretch)?);
                cells.retain(|cell| cell.field == only.field);
            }
            None => {
                let total = self.record_window(&replace.find.query, 0, 0)?.total;
                for from in (0..total).step_by(STRETCH as usize) {
                    let stretch = Stretch {
                        from,
                        count: STRETCH,
                    };
                    cells.extend(self.record_find(&replace.find, stretch)?);
                }
            }
        }
        let mut rows = Vec::new();
        for cells in cells.chunk_by(|one, other| one.row / CHUNK == other.row / CHUNK) {
            let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
                continue;
            };
            let mut left = cells.iter().peekable();
            self.each_row(
                &replace.find.query,
                first.row,
                last.row - first.row + 1,
                |number, row| {
                    let here = |cell: &&FoundCell| cell.row == number;
                    let found: Vec<&FoundCell> =
                        std::iter::from_fn(|| left.next_if(here)).collect();
                    let replaced = wanted
                        .columns
                        .iter()
                        .filter(|(_, field)| found.iter().any(|cell| cell.field == field.code))
                        .map(|(column, field)| CellText {
                            field: field.code.to_owned(),
                            text: wanted.replaced(&row.cells[*column], &replace.replacement),
                        });
                    let replaced: Vec<CellText> = replaced.collect();
                    if !replaced.is_empty() {
                        rows.push((number, row, replaced));
                    }
                },
            )?;
        }
        self.edit_rows(&replace.find.query, EditGesture::Replace, rows)
    }

    /// Gives many rows of a grid the same cells: all of them or, when one cannot take them, none.
    ///
    /// # Errors
    /// As [`Session::record_edit`].
    pub fn record_set(&mut self, edit: &RowsEdit) -> Result<Changed<RowsOutcome>, ApiError> {
        let mut rows = Vec::new();
        self.each_row(&edit.query, edit.from, edit.count, |number, row| {
            rows.push((number, row, edit.cells.clone()));
        })?;
        self.edit_rows(&edit.query, edit.gesture, rows)
    }

    /// Subtotals of a grid by one of its columns.
    ///
    /// # Errors
    /// `noLedger`; `internal` for an unknown field.
    pub fn record_groups(&self, query: &WindowQuery, by: &str) -> Result<RecordGroups, ApiError> {
        let groups = query::groups(self.connection()?, &stored_query(query)?, by)?;
        let kind = query.kind.kind();
        let summed = || {
            let fields = kind.fields.iter();
            fields.filter(|field| field.total == Total::Sum)
        };
        let heads = summed()
            .map(|field| match field.unit {
                "" => field.label.to_owned(),
                unit => format!("{}（{unit}）", field.label),
            })
            .collect();
        let total = small(groups.len());
        let groups = groups
            .into_iter()
            .take(GROUPS)
            .map(|group| RecordGroup {
                filter: ColumnFilter {
                    field: by.to_owned(),
                    test: match group.label {
                        Some(_) => FilterTest::Equals,
                        None => FilterTest::Empty,
                    },
                    text: group.label.clone().unwrap_or_default(),
                },
                label: group.label.unwrap_or_else(|| "未填".to_owned()),
                count: positive(group.count),
                sums: group
                    .sums
                    .iter()
                    .map(|(field, sum)| sum.map_or_else(String::new, |sum| grouped(field, sum)))
                    .collect(),
            })
            .collect();
        Ok(RecordGroups {
            heads,
            fields: summed().map(|field| field.code.to_owned()).collect(),
            total,
            groups,
        })
    }

    /// Reads `count` rows of a grid from `from` on, some at a time.
    fn each_row(
        &mut self,
        query: &WindowQuery,
        from: u32,
        count: u32,
        mut look: impl FnMut(u32, RecordRow),
    ) -> Result<(), ApiError> {
        let end = from.saturating_add(count);
        let mut next = from;
        while next < end {
            let window = self.record_window(query, next, CHUNK.min(end - next))?;
            if window.rows.is_empty() {
                break;
            }
            for row in window.rows {
                look(next, row);
                next += 1;
            }
        }
        Ok(())
    }

    fn edit_rows(
        &mut self,
        query: &WindowQuery,
        gesture: EditGesture,
        rows: Vec<(u32, RecordRow, Vec<CellText>)>,
    ) -> Result<Changed<RowsOutcome>, ApiError> {
        let numbers: Vec<(u32, String)> = rows
            .iter()
            .map(|(number, row, _)| (*number, row.label.clone()))
            .collect();
        let cells = rows.iter().map(|(.., cells)| cells.len()).sum();
        if rows.is_empty() {
            return Ok(Changed {
                value: RowsOutcome {
                    cells: 0,
                    rows: 0,
                    problems: Vec::new(),
                    refused: 0,
                },
                scopes: Vec::new(),
                transaction: None,
                sentence: String::new(),
            });
        }
        let changed = self.record_edit(&RecordEdits {
            kind: query.kind,
            compound: query.compound.clone(),
            gesture,
            edits: rows
                .into_iter()
                .map(|(_, row, cells)| RecordEdit {
                    id: Some(row.id),
                    cells,
                })
                .collect(),
        })?;
        let problems = &changed.value.problems;
        let stored = problems.is_empty();
        let value = RowsOutcome {
            cells: if stored { small(cells) } else { 0 },
            rows: if stored { small(numbers.len()) } else { 0 },
            refused: small(problems.len()),
            problems: problems
                .iter()
                .take(PROBLEMS)
                .map(|problem| {
                    let (row, label) = numbers
                        .get(problem.edit as usize)
                        .cloned()
                        .unwrap_or_default();
                    RowProblem {
                        cell: FoundCell {
                            row,
                            field: problem.field.clone(),
                        },
                        place: format!("{label} 的{}", problem.label),
                        message: problem.message.clone(),
                    }
                })
                .collect(),
        };
        Ok(Changed {
            value,
            scopes: changed.scopes,
            transaction: changed.transaction,
            sentence: changed.sentence,
        })
    }
}

/// A text that is looked for, letters folded.
struct Wanted {
    letters: Vec<char>,
    whole: bool,
    /// Place among the kind's fields, and field.
    columns: Vec<(usize, &'static Field)>,
}

impl Wanted {
    fn of(find: &FindQuery) -> Self {
        Self {
            letters: find.text.chars().map(folded).collect(),
            whole: find.whole,
            columns: columns(find.query.kind, &find.fields),
        }
    }

    fn stands_in(&self, text: &str) -> bool {
        if self.letters.is_empty() {
            return self.whole && text.is_empty();
        }
        let letters: Vec<char> = text.chars().map(folded).collect();
        if self.whole {
            letters == self.letters
        } else {
            letters
                .windows(self.letters.len())
                .any(|part| part == self.letters)
        }
    }

    fn replaced(&self, text: &str, replacement: &str) -> String {
        if self.whole || self.letters.is_empty() {
            return replacement.to_owned();
        }
        let original: Vec<char> = text.chars().collect();
        let letters: Vec<char> = original.iter().copied().map(folded).collect();
        let mut output = String::with_capacity(text.len());
        let mut at = 0;
        while at < original.len() {
            if letters[at..].starts_with(&self.letters) {
                output.push_str(replacement);
                at += self.letters.len();
            } else {
                output.push(original[at]);
                at += 1;
            }
        }
        output
    }
}

fn columns(kind: KindCode, codes: &[String]) -> Vec<(usize, &'static Field)> {
    kind.kind()
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| codes.iter().any(|code| code == field.code))
        .collect()
}

/// One letter for one letter: 全角 as 半角, capitals as small ones.
fn folded(character: char) -> char {
    let narrow = match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        '\u{3000}' => ' ',
        other => other,
    };
    narrow.to_ascii_lowercase()
}
