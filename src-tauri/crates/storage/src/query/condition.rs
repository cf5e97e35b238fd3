//! What a grid's search box and column filters mean in SQL.

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldType, KindCode, Value};
use rusqlite::types::Value as SqlValue;

use super::WindowQuery;
use crate::error::StorageError;
use crate::records::columns::{containing, escaped, in_compound};
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
        let mut condition = Self { sql: "TRUE".to_owned(), parameters: Vec::new() };
        if let Some(compound) = query.compound.filter(|_| in_compound(query.kind)) {
            let place = condition.bind(SqlValue::Blob(compound.0.to_vec()));
            condition.and(&format!("t.\"compound_id\" = {place}"));
        }
        for word in normalize(query.search.as_deref().unwrap_or_default()).split(' ').filter(|word| !word.is_empty()) {
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

    /// Every word must stand somewhere in the row: in its label, its texts, its lists, or what it
    /// refers to.
    fn search(&mut self, kind: KindCode, word: &str) {
        let pattern = self.bind(SqlValue::Text(containing(word)));
        let mut places = vec![label_sql(kind, "t")];
        for field in kind.kind().fields {
            let column = format!("t.\"{}\"", field.column);
            match field.kind {
                FieldType::Text | FieldType::LongText | FieldType::Date => places.push(column),
                FieldType::Reference(target) => places.push(reference_sql(kind, field, target, "t")),
                _ => {}
            }
        }
        let mut either: Vec<String> = places.iter().map(|place| format!("{place} LIKE {pattern} ESCAPE '\\'")).collect();
        for field in kind.kind().fields {
            if let FieldType::Code(choices) = field.kind {
                let codes: Vec<String> =
                    choices.iter().filter(|choice| choice.label == word).map(|choice| format!("'{}'", choice.code)).collect();
                if !codes.is_empty() {
                    either.push(format!("t.\"{}\" IN ({})", field.column, codes.join(", ")));
                }
            }
        }
        let place = PlaceName::parse(word);
        if place.parts() > 1 {
            let parts: Vec<String> = [place.building, place.entrance, place.room].into_iter().flatten().map(|part| escaped(&part)).collect();
            let pattern = self.bind(SqlValue::Text(format!("%{}%", parts.join("%"))));
            either.push(format!("{} LIKE {pattern} ESCAPE '\\'", places[0]));
        }
        self.and(&format!("({})", either.join(" OR ")));
    }

    fn filter(&mut self, kind: KindCode, filter: &Filter) -> Result<(), StorageError> {
        let field = field_of(kind, &filter.field)?;
        let column = format!("t.\"{}\"", field.column);
        match filter.op {
            FilterOp::Empty => self.and(&format!("{column} IS NULL")),
            FilterOp::NotEmpty => self.and(&format!("{column} IS NOT NULL")),
            _ => {
                let text = normalize(&filter.text);
                if !text.is_empty() {
                    self.compare(kind, field, filter.op, &text, &column);
                }
            }
        }
        Ok(())
    }

    fn compare(&mut self, kind: KindCode, field: &Field, op: FilterOp, text: &str, column: &str) {
        match field.kind {
            FieldType::Text | FieldType::LongText => self.compare_text(op, text, column),
            FieldType::Reference(target) => self.compare_text(op, text, &reference_sql(kind, field, target, "t")),
            FieldType::Code(choices) => {
                let parsed = field.parse(text).ok();
                let codes: Vec<String> = choices
                    .iter()
                    .filter(|choice| match op {
                        FilterOp::Contains => {
                            choice.label.contains(text) || choice.synonyms.iter().any(|word| word.contains(text))
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
        let written = text.replace(['年', '/', '.'], "-").replace(['月', '日'], "");
        let day = match field.parse(text) {
            Ok(Value::Text(day)) if !text.ends_with('月') => day,
            Ok(Value::Text(day)) => day[..7].to_owned(),
            _ => written.trim_end_matches('-').to_owned(),
        };
        let length = day.chars().count();
        let place = self.bind(SqlValue::Text(day));
        self.and(&format!("substr({column}, 1, {length}) {} {place}", sign(op)));
    }
}

fn sign(op: FilterOp) -> &'static str {
    match op {
        FilterOp::AtLeast => ">=",
        FilterOp::AtMost => "<=",
        FilterOp::Contains | FilterOp::Equals | FilterOp::Empty | FilterOp::NotEmpty => "=",
    }
}

/// The field of a kind by its code.
pub(crate) fn field_of(kind: KindCode, code: &str) -> Result<&'static Field, StorageError> {
    kind.kind().field(code).ok_or_else(|| StorageError::NoSuchField { kind, code: code.to_owned() })
}
