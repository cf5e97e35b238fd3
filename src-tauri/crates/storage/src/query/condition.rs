//! What a grid's search box and column filters mean in SQL.

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldType, KindCode, Value};
use rusqlite::types::Value as SqlValue;

use super::WindowQuery;
use crate::error::StorageError;
use crate::records::columns::{containing, escaped, in_compound, table};
use crate::records::{PlaceName, label_sql, reference_sql};

/// One column filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Code of the field.
    pub field: String,
    /// How the text is compared.
    pub op: FilterOp,
    /// What a person typed; an empty text restricts nothing.
    pub text: String,
}

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterOp {
    /// 包含.
    Contains,
    /// 等于.
    Equals,
    /// Equals one of the values, each on a line of its own; an empty line stands for 未填.
    OneOf,
    /// 未填.
    Empty,
    /// 已填.
    NotEmpty,
    /// 不小于, 不早于.
    AtLeast,
    /// 不大于, 不晚于.
    AtMost,
}

/// A WHERE clause over the row `t` and its parameters.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<SqlValue>,
}

impl Condition {
    /// The rows that a query asks for.
    pub(crate) fn of(query: &WindowQuery) -> Result<Self, StorageError> {
        let mut condition = Self {
            sql: "TRUE".to_owned(),
            parameters: Vec::new(),
        };
        if let Some(compound) = query.compound.filter(|_| in_compound(query.kind)) {
            let place = condition.bind(SqlValue::Blob(compound.0.to_vec()));
            condition.and(&format!("t.\"compound_id\" = {place}"));
        }
        for word in normalize(query.search.as_deref().unwrap_or_default())
            .split(' ')
            .filter(|word| !word.is_empty())
        {
            condition.search(query.kind, word);
        }
        for filter in &query.filters {
            condition.filter(query.kind, filter)?;
        }
        Ok(condition)
    }

    fn bind(&mut self, value: SqlValue) -> String {
        self.parameters.push(value);
        format!("?{}", self.parameters.len())
    }

    fn and(&mut self, sql: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
    }

    /// Every word must stand somewhere in the row: in its label, its texts, its lists, or the name
    /// of what it refers to.
    fn search(&mut self, kind: KindCode, word: &str) {
        let pattern = self.bind(SqlValue::Text(containing(word)));
        let like = |text: &str| format!("{text} LIKE {pattern} ESCAPE '\\'");
        let mut either = Vec::new();
        if !at_a_dwelling(kind) {
            either.push(like(&label_sql(kind, "t")));
        }
        for field in kind.kind().fields {
            let column = format!("t.\"{}\"", field.column);
            match field.kind {
                FieldType::Text | FieldType::LongText | FieldType::Date => {
                    either.push(like(&column));
                }
                FieldType::Code(choices) => {
                    let meant = choices
                        .iter()
                        .filter(|choice| choice.label == word || choice.synonyms.contains(&word));
                    either.extend(meant.map(|choice| format!("{column} = '{}'", choice.code)));
                }
                FieldType::Reference(KindCode::Dwelling) => {
                    let there = ["building_id", "entrance_id"]
                        .map(|place| named_like(place, "r", &pattern))
                        .join(" OR ");
                    either.push(format!(
                        "{column} IN (SELECT r.\"id\" FROM \"dwelling\" AS r WHERE {} OR {there})",
                        like("r.\"room\"")
                    ));
                }
                // A list of keys worked out once, instead of a name looked up for every row.
                FieldType::Reference(target) => either.push(format!(
                    "{column} IN (SELECT r.\"id\" FROM {} AS r WHERE {})",
                    table(target),
                    like(&label_sql(target, "r"))
                )),
                _ => {}
            }
        }
        let place = PlaceName::parse(word);
        if place.parts() > 1 {
            if kind == KindCode::Dwelling {
                either.push(self.at_place(&place, "t"));
            } else if at_a_dwelling(kind) {
                let there = self.at_place(&place, "r");
                either.push(format!(
                    "t.\"dwelling_id\" IN (SELECT r.\"id\" FROM \"dwelling\" AS r WHERE {there})"
                ));
            }
        }
        self.and(&format!("({})", either.join(" OR ")));
    }

    /// The dwellings `alias` of a place; a room number may be typed in part.
    fn at_place(&mut self, place: &PlaceName, alias: &str) -> String {
        let mut all = Vec::new();
        for (table, name) in [("building", &place.building), ("entrance", &place.entrance)] {
            if let Some(name) = name {
                let typed = self.bind(SqlValue::Text(name.clone()));
                all.push(format!("{alias}.\"{table}_id\" IN (SELECT p.\"id\" FROM \"{table}\" AS p WHERE p.\"name\" = {typed})"));
            }
        }
        if let Some(room) = &place.room {
            let typed = self.bind(SqlValue::Text(format!("{}%", escaped(room))));
            all.push(format!("{alias}.\"room\" LIKE {typed} ESCAPE '\\'"));
        }
        format!("({})", all.join(" AND "))
    }

    fn filter(&mut self, kind: KindCode, filter: &Filter) -> Result<(), StorageError> {
        let field = field_of(kind, &filter.field)?;
        let column = format!("t.\"{}\"", field.column);
        match filter.op {
            FilterOp::Empty => self.and(&format!("{column} IS NULL")),
            FilterOp::NotEmpty => self.and(&format!("{column} IS NOT NULL")),
            FilterOp::OneOf => self.one_of(kind, field, &filter.text, &column),
            _ => {
                let text = normalize(&filter.text);
                if !text.is_empty() {
                    self.compare(kind, field, filter.op, &text, &column);
                }
            }
        }
        Ok(())
    }

    fn one_of(&mut self, kind: KindCode, field: &Field, text: &str, column: &str) {
        let mut either = Vec::new();
        for value in text.split('\n').map(normalize) {
            if value.is_empty() {
                either.push(format!("{column} IS NULL"));
                continue;
            }
            let mut one = Self {
                sql: String::new(),
                parameters: std::mem::take(&mut self.parameters),
            };
            one.compare(kind, field, FilterOp::Equals, &value, column);
            either.push(one.sql.trim_start_matches(" AND ").to_owned());
            self.parameters = one.parameters;
        }
        self.and(&format!("({})", either.join(" OR ")));
    }

    fn compare(&mut self, kind: KindCode, field: &Field, op: FilterOp, text: &str, column: &str) {
        match field.kind {
            FieldType::Text | FieldType::LongText => self.compare_text(op, text, column),
            // The whole name counts as well: an entrance shows as 1单元 and is called 3号楼1单元.
            FieldType::Reference(target) if op == FilterOp::Equals => {
                let place = self.bind(SqlValue::Text(text.to_owned()));
                self.and(&format!(
                    "({} = {place} OR {column} IN (SELECT r.\"id\" FROM {} AS r WHERE {} = {place}))",
                    reference_sql(kind, field, target, "t"),
                    table(target),
                    label_sql(target, "r")
                ));
            }
            FieldType::Reference(target) => {
                self.compare_text(op, text, &reference_sql(kind, field, target, "t"));
            }
            FieldType::Code(choices) => {
                let parsed = field.parse(text).ok();
                let codes: Vec<String> = choices
                    .iter()
                    .filter(|choice| match op {
                        FilterOp::Contains => {
                            choice.label.contains(text)
                                || choice.synonyms.iter().any(|word| word.contains(text))
                        }
                        _ => parsed.as_ref().and_then(Value::as_text) == Some(choice.code),
                    })
                    .map(|choice| format!("'{}'", choice.code))
                    .collect();
                self.and(&format!("{column} IN ({})", codes.join(", ")));
            }
            FieldType::Date => self.compare_date(field, op, text, column),
            _ => match field.parse(text).ok().and_then(|value| value.as_integer()) {
                Some(number) => {
                    let place = self.bind(SqlValue::Integer(number));
                    self.and(&format!("{column} {} {place}", sign(op)));
                }
                None => self.and("FALSE"),
            },
        }
    }

    fn compare_text(&mut self, op: FilterOp, text: &str, column: &str) {
        if op == FilterOp::Contains {
            let place = self.bind(SqlValue::Text(containing(text)));
            self.and(&format!("{column} LIKE {place} ESCAPE '\\'"));
        } else {
            let place = self.bind(SqlValue::Text(text.to_owned()));
            self.and(&format!("{column} {} {place}", sign(op)));
        }
    }

    /// A year or a month alone stands for all of its days.
    fn compare_date(&mut self, field: &Field, op: FilterOp, text: &str, column: &str) {
        let written = text
            .replace(['年', '/', '.'], "-")
            .replace(['月', '日'], "");
        let day = match field.parse(text) {
            Ok(Value::Text(day)) if !text.ends_with('月') => day,
            Ok(Value::Text(day)) => day[..7].to_owned(),
            _ => written.trim_end_matches('-').to_owned(),
        };
        let length = day.chars().count();
        let place = self.bind(SqlValue::Text(day));
        self.and(&format!(
            "substr({column}, 1, {length}) {} {place}",
            sign(op)
        ));
    }
}

/// Kinds with at least as many records as there are dwellings, whose labels begin with the place.
pub(crate) fn at_a_dwelling(kind: KindCode) -> bool {
    matches!(
        kind,
        KindCode::Dwelling
            | KindCode::Household
            | KindCode::Ownership
            | KindCode::Visit
            | KindCode::Wish
    )
}

/// The condition that the building or entrance in a column has a name like the pattern.
fn named_like(column: &str, alias: &str, pattern: &str) -> String {
    let table = column.trim_end_matches("_id");
    format!(
        "{alias}.\"{column}\" IN (SELECT p.\"id\" FROM \"{table}\" AS p WHERE p.\"name\" LIKE {pattern} ESCAPE '\\')"
    )
}

fn sign(op: FilterOp) -> &'static str {
    match op {
        FilterOp::AtLeast => ">=",
        FilterOp::AtMost => "<=",
        FilterOp::Contains
        | FilterOp::Equals
        | FilterOp::OneOf
        | FilterOp::Empty
        | FilterOp::NotEmpty => "=",
    }
}

/// The field of a kind by its code.
pub(crate) fn field_of(kind: KindCode, code: &str) -> Result<&'static Field, StorageError> {
    kind.kind()
        .field(code)
        .ok_or_else(|| StorageError::NoSuchField {
            kind,
            code: code.to_owned(),
        })
}
