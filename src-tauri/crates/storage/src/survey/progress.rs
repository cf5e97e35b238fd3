//! Who answered and who is missing, door by door: rounds, room boards and papers read this.

use jiugai_domain::RecordId;
use rusqlite::{Connection, params};

use crate::StorageError;
use crate::records::columns::{id_at, optional_id_at};

/// One door: a household, or a dwelling where none is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Building.
    pub building: RecordId,
    /// Its name.
    pub building_name: String,
    /// Entrance's name, empty without.
    pub entrance_name: String,
    /// Room.
    pub room: String,
    /// Storey.
    pub storey: Option<i64>,
    /// Dwelling.
    pub dwelling: RecordId,
    /// Household.
    pub household: Option<RecordId>,
    /// Contact.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// 居住情况, as stored.
    pub occupancy: String,
}

/// A door with its counted response in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The door.
    pub door: Door,
    /// The counted response.
    pub response: Option<RecordId>,
    /// Day of the answer, ISO.
    pub answered_on: Option<String>,
    /// First choice of the question that was asked for.
    pub choice: Option<i64>,
    /// It refers to an older version of the plan than the one that owners are asked about now.
    pub stale: bool,
}

const DOOR: &str = "d.building_id, b.name, ifnull(e.name, ''), d.room, d.storey, d.id, h.id, \
    ifnull(h.contact, ''), ifnull(h.phone, ''), ifnull(h.occupancy, '')";
const FROM: &str = "FROM dwelling AS d JOIN building AS b ON b.id = d.building_id \
    LEFT JOIN entrance AS e ON e.id = d.entrance_id \
    LEFT JOIN household AS h ON h.dwelling_id = d.id";
/// Who lives nowhere is not asked: garages and sheds are no doors, unless somebody is listed there.
const ASKED: &str = "(d.use IS NULL OR d.use = 'residence' OR h.id IS NOT NULL)";
const ORDER: &str = "b.sort_key, b.id, e.sort_key, d.storey, d.sort_key, h.id";

fn door_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<Door> {
    Ok(Door {
        building: id_at(row, 0)?,
        building_name: row.get(1)?,
        entrance_name: row.get(2)?,
        room: row.get(3)?,
        storey: row.get(4)?,
        dwelling: id_at(row, 5)?,
        household: optional_id_at(row, 6)?,
        contact: row.get(7)?,
        phone: row.get(8)?,
        occupancy: row.get(9)?,
    })
}

/// Every door of a compound, in the order in which people walk.
///
/// # Errors
/// When the ledger cannot be read.
pub fn doors(conn: &Connection, compound: RecordId) -> Result<Vec<Door>, StorageError> {
    let sql = format!("SELECT {DOOR} {FROM} WHERE d.compound_id = ?1 AND {ASKED} ORDER BY {ORDER}");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([compound.0], door_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every door of a round's compound (or of one building) with whether it answered, and what it
/// chose at `question`. What refers to a version of the plan that is none of `counting` is stale.
///
/// # Errors
/// When the ledger cannot be read.
pub fn standing(
    conn: &Connection,
    round: RecordId,
    question: Option<u32>,
    building: Option<RecordId>,
    counting: &[i64],
) -> Result<Vec<Standing>, StorageError> {
    let sql = format!(
        "SELECT {DOOR}, p.id, p.answered_on, \
           (SELECT a.value FROM answer AS a WHERE a.round_id = ?1 AND a.question = ?2 \
             AND a.response_id = p.id AND a.place = 0), \
           ifnull(p.plan_version NOT IN (SELECT value FROM json_each(?4)), 0) \
         {FROM} LEFT JOIN response AS p ON p.dwelling_id = d.id AND p.round_id = ?1 \
           AND p.state = 'counted' AND p.household_id IS h.id \
         WHERE d.compound_id = (SELECT compound_id FROM survey_round WHERE id = ?1) AND {ASKED} \
           AND (?3 IS NULL OR d.building_id = ?3) ORDER BY {ORDER}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let counting = super::answers::json(&counting);
    let asked = params![round.0, question, building.map(|id| id.0), counting];
    let rows = statement.query_map(asked, |row| {
        Ok(Standing {
            door: door_at(row)?,
            response: optional_id_at(row, 10)?,
            answered_on: row.get(11)?,
            choice: row.get(12)?,
            stale: row.get(13)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Owners by dwelling: name and phone.
///
/// # Errors
/// When the ledger cannot be read.
pub fn owners(
    conn: &Connection,
    compound: RecordId,
) -> Result<Vec<(RecordId, String, String)>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT s.dwelling_id, o.name, ifnull(o.phone, '') FROM ownership AS s
         JOIN owner AS o ON o.id = s.owner_id WHERE s.compound_id = ?1 ORDER BY s.id",
    )?;
    let rows = statement.query_map([compound.0], |row| {
        Ok((id_at(row, 0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
