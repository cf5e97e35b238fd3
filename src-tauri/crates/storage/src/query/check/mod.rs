//! 数据体检: bulk statements that look a ledger through by the rules of the domain. Counting takes
//! one statement for each kind, however many rules look at it; findings are read a page at a time.

mod kept;
mod probes;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiugai_domain::check::{
    Limits, RULES, Rule, Threshold, building_key, id_tail_fits, phone_fits, room_key,
};
use jiugai_domain::{Field, KindCode, RecordId, Value, address};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

use crate::error::StorageError;
use crate::parameters;
use crate::records::columns::{id_at, in_compound, optional_id_at, table};
use crate::records::label_sql;

use probes::{Probe, probes};

pub use kept::CheckCache;
pub(crate) use probes::{Given, missing_sql, probe};

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Kind of the record.
    pub kind: KindCode,
    /// Its key.
    pub id: RecordId,
    /// The cell.
    pub field: &'static Field,
    /// What people call the record.
    pub label: String,
    /// Its compound.
    pub compound: Option<RecordId>,
    /// Name of the compound.
    pub compound_name: String,
    /// 楼号 of the building at which the record stands, empty when at none.
    pub building: String,
    /// The figures of the rule's sentences, as people read them.
    pub figures: Vec<String>,
    /// The threshold of the rule, as people read it; empty when it has none.
    pub limit: String,
    /// The values that a judgement is tied to.
    pub judged: String,
    /// How an earlier judgement reads, if there is one.
    pub judgement: Option<Judgement>,
}

impl Finding {
    /// What is found, in people's words.
    #[must_use]
    pub fn found(&self) -> String {
        Rule::tell(self.rule.found, self.field, &self.figures)
    }

    /// What is expected, in people's words.
    #[must_use]
    pub fn expected(&self) -> String {
        Rule::tell(self.rule.expected, self.field, &self.figures).replace("{limit}", &self.limit)
    }
}

/// 不算问题: why a finding was judged to be right as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Key of the record that keeps it.
    pub id: RecordId,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When, ISO text.
    pub on: String,
}

/// Which findings are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Those that nobody has judged, and those whose values changed since.
    Open,
    /// Those that stand judged.
    Waived,
}

/// How many findings a rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule.
    pub rule: &'static Rule,
    /// Findings.
    pub count: usize,
}

/// What is looked through: one compound or the whole ledger, as of a day.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// The compound; none for all.
    pub compound: Option<RecordId>,
    /// Today, ISO text.
    pub today: &'a str,
}

impl<'a> Looked<'a> {
    fn given(&self, limits: &'a Limits) -> Given<'a> {
        Given {
            today: self.today,
            limits,
        }
    }
}

/// The thresholds that hold in a ledger: those of the office, else those of the product.
fn limits(conn: &Connection) -> Result<Limits, StorageError> {
    let mut limits = Limits::default();
    for kept in parameters::list(conn)? {
        if let Some(threshold) = Threshold::from_code(&kept.code) {
            let value = threshold.limit().parse(&kept.value);
            limits.set(threshold, value.filter(|_| kept.enabled));
        }
    }
    Ok(limits)
}

/// Findings of every rule, in the order of the rules; rules without findings are there with zero.
///
/// # Errors
/// When the ledger cannot be read.
pub fn counts(
    conn: &Connection,
    looked: Looked<'_>,
    standing: Standing,
) -> Result<Vec<RuleCount>, StorageError> {
    let judges = Judges::new(conn)?;
    let limits = limits(conn)?;
    let mut counts = nothing();
    for kind in KindCode::ALL {
        let Some(scope) = scope(kind, looked) else {
            continue;
        };
        if standing == Standing::Waived {
            for (index, probe) in of_kind(kind, looked.given(&limits)) {
                if judges.may_hold(standing, &probe) {
                    let sql = format!(
                        "SELECT count(*) FROM {} AS t WHERE {scope} AND {} AND {}",
                        table(kind),
                        judged_once(&probe),
                        judges.condition(standing, &probe, looked)
                    );
                    let mut statement = conn.prepare_cached(&sql)?;
                    let count: i64 = statement
                        .query_row(rusqlite::params_from_iter(key_of(looked)), |row| row.get(0))?;
                    counts[index].count += usize::try_from(count).unwrap_or(0);
                }
            }
            continue;
        }
        let asked: Vec<(usize, String)> = of_kind(kind, looked.given(&limits))
            .map(|(index, probe)| (index, judges.condition(standing, &probe, looked)))
            .collect();
        if asked.is_empty() {
            continue;
        }
        let sql = format!(
            "SELECT {} FROM {} AS t WHERE {scope}",
            sums(&asked),
            table(kind)
        );
        let mut statement = conn.prepare_cached(&sql)?;
        statement.query_row(rusqlite::params_from_iter(key_of(looked)), |row| {
            for (column, (index, _)) in asked.iter().enumerate() {
                let count: i64 = row.get(column)?;
                counts[*index].count += usize::try_from(count).unwrap_or(0);
            }
            Ok(())
        })?;
    }
    Ok(counts)
}

fn nothing() -> Vec<RuleCount> {
    let none = |rule| RuleCount { rule, count: 0 };
    RULES.iter().map(none).collect()
}

/// The probes that look at records of a kind, each with the place of its rule.
fn of_kind(kind: KindCode, given: Given<'_>) -> impl Iterator<Item = (usize, Probe)> {
    let of = move |(index, rule)| {
        probes(rule, given)
            .into_iter()
            .map(move |probe| (index, probe))
    };
    RULES
        .iter()
        .enumerate()
        .flat_map(of)
        .filter(move |(_, probe)| probe.kind == kind)
}

/// How often each condition holds.
fn sums(asked: &[(usize, String)]) -> String {
    let sums: Vec<String> = asked
        .iter()
        // A CASE leaves off as soon as one part of the condition fails.
        .map(|(_, condition)| format!("count(CASE WHEN {condition} THEN 1 END)"))
        .collect();
    sums.join(", ")
}

/// The rows `t` that anybody ever judged by the rule of a probe: few, and found by their keys.
fn judged_once(probe: &Probe) -> String {
    format!(
        "t.\"id\" IN (SELECT unhex(j.\"subject\") FROM \"waiver\" AS j WHERE j.\"rule\" = '{}' AND j.\"field\" = '{}')",
        probe.rule.code, probe.field.code
    )
}

/// Findings of one rule, field by field and in the order of places: `limit` of them from `offset`.
///
/// # Errors
/// When the ledger cannot be read.
pub fn findings(
    conn: &Connection,
    looked: Looked<'_>,
    rule: &'static Rule,
    standing: Standing,
    offset: usize,
    limit: usize,
) -> Result<Vec<Finding>, StorageError> {
    let judges = Judges::new(conn)?;
    let limits = limits(conn)?;
    let mut found = Vec::new();
    let mut skip = offset;
    for probe in probes(rule, looked.given(&limits)) {
        let Some(scope) = scope(probe.kind, looked) else {
            continue;
        };
        if found.len() >= limit || !judges.may_hold(standing, &probe) {
            continue;
        }
        let condition = judges.condition(standing, &probe, looked);
        if skip > 0 {
            let sql = format!(
                "SELECT count(*) FROM {} AS t WHERE {scope} AND {condition}",
                table(probe.kind)
            );
            let count: i64 = conn
                .prepare_cached(&sql)?
                .query_row(rusqlite::params_from_iter(key_of(looked)), |row| row.get(0))?;
            let count = usize::try_from(count).unwrap_or(0);
            if count <= skip {
                skip -= count;
                continue;
            }
        }
        let sql = page(
            &probe,
            &format!("{scope} AND {condition}"),
            limit - found.len(),
            skip,
        );
        skip = 0;
        let mut statement = conn.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(key_of(looked)))?;
        while let Some(row) = rows.next()? {
            found.push(read(row, &probe, &limits)?);
        }
    }
    Ok(found)
}

/// The finding of a rule at one cell; none when the rule finds nothing there (any more).
///
/// # Errors
/// When the ledger cannot be read.
pub fn finding_at(
    conn: &Connection,
    today: &str,
    rule: &'static Rule,
    (kind, id, field): (KindCode, RecordId, &str),
) -> Result<Option<Finding>, StorageError> {
    Judges::new(conn)?;
    let looked = Looked {
        compound: None,
        today,
    };
    let limits = limits(conn)?;
    let Some(probe) = probes(rule, looked.given(&limits))
        .into_iter()
        .find(|probe| probe.kind == kind && probe.field.code == field)
    else {
        return Ok(None);
    };
    let condition = bounded(&probe.condition, looked);
    let sql = page(&probe, &format!("t.\"id\" = ?1 AND ({condition})"), 1, 0);
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([id.0])?;
    Ok(match rows.next()? {
        Some(row) => Some(read(row, &probe, &limits)?),
        None => None,
    })
}

/// The key by which a judgement names its record.
#[must_use]
pub fn subject(id: RecordId) -> String {
    id.to_string().replace('-', "")
}

/// Which rules anybody has judged findings of.
struct Judges {
    judged: BTreeSet<String>,
}

impl Judges {
    fn new(conn: &Connection) -> Result<Self, StorageError> {
        functions(conn)?;
        let mut statement = conn.prepare_cached("SELECT DISTINCT \"rule\" FROM \"waiver\"")?;
        let judged = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(Self { judged })
    }

    fn may_hold(&self, standing: Standing, probe: &Probe) -> bool {
        standing == Standing::Open || self.judged.contains(probe.rule.code)
    }

    fn condition(&self, standing: Standing, probe: &Probe, looked: Looked<'_>) -> String {
        let condition = bounded(&probe.condition, looked);
        let waived = format!(
            "EXISTS (SELECT 1 FROM \"waiver\" AS j WHERE {} AND j.\"judged\" = {})",
            at_cell(probe),
            judged(probe)
        );
        match standing {
            Standing::Waived => format!("(({condition}) AND {waived})"),
            Standing::Open if self.judged.contains(probe.rule.code) => {
                format!("(({condition}) AND NOT {waived})")
            }
            Standing::Open => format!("({condition})"),
        }
    }
}

/// A judgement `j` of the cell that the probe found in row `t`.
fn at_cell(probe: &Probe) -> String {
    format!(
        "j.\"rule\" = '{}' AND j.\"subject\" = lower(hex(t.\"id\")) AND j.\"field\" = '{}'",
        probe.rule.code, probe.field.code
    )
}

/// The values that a judgement is tied to: when one of them changes, the finding comes back.
fn judged(probe: &Probe) -> String {
    let mut parts = vec!["'='".to_owned()];
    parts.extend(
        probe
            .figures
            .iter()
            .map(|figure| format!("ifnull({}, '') || '|'", figure.sql)),
    );
    format!("({})", parts.join(" || "))
}

fn bounded(condition: &str, looked: Looked<'_>) -> String {
    let scope = if looked.compound.is_some() {
        "\"compound_id\" = ?1"
    } else {
        "1"
    };
    condition.replace("SCOPE", scope)
}

/// The rows of a kind that are looked through; none when the kind stands outside of it.
fn scope(kind: KindCode, looked: Looked<'_>) -> Option<&'static str> {
    match looked.compound {
        None => Some("1"),
        Some(_) if in_compound(kind) => Some("t.\"compound_id\" = ?1"),
        Some(_) if kind == KindCode::Compound => Some("t.\"id\" = ?1"),
        Some(_) => None,
    }
}

fn key_of(looked: Looked<'_>) -> Vec<[u8; 16]> {
    looked.compound.map(|id| id.0).into_iter().collect()
}

/// The joins to the compound `c` and the building `b` of a row, and the order by place.
fn place(kind: KindCode) -> (String, &'static str) {
    const NOWHERE: &str = "LEFT JOIN \"building\" AS b ON 0";
    let entrance =
        |of: &str| format!("LEFT JOIN \"entrance\" AS e ON e.\"id\" = {of}.\"entrance_id\"");
    let compound = match kind {
        KindCode::Compound => "JOIN \"compound\" AS c ON c.\"id\" = t.\"id\"",
        _ if in_compound(kind) => "JOIN \"compound\" AS c ON c.\"id\" = t.\"compound_id\"",
        _ => "LEFT JOIN \"compound\" AS c ON 0",
    };
    let building = match kind {
        KindCode::Building => "JOIN \"building\" AS b ON b.\"id\" = t.\"id\"".to_owned(),
        KindCode::Entrance => "JOIN \"building\" AS b ON b.\"id\" = t.\"building_id\"".to_owned(),
        KindCode::Dwelling => format!(
            "JOIN \"building\" AS b ON b.\"id\" = t.\"building_id\" {}",
            entrance("t")
        ),
        KindCode::Household | KindCode::Ownership | KindCode::Visit | KindCode::Wish => format!(
            "JOIN \"dwelling\" AS d ON d.\"id\" = t.\"dwelling_id\" JOIN \"building\" AS b ON b.\"id\" = d.\"building_id\" {}",
            entrance("d")
        ),
        KindCode::Outbuilding => {
            "LEFT JOIN \"building\" AS b ON b.\"id\" = t.\"building_id\"".to_owned()
        }
        _ => NOWHERE.to_owned(),
    };
    let order = match kind {
        KindCode::Dwelling => "c.\"sort_key\", b.\"sort_key\", e.\"sort_key\", t.\"sort_key\"",
        KindCode::Household | KindCode::Ownership | KindCode::Visit | KindCode::Wish => {
            "c.\"sort_key\", b.\"sort_key\", e.\"sort_key\", d.\"sort_key\""
        }
        _ => "c.\"sort_key\", b.\"sort_key\", t.\"sort_key\"",
    };
    (format!("{compound} {building}"), order)
}

fn page(probe: &Probe, condition: &str, limit: usize, offset: usize) -> String {
    let (joins, order) = place(probe.kind);
    let figures: String = probe
        .figures
        .iter()
        .map(|figure| format!(", {}", figure.sql))
        .collect();
    format!(
        "SELECT t.\"id\", {label}, c.\"id\", c.\"name\", b.\"name\", {judged}, \
         j.\"id\", j.\"reason\", j.\"judged_by\", j.\"judged_on\"{figures} \
         FROM {table} AS t {joins} LEFT JOIN \"waiver\" AS j ON {at_cell} \
         WHERE {condition} ORDER BY {order}, t.\"id\" LIMIT {limit} OFFSET {offset}",
        label = label_sql(probe.kind, "t"),
        judged = judged(probe),
        table = table(probe.kind),
        at_cell = at_cell(probe),
    )
}

fn read(row: &rusqlite::Row<'_>, probe: &Probe, limits: &Limits) -> rusqlite::Result<Finding> {
    const FIGURES: usize = 10;
    let text = |column: usize| row.get::<_, Option<String>>(column);
    let judgement = match optional_id_at(row, 6)? {
        Some(id) => Some(Judgement {
            id,
            reason: text(7)?.unwrap_or_default(),
            by: text(8)?.unwrap_or_default(),
            on: text(9)?.unwrap_or_default(),
        }),
        None => None,
    };
    let figures = probe
        .figures
        .iter()
        .enumerate()
        .map(|(index, figure)| {
            let value = match row.get_ref(FIGURES + index)? {
                ValueRef::Integer(number) => Value::Integer(number),
                ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
                _ => Value::Null,
            };
            Ok(Field::new("", "", "", figure.form).format(&value))
        })
        .collect::<rusqlite::Result<_>>()?;
    Ok(Finding {
        rule: probe.rule,
        kind: probe.kind,
        id: id_at(row, 0)?,
        field: probe.field,
        label: text(1)?.unwrap_or_default(),
        compound: optional_id_at(row, 2)?,
        compound_name: text(3)?.unwrap_or_default(),
        building: text(4)?.unwrap_or_default(),
        figures,
        limit: probe
            .rule
            .threshold
            .and_then(|threshold| Some(threshold.limit().format(limits.get(threshold)?)))
            .unwrap_or_default(),
        judged: row.get(5)?,
        judgement,
    })
}

/// What the rules ask of a text, for the statements above.
fn functions(conn: &Connection) -> Result<(), StorageError> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    // Nothing stays nothing.
    let text = |context: &Context<'_>| context.get::<Option<String>>(0);
    conn.create_scalar_function("phone_fits", 1, flags, move |context| {
        Ok(text(context)?.map(|text| phone_fits(&text)))
    })?;
    conn.create_scalar_function("id_tail_fits", 1, flags, move |context| {
        Ok(text(context)?.map(|text| id_tail_fits(&text)))
    })?;
    conn.create_scalar_function("room_key", 1, flags, move |context| {
        Ok(text(context)?.map(|text| room_key(&text)))
    })?;
    conn.create_scalar_function("building_key", 1, flags, move |context| {
        Ok(text(context)?.map(|text| building_key(&text)))
    })?;
    conn.create_scalar_function("storey_of_room", 1, flags, move |context| {
        Ok(text(context)?.and_then(|text| address::storey_of_room(&text)))
    })?;
    Ok(())
}
