SELECT d.id,
       v.visited_on,
       v.outcome,
       (SELECT g.time FROM visit AS g
        WHERE g.dwelling_id = d.id AND g.time IS NOT NULL AND g.outcome IN ('done', 'contacted')
        ORDER BY g.visited_on DESC, g.id DESC LIMIT 1),
       (SELECT max(h.willingness) FROM household AS h WHERE h.dwelling_id = d.id)
FROM dwelling AS d
LEFT JOIN visit AS v ON v.id = (
    SELECT l.id FROM visit AS l
    WHERE l.dwelling_id = d.id AND l.outcome <> 'pending'
    ORDER BY l.visited_on DESC, l.id DESC LIMIT 1)
WHERE d.compound_id = ?1
