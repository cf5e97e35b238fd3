-- Who refers to a record is looked for whenever it is deleted. Where the order of a compound was as good an index as the
-- key, SQLite took that one and read the whole compound for each record.
CREATE INDEX "ownership_dwelling" ON "ownership" ("dwelling_id", "compound_id");
CREATE INDEX "entrance_building" ON "entrance" ("building_id", "compound_id");
CREATE INDEX "dependency_work_item" ON "dependency" ("work_item_id", "compound_id");
