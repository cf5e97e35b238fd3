JOIN (
    SELECT h."id", rank() OVER (ORDER BY c."sort_key", c."id", h."sort_key") AS "rank"
    FROM "building" AS h
    JOIN "compound" AS c ON c."id" = h."compound_id"
) AS b ON b."id" = d."building_id"
LEFT JOIN (
    SELECT h."id", rank() OVER (ORDER BY h."sort_key") AS "rank" FROM "entrance" AS h
) AS e ON e."id" = d."entrance_id"
