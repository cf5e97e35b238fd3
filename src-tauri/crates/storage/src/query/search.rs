//! Finding a record from anywhere in the ledger (全局搜索).

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldType, KindCode, RecordId};
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};

use crate::error::StorageError;
use crate::records::columns::{
    compound_column, containing, escaped, id_at, in_compound, optional_id_at, table,
};
use crate::records::{PlaceName, label_sql};

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Kind of the record.
    pub kind: KindCode,
    /// Its key.
    pub id: RecordId,
    /// The compound that it belongs to.
    pub compound: Option<RecordId>,
    /// Name of that compound.
    pub compound_name: Option<String>,
    /// What people call the record.
    pub label: String,
    /// The field in which the text was found.
    pub field: &'static Field,
    /// What stands there.
    pub snippet: String,
}

/// Finds records by name, by place in any notation (`3-2-301`, `3号楼301`, `301`), or, from four
/// digits on, by the end of a phone number: compounds first, then buildings, dwellings, people,
/// outbuildings and other assets, plans. Exact matches and beginnings of names come before the rest;
/// no kind takes more than half of the places, so that 李 finds owners and households.
///
/// # Errors
/// When the ledger cannot be read.
pub fn search(conn: &Connection, text: &str, limit: usize) -> Result<Vec<Hit>, StorageError> {
    let text = normalize(text);
    let mut search = Search {
        conn,
        limit,
        hits: Vec::new(),
    };
    if text.is_empty() {
        return Ok(search.hits);
    }
    for kind in [KindCode::Compound, KindCode::WorkUnit] {
        search.named(kind, "name", &text, false)?;
    }
    search.places(&text)?;
    let digits = text.chars().all(|character| character.is_ascii_digit());
    if digits && text.len() >= 4 {
        for kind in [KindCode::Household, KindCode::Owner] {
            search.ending(kind, "phone", &text)?;
        }
    }
    if !digits {
        for (kind, field) in [(KindCode::Owner, "name"), (KindCode::Household, "contact")] {
            search.named(kind, field, &text, true)?;
        }
    }
    for kind in KindCode::ALL.into_iter().filter(|kind| in_compound(*kind)) {
        let (named, place) = match kind {
            KindCode::Outbuilding => ("number", Some("place")),
            KindCode::CycleShed
            | KindCode::ParkingArea
            | KindCode::GreenSpace
            | KindCode::ActivityArea
            | KindCode::Facility
            | KindCode::Road
            | KindCode::PipeSegment
            | KindCode::WorkItem => ("name", Some("place")),
            KindCode::Plan => ("name", None),
            _ => continue,
        };
        search.named(kind, named, &text, false)?;
        if let Some(place) = place {
            search.named(kind, place, &text, false)?;
        }
    }
    Ok(search.hits)
}

struct Search<'a> {
    conn: &'a Connection,
    limit: usize,
    hits: Vec<Hit>,
}

impl Search<'_> {
    /// Names equal to the text or beginning with it (a lookup when there is an index), then those
    /// that contain it.
    fn named(
        &mut self,
        kind: KindCode,
        code: &str,
        text: &str,
        indexed: bool,
    ) -> Result<(), StorageError> {
        let Some(field) = kind.kind().field(code) else {
            return Ok(());
        };
        let column = format!("t.\"{}\"", field.column);
        if indexed {
            let beginning = [text.to_owned(), format!("{text}\u{10ffff}")].map(SqlValue::Text);
            self.add(
                kind,
                field,
                "",
                &format!("{column} >= ?1 AND {column} < ?2"),
                beginning.to_vec(),
            )?;
        }
        let contains = vec![SqlValue::Text(containing(text))];
        self.add(
            kind,
            field,
            "",
            &format!("{column} LIKE ?1 ESCAPE '\\'"),
            contains,
        )
    }

    fn is_full(&self, kind: KindCode) -> bool {
        let same = self.hits.iter().filter(|hit| hit.kind == kind).count();
        self.hits.len() >= self.limit || same >= self.limit.div_ceil(2)
    }

    fn ending(&mut self, kind: KindCode, code: &str, text: &str) -> Result<(), StorageError> {
        let Some(field) = kind.kind().field(code) else {
            return Ok(());
        };
        let column = format!("t.\"{}\"", field.column);
        let ending = vec![SqlValue::Text(format!("%{}", escaped(text)))];
        self.add(
            kind,
            field,
            "",
            &format!("{column} LIKE ?1 ESCAPE '\\'"),
            ending,
        )
    }

    fn places(&mut self, text: &str) -> Result<(), StorageError> {
        let place = PlaceName::parse(text);
        let (Some(name), Some(room)) = (
            KindCode::Building.kind().field("name"),
            KindCode::Dwelling.kind().field("room"),
        ) else {
            return Ok(());
        };
        match (&place.building, &place.entrance, &place.room) {
            (Some(building), None, None) => {
                let typed = vec![SqlValue::Text(building.clone())];
                self.add(KindCode::Building, name, "", "t.\"name\" = ?1", typed)
            }
            (building, entrance, Some(number)) => {
                let text_or_null =
                    |text: &Option<String>| text.clone().map_or(SqlValue::Null, SqlValue::Text);
                let keys = vec![
                    SqlValue::Text(number.clone()),
                    text_or_null(building),
                    text_or_null(entrance),
                ];
                let joins = "JOIN \"building\" AS b ON b.\"id\" = t.\"building_id\" LEFT JOIN \"entrance\" AS e ON e.\"id\" = t.\"entrance_id\"";
                // Beginning at the building when it is named, at the room number otherwise.
                let condition = match building {
                    Some(_) => {
                        "+t.\"room\" = ?1 AND b.\"name\" = ?2 AND (?3 IS NULL OR e.\"name\" = ?3)"
                    }
                    None => "t.\"room\" = ?1 AND ?2 IS NULL AND (?3 IS NULL OR e.\"name\" = ?3)",
                };
                self.add(KindCode::Dwelling, room, joins, condition, keys)?;
                if building.is_none() && entrance.is_none() {
                    self.named(KindCode::Building, "name", text, false)?;
                }
                Ok(())
            }
            (building, Some(entrance), None) => {
                let building = building.clone().map_or(SqlValue::Null, SqlValue::Text);
                let joins = "JOIN \"building\" AS b ON b.\"id\" = t.\"building_id\"";
                let condition = "t.\"name\" = ?1 AND (?2 IS NULL OR b.\"name\" = ?2)";
                match KindCode::Entrance.kind().field("name") {
                    Some(field) => self.add(
                        KindCode::Entrance,
                        field,
                        joins,
                        condition,
                        vec![SqlValue::Text(entrance.clone()), building],
                    ),
                    None => Ok(()),
                }
            }
            (None, None, None) => Ok(()),
        }
    }

    fn add(
        &mut self,
        kind: KindCode,
        field: &'static Field,
        joins: &str,
        condition: &str,
        mut parameters: Vec<SqlValue>,
    ) -> Result<(), StorageError> {
        if self.is_full(kind) || !matches!(field.kind, FieldType::Text) {
            return Ok(());
        }
        parameters.push(SqlValue::Integer(
            i64::try_from(self.limit).unwrap_or(i64::MAX),
        ));
        let compound = compound_column(kind, "t");
        let sql = format!(
            "SELECT t.\"id\", {compound}, (SELECT c.\"name\" FROM \"compound\" AS c WHERE c.\"id\" = {compound}), {}, t.\"{}\" \
             FROM {} AS t {joins} WHERE {condition} LIMIT ?{}",
            label_sql(kind, "t"),
            field.column,
            table(kind),
            parameters.len()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            let id = id_at(row, 0)?;
            if self.is_full(kind) {
                break;
            }
            if self.hits.iter().all(|hit| hit.id != id) {
                self.hits.push(Hit {
                    kind,
                    id,
                    compound: optional_id_at(row, 1)?,
                    compound_name: row.get(2)?,
                    label: row.get(3)?,
                    field,
                    snippet: row.get(4)?,
                });
            }
        }
        Ok(())
    }
}
