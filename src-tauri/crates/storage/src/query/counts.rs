//! How much there is in each compound: dwellings (套), households (户) and people (人) stay apart.

use jiugai_domain::RecordId;
use rusqlite::{Connection, Row};

use crate::error::StorageError;
use crate::records::columns::id_at;

/// The counts of one compound. What nobody filled in counts as nothing; areas and spaces that
/// nobody filled in at all are `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompoundCounts {
    /// The compound.
    pub compound: RecordId,
    /// Its name.
    pub name: String,
    /// Code of its stage (推进阶段).
    pub stage: Option<String>,
    /// 楼栋.
    pub buildings: i64,
    /// 单元.
    pub entrances: i64,
    /// 房屋, 套.
    pub dwellings: i64,
    /// 住户, 户.
    pub households: i64,
    /// 常住人口, 人.
    pub people: i64,
    /// 业主.
    pub owners: i64,
    /// 大排房, 间: all on record, the demolished ones too.
    pub row_house_rooms: i64,
    /// 小配房, 间.
    pub annex_room_rooms: i64,
    /// 违章建筑, 间.
    pub unauthorized_rooms: i64,
    /// Rooms of other structures, 间.
    pub other_outbuilding_rooms: i64,
    /// 车棚, 个.
    pub cycle_sheds: i64,
    /// 建筑面积 in 0.01 ㎡: of each building its own, where that is not filled in the sum of its dwellings.
    pub gross_floor_area_dm2: Option<i64>,
    /// 车位.
    pub parking_spaces: Option<i64>,
    /// 绿地 in 0.01 ㎡.
    pub green_area_dm2: Option<i64>,
    /// 汽车 of the households.
    pub cars: i64,
    /// 电动车 of the households.
    pub ebikes: i64,
    /// 60岁以上, 人.
    pub seniors60: i64,
    /// 空置, 户.
    pub vacant_households: i64,
    /// 出租, 户.
    pub rented_households: i64,
    /// 同意改造, 户.
    pub agreeing: i64,
    /// 不同意, 户.
    pub opposing: i64,
    /// 看方案, 户.
    pub depending_on_plan: i64,
    /// 未联系, 户.
    pub unreached: i64,
    /// 愿意配合拆除, 户.
    pub cooperating: i64,
}

impl CompoundCounts {
    /// Households whose willingness nobody has asked or noted (意愿未填).
    #[must_use]
    pub fn unanswered(&self) -> i64 {
        self.households - self.agreeing - self.opposing - self.depending_on_plan - self.unreached
    }
}

/// Counts of one compound or, in natural order of their names, of all, in one statement.
///
/// # Errors
/// When the ledger cannot be read.
pub fn counts(
    conn: &Connection,
    compound: Option<RecordId>,
) -> Result<Vec<CompoundCounts>, StorageError> {
    let scope = if compound.is_some() {
        "WHERE \"compound_id\" = ?1"
    } else {
        ""
    };
    let condition = if compound.is_some() {
        "WHERE c.\"id\" = ?1"
    } else {
        "WHERE ?1 IS NULL"
    };
    let sql = include_str!("counts.sql")
        .replace("SCOPE", scope)
        .replace("OF_COMPOUND", condition);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([compound.map(|id| id.0)], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<CompoundCounts> {
    Ok(CompoundCounts {
        compound: id_at(row, 0)?,
        name: row.get(1)?,
        stage: row.get(2)?,
        buildings: row.get(3)?,
        entrances: row.get(4)?,
        dwellings: row.get(5)?,
        households: row.get(6)?,
        people: row.get(7)?,
        owners: row.get(8)?,
        row_house_rooms: row.get(9)?,
        annex_room_rooms: row.get(10)?,
        unauthorized_rooms: row.get(11)?,
        other_outbuilding_rooms: row.get(12)?,
        cycle_sheds: row.get(13)?,
        gross_floor_area_dm2: row.get(14)?,
        parking_spaces: row.get(15)?,
        green_area_dm2: row.get(16)?,
        cars: row.get(17)?,
        ebikes: row.get(18)?,
        seniors60: row.get(19)?,
        vacant_households: row.get(20)?,
        rented_households: row.get(21)?,
        agreeing: row.get(22)?,
        opposing: row.get(23)?,
        depending_on_plan: row.get(24)?,
        unreached: row.get(25)?,
        cooperating: row.get(26)?,
    })
}

/// Dwellings by 用途 of each compound, or of one: its key, the code (empty where nobody filled it in) and
/// how many.
///
/// # Errors
/// When the ledger cannot be read.
pub fn dwelling_uses(
    conn: &Connection,
    compound: Option<RecordId>,
) -> Result<Vec<(RecordId, String, i64)>, StorageError> {
    let scope = match compound {
        Some(_) => "WHERE \"compound_id\" = ?1",
        None => "WHERE ?1 IS NULL",
    };
    let mut statement = conn.prepare_cached(&format!(
        "SELECT \"compound_id\", ifnull(\"use\", ''), count(*) FROM \"dwelling\" {scope}
         GROUP BY \"compound_id\", \"use\" ORDER BY 1, 3 DESC, 2"
    ))?;
    let rows = statement.query_map([compound.map(|id| id.0)], |row| {
        Ok((RecordId(row.get(0)?), row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
