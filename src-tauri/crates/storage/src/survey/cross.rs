//! Counting: how often each value was given, and two fields against each other (交叉表).

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use jiugai_domain::RecordId;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::homes;
use crate::StorageError;

/// What is known about a respondent beside the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attribute {
    /// 小区.
    Compound,
    /// 楼栋.
    Building,
    /// 楼层.
    Storey,
    /// 底层, 中间, 顶层.
    Level,
    /// 产权性质, as stored.
    Tenure,
    /// 居住情况, as stored.
    Occupancy,
    /// Somebody is 60 or older: yes, no.
    Seniors,
    /// Has a car: yes, no.
    Cars,
    /// Has an outbuilding: yes, no.
    Outbuilding,
    /// 答卷人, as stored.
    Respondent,
    /// 渠道, as stored.
    Channel,
}

impl Attribute {
    /// Every attribute.
    pub const ALL: [Self; 11] = [
        Self::Compound,
        Self::Building,
        Self::Storey,
        Self::Level,
        Self::Tenure,
        Self::Occupancy,
        Self::Seniors,
        Self::Cars,
        Self::Outbuilding,
        Self::Respondent,
        Self::Channel,
    ];

    /// The value as SQL over a response `p`, and what has to be joined for it; none for what is read
    /// of the dwellings of a compound at once ([`homes`]).
    fn sql(self) -> Option<(&'static str, &'static str)> {
        const HOUSEHOLD: &str = "LEFT JOIN household AS h ON h.id = p.household_id";
        Some(match self {
            Self::Building | Self::Storey | Self::Level | Self::Tenure => return None,
            Self::Compound => (
                "c.name",
                "JOIN survey_round AS r ON r.id = p.round_id LEFT JOIN compound AS c ON c.id = r.compound_id",
            ),
            Self::Occupancy => ("h.occupancy", HOUSEHOLD),
            Self::Seniors => (
                "CASE WHEN h.seniors_60 > 0 THEN 'yes' WHEN h.seniors_60 = 0 THEN 'no' END",
                HOUSEHOLD,
            ),
            Self::Cars => (
                "CASE WHEN h.cars > 0 THEN 'yes' WHEN h.cars = 0 THEN 'no' END",
                HOUSEHOLD,
            ),
            Self::Outbuilding => (
                "CASE WHEN p.dwelling_id IS NULL THEN NULL WHEN EXISTS (SELECT 1 FROM outbuilding AS o \
                 WHERE o.dwelling_id = p.dwelling_id) THEN 'yes' ELSE 'no' END",
                "",
            ),
            Self::Respondent => ("p.respondent", ""),
            Self::Channel => ("p.channel", ""),
        })
    }
}

/// One side of a cross-table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CrossField {
    /// A question by its key.
    Question(u32),
    /// Something else.
    Attribute(Attribute),
}

/// Values of a field in a round: response and number of the value, in the order of responses.
pub(super) type Column = Vec<([u8; 16], i64)>;

/// Texts of attributes as numbers.
#[derive(Debug, Default)]
pub(super) struct Texts {
    known: HashMap<String, i64>,
    list: Vec<String>,
}

impl Texts {
    pub(super) fn number(&mut self, text: &str) -> i64 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let number = i64::try_from(self.list.len()).unwrap_or(i64::MAX);
        self.known.insert(text.to_owned(), number);
        self.list.push(text.to_owned());
        number
    }
}

fn column(
    conn: &Connection,
    round: RecordId,
    field: CrossField,
    texts: &mut Texts,
) -> Result<Column, StorageError> {
    let mut values = Vec::new();
    match field {
        CrossField::Question(question) => {
            let mut statement = conn.prepare_cached(
                "SELECT response_id, value FROM answer WHERE round_id = ?1 AND question = ?2",
            )?;
            let mut rows = statement.query(params![round.0, question])?;
            while let Some(row) = rows.next()? {
                values.push((row.get(0)?, row.get(1)?));
            }
        }
        CrossField::Attribute(attribute) => {
            let Some((value, joins)) = attribute.sql() else {
                return homes::column(conn, round, attribute, texts);
            };
            let sql = format!(
                "SELECT p.id, {value} FROM response AS p {joins} \
                 WHERE p.round_id = ?1 AND p.state = 'counted' ORDER BY p.id"
            );
            let mut statement = conn.prepare_cached(&sql)?;
            let mut rows = statement.query([round.0])?;
            while let Some(row) = rows.next()? {
                let number = match row.get_ref(1)? {
                    ValueRef::Integer(number) => texts.number(&number.to_string()),
                    ValueRef::Text(text) => texts.number(&String::from_utf8_lossy(text)),
                    _ => continue,
                };
                values.push((row.get(0)?, number));
            }
        }
    }
    Ok(values)
}

/// A cross-table. Values of questions are those of their answers, of attributes their texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cross {
    /// How often two values were given together.
    pub cells: BTreeMap<(i64, i64), i64>,
    /// Responses with both.
    pub both: i64,
    /// Responses in all.
    pub responses: i64,
    /// Responses for each value of the row field that have the column field too.
    pub rows: BTreeMap<i64, i64>,
    /// The same for columns.
    pub columns: BTreeMap<i64, i64>,
    /// Texts of the row field when it is an attribute.
    pub row_texts: Vec<String>,
    /// Texts of the column field.
    pub column_texts: Vec<String>,
}

/// Two fields against each other, over the counted responses of rounds. One response with several
/// choices stands in several cells, and once in the sums.
///
/// # Errors
/// When the ledger cannot be read.
pub fn cross(
    conn: &Connection,
    rounds: &[RecordId],
    row: CrossField,
    column_field: CrossField,
) -> Result<Cross, StorageError> {
    let mut found = Cross::default();
    let (mut row_texts, mut column_texts) = (Texts::default(), Texts::default());
    // One look at the ledger for all rounds instead of three for each.
    let _look = match conn.is_autocommit() {
        true => Some(conn.unchecked_transaction()?),
        false => None,
    };
    for round in rounds {
        found.responses += counted(conn, *round)?;
        let left = column(conn, *round, row, &mut row_texts)?;
        let right = column(conn, *round, column_field, &mut column_texts)?;
        merge(&left, &right, |rows, columns| {
            found.both += 1;
            for a in rows {
                *found.rows.entry(a.1).or_default() += 1;
                for b in columns {
                    *found.cells.entry((a.1, b.1)).or_default() += 1;
                }
            }
            for b in columns {
                *found.columns.entry(b.1).or_default() += 1;
            }
        });
    }
    found.row_texts = row_texts.list;
    found.column_texts = column_texts.list;
    Ok(found)
}

/// Walks over two columns side by side; gives the values of each response that has both.
fn merge(
    left: &Column,
    right: &Column,
    mut visit: impl FnMut(&[([u8; 16], i64)], &[([u8; 16], i64)]),
) {
    let run = |column: &Column, from: usize| {
        let key = column[from].0;
        from + column[from..].iter().take_while(|one| one.0 == key).count()
    };
    let (mut a, mut b) = (0, 0);
    while a < left.len() && b < right.len() {
        match left[a].0.cmp(&right[b].0) {
            Ordering::Less => a = run(left, a),
            Ordering::Greater => b = run(right, b),
            Ordering::Equal => {
                let (end_a, end_b) = (run(left, a), run(right, b));
                visit(&left[a..end_a], &right[b..end_b]);
                (a, b) = (end_a, end_b);
            }
        }
    }
}

/// How many responses of a round count.
///
/// # Errors
/// When the ledger cannot be read.
pub fn counted(conn: &Connection, round: RecordId) -> Result<i64, StorageError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM response WHERE round_id = ?1 AND state = 'counted'")?
        .query_row([round.0], |row| row.get(0))?)
}

/// How often each value of a question was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Count by value.
    pub values: BTreeMap<i64, i64>,
    /// For 排序: how often a value came first.
    pub first: BTreeMap<i64, i64>,
    /// Responses with an answer.
    pub answered: i64,
    /// Responses in all.
    pub responses: i64,
}

/// Counts the answers to every question of rounds, by key of the question.
///
/// # Errors
/// When the ledger cannot be read.
pub fn tally(
    conn: &Connection,
    rounds: &[RecordId],
) -> Result<(BTreeMap<u32, Tally>, i64), StorageError> {
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    let mut responses = 0;
    for round in rounds {
        responses += counted(conn, *round)?;
        let mut statement = conn.prepare_cached(
            "SELECT question, value, count(*), sum(place = 0) FROM answer \
             WHERE round_id = ?1 GROUP BY question, value",
        )?;
        let mut rows = statement.query([round.0])?;
        while let Some(row) = rows.next()? {
            let tally = tallies.entry(row.get(0)?).or_default();
            let (value, count, first): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
            *tally.values.entry(value).or_default() += count;
            *tally.first.entry(value).or_default() += first;
            tally.answered += first;
        }
    }
    for tally in tallies.values_mut() {
        tally.responses = responses;
    }
    Ok((tallies, responses))
}

/// The numbers that were given to a question, rising.
///
/// # Errors
/// When the ledger cannot be read.
pub fn numbers(
    conn: &Connection,
    rounds: &[RecordId],
    question: u32,
) -> Result<Vec<i64>, StorageError> {
    let mut values = Vec::new();
    for round in rounds {
        let mut texts = Texts::default();
        let column = column(conn, *round, CrossField::Question(question), &mut texts)?;
        values.extend(column.into_iter().map(|(_, value)| value));
    }
    values.sort_unstable();
    Ok(values)
}

/// The responses behind a cell: those with this value of the row field, and of the column field
/// where one is given. Values of attributes are their texts.
///
/// # Errors
/// When the ledger cannot be read.
pub fn respondents(
    conn: &Connection,
    rounds: &[RecordId],
    row: (CrossField, &str),
    column_field: Option<(CrossField, &str)>,
) -> Result<Vec<RecordId>, StorageError> {
    let mut found = Vec::new();
    for round in rounds {
        let with = |field: CrossField, wanted: &str| -> Result<Vec<[u8; 16]>, StorageError> {
            let mut texts = Texts::default();
            let values = column(conn, *round, field, &mut texts)?;
            Ok(values
                .into_iter()
                .filter(|(_, value)| match field {
                    CrossField::Question(_) => value.to_string() == wanted,
                    CrossField::Attribute(_) => usize::try_from(*value)
                        .ok()
                        .and_then(|at| texts.list.get(at))
                        .is_some_and(|text| text == wanted),
                })
                .map(|(response, _)| response)
                .collect())
        };
        let left = with(row.0, row.1)?;
        let right = column_field
            .map(|(field, wanted)| with(field, wanted))
            .transpose()?;
        found.extend(
            left.into_iter()
                .filter(|id| {
                    right
                        .as_ref()
                        .is_none_or(|right| right.binary_search(id).is_ok())
                })
                .map(RecordId),
        );
    }
    Ok(found)
}
