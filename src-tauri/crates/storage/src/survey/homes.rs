//! What is known of the dwellings of respondents: all dwellings of a compound are read in one range
//! and found in memory. Looking each of them up would take five times as long.

use std::collections::HashMap;

use jiugai_domain::RecordId;
use rusqlite::{Connection, OptionalExtension};

use super::cross::{Attribute, Column, Texts};
use crate::StorageError;

type Id = [u8; 16];

struct Home {
    id: Id,
    building: Id,
    storey: Option<i64>,
    tenure: Option<String>,
}

struct House {
    name: String,
    storeys: Option<i64>,
}

/// Values of an attribute of dwellings in a round, in the order of responses.
pub(super) fn column(
    conn: &Connection,
    round: RecordId,
    attribute: Attribute,
    texts: &mut Texts,
) -> Result<Column, StorageError> {
    let compound: Option<Id> = conn
        .prepare_cached("SELECT compound_id FROM survey_round WHERE id = ?1")?
        .query_row([round.0], |row| row.get(0))
        .optional()?;
    let Some(compound) = compound else {
        return Ok(Column::new());
    };
    let homes = homes(conn, compound)?;
    let houses = match attribute {
        Attribute::Building | Attribute::Level => houses(conn, compound, &homes)?,
        _ => HashMap::new(),
    };
    let by_id: HashMap<Id, &Home> = homes.iter().map(|home| (home.id, home)).collect();
    // Only what a respondent has becomes a value.
    let mut value = |home: &Home| {
        let house = houses.get(&home.building);
        Some(match attribute {
            Attribute::Building => texts.number(&house?.name),
            Attribute::Storey => texts.number(&home.storey?.to_string()),
            Attribute::Level => match house.and_then(|house| house.storeys) {
                _ if home.storey? <= 1 => texts.number("ground"),
                Some(top) if home.storey? >= top => texts.number("top"),
                _ => texts.number("middle"),
            },
            _ => texts.number(home.tenure.as_deref()?),
        })
    };
    let mut statement = conn.prepare_cached(
        "SELECT id, dwelling_id FROM response WHERE round_id = ?1 AND state = 'counted' \
         AND dwelling_id IS NOT NULL ORDER BY id",
    )?;
    let mut rows = statement.query([round.0])?;
    let mut column = Column::new();
    while let Some(row) = rows.next()? {
        let dwelling: Id = row.get(1)?;
        if let Some(value) = by_id.get(&dwelling).and_then(|home| value(home)) {
            column.push((row.get(0)?, value));
        }
    }
    Ok(column)
}

fn homes(conn: &Connection, compound: Id) -> Result<Vec<Home>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, building_id, storey, tenure FROM main.dwelling INDEXED BY dwelling_traits \
         WHERE compound_id = ?1",
    )?;
    let homes = statement.query_map([compound], |row| {
        Ok(Home {
            id: row.get(0)?,
            building: row.get(1)?,
            storey: row.get(2)?,
            tenure: row.get(3)?,
        })
    })?;
    Ok(homes.collect::<Result<_, _>>()?)
}

/// The houses of a compound; where their storeys are not known, the highest of their dwellings.
fn houses(
    conn: &Connection,
    compound: Id,
    homes: &[Home],
) -> Result<HashMap<Id, House>, StorageError> {
    let mut statement =
        conn.prepare_cached("SELECT id, name, storeys FROM building WHERE compound_id = ?1")?;
    let rows = statement.query_map([compound], |row| {
        let house = House {
            name: row.get(1)?,
            storeys: row.get(2)?,
        };
        Ok((row.get(0)?, house))
    })?;
    let mut houses = rows.collect::<Result<HashMap<Id, House>, _>>()?;
    let mut highest: HashMap<Id, i64> = HashMap::new();
    for home in homes {
        if let Some(storey) = home.storey {
            let top = highest.entry(home.building).or_insert(storey);
            *top = storey.max(*top);
        }
    }
    for (id, house) in &mut houses {
        house.storeys = house.storeys.or(highest.get(id).copied());
    }
    Ok(houses)
}
