//! How much there is in each compound: dwellings (套), households (户) and people (人) stay apart.

use jiugai_domain::RecordId;
use rusqlite::{Connection, Row};

use super::kept::{Figures, Kept};
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
    read(conn, compound, |row| {
        let figures: Figures = figures(row)?;
        Ok(CompoundCounts::of(
            id_at(row, 0)?,
            (row.get(1)?, row.get(2)?),
            &figures,
        ))
    })
}

fn read<T>(
    conn: &Connection,
    compound: Option<RecordId>,
    one: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StorageError> {
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
    let rows = statement.query_map([compound.map(|id| id.0)], one)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers behind key, name and stage.
fn figures(row: &Row<'_>) -> rusqlite::Result<Figures> {
    (3..row.as_ref().column_count())
        .map(|at| row.get(at))
        .collect()
}

impl CompoundCounts {
    fn of(
        compound: RecordId,
        (name, stage): (String, Option<String>),
        figures: &[Option<i64>],
    ) -> Self {
        let known = |at: usize| figures.get(at).copied().flatten();
        let count = |at| known(at).unwrap_or(0);
        Self {
            compound,
            name,
            stage,
            buildings: count(0),
            entrances: count(1),
            dwellings: count(2),
            households: count(3),
            people: count(4),
            owners: count(5),
            row_house_rooms: count(6),
            annex_room_rooms: count(7),
            unauthorized_rooms: count(8),
            other_outbuilding_rooms: count(9),
            cycle_sheds: count(10),
            gross_floor_area_dm2: known(11),
            parking_spaces: known(12),
            green_area_dm2: known(13),
            cars: count(14),
            ebikes: count(15),
            seniors60: count(16),
            vacant_households: count(17),
            rented_households: count(18),
            agreeing: count(19),
            opposing: count(20),
            depending_on_plan: count(21),
            unreached: count(22),
            cooperating: count(23),
        }
    }
}

/// The counts of all compounds, kept from one look to the next.
#[derive(Debug)]
pub struct CountsCache(Kept);

impl Default for CountsCache {
    fn default() -> Self {
        Self(Kept::new("overview"))
    }
}

impl CountsCache {
    /// Counts of all compounds in natural order of their names, as [`counts`] gives them.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn all(&self, conn: &Connection) -> Result<Vec<CompoundCounts>, StorageError> {
        let kept = self.0.all(
            conn,
            env!("CARGO_PKG_VERSION"),
            |_| true,
            |conn, compound| read(conn, compound, |row| Ok((id_at(row, 0)?, figures(row)?))),
        )?;
        let mut statement = conn.prepare_cached(
            "SELECT \"id\", \"name\", \"stage\" FROM \"compound\" ORDER BY \"sort_key\", \"id\"",
        )?;
        let rows =
            statement.query_map([], |row| Ok((id_at(row, 0)?, (row.get(1)?, row.get(2)?))))?;
        let mut all = Vec::with_capacity(kept.len());
        for row in rows {
            let (id, told) = row?;
            all.extend(
                kept.get(&id)
                    .map(|figures| CompoundCounts::of(id, told, figures)),
            );
        }
        Ok(all)
    }
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
