-- One row per compound; two words in capitals stand where one compound may be asked for.
WITH
dwelling_sums AS (
    SELECT "compound_id", "building_id", count(*) AS dwellings, sum("gross_floor_area_dm2") AS area
    FROM "dwelling" SCOPE GROUP BY "compound_id", "building_id"
),
building_sums AS (
    SELECT b."compound_id", count(*) AS buildings, sum(d.dwellings) AS dwellings,
        sum(coalesce(b."gross_floor_area_dm2", d.area)) AS area
    FROM (SELECT * FROM "building" SCOPE) AS b
    LEFT JOIN dwelling_sums AS d ON d."building_id" = b."id"
    GROUP BY b."compound_id"
),
entrance_sums AS (SELECT "compound_id", count(*) AS entrances FROM "entrance" SCOPE GROUP BY "compound_id"),
owner_sums AS (SELECT "compound_id", count(*) AS owners FROM "owner" SCOPE GROUP BY "compound_id"),
household_sums AS (
    SELECT "compound_id", count(*) AS households, sum("people") AS people, sum("seniors_60") AS seniors,
        sum("cars") AS cars, sum("ebikes") AS ebikes,
        sum("occupancy" = 'vacant') AS vacant, sum("occupancy" = 'rented') AS rented,
        sum("willingness" = 'agree') AS agree, sum("willingness" = 'oppose') AS oppose,
        sum("willingness" = 'dependsOnPlan') AS depends, sum("willingness" = 'unreached') AS unreached,
        sum("cooperation" = 'willing') AS willing
    FROM "household" SCOPE GROUP BY "compound_id"
),
outbuilding_sums AS (
    SELECT "compound_id", sum(iif("kind" = 'rowHouse', "rooms", 0)) AS row_house,
        sum(iif("kind" = 'annexRoom', "rooms", 0)) AS annex_room,
        sum(iif("kind" = 'unauthorized', "rooms", 0)) AS unauthorized,
        sum(iif("kind" IN ('rowHouse', 'annexRoom', 'unauthorized'), 0, "rooms")) AS others
    FROM "outbuilding" SCOPE GROUP BY "compound_id"
),
shed_sums AS (SELECT "compound_id", count(*) AS sheds FROM "cycle_shed" SCOPE GROUP BY "compound_id"),
parking_sums AS (SELECT "compound_id", sum("spaces") AS spaces FROM "parking_area" SCOPE GROUP BY "compound_id"),
green_sums AS (SELECT "compound_id", sum("area_dm2") AS area FROM "green_space" SCOPE GROUP BY "compound_id")
SELECT
    c."id", c."name", c."stage",
    coalesce(b.buildings, 0), coalesce(e.entrances, 0), coalesce(b.dwellings, 0),
    coalesce(h.households, 0), coalesce(h.people, 0), coalesce(o.owners, 0),
    coalesce(x.row_house, 0), coalesce(x.annex_room, 0), coalesce(x.unauthorized, 0), coalesce(x.others, 0),
    coalesce(s.sheds, 0), b.area, p.spaces, g.area,
    coalesce(h.cars, 0), coalesce(h.ebikes, 0), coalesce(h.seniors, 0),
    coalesce(h.vacant, 0), coalesce(h.rented, 0),
    coalesce(h.agree, 0), coalesce(h.oppose, 0), coalesce(h.depends, 0), coalesce(h.unreached, 0),
    coalesce(h.willing, 0)
FROM (SELECT "id", "id" AS "compound_id", "name", "stage", "sort_key" FROM "compound") AS c
LEFT JOIN building_sums AS b ON b."compound_id" = c."id"
LEFT JOIN entrance_sums AS e ON e."compound_id" = c."id"
LEFT JOIN owner_sums AS o ON o."compound_id" = c."id"
LEFT JOIN household_sums AS h ON h."compound_id" = c."id"
LEFT JOIN outbuilding_sums AS x ON x."compound_id" = c."id"
LEFT JOIN shed_sums AS s ON s."compound_id" = c."id"
LEFT JOIN parking_sums AS p ON p."compound_id" = c."id"
LEFT JOIN green_sums AS g ON g."compound_id" = c."id"
OF_COMPOUND
ORDER BY c."sort_key", c."id"
