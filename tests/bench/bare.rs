//! The records of the workbook of `import_speed` put into their tables by prepared statements, with nothing noted for undo,
//! history or search: what no import into this file can go below.

use std::time::Instant;

use jiugai_storage::{Connection, StorageError};

/// Rows of the workbook.
const ROWS: u32 = 300_000;

/// Writes into the ledger as it is, then into one without further indexes, where no reference is looked up.
pub(crate) fn write(file: &std::path::Path) -> Result<(), StorageError> {
    let plain = file.with_extension("plain");
    std::fs::copy(file, &plain).map_err(|error| StorageError::Io(Box::new(error)))?;
    told("as it is", &Connection::open(file)?)?;
    let conn = Connection::open(plain)?;
    let mut indexes =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")?;
    let names = indexes.query_map([], |row| row.get::<_, String>(0))?;
    for name in names.collect::<Result<Vec<_>, _>>()? {
        conn.execute_batch(&format!("DROP INDEX \"{name}\""))?;
    }
    drop(indexes);
    conn.pragma_update(None, "foreign_keys", false)?;
    told("without further indexes and references", &conn)
}

fn told(how: &str, conn: &Connection) -> Result<(), StorageError> {
    conn.pragma_update(None, "cache_size", -224_000)?;
    let start = Instant::now();
    conn.execute_batch("BEGIN IMMEDIATE")?;
    rows(conn)?;
    conn.execute_batch("COMMIT")?;
    println!("{how}: {:.2?}", start.elapsed());
    Ok(())
}

/// Makes rising keys.
struct Keys(u128);

impl Keys {
    fn next(&mut self) -> [u8; 16] {
        self.0 += 1;
        self.0.to_be_bytes()
    }
}

fn rows(conn: &Connection) -> Result<(), StorageError> {
    let mut keys = Keys(0x0190_0000_0000_7000_8000_0000_0000_0000);
    let (mut compound, mut building, mut entrance) = ([0; 16], [0; 16], [0; 16]);
    for row in 0..ROWS {
        if row % 1200 == 0 {
            compound = keys.next();
            let name = format!("示例小区{}", row / 1200);
            conn.prepare_cached("INSERT INTO compound (id, sort_key, name) VALUES (?1, ?2, ?2)")?
                .execute((&compound, &name))?;
        }
        if row % 60 == 0 {
            building = keys.next();
            let name = format!("{}号楼", row / 60 % 20 + 1);
            conn.prepare_cached(
                "INSERT INTO building (id, compound_id, sort_key, name) VALUES (?1, ?2, ?3, ?3)",
            )?
            .execute((&building, &compound, &name))?;
        }
        if row % 12 == 0 {
            entrance = keys.next();
            let name = (row / 12 % 5 + 1).to_string();
            conn.prepare_cached("INSERT INTO entrance (id, compound_id, sort_key, building_id, name) VALUES (?1, ?2, ?3, ?4, ?3)")?.execute((&entrance, &compound, &name, &building))?;
        }
        let (dwelling, owner, ownership, household) =
            (keys.next(), keys.next(), keys.next(), keys.next());
        let (storey, name) = (row / 2 % 6 + 1, format!("示例{row}"));
        let (room, phone) = (
            (storey * 100 + row % 2 + 1).to_string(),
            format!("1380000{:04}", row % 10_000),
        );
        conn.prepare_cached("INSERT INTO dwelling (id, compound_id, sort_key, building_id, entrance_id, storey, room, \"use\", gross_floor_area_dm2, tenure)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'residence', ?8, 'commodity')")?.execute((&dwelling, &compound, &format!("{room:0>12}"), &building, &entrance, &storey, &room, &(50_000 + row % 4_000)))?;
        conn.prepare_cached("INSERT INTO owner (id, compound_id, sort_key, name, type, phone) VALUES (?1, ?2, ?3, ?3, 'person', ?4)")?.execute((&owner, &compound, &name, &phone))?;
        conn.prepare_cached("INSERT INTO ownership (id, compound_id, sort_key, dwelling_id, owner_id) VALUES (?1, ?2, ?3, ?4, ?5)")?.execute((&ownership, &compound, &row.to_string(), &dwelling, &owner))?;
        conn.prepare_cached("INSERT INTO household (id, compound_id, sort_key, dwelling_id, contact, phone, people, remark)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '示例备注')")?.execute((&household, &compound, &row.to_string(), &dwelling, &name, &phone, &(row % 6)))?;
    }
    Ok(())
}
