-- The renovation plan in full: scenarios and versions, money from estimate to final account, order
-- of work, problems, opinions, funds, and the price library.

-- A version may be one of several scenarios (方案A, 方案B), and is made from an earlier one.
CREATE TABLE "plan_new" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "version" INTEGER NOT NULL CHECK ("version" >= 0),
    "state" TEXT NOT NULL CHECK ("state" IN ('draft', 'consultation', 'revised', 'final', 'changed')),
    "prepared_on" TEXT CHECK (date("prepared_on") IS "prepared_on"),
    "prepared_by" TEXT CHECK ("prepared_by" <> ''),
    "start_on" TEXT CHECK (date("start_on") IS "start_on"),
    "end_on" TEXT CHECK (date("end_on") IS "end_on"),
    "responsible" TEXT CHECK ("responsible" <> ''),
    "funding" TEXT CHECK ("funding" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    "scenario" TEXT CHECK ("scenario" <> ''),
    "based_on_id" BLOB,
    "notice_from" TEXT CHECK (date("notice_from") IS "notice_from"),
    "notice_to" TEXT CHECK (date("notice_to") IS "notice_to"),
    "contribution" TEXT CHECK ("contribution" IN ('area', 'household')),
    UNIQUE ("id", "compound_id"),
    FOREIGN KEY ("based_on_id", "compound_id") REFERENCES "plan" ("id", "compound_id")
) STRICT;
INSERT INTO "plan_new" ("id", "compound_id", "sort_key", "name", "version", "state", "prepared_on", "prepared_by", "start_on", "end_on", "responsible", "funding", "remark")
SELECT "id", "compound_id", "sort_key", "name", "version", "state", "prepared_on", "prepared_by", "start_on", "end_on", "responsible", "funding", "remark" FROM "plan";
DROP TABLE "plan";
ALTER TABLE "plan_new" RENAME TO "plan";
CREATE INDEX "plan_order" ON "plan" ("compound_id", "sort_key");
CREATE UNIQUE INDEX "plan_version" ON "plan" ("compound_id", "version", ifnull("scenario", ''));
CREATE INDEX "plan_based_on" ON "plan" ("based_on_id") WHERE "based_on_id" IS NOT NULL;

ALTER TABLE "work_item" ADD COLUMN "number" TEXT CHECK ("number" <> '');
ALTER TABLE "work_item" ADD COLUMN "revolution" TEXT CHECK ("revolution" IN ('stairwell', 'environment', 'management'));
ALTER TABLE "work_item" ADD COLUMN "quantity_before" INTEGER CHECK ("quantity_before" >= 0);
ALTER TABLE "work_item" ADD COLUMN "quantity_done" INTEGER CHECK ("quantity_done" >= 0);
ALTER TABLE "work_item" ADD COLUMN "priced_on" TEXT CHECK (date("priced_on") IS "priced_on");
ALTER TABLE "work_item" ADD COLUMN "budget_fen" INTEGER CHECK ("budget_fen" >= 0);
ALTER TABLE "work_item" ADD COLUMN "final_fen" INTEGER CHECK ("final_fen" >= 0);
ALTER TABLE "work_item" ADD COLUMN "pipe_company" TEXT CHECK ("pipe_company" <> '');
ALTER TABLE "work_item" ADD COLUMN "decision" TEXT CHECK ("decision" IN ('willingness', 'ordinary', 'major', 'entranceMajor'));
ALTER TABLE "work_item" ADD COLUMN "permit" TEXT CHECK ("permit" <> '');
ALTER TABLE "work_item" ADD COLUMN "statistic" TEXT CHECK ("statistic" IN ('S06', 'S07', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14'));
ALTER TABLE "work_item" ADD COLUMN "start_on" TEXT CHECK (date("start_on") IS "start_on");
ALTER TABLE "work_item" ADD COLUMN "end_on" TEXT CHECK (date("end_on") IS "end_on");

ALTER TABLE "effect" ADD COLUMN "ground" TEXT CHECK ("ground" IN ('freed', 'green', 'activity', 'road', 'open', 'same'));

-- 内容先后与取舍
CREATE TABLE "dependency" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "work_item_id" BLOB NOT NULL,
    "relation" TEXT NOT NULL CHECK ("relation" IN ('after', 'instead')),
    "other_item_id" BLOB NOT NULL,
    "reason" TEXT CHECK ("reason" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    CONSTRAINT "dependency_on_another" CHECK ("work_item_id" <> "other_item_id"),
    UNIQUE ("work_item_id", "other_item_id", "relation"),
    FOREIGN KEY ("work_item_id", "compound_id") REFERENCES "work_item" ("id", "compound_id"),
    FOREIGN KEY ("other_item_id", "compound_id") REFERENCES "work_item" ("id", "compound_id")
) STRICT;
CREATE INDEX "dependency_order" ON "dependency" ("compound_id", "sort_key");
CREATE INDEX "dependency_other" ON "dependency" ("other_item_id");

-- 问题清单
CREATE TABLE "problem" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "measure" TEXT CHECK ("measure" IN ('parking', 'lift', 'outbuilding', 'cycleShed', 'charging', 'greenery', 'road', 'sewage', 'water', 'gas', 'heating', 'power', 'roof', 'wall', 'stairs', 'lighting', 'security', 'fire', 'accessibility', 'fitness', 'activityArea', 'noticeBoard', 'waste', 'care', 'management', 'other')),
    "class" TEXT CHECK ("class" IN ('safety', 'basic', 'improvement', 'upgrade')),
    "place" TEXT CHECK ("place" <> ''),
    "building_id" BLOB,
    "words" TEXT CHECK ("words" <> ''),
    "origin" TEXT CHECK ("origin" IN ('survey', 'visit', 'inspection', 'petition', 'other')),
    "found_on" TEXT CHECK (date("found_on") IS "found_on"),
    "work_item_id" BLOB,
    "reason" TEXT CHECK ("reason" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id"),
    FOREIGN KEY ("building_id", "compound_id") REFERENCES "building" ("id", "compound_id"),
    FOREIGN KEY ("work_item_id", "compound_id") REFERENCES "work_item" ("id", "compound_id")
) STRICT;
CREATE INDEX "problem_order" ON "problem" ("compound_id", "sort_key");
CREATE INDEX "problem_building" ON "problem" ("building_id") WHERE "building_id" IS NOT NULL;
CREATE INDEX "problem_work_item" ON "problem" ("work_item_id") WHERE "work_item_id" IS NOT NULL;

-- 资金
CREATE TABLE "fund" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "plan_id" BLOB NOT NULL,
    "source" TEXT NOT NULL CHECK ("source" IN ('central', 'centralInvestment', 'province', 'city', 'district', 'bond', 'pipeCompany', 'workUnit', 'residents', 'maintenanceFund', 'housingFund', 'investor', 'publicIncome', 'other')),
    "work_item_id" BLOB,
    "planned_fen" INTEGER CHECK ("planned_fen" >= 0),
    "arrived_fen" INTEGER CHECK ("arrived_fen" >= 0),
    "paid_fen" INTEGER CHECK ("paid_fen" >= 0),
    "settled_fen" INTEGER CHECK ("settled_fen" >= 0),
    "document" TEXT CHECK ("document" <> ''),
    "dated_on" TEXT CHECK (date("dated_on") IS "dated_on"),
    "remark" TEXT CHECK ("remark" <> ''),
    FOREIGN KEY ("plan_id", "compound_id") REFERENCES "plan" ("id", "compound_id"),
    FOREIGN KEY ("work_item_id", "compound_id") REFERENCES "work_item" ("id", "compound_id")
) STRICT;
CREATE INDEX "fund_order" ON "fund" ("compound_id", "sort_key");
CREATE INDEX "fund_plan" ON "fund" ("plan_id");
CREATE INDEX "fund_work_item" ON "fund" ("work_item_id") WHERE "work_item_id" IS NOT NULL;

-- 意见
CREATE TABLE "opinion" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "plan_id" BLOB NOT NULL,
    "who" TEXT NOT NULL CHECK ("who" <> ''),
    "household_id" BLOB,
    "work_item_id" BLOB,
    "words" TEXT NOT NULL CHECK ("words" <> ''),
    "way" TEXT CHECK ("way" IN ('letter', 'phone', 'online', 'meeting', 'visit')),
    "raised_on" TEXT CHECK (date("raised_on") IS "raised_on"),
    "answer" TEXT CHECK ("answer" IN ('adopted', 'partly', 'declined')),
    "reason" TEXT CHECK ("reason" <> ''),
    "answered_on" TEXT CHECK (date("answered_on") IS "answered_on"),
    "remark" TEXT CHECK ("remark" <> ''),
    FOREIGN KEY ("plan_id", "compound_id") REFERENCES "plan" ("id", "compound_id"),
    FOREIGN KEY ("household_id", "compound_id") REFERENCES "household" ("id", "compound_id"),
    FOREIGN KEY ("work_item_id", "compound_id") REFERENCES "work_item" ("id", "compound_id")
) STRICT;
CREATE INDEX "opinion_order" ON "opinion" ("compound_id", "sort_key");
CREATE INDEX "opinion_plan" ON "opinion" ("plan_id");
CREATE INDEX "opinion_household" ON "opinion" ("household_id") WHERE "household_id" IS NOT NULL;
CREATE INDEX "opinion_work_item" ON "opinion" ("work_item_id") WHERE "work_item_id" IS NOT NULL;

-- 单价库: for the whole ledger.
CREATE TABLE "price" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "verb" TEXT CHECK ("verb" IN ('demolish', 'build', 'add', 'alter', 'repair')),
    "class" TEXT CHECK ("class" IN ('safety', 'basic', 'improvement', 'upgrade')),
    "measure" TEXT NOT NULL CHECK ("measure" <> ''),
    "unit_price_fen" INTEGER NOT NULL CHECK ("unit_price_fen" >= 0),
    "source" TEXT CHECK ("source" <> ''),
    "priced_on" TEXT CHECK (date("priced_on") IS "priced_on"),
    "region" TEXT CHECK ("region" <> ''),
    "example" INTEGER CHECK ("example" IN (0, 1)),
    "remark" TEXT CHECK ("remark" <> '')
) STRICT;
CREATE INDEX "price_order" ON "price" ("sort_key");

-- 发布: a published version is frozen. Its row here is what freezes it; the triggers only refuse.
-- What is done, paid and counted goes on: quantities done, days of completion, budget, final account.
CREATE TABLE "plan_release" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL,
    "plan_id" BLOB NOT NULL UNIQUE,
    "published_on" TEXT NOT NULL CHECK (date("published_on") IS "published_on"),
    "published_by" TEXT NOT NULL,
    FOREIGN KEY ("plan_id", "compound_id") REFERENCES "plan" ("id", "compound_id")
) STRICT;

CREATE TRIGGER "plan_released_update" BEFORE UPDATE ON "plan"
WHEN (OLD."name", OLD."version", OLD."scenario", OLD."contribution")
    IS NOT (NEW."name", NEW."version", NEW."scenario", NEW."contribution")
    AND EXISTS (SELECT 1 FROM "plan_release" WHERE "plan_id" = OLD."id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "plan_released_delete" BEFORE DELETE ON "plan"
WHEN EXISTS (SELECT 1 FROM "plan_release" WHERE "plan_id" = OLD."id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "work_item_released_insert" BEFORE INSERT ON "work_item"
WHEN EXISTS (SELECT 1 FROM "plan_release" WHERE "plan_id" = NEW."plan_id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "work_item_released_update" BEFORE UPDATE ON "work_item"
WHEN (OLD."plan_id", OLD."ordinal", OLD."number", OLD."verb", OLD."class", OLD."revolution", OLD."name", OLD."place", OLD."quantity_before", OLD."quantity", OLD."measure", OLD."unit_price_fen", OLD."estimate_fen", OLD."price_source", OLD."priced_on", OLD."decision", OLD."permit", OLD."statistic", OLD."start_on", OLD."end_on")
    IS NOT (NEW."plan_id", NEW."ordinal", NEW."number", NEW."verb", NEW."class", NEW."revolution", NEW."name", NEW."place", NEW."quantity_before", NEW."quantity", NEW."measure", NEW."unit_price_fen", NEW."estimate_fen", NEW."price_source", NEW."priced_on", NEW."decision", NEW."permit", NEW."statistic", NEW."start_on", NEW."end_on")
    AND EXISTS (SELECT 1 FROM "plan_release" WHERE "plan_id" IN (OLD."plan_id", NEW."plan_id"))
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "work_item_released_delete" BEFORE DELETE ON "work_item"
WHEN EXISTS (SELECT 1 FROM "plan_release" WHERE "plan_id" = OLD."plan_id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "effect_released_insert" BEFORE INSERT ON "effect"
WHEN EXISTS (SELECT 1 FROM "plan_release" AS r JOIN "work_item" AS w ON w."plan_id" = r."plan_id" WHERE w."id" = NEW."work_item_id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "effect_released_update" BEFORE UPDATE ON "effect"
WHEN (OLD."work_item_id", OLD."action", OLD."asset_kind", OLD."name", OLD."subkind", OLD."outbuilding_id", OLD."cycle_shed_id", OLD."parking_area_id", OLD."green_space_id", OLD."activity_area_id", OLD."facility_id", OLD."road_id", OLD."pipe_segment_id", OLD."rooms", OLD."area_dm2", OLD."concentrated", OLD."spaces", OLD."accessible_spaces", OLD."chargers", OLD."places", OLD."charging_places", OLD."pieces", OLD."length_mm", OLD."clear_width_mm", OLD."open", OLD."damaged_area_dm2", OLD."restored", OLD."statistic", OLD."quantity", OLD."ground")
    IS NOT (NEW."work_item_id", NEW."action", NEW."asset_kind", NEW."name", NEW."subkind", NEW."outbuilding_id", NEW."cycle_shed_id", NEW."parking_area_id", NEW."green_space_id", NEW."activity_area_id", NEW."facility_id", NEW."road_id", NEW."pipe_segment_id", NEW."rooms", NEW."area_dm2", NEW."concentrated", NEW."spaces", NEW."accessible_spaces", NEW."chargers", NEW."places", NEW."charging_places", NEW."pieces", NEW."length_mm", NEW."clear_width_mm", NEW."open", NEW."damaged_area_dm2", NEW."restored", NEW."statistic", NEW."quantity", NEW."ground")
    AND EXISTS (SELECT 1 FROM "plan_release" AS r JOIN "work_item" AS w ON w."plan_id" = r."plan_id" WHERE w."id" IN (OLD."work_item_id", NEW."work_item_id"))
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "effect_released_delete" BEFORE DELETE ON "effect"
WHEN EXISTS (SELECT 1 FROM "plan_release" AS r JOIN "work_item" AS w ON w."plan_id" = r."plan_id" WHERE w."id" = OLD."work_item_id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "dependency_released_insert" BEFORE INSERT ON "dependency"
WHEN EXISTS (SELECT 1 FROM "plan_release" AS r JOIN "work_item" AS w ON w."plan_id" = r."plan_id" WHERE w."id" = NEW."work_item_id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "dependency_released_update" BEFORE UPDATE ON "dependency"
WHEN (OLD."work_item_id", OLD."relation", OLD."other_item_id")
    IS NOT (NEW."work_item_id", NEW."relation", NEW."other_item_id")
    AND EXISTS (SELECT 1 FROM "plan_release" AS r JOIN "work_item" AS w ON w."plan_id" = r."plan_id" WHERE w."id" IN (OLD."work_item_id", NEW."work_item_id"))
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "dependency_released_delete" BEFORE DELETE ON "dependency"
WHEN EXISTS (SELECT 1 FROM "plan_release" AS r JOIN "work_item" AS w ON w."plan_id" = r."plan_id" WHERE w."id" = OLD."work_item_id")
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
