-- What standards are checked by: widths, gaps, slopes, bays, ramps, sunlight, and the dates of a forced
-- demolition. Effects carry the same details for what a plan makes. Then the stages of a compound.

ALTER TABLE "compound" ADD COLUMN "city_entrances" INTEGER CHECK ("city_entrances" >= 0);

ALTER TABLE "building" ADD COLUMN "elderly" INTEGER CHECK ("elderly" IN (0, 1));
ALTER TABLE "building" ADD COLUMN "new_dwelling" INTEGER CHECK ("new_dwelling" IN (0, 1));
ALTER TABLE "building" ADD COLUMN "winter_sun" INTEGER CHECK ("winter_sun" >= 0);
ALTER TABLE "building" ADD COLUMN "cold_sun" INTEGER CHECK ("cold_sun" >= 0);

ALTER TABLE "cycle_shed" ADD COLUMN "group_size" INTEGER CHECK ("group_size" >= 0);
ALTER TABLE "cycle_shed" ADD COLUMN "dwelling_gap_mm" INTEGER CHECK ("dwelling_gap_mm" >= 0);
ALTER TABLE "cycle_shed" ADD COLUMN "indoors" INTEGER CHECK ("indoors" IN (0, 1));
ALTER TABLE "cycle_shed" ADD COLUMN "with_garage" INTEGER CHECK ("with_garage" IN (0, 1));

ALTER TABLE "parking_area" ADD COLUMN "degrees" INTEGER CHECK ("degrees" >= 0);
ALTER TABLE "parking_area" ADD COLUMN "bay_width_mm" INTEGER CHECK ("bay_width_mm" >= 0);
ALTER TABLE "parking_area" ADD COLUMN "bay_length_mm" INTEGER CHECK ("bay_length_mm" >= 0);
ALTER TABLE "parking_area" ADD COLUMN "aisle_width_mm" INTEGER CHECK ("aisle_width_mm" >= 0);
ALTER TABLE "parking_area" ADD COLUMN "side_aisle_mm" INTEGER CHECK ("side_aisle_mm" >= 0);
ALTER TABLE "parking_area" ADD COLUMN "slope_bp" INTEGER CHECK ("slope_bp" BETWEEN 0 AND 10000);

ALTER TABLE "green_space" ADD COLUMN "wall_gap_mm" INTEGER CHECK ("wall_gap_mm" >= 0);
ALTER TABLE "green_space" ADD COLUMN "road_gap_mm" INTEGER CHECK ("road_gap_mm" >= 0);
ALTER TABLE "green_space" ADD COLUMN "on_roof" INTEGER CHECK ("on_roof" IN (0, 1));

ALTER TABLE "facility" ADD COLUMN "rise_mm" INTEGER CHECK ("rise_mm" >= 0);
ALTER TABLE "facility" ADD COLUMN "run_mm" INTEGER CHECK ("run_mm" >= 0);
ALTER TABLE "facility" ADD COLUMN "clear_width_mm" INTEGER CHECK ("clear_width_mm" >= 0);
ALTER TABLE "facility" ADD COLUMN "handrails" INTEGER CHECK ("handrails" IN (0, 1));
ALTER TABLE "facility" ADD COLUMN "platform_depth_mm" INTEGER CHECK ("platform_depth_mm" >= 0);
ALTER TABLE "facility" ADD COLUMN "rest_platforms" INTEGER CHECK ("rest_platforms" >= 0);
ALTER TABLE "facility" ADD COLUMN "service_radius_mm" INTEGER CHECK ("service_radius_mm" >= 0);
ALTER TABLE "facility" ADD COLUMN "certified" INTEGER CHECK ("certified" IN (0, 1));

ALTER TABLE "road" ADD COLUMN "main_road" INTEGER CHECK ("main_road" IN (0, 1));
ALTER TABLE "road" ADD COLUMN "slope_bp" INTEGER CHECK ("slope_bp" BETWEEN 0 AND 10000);
ALTER TABLE "road" ADD COLUMN "wall_gap_mm" INTEGER CHECK ("wall_gap_mm" >= 0);
ALTER TABLE "road" ADD COLUMN "dead_end_mm" INTEGER CHECK ("dead_end_mm" >= 0);
ALTER TABLE "road" ADD COLUMN "turning_side_mm" INTEGER CHECK ("turning_side_mm" >= 0);
ALTER TABLE "road" ADD COLUMN "turning_radius_mm" INTEGER CHECK ("turning_radius_mm" >= 0);
ALTER TABLE "road" ADD COLUMN "accessible" INTEGER CHECK ("accessible" IN (0, 1));
ALTER TABLE "road" ADD COLUMN "crowded" INTEGER CHECK ("crowded" IN (0, 1));
ALTER TABLE "road" ADD COLUMN "grate_hole_mm" INTEGER CHECK ("grate_hole_mm" >= 0);
ALTER TABLE "road" ADD COLUMN "head_guard" INTEGER CHECK ("head_guard" IN (0, 1));

ALTER TABLE "pipe_segment" ADD COLUMN "manholes" INTEGER CHECK ("manholes" >= 0);

ALTER TABLE "outbuilding" ADD COLUMN "decided_on" TEXT CHECK (date("decided_on") IS "decided_on");
ALTER TABLE "outbuilding" ADD COLUMN "delivered_on" TEXT CHECK (date("delivered_on") IS "delivered_on");
ALTER TABLE "outbuilding" ADD COLUMN "reviewed_on" TEXT CHECK (date("reviewed_on") IS "reviewed_on");
ALTER TABLE "outbuilding" ADD COLUMN "urged_on" TEXT CHECK (date("urged_on") IS "urged_on");
ALTER TABLE "outbuilding" ADD COLUMN "announced_on" TEXT CHECK (date("announced_on") IS "announced_on");

ALTER TABLE "effect" ADD COLUMN "width_mm" INTEGER CHECK ("width_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "sunlit_dm2" INTEGER CHECK ("sunlit_dm2" >= 0);
ALTER TABLE "effect" ADD COLUMN "trees" INTEGER CHECK ("trees" >= 0);
ALTER TABLE "effect" ADD COLUMN "on_roof" INTEGER CHECK ("on_roof" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "wall_gap_mm" INTEGER CHECK ("wall_gap_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "road_gap_mm" INTEGER CHECK ("road_gap_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "clear_height_mm" INTEGER CHECK ("clear_height_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "main_road" INTEGER CHECK ("main_road" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "slope_bp" INTEGER CHECK ("slope_bp" BETWEEN 0 AND 10000);
ALTER TABLE "effect" ADD COLUMN "dead_end_mm" INTEGER CHECK ("dead_end_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "turning_side_mm" INTEGER CHECK ("turning_side_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "turning_radius_mm" INTEGER CHECK ("turning_radius_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "accessible" INTEGER CHECK ("accessible" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "crowded" INTEGER CHECK ("crowded" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "grate_hole_mm" INTEGER CHECK ("grate_hole_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "head_guard" INTEGER CHECK ("head_guard" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "on_fire_lane" INTEGER CHECK ("on_fire_lane" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "degrees" INTEGER CHECK ("degrees" >= 0);
ALTER TABLE "effect" ADD COLUMN "bay_width_mm" INTEGER CHECK ("bay_width_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "bay_length_mm" INTEGER CHECK ("bay_length_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "aisle_width_mm" INTEGER CHECK ("aisle_width_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "side_aisle_mm" INTEGER CHECK ("side_aisle_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "group_size" INTEGER CHECK ("group_size" >= 0);
ALTER TABLE "effect" ADD COLUMN "dwelling_gap_mm" INTEGER CHECK ("dwelling_gap_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "indoors" INTEGER CHECK ("indoors" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "with_garage" INTEGER CHECK ("with_garage" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "shades" INTEGER CHECK ("shades" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "rise_mm" INTEGER CHECK ("rise_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "run_mm" INTEGER CHECK ("run_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "handrails" INTEGER CHECK ("handrails" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "platform_depth_mm" INTEGER CHECK ("platform_depth_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "rest_platforms" INTEGER CHECK ("rest_platforms" >= 0);
ALTER TABLE "effect" ADD COLUMN "service_radius_mm" INTEGER CHECK ("service_radius_mm" >= 0);
ALTER TABLE "effect" ADD COLUMN "certified" INTEGER CHECK ("certified" IN (0, 1));
ALTER TABLE "effect" ADD COLUMN "manholes" INTEGER CHECK ("manholes" >= 0);

-- 阶段: when a compound came into a stage, and under whose name.
CREATE TABLE "stage_step" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL CHECK (length("compound_id") = 16),
    "stage" INTEGER NOT NULL CHECK ("stage" BETWEEN 0 AND 11),
    "entered_on" TEXT NOT NULL CHECK (date("entered_on") IS "entered_on"),
    "person" TEXT NOT NULL CHECK ("person" <> ''),
    "remark" TEXT CHECK ("remark" <> '')
) STRICT;
CREATE INDEX "stage_step_compound" ON "stage_step" ("compound_id", "id");

-- 关口: what a person confirmed, or decided as an exception, with the reason.
CREATE TABLE "stage_word" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL CHECK (length("compound_id") = 16),
    "condition" TEXT NOT NULL CHECK ("condition" <> ''),
    "sort" TEXT NOT NULL CHECK ("sort" IN ('confirmed', 'exception')),
    "reason" TEXT NOT NULL CHECK ("reason" <> ''),
    "decided_by" TEXT NOT NULL CHECK ("decided_by" <> ''),
    "decided_on" TEXT NOT NULL CHECK (date("decided_on") IS "decided_on"),
    UNIQUE ("compound_id", "condition")
) STRICT;
