SELECT d.id, b.name, e.name, d.room, d.storey, d.use, d.tenure, d.title_state, d.exclusive_area_dm2,
       d.gross_floor_area_dm2, u.id, u.name, u.state, u.successor, d.area_source
FROM dwelling AS d
JOIN building AS b ON b.id = d.building_id
LEFT JOIN entrance AS e ON e.id = d.entrance_id
LEFT JOIN work_unit AS u ON u.id = d.work_unit_id
WHERE d.compound_id = ?1
  AND CASE ?2 WHEN 'building' THEN d.building_id = ?3 WHEN 'entrance' THEN d.entrance_id = ?3 ELSE 1 END
ORDER BY b.sort_key, b.id, e.sort_key, d.sort_key, d.id
