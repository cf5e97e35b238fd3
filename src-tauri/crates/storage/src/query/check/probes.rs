//! How each rule of the check is looked up: a condition over a row `t`, and the figures that a
//! finding tells. `SCOPE` stands where one compound may be asked for.

use jiugai_domain::check::{Asked, Limits, Rule, asked, rule};
use jiugai_domain::{Field, FieldType, KindCode};

use crate::records::{asset_references, code_sql, label_sql};

/// A figure of a finding.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// SQL over the row `t`.
    pub(super) sql: String,
    /// How it is written.
    pub(super) form: FieldType,
}

/// One cell that a rule looks at.
#[derive(Debug, Clone)]
pub(crate) struct Probe {
    pub(crate) rule: &'static Rule,
    pub(crate) kind: KindCode,
    pub(crate) field: &'static Field,
    pub(crate) condition: String,
    pub(super) figures: Vec<Shown>,
}

/// What the conditions depend on besides the ledger's records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    /// ISO text.
    pub(crate) today: &'a str,
    /// Thresholds of the ledger.
    pub(crate) limits: &'a Limits,
}

/// Every probe of a rule; none when its threshold is switched off.
pub(crate) fn probes(rule: &'static Rule, given: Given<'_>) -> Vec<Probe> {
    let limit = match rule.threshold.map(|threshold| given.limits.get(threshold)) {
        Some(None) => return Vec::new(),
        Some(Some(limit)) => limit,
        None => 0,
    };
    rule.cells()
        .into_iter()
        .map(|(kind, field)| {
            let (condition, figures) = sought(rule.code, kind, field, (given.today, limit));
            Probe {
                rule,
                kind,
                field,
                condition,
                figures: figures
                    .into_iter()
                    .map(|(form, sql)| Shown { sql, form })
                    .collect(),
            }
        })
        .collect()
}

/// A probe of a rule that looks at one cell.
pub(crate) fn probe(code: &str, given: Given<'_>) -> Option<Probe> {
    probes(rule(code)?, given).into_iter().next()
}

/// Today and the threshold of the rule.
type When<'a> = (&'a str, i64);
type Sought = (String, Vec<(FieldType, String)>);

/// An owned condition and its figures.
fn of<const N: usize>(condition: impl Into<String>, figures: [(FieldType, &str); N]) -> Sought {
    let figures = figures
        .into_iter()
        .map(|(form, sql)| (form, sql.to_owned()))
        .collect();
    (condition.into(), figures)
}

use FieldType::{Area, Count, Date, Money, Ratio, Text, Year};

fn sought(code: &str, kind: KindCode, field: &Field, when: When<'_>) -> Sought {
    match kind {
        KindCode::Effect | KindCode::WorkItem | KindCode::Plan => planned(code, kind, field, when),
        KindCode::Household | KindCode::Owner | KindCode::Ownership => {
            of_people(code, kind, field, when)
        }
        KindCode::Building | KindCode::Dwelling => of_houses(code, kind, field, when),
        _ => of_any(code, kind, field, when),
    }
}

/// Rules that ask the same of every kind.
fn of_any(code: &str, kind: KindCode, field: &Field, when: When<'_>) -> Sought {
    let (today, limit) = when;
    let cell = format!("t.\"{}\"", field.column);
    match code {
        "yearInFuture" => (
            format!("{cell} > {}", today.get(..4).unwrap_or("9999")),
            vec![(Year, cell)],
        ),
        "yearTooEarly" => (format!("{cell} < {limit}"), vec![(Year, cell)]),
        // A stop of a round that is still to be made stands on a day to come.
        "dateInFuture" if kind == KindCode::Visit && field.code == "visitedOn" => (
            format!("{cell} > '{today}' AND t.\"outcome\" <> 'pending'"),
            vec![(Date, cell)],
        ),
        "dateInFuture" => (format!("{cell} > '{today}'"), vec![(Date, cell)]),
        "declinedWithoutReason" => of(
            "t.\"answer\" IN ('declined', 'partly') AND t.\"reason\" IS NULL",
            [],
        ),
        "householdElsewhere" => of(
            "EXISTS (SELECT 1 FROM \"household\" AS h WHERE h.\"id\" = t.\"household_id\" AND h.\"dwelling_id\" <> t.\"dwelling_id\")",
            [],
        ),
        "areaZero" => of(format!("{cell} = 0"), []),
        "phone" => (
            format!("{cell} IS NOT NULL AND NOT phone_fits({cell})"),
            vec![(Text, cell)],
        ),
        "partAboveWhole" => {
            let whole = match kind {
                KindCode::ParkingArea => "t.\"spaces\"",
                KindCode::CycleShed => "t.\"places\"",
                _ => "t.\"area_dm2\"",
            };
            (
                format!("{cell} > {whole}"),
                vec![(field.kind, cell), (field.kind, whole.to_owned())],
            )
        }
        "yearsReversed" => of(
            "t.\"built_from\" > t.\"built_to\"",
            [(Year, "t.\"built_from\""), (Year, "t.\"built_to\"")],
        ),
        "compoundAreaDiffers" => {
            let counted = "(SELECT sum(coalesce(b.\"gross_floor_area_dm2\", (SELECT sum(d.\"gross_floor_area_dm2\") FROM \"dwelling\" AS d WHERE d.\"building_id\" = b.\"id\"))) FROM \"building\" AS b WHERE b.\"compound_id\" = t.\"id\")";
            (
                apart(&cell, counted, limit),
                vec![(Area, cell), (Area, counted.to_owned())],
            )
        }
        "householdsDiffer" => differs(
            &cell,
            "(SELECT count(*) FROM \"household\" AS h WHERE h.\"compound_id\" = t.\"id\")",
        ),
        "peopleDiffer" => differs(
            &cell,
            "(SELECT coalesce(sum(h.\"people\"), 0) FROM \"household\" AS h WHERE h.\"compound_id\" = t.\"id\")",
        ),
        "stale" => (
            format!("{cell} < date('{today}', '-{limit} months')"),
            vec![(Date, cell)],
        ),
        "structureWithoutFinding" => {
            let told = format!("ifnull({}, '没有填')", code_sql(kind, "t", "finding"));
            (
                "(t.\"finding\" IS NULL OR t.\"finding\" = 'pending') AND t.\"state\" IS NOT 'demolished'".to_owned(),
                vec![(Text, told)],
            )
        }
        "demolitionState" => (
            format!("{cell} IS NOT NULL AND t.\"state\" IN ('standing', 'promised', 'kept')"),
            vec![(Text, code_sql(kind, "t", "state")), (Date, cell)],
        ),
        "structureWithoutRooms" => of(format!("{cell} = 0"), []),
        "structureAreaDiffers" => {
            // mm × mm as 0.01 ㎡.
            let measured = "((t.\"length_mm\" * t.\"width_mm\" + 5000) / 10000)";
            (
                apart(&cell, measured, limit),
                vec![(Area, cell), (Area, measured.to_owned())],
            )
        }
        _ => (empty(kind, field), Vec::new()),
    }
}

/// A stated count against a counted one; nothing counted at all is a ledger not yet filled.
fn differs(stated: &str, counted: &str) -> Sought {
    (
        format!("{stated} IS NOT NULL AND {counted} NOT IN (0, {stated})"),
        vec![(Count, stated.to_owned()), (Count, counted.to_owned())],
    )
}

/// Two areas further apart than this share of the first, in basis points.
fn apart(stated: &str, counted: &str, share_bp: i64) -> String {
    format!("{stated} > 0 AND abs({counted} - {stated}) * 10000 > {stated} * {share_bp}")
}

/// How many fields of a row `t` are empty though they are asked for.
pub(crate) fn missing_sql(kind: KindCode) -> String {
    let fields = kind.kind().fields.iter();
    let counted: Vec<String> = fields
        .filter(|field| asked(kind, field) != Asked::Never)
        .map(|field| format!("({})", empty(kind, field)))
        .collect();
    if counted.is_empty() {
        "0".to_owned()
    } else {
        counted.join(" + ")
    }
}

/// An empty cell, as far as it is asked for.
fn empty(kind: KindCode, field: &Field) -> String {
    let cell = format!("t.\"{}\" IS NULL", field.column);
    let held = |code: &str, codes: &[&str]| {
        let column = kind.kind().field(code).map_or("id", |other| other.column);
        let codes: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
        format!(
            "ifnull(CAST(t.\"{column}\" AS TEXT), '') IN ({})",
            codes.join(", ")
        )
    };
    match asked(kind, field) {
        Asked::Always => cell,
        Asked::Where(code, codes) => format!("{cell} AND {}", held(code, codes)),
        Asked::Unless(code, codes) => format!("{cell} AND NOT {}", held(code, codes)),
        Asked::Never => "0".to_owned(),
    }
}

fn of_houses(code: &str, kind: KindCode, field: &Field, when: When<'_>) -> Sought {
    let (_, limit) = when;
    let storeys =
        "(SELECT b.\"storeys\" FROM \"building\" AS b WHERE b.\"id\" = t.\"building_id\")";
    match code {
        "duplicateRoom" => {
            // Two writings of one room can only stand where one of them is more than a number.
            let within = "d.\"building_id\" = t.\"building_id\" AND d.\"entrance_id\" IS t.\"entrance_id\" AND d.\"id\" <> t.\"id\" AND room_key(d.\"room\") = room_key(t.\"room\")";
            of(
                "t.\"id\" IN (SELECT \"id\" FROM (SELECT \"id\", count(*) OVER (PARTITION BY \"building_id\", \"entrance_id\", room_key(\"room\")) AS n \
                 FROM \"dwelling\" WHERE \"building_id\" IN (SELECT \"building_id\" FROM \"dwelling\" WHERE SCOPE AND (\"room\" GLOB '*[^0-9]*' OR \"room\" GLOB '0*'))) WHERE n > 1)",
                [
                    (Text, "t.\"room\""),
                    (
                        Text,
                        &format!("(SELECT min(d.\"room\") FROM \"dwelling\" AS d WHERE {within})"),
                    ),
                ],
            )
        }
        "duplicateBuilding" => {
            let within = "b.\"compound_id\" = t.\"compound_id\" AND b.\"id\" <> t.\"id\" AND building_key(b.\"name\") = building_key(t.\"name\")";
            of(
                "t.\"id\" IN (SELECT \"id\" FROM (SELECT \"id\", count(*) OVER (PARTITION BY \"compound_id\", building_key(\"name\")) AS n \
                 FROM \"building\" WHERE SCOPE) WHERE n > 1)",
                [
                    (Text, "t.\"name\""),
                    (
                        Text,
                        &format!("(SELECT min(b.\"name\") FROM \"building\" AS b WHERE {within})"),
                    ),
                ],
            )
        }
        "storeyAboveBuilding" => of(
            format!("t.\"storey\" > {storeys}"),
            [(Count, "t.\"storey\""), (Count, storeys)],
        ),
        "storeysImplausible" => of(
            format!("t.\"storeys\" NOT BETWEEN 1 AND {limit}"),
            [(Count, "t.\"storeys\"")],
        ),
        "exclusiveAboveGross" => of(
            "t.\"exclusive_area_dm2\" > t.\"gross_floor_area_dm2\"",
            [
                (Area, "t.\"exclusive_area_dm2\""),
                (Area, "t.\"gross_floor_area_dm2\""),
            ],
        ),
        "areaLarge" => of(
            format!(
                "t.\"gross_floor_area_dm2\" > {limit} AND (t.\"use\" IS NULL OR t.\"use\" = 'residence')"
            ),
            [(Area, "t.\"gross_floor_area_dm2\"")],
        ),
        "roomTellsStorey" => of(
            "t.\"storey\" <> storey_of_room(t.\"room\")",
            [(Text, "t.\"room\""), (Count, "t.\"storey\"")],
        ),
        "dwellingsDiffer" => differs(
            "t.\"declared_dwellings\"",
            "(SELECT count(*) FROM \"dwelling\" AS d WHERE d.\"compound_id\" = t.\"compound_id\" AND d.\"building_id\" = t.\"id\")",
        ),
        "entrancesDiffer" => differs(
            "t.\"declared_entrances\"",
            "(SELECT count(*) FROM \"entrance\" AS e WHERE e.\"building_id\" = t.\"id\")",
        ),
        "buildingAreaDiffers" => {
            // As long as an area is missing, the sum says nothing unless it is too large already.
            let dwellings = "FROM \"dwelling\" AS d WHERE d.\"compound_id\" = t.\"compound_id\" AND d.\"building_id\" = t.\"id\"";
            let sum = format!("(SELECT sum(d.\"gross_floor_area_dm2\") {dwellings})");
            let whole =
                format!("(SELECT count(*) = count(d.\"gross_floor_area_dm2\") {dwellings})");
            let stated = "t.\"gross_floor_area_dm2\"";
            of(
                format!(
                    "{} AND ({sum} > {stated} OR {whole})",
                    apart(stated, &sum, limit)
                ),
                [(Area, stated), (Area, &sum)],
            )
        }
        "dwellingWithoutOwner" => of(
            "NOT EXISTS (SELECT 1 FROM \"ownership\" AS o WHERE o.\"dwelling_id\" = t.\"id\")",
            [],
        ),
        "dwellingWithoutHousehold" => of(
            "(t.\"use\" IS NULL OR t.\"use\" = 'residence') AND NOT EXISTS (SELECT 1 FROM \"household\" AS h WHERE h.\"dwelling_id\" = t.\"id\")",
            [],
        ),
        _ => of_any(code, kind, field, when),
    }
}

fn of_people(code: &str, kind: KindCode, field: &Field, when: When<'_>) -> Sought {
    let (_, limit) = when;
    let most = "max(ifnull(t.\"seniors_60\", 0), ifnull(t.\"seniors_80\", 0), ifnull(t.\"children\", 0), ifnull(t.\"disabled\", 0))";
    let area = "(SELECT d.\"gross_floor_area_dm2\" FROM \"dwelling\" AS d WHERE d.\"id\" = t.\"dwelling_id\")";
    let households =
        "(SELECT count(*) FROM \"household\" AS h WHERE h.\"dwelling_id\" = t.\"dwelling_id\")";
    let of_dwelling = |what: &str| {
        format!(
            "(SELECT {what} FROM \"ownership\" AS o WHERE o.\"dwelling_id\" = t.\"dwelling_id\")"
        )
    };
    // One finding for each dwelling, at the first of its owners.
    let first = format!("t.\"id\" = {}", of_dwelling("min(o.\"id\")"));
    let shares = of_dwelling("sum(o.\"share_bp\")");
    match code {
        "groupIsNotLargerThanHousehold" => of(
            format!("{most} > t.\"people\""),
            [(Count, "t.\"people\""), (Count, most)],
        ),
        "oldestAreAmongTheOld" => of(
            "t.\"seniors_80\" > t.\"seniors_60\"",
            [(Count, "t.\"seniors_80\""), (Count, "t.\"seniors_60\"")],
        ),
        "peopleMany" => of(format!("t.\"people\" > {limit}"), [(Count, "t.\"people\"")]),
        "areaPerPerson" => of(
            format!("t.\"people\" > 1 AND {area} > 0 AND {area} < t.\"people\" * {limit}"),
            [(Count, "t.\"people\""), (Area, area)],
        ),
        "nobodyAtHome" => (
            "t.\"people\" = 0 AND t.\"occupancy\" <> 'vacant'".to_owned(),
            vec![(Text, code_sql(kind, "t", "occupancy"))],
        ),
        "vacantWithPeople" => of(
            "t.\"occupancy\" = 'vacant' AND t.\"people\" > 0",
            [(Count, "t.\"people\"")],
        ),
        "severalHouseholds" => of(
            "EXISTS (SELECT 1 FROM \"household\" AS h WHERE h.\"dwelling_id\" = t.\"dwelling_id\" AND h.\"id\" <> t.\"id\")",
            [(Count, households)],
        ),
        "carsMany" => of(format!("t.\"cars\" > {limit}"), [(Count, "t.\"cars\"")]),
        "idTail" => of(
            "t.\"id_tail\" IS NOT NULL AND NOT id_tail_fits(t.\"id_tail\")",
            [(Count, "length(t.\"id_tail\")")],
        ),
        "sharesAreNotMoreThanAll" => of(
            format!("t.\"share_bp\" IS NOT NULL AND {shares} > 10000 AND {first}"),
            [(Ratio, &shares)],
        ),
        "sharesShort" => of(
            format!(
                "{shares} < 10000 AND {} AND {first}",
                of_dwelling("count(*) = count(o.\"share_bp\")")
            ),
            [(Ratio, &shares)],
        ),
        "representatives" => {
            let count = of_dwelling("sum(o.\"is_representative\")");
            of(format!("{count} > 1 AND {first}"), [(Count, &count)])
        }
        "representativeMissing" => {
            let owners = of_dwelling("count(*)");
            of(
                format!(
                    "{owners} > 1 AND {} = 0 AND {first}",
                    of_dwelling("coalesce(sum(o.\"is_representative\"), 0)")
                ),
                [(Count, &owners)],
            )
        }
        _ => of_any(code, kind, field, when),
    }
}

fn planned(code: &str, kind: KindCode, field: &Field, when: When<'_>) -> Sought {
    let rooms =
        "(SELECT o.\"rooms\" FROM \"outbuilding\" AS o WHERE o.\"id\" = t.\"outbuilding_id\")";
    match code {
        "planDatesReversed" => of(
            "t.\"end_on\" < t.\"start_on\"",
            [(Date, "t.\"start_on\""), (Date, "t.\"end_on\"")],
        ),
        "demolishedRoomsAreThere" => of(
            format!("t.\"action\" = 'demolish' AND t.\"rooms\" > {rooms}"),
            [(Count, "t.\"rooms\""), (Count, rooms)],
        ),
        "touchedAfterDemolition" => {
            let column = field.column;
            // Another effect of the same plan that takes the whole asset; of two that do, the later
            // one is told.
            let taken = format!(
                "FROM \"effect\" AS e JOIN \"work_item\" AS w ON w.\"id\" = e.\"work_item_id\" \
                 WHERE e.\"{column}\" = t.\"{column}\" AND e.\"id\" <> t.\"id\" AND e.\"action\" = 'demolish' \
                 AND w.\"plan_id\" = (SELECT v.\"plan_id\" FROM \"work_item\" AS v WHERE v.\"id\" = t.\"work_item_id\") \
                 AND (e.\"rooms\" IS NULL OR e.\"rooms\" >= (SELECT o.\"rooms\" FROM \"outbuilding\" AS o WHERE o.\"id\" = e.\"outbuilding_id\")) \
                 AND (t.\"action\" = 'alter' OR t.\"rooms\" < {rooms} OR e.\"id\" < t.\"id\")"
            );
            let target = asset_references()
                .find(|(reference, _)| reference.code == field.code)
                .map_or_else(
                    || "NULL".to_owned(),
                    |(_, target)| {
                        format!(
                            "(SELECT {} FROM \"{}\" AS x WHERE x.\"id\" = t.\"{column}\")",
                            label_sql(target, "x"),
                            target.kind().table
                        )
                    },
                );
            of(
                format!("t.\"{column}\" IS NOT NULL AND EXISTS (SELECT 1 {taken})"),
                [
                    (Text, &target),
                    (Text, &format!("(SELECT min(w.\"name\") {taken})")),
                ],
            )
        }
        "estimateDiffers" => {
            let product = "(t.\"quantity\" * t.\"unit_price_fen\" + 50) / 100";
            of(
                format!("abs(t.\"estimate_fen\" - {product}) > 100"),
                [(Money, "t.\"estimate_fen\""), (Money, product)],
            )
        }
        "finalWithoutBudget" => of(
            "t.\"final_fen\" IS NOT NULL AND t.\"budget_fen\" IS NULL",
            [(Money, "t.\"final_fen\"")],
        ),
        "itemWithoutEffect" => of(
            "NOT EXISTS (SELECT 1 FROM \"effect\" AS e WHERE e.\"work_item_id\" = t.\"id\")",
            [(Text, "t.\"name\"")],
        ),
        _ => of_any(code, kind, field, when),
    }
}
