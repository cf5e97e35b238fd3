-- What can be typed to find a text (全局搜索): the text itself, its initials and its syllables, from
-- each of its characters on. Class 0 are names of people, 1 everything else. Not tracked: it
-- follows from the records and is brought up to date with every transaction.
CREATE TABLE "search_key" (
    "class" INTEGER NOT NULL CHECK ("class" IN (0, 1)),
    "inside" INTEGER NOT NULL CHECK ("inside" IN (0, 1)),
    "key" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    PRIMARY KEY ("class", "inside", "key", "word")
) STRICT, WITHOUT ROWID;

-- From a text to its records.
CREATE INDEX "work_unit_name" ON "work_unit" ("name");
CREATE INDEX "compound_name" ON "compound" ("name");
CREATE INDEX "outbuilding_number" ON "outbuilding" ("number");
CREATE INDEX "outbuilding_place" ON "outbuilding" ("place");
CREATE INDEX "cycle_shed_name" ON "cycle_shed" ("name");
CREATE INDEX "cycle_shed_place" ON "cycle_shed" ("place");
CREATE INDEX "parking_area_name" ON "parking_area" ("name");
CREATE INDEX "parking_area_place" ON "parking_area" ("place");
CREATE INDEX "green_space_name" ON "green_space" ("name");
CREATE INDEX "green_space_place" ON "green_space" ("place");
CREATE INDEX "activity_area_name" ON "activity_area" ("name");
CREATE INDEX "activity_area_place" ON "activity_area" ("place");
CREATE INDEX "facility_name" ON "facility" ("name");
CREATE INDEX "facility_place" ON "facility" ("place");
CREATE INDEX "road_name" ON "road" ("name");
CREATE INDEX "road_place" ON "road" ("place");
CREATE INDEX "pipe_segment_name" ON "pipe_segment" ("name");
CREATE INDEX "pipe_segment_place" ON "pipe_segment" ("place");
CREATE INDEX "plan_name" ON "plan" ("name");
CREATE INDEX "work_item_name" ON "work_item" ("name");
CREATE INDEX "work_item_place" ON "work_item" ("place");

-- Rooms of a building by their number, and phones by their last four digits.
DROP INDEX "dwelling_room";
CREATE INDEX "dwelling_room" ON "dwelling" ("room", "building_id");
CREATE INDEX "owner_phone_tail" ON "owner" (substr("phone", -4));
CREATE INDEX "household_phone_tail" ON "household" (substr("phone", -4));
