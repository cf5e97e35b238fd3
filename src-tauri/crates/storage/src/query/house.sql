JOIN "building" AS b ON b."id" = d."building_id"
LEFT JOIN "entrance" AS e ON e."id" = d."entrance_id"
