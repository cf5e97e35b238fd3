-- What a plan is measured by besides: 一户一表, heavy fire engines, high buildings, fire lanes that a plan
-- makes, and a class of the office's own for a work item.

ALTER TABLE "pipe_segment" ADD COLUMN "metered_households" INTEGER CHECK ("metered_households" >= 0);

ALTER TABLE "road" ADD COLUMN "high_rise" INTEGER CHECK ("high_rise" IN (0, 1));
ALTER TABLE "road" ADD COLUMN "heavy_engines" INTEGER CHECK ("heavy_engines" IN (0, 1));

ALTER TABLE "effect" ADD COLUMN "metered_households" INTEGER CHECK ("metered_households" >= 0);
ALTER TABLE "effect" ADD COLUMN "fire_lane" INTEGER CHECK ("fire_lane" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "high_rise" INTEGER CHECK ("high_rise" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "heavy_engines" INTEGER CHECK ("heavy_engines" IN (0, 1));

ALTER TABLE "work_item" ADD COLUMN "own_class" TEXT CHECK ("own_class" <> '');

CREATE TRIGGER "work_item_released_class" BEFORE UPDATE ON "work_item"
WHEN OLD."own_class" IS NOT NEW."own_class"
    AND EXISTS (SELECT 1 FROM "plan_release" WHERE "plan_id" IN (OLD."plan_id", NEW."plan_id"))
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
CREATE TRIGGER "effect_released_details" BEFORE UPDATE ON "effect"
WHEN (OLD."metered_households", OLD."fire_lane") IS NOT (NEW."metered_households", NEW."fire_lane")
    AND EXISTS (SELECT 1 FROM "plan_release" AS r JOIN "work_item" AS w ON w."plan_id" = r."plan_id" WHERE w."id" IN (OLD."work_item_id", NEW."work_item_id"))
BEGIN SELECT RAISE(ABORT, 'planReleased'); END;
