-- The inventory: one table per kind of record, columns in the order of the declarations in
-- jiugai-domain. Quantities are integers with the unit in the column name, dates are ISO text,
-- codes are checked. Nothing is removed by cascade, so that every change stands in the log.

-- 产权单位
CREATE TABLE "work_unit" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "state" TEXT CHECK ("state" IN ('active', 'restructured', 'bankrupt', 'dissolved', 'unknown')),
    "successor" TEXT CHECK ("successor" <> ''),
    "contact" TEXT CHECK ("contact" <> ''),
    "phone" TEXT CHECK ("phone" <> ''),
    "address" TEXT CHECK ("address" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("name")
) STRICT;
CREATE INDEX "work_unit_order" ON "work_unit" ("sort_key");

-- 小区
CREATE TABLE "compound" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "number" TEXT CHECK ("number" <> ''),
    "alias" TEXT CHECK ("alias" <> ''),
    "district" TEXT CHECK ("district" <> ''),
    "subdistrict" TEXT CHECK ("subdistrict" <> ''),
    "community" TEXT CHECK ("community" <> ''),
    "address" TEXT CHECK ("address" <> ''),
    "stage" TEXT CHECK ("stage" IN ('listed', 'baselineSurvey', 'willingness', 'draftPlan', 'consultation', 'ballot', 'approval', 'procurement', 'construction', 'acceptance', 'evaluation', 'upkeep')),
    "surveyed_on" TEXT CHECK (date("surveyed_on") IS "surveyed_on"),
    "built_from" INTEGER CHECK ("built_from" BETWEEN 1900 AND 2100),
    "built_to" INTEGER CHECK ("built_to" BETWEEN 1900 AND 2100),
    "built_evidence" TEXT CHECK ("built_evidence" IN ('completion', 'title', 'other')),
    "site_area_dm2" INTEGER CHECK ("site_area_dm2" >= 0),
    "declared_gross_floor_area_dm2" INTEGER CHECK ("declared_gross_floor_area_dm2" >= 0),
    "declared_households" INTEGER CHECK ("declared_households" >= 0),
    "declared_people" INTEGER CHECK ("declared_people" >= 0),
    "enclosed" INTEGER CHECK ("enclosed" IN (0, 1)),
    "tenure" TEXT CHECK ("tenure" IN ('commodity', 'reformed', 'publicOwned', 'collectiveFunded', 'affordable', 'resettlement', 'untitled', 'mixed', 'other')),
    "maintenance_fund_fen" INTEGER CHECK ("maintenance_fund_fen" >= 0),
    "management" TEXT CHECK ("management" IN ('professional', 'community', 'workUnit', 'owners', 'none')),
    "manager" TEXT CHECK ("manager" <> ''),
    "fee_rate" INTEGER CHECK ("fee_rate" >= 0),
    "fee_collected_bp" INTEGER CHECK ("fee_collected_bp" BETWEEN 0 AND 10000),
    "owners_meeting" INTEGER CHECK ("owners_meeting" IN (0, 1)),
    "owners_committee" INTEGER CHECK ("owners_committee" IN (0, 1)),
    "party_branch" INTEGER CHECK ("party_branch" IN (0, 1)),
    "water_supply" TEXT CHECK ("water_supply" IN ('direct', 'secondary', 'well')),
    "drainage" TEXT CHECK ("drainage" IN ('combined', 'separate', 'unknown')),
    "septic_tanks" INTEGER CHECK ("septic_tanks" >= 0),
    "gas_connected" INTEGER CHECK ("gas_connected" IN (0, 1)),
    "heat_connected" INTEGER CHECK ("heat_connected" IN (0, 1)),
    "seniors_60" INTEGER CHECK ("seniors_60" >= 0),
    "night_cars" INTEGER CHECK ("night_cars" >= 0),
    "renovated_before" INTEGER CHECK ("renovated_before" IN (0, 1)),
    "renovation_year" INTEGER CHECK ("renovation_year" BETWEEN 1900 AND 2100),
    "programme" TEXT CHECK ("programme" <> ''),
    "leader" TEXT CHECK ("leader" <> ''),
    "responsible" TEXT CHECK ("responsible" <> ''),
    "problems" TEXT CHECK ("problems" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("name")
) STRICT;
CREATE INDEX "compound_order" ON "compound" ("sort_key");

-- 楼栋
CREATE TABLE "building" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "work_unit_id" BLOB REFERENCES "work_unit" ("id"),
    "built_year" INTEGER CHECK ("built_year" BETWEEN 1900 AND 2100),
    "structure" TEXT CHECK ("structure" IN ('brickConcrete', 'brickTimber', 'frame', 'panel', 'shearWall', 'other')),
    "storeys" INTEGER CHECK ("storeys" >= 0),
    "declared_entrances" INTEGER CHECK ("declared_entrances" >= 0),
    "declared_dwellings" INTEGER CHECK ("declared_dwellings" >= 0),
    "gross_floor_area_dm2" INTEGER CHECK ("gross_floor_area_dm2" >= 0),
    "roof" TEXT CHECK ("roof" IN ('flat', 'pitched')),
    "roof_leaks" INTEGER CHECK ("roof_leaks" IN (0, 1)),
    "walls_bad" INTEGER CHECK ("walls_bad" IN (0, 1)),
    "insulated" INTEGER CHECK ("insulated" IN (0, 1)),
    "stairs_bad" INTEGER CHECK ("stairs_bad" IN (0, 1)),
    "lifts" INTEGER CHECK ("lifts" >= 0),
    "safety" TEXT CHECK ("safety" IN ('a', 'b', 'c', 'd', 'unassessed')),
    "footprint_dm2" INTEGER CHECK ("footprint_dm2" >= 0),
    "head" TEXT CHECK ("head" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("compound_id", "name"),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "building_order" ON "building" ("compound_id", "sort_key");
CREATE INDEX "building_work_unit" ON "building" ("work_unit_id") WHERE "work_unit_id" IS NOT NULL;
CREATE INDEX "building_name" ON "building" ("name");

-- 单元
CREATE TABLE "entrance" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "building_id" BLOB NOT NULL,
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "dwellings_per_storey" INTEGER CHECK ("dwellings_per_storey" >= 0),
    "access_control" INTEGER CHECK ("access_control" IN (0, 1)),
    "lighting" INTEGER CHECK ("lighting" IN (0, 1)),
    "handrail" INTEGER CHECK ("handrail" IN (0, 1)),
    "clutter" INTEGER CHECK ("clutter" IN (0, 1)),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("building_id", "name"),
    UNIQUE ("id", "building_id"),
    FOREIGN KEY ("building_id", "compound_id") REFERENCES "building" ("id", "compound_id")
) STRICT;
CREATE INDEX "entrance_order" ON "entrance" ("compound_id", "sort_key");

-- 房屋
CREATE TABLE "dwelling" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "building_id" BLOB NOT NULL,
    "entrance_id" BLOB,
    "storey" INTEGER CHECK ("storey" >= 0),
    "room" TEXT NOT NULL CHECK ("room" <> ''),
    "use" TEXT CHECK ("use" IN ('residence', 'shop', 'office', 'garage', 'storage', 'other')),
    "gross_floor_area_dm2" INTEGER CHECK ("gross_floor_area_dm2" >= 0),
    "exclusive_area_dm2" INTEGER CHECK ("exclusive_area_dm2" >= 0),
    "area_source" TEXT CHECK ("area_source" IN ('register', 'measured', 'contract', 'unverified')),
    "tenure" TEXT CHECK ("tenure" IN ('commodity', 'reformed', 'publicOwned', 'collectiveFunded', 'affordable', 'resettlement', 'untitled', 'mixed', 'other')),
    "work_unit_id" BLOB REFERENCES "work_unit" ("id"),
    "title_state" TEXT CHECK ("title_state" IN ('titled', 'untitled', 'publicOwned', 'disputed', 'sealed', 'unverified')),
    "title_number" TEXT CHECK ("title_number" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id"),
    FOREIGN KEY ("building_id", "compound_id") REFERENCES "building" ("id", "compound_id"),
    FOREIGN KEY ("entrance_id", "building_id") REFERENCES "entrance" ("id", "building_id")
) STRICT;
CREATE UNIQUE INDEX "dwelling_address" ON "dwelling" ("building_id", ifnull("entrance_id", x''), "room");
CREATE INDEX "dwelling_place" ON "dwelling" ("compound_id", "building_id", "entrance_id", "storey", "sort_key", "gross_floor_area_dm2");
CREATE INDEX "dwelling_room" ON "dwelling" ("room");
CREATE INDEX "dwelling_entrance" ON "dwelling" ("entrance_id") WHERE "entrance_id" IS NOT NULL;
CREATE INDEX "dwelling_work_unit" ON "dwelling" ("work_unit_id") WHERE "work_unit_id" IS NOT NULL;

-- 业主
CREATE TABLE "owner" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "type" TEXT CHECK ("type" IN ('person', 'workUnit', 'developer', 'government')),
    "work_unit_id" BLOB REFERENCES "work_unit" ("id"),
    "phone" TEXT CHECK ("phone" <> ''),
    "id_tail" TEXT CHECK ("id_tail" <> ''),
    "lives_here" INTEGER CHECK ("lives_here" IN (0, 1)),
    "address" TEXT CHECK ("address" <> ''),
    "representative" TEXT CHECK ("representative" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "owner_order" ON "owner" ("compound_id", "sort_key");
CREATE INDEX "owner_work_unit" ON "owner" ("work_unit_id") WHERE "work_unit_id" IS NOT NULL;
CREATE INDEX "owner_name" ON "owner" ("name");
CREATE INDEX "owner_phone" ON "owner" ("phone");

-- 产权关系
CREATE TABLE "ownership" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "dwelling_id" BLOB NOT NULL,
    "owner_id" BLOB NOT NULL,
    "share_bp" INTEGER CHECK ("share_bp" BETWEEN 0 AND 10000),
    "is_representative" INTEGER CHECK ("is_representative" IN (0, 1)),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("dwelling_id", "owner_id"),
    FOREIGN KEY ("dwelling_id", "compound_id") REFERENCES "dwelling" ("id", "compound_id"),
    FOREIGN KEY ("owner_id", "compound_id") REFERENCES "owner" ("id", "compound_id")
) STRICT;
CREATE INDEX "ownership_order" ON "ownership" ("compound_id", "sort_key");
CREATE INDEX "ownership_owner" ON "ownership" ("owner_id");

-- 住户
CREATE TABLE "household" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "dwelling_id" BLOB NOT NULL,
    "contact" TEXT CHECK ("contact" <> ''),
    "phone" TEXT CHECK ("phone" <> ''),
    "occupancy" TEXT CHECK ("occupancy" IN ('ownerOccupied', 'rented', 'vacant', 'borrowed')),
    "people" INTEGER CHECK ("people" >= 0),
    "seniors_60" INTEGER CHECK ("seniors_60" >= 0),
    "seniors_80" INTEGER CHECK ("seniors_80" >= 0),
    "children" INTEGER CHECK ("children" >= 0),
    "disabled" INTEGER CHECK ("disabled" >= 0),
    "cars" INTEGER CHECK ("cars" >= 0),
    "ebikes" INTEGER CHECK ("ebikes" >= 0),
    "bicycles" INTEGER CHECK ("bicycles" >= 0),
    "willingness" TEXT CHECK ("willingness" IN ('agree', 'oppose', 'dependsOnPlan', 'unreached')),
    "cooperation" TEXT CHECK ("cooperation" IN ('willing', 'conditional', 'unwilling')),
    "remark" TEXT CHECK ("remark" <> ''),
    FOREIGN KEY ("dwelling_id", "compound_id") REFERENCES "dwelling" ("id", "compound_id")
) STRICT;
CREATE INDEX "household_order" ON "household" ("compound_id", "sort_key");
CREATE INDEX "household_counts" ON "household" ("compound_id", "people", "seniors_60", "cars", "ebikes", "occupancy", "willingness", "cooperation");
CREATE INDEX "household_dwelling" ON "household" ("dwelling_id");
CREATE INDEX "household_contact" ON "household" ("contact");
CREATE INDEX "household_phone" ON "household" ("phone");

-- 附属房与违建
CREATE TABLE "outbuilding" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "number" TEXT NOT NULL CHECK ("number" <> ''),
    "kind" TEXT NOT NULL CHECK ("kind" IN ('rowHouse', 'annexRoom', 'unauthorized', 'fencedGreen', 'fencedYard', 'roofExtension', 'other')),
    "rooms" INTEGER NOT NULL CHECK ("rooms" >= 0),
    "area_dm2" INTEGER CHECK ("area_dm2" >= 0),
    "building_id" BLOB,
    "place" TEXT CHECK ("place" <> ''),
    "length_mm" INTEGER CHECK ("length_mm" >= 0),
    "width_mm" INTEGER CHECK ("width_mm" >= 0),
    "material" TEXT CHECK ("material" IN ('brick', 'steelSheet', 'makeshift', 'other')),
    "built_year" INTEGER CHECK ("built_year" BETWEEN 1900 AND 2100),
    "use" TEXT CHECK ("use" IN ('storage', 'vehicle', 'business', 'living', 'idle')),
    "dwelling_id" BLOB,
    "occupier" TEXT CHECK ("occupier" <> ''),
    "lived_in" INTEGER CHECK ("lived_in" IN (0, 1)),
    "claimant" TEXT CHECK ("claimant" <> ''),
    "claim_basis" TEXT CHECK ("claim_basis" IN ('none', 'workUnitConsent', 'housingReform', 'planningPermit', 'other')),
    "finding" TEXT CHECK ("finding" IN ('pending', 'illegal', 'historic', 'collective', 'lawful', 'expiredTemporary')),
    "finding_document" TEXT CHECK ("finding_document" <> ''),
    "finding_on" TEXT CHECK (date("finding_on") IS "finding_on"),
    "on_fire_lane" INTEGER CHECK ("on_fire_lane" IN (0, 1)),
    "on_green" INTEGER CHECK ("on_green" IN (0, 1)),
    "on_pipes" INTEGER CHECK ("on_pipes" IN (0, 1)),
    "disposal" TEXT CHECK ("disposal" IN ('selfDemolition', 'assistedDemolition', 'enforcedDemolition', 'keep', 'reuse', 'compensation')),
    "promised_on" TEXT CHECK (date("promised_on") IS "promised_on"),
    "planned_on" TEXT CHECK (date("planned_on") IS "planned_on"),
    "demolished_on" TEXT CHECK (date("demolished_on") IS "demolished_on"),
    "state" TEXT CHECK ("state" IN ('standing', 'promised', 'demolished', 'kept')),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("compound_id", "number"),
    UNIQUE ("id", "compound_id"),
    FOREIGN KEY ("building_id", "compound_id") REFERENCES "building" ("id", "compound_id"),
    FOREIGN KEY ("dwelling_id", "compound_id") REFERENCES "dwelling" ("id", "compound_id")
) STRICT;
CREATE INDEX "outbuilding_order" ON "outbuilding" ("compound_id", "sort_key");
CREATE INDEX "outbuilding_building" ON "outbuilding" ("building_id") WHERE "building_id" IS NOT NULL;
CREATE INDEX "outbuilding_dwelling" ON "outbuilding" ("dwelling_id") WHERE "dwelling_id" IS NOT NULL;

-- 车棚
CREATE TABLE "cycle_shed" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "place" TEXT CHECK ("place" <> ''),
    "area_dm2" INTEGER CHECK ("area_dm2" >= 0),
    "places" INTEGER CHECK ("places" >= 0),
    "charging_places" INTEGER CHECK ("charging_places" >= 0),
    "built_year" INTEGER CHECK ("built_year" BETWEEN 1900 AND 2100),
    "collective" INTEGER CHECK ("collective" IN (0, 1)),
    "condition" TEXT CHECK ("condition" IN ('good', 'worn', 'bad')),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "cycle_shed_order" ON "cycle_shed" ("compound_id", "sort_key");

-- 停车区
CREATE TABLE "parking_area" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "kind" TEXT CHECK ("kind" IN ('marked', 'lot', 'underground', 'roadside')),
    "place" TEXT CHECK ("place" <> ''),
    "spaces" INTEGER CHECK ("spaces" >= 0),
    "accessible_spaces" INTEGER CHECK ("accessible_spaces" >= 0),
    "chargers" INTEGER CHECK ("chargers" >= 0),
    "area_dm2" INTEGER CHECK ("area_dm2" >= 0),
    "angle" TEXT CHECK ("angle" IN ('perpendicular', 'parallel', 'angled')),
    "on_fire_lane" INTEGER CHECK ("on_fire_lane" IN (0, 1)),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "parking_area_order" ON "parking_area" ("compound_id", "sort_key");

-- 绿地
CREATE TABLE "green_space" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "kind" TEXT CHECK ("kind" IN ('concentrated', 'besideBuilding', 'roadside', 'other')),
    "place" TEXT CHECK ("place" <> ''),
    "area_dm2" INTEGER NOT NULL CHECK ("area_dm2" >= 0),
    "width_mm" INTEGER CHECK ("width_mm" >= 0),
    "sunlit_dm2" INTEGER CHECK ("sunlit_dm2" >= 0),
    "trees" INTEGER CHECK ("trees" >= 0),
    "condition" TEXT CHECK ("condition" IN ('good', 'worn', 'bad')),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "green_space_order" ON "green_space" ("compound_id", "sort_key");

-- 活动场地
CREATE TABLE "activity_area" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "kind" TEXT CHECK ("kind" IN ('square', 'fitness', 'children', 'court', 'other')),
    "place" TEXT CHECK ("place" <> ''),
    "area_dm2" INTEGER NOT NULL CHECK ("area_dm2" >= 0),
    "condition" TEXT CHECK ("condition" IN ('good', 'worn', 'bad')),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "activity_area_order" ON "activity_area" ("compound_id", "sort_key");

-- 设施
CREATE TABLE "facility" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "kind" TEXT NOT NULL CHECK ("kind" IN ('fitnessEquipment', 'noticeBoard', 'lamp', 'camera', 'bench', 'carCharger', 'accessControl', 'wasteStation', 'fireExtinguisher', 'hydrant', 'parcelLocker', 'ramp', 'toilet', 'other')),
    "pieces" INTEGER NOT NULL CHECK ("pieces" >= 0),
    "place" TEXT CHECK ("place" <> ''),
    "installed_year" INTEGER CHECK ("installed_year" BETWEEN 1900 AND 2100),
    "condition" TEXT CHECK ("condition" IN ('good', 'worn', 'bad')),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "facility_order" ON "facility" ("compound_id", "sort_key");

-- 道路与消防通道
CREATE TABLE "road" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "place" TEXT CHECK ("place" <> ''),
    "length_mm" INTEGER CHECK ("length_mm" >= 0),
    "width_mm" INTEGER CHECK ("width_mm" >= 0),
    "area_dm2" INTEGER CHECK ("area_dm2" >= 0),
    "damaged_area_dm2" INTEGER CHECK ("damaged_area_dm2" >= 0),
    "paving" TEXT CHECK ("paving" IN ('asphalt', 'concrete', 'brick', 'earth', 'other')),
    "fire_lane" INTEGER CHECK ("fire_lane" IN (0, 1)),
    "open" INTEGER CHECK ("open" IN (0, 1)),
    "clear_width_mm" INTEGER CHECK ("clear_width_mm" >= 0),
    "clear_height_mm" INTEGER CHECK ("clear_height_mm" >= 0),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "road_order" ON "road" ("compound_id", "sort_key");

-- 管线
CREATE TABLE "pipe_segment" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "kind" TEXT NOT NULL CHECK ("kind" IN ('storm', 'sewage', 'combined', 'water', 'gas', 'heat', 'power', 'telecom')),
    "length_mm" INTEGER NOT NULL CHECK ("length_mm" >= 0),
    "diameter_mm" INTEGER CHECK ("diameter_mm" >= 0),
    "laying" TEXT CHECK ("laying" IN ('buried', 'overhead', 'wall')),
    "material" TEXT CHECK ("material" <> ''),
    "laid_year" INTEGER CHECK ("laid_year" BETWEEN 1900 AND 2100),
    "condition" TEXT CHECK ("condition" IN ('good', 'clogged', 'damaged', 'unknown')),
    "place" TEXT CHECK ("place" <> ''),
    "company" TEXT CHECK ("company" <> ''),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "pipe_segment_order" ON "pipe_segment" ("compound_id", "sort_key");

-- 改造方案
CREATE TABLE "plan" (
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
    UNIQUE ("compound_id", "version"),
    UNIQUE ("id", "compound_id")
) STRICT;
CREATE INDEX "plan_order" ON "plan" ("compound_id", "sort_key");

-- 改造内容
CREATE TABLE "work_item" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "plan_id" BLOB NOT NULL,
    "ordinal" INTEGER CHECK ("ordinal" >= 0),
    "verb" TEXT NOT NULL CHECK ("verb" IN ('demolish', 'build', 'add', 'alter', 'repair')),
    "class" TEXT CHECK ("class" IN ('safety', 'basic', 'improvement', 'upgrade')),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "place" TEXT CHECK ("place" <> ''),
    "quantity" INTEGER CHECK ("quantity" >= 0),
    "measure" TEXT CHECK ("measure" <> ''),
    "unit_price_fen" INTEGER CHECK ("unit_price_fen" >= 0),
    "estimate_fen" INTEGER CHECK ("estimate_fen" >= 0),
    "price_source" TEXT CHECK ("price_source" <> ''),
    "responsible" TEXT CHECK ("responsible" <> ''),
    "completed_on" TEXT CHECK (date("completed_on") IS "completed_on"),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("id", "compound_id"),
    FOREIGN KEY ("plan_id", "compound_id") REFERENCES "plan" ("id", "compound_id")
) STRICT;
CREATE INDEX "work_item_order" ON "work_item" ("compound_id", "sort_key");
CREATE INDEX "work_item_plan" ON "work_item" ("plan_id");

-- 改造效果
CREATE TABLE "effect" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "work_item_id" BLOB NOT NULL,
    "action" TEXT NOT NULL CHECK ("action" IN ('demolish', 'create', 'alter', 'quantity')),
    "asset_kind" TEXT CHECK ("asset_kind" IN ('outbuilding', 'cycleShed', 'parkingArea', 'greenSpace', 'activityArea', 'facility', 'road', 'pipeSegment')),
    "name" TEXT CHECK ("name" <> ''),
    "subkind" TEXT CHECK ("subkind" <> ''),
    "outbuilding_id" BLOB,
    "cycle_shed_id" BLOB,
    "parking_area_id" BLOB,
    "green_space_id" BLOB,
    "activity_area_id" BLOB,
    "facility_id" BLOB,
    "road_id" BLOB,
    "pipe_segment_id" BLOB,
    "rooms" INTEGER CHECK ("rooms" >= 0),
    "area_dm2" INTEGER CHECK ("area_dm2" >= 0),
    "concentrated" INTEGER CHECK ("concentrated" IN (0, 1)),
    "spaces" INTEGER CHECK ("spaces" >= 0),
    "accessible_spaces" INTEGER CHECK ("accessible_spaces" >= 0),
    "chargers" INTEGER CHECK ("chargers" >= 0),
    "places" INTEGER CHECK ("places" >= 0),
    "charging_places" INTEGER CHECK ("charging_places" >= 0),
    "pieces" INTEGER CHECK ("pieces" >= 0),
    "length_mm" INTEGER CHECK ("length_mm" >= 0),
    "clear_width_mm" INTEGER CHECK ("clear_width_mm" >= 0),
    "open" INTEGER CHECK ("open" IN (0, 1)),
    "damaged_area_dm2" INTEGER CHECK ("damaged_area_dm2" >= 0),
    "restored" INTEGER CHECK ("restored" IN (0, 1)),
    "statistic" TEXT CHECK ("statistic" IN ('roofRepaired', 'wallRepaired', 'roadRepaired', 'entrancesRefreshed', 'insulatedArea', 'pipeDredged', 'liftsAdded')),
    "quantity" INTEGER CHECK ("quantity" >= 0),
    "completed_on" TEXT CHECK (date("completed_on") IS "completed_on"),
    "remark" TEXT CHECK ("remark" <> ''),
    -- Demolishing and altering name exactly one thing; the others name none.
    CONSTRAINT "effect_target" CHECK (
        ("outbuilding_id" IS NOT NULL)
        + ("cycle_shed_id" IS NOT NULL)
        + ("parking_area_id" IS NOT NULL)
        + ("green_space_id" IS NOT NULL)
        + ("activity_area_id" IS NOT NULL)
        + ("facility_id" IS NOT NULL)
        + ("road_id" IS NOT NULL)
        + ("pipe_segment_id" IS NOT NULL)
        = ("action" IN ('demolish', 'alter'))
    ),
    CONSTRAINT "effect_target_kind" CHECK (
        "action" NOT IN ('demolish', 'alter') OR "asset_kind" IS NULL OR "asset_kind" = CASE
            WHEN "outbuilding_id" IS NOT NULL THEN 'outbuilding'
            WHEN "cycle_shed_id" IS NOT NULL THEN 'cycleShed'
            WHEN "parking_area_id" IS NOT NULL THEN 'parkingArea'
            WHEN "green_space_id" IS NOT NULL THEN 'greenSpace'
            WHEN "activity_area_id" IS NOT NULL THEN 'activityArea'
            WHEN "facility_id" IS NOT NULL THEN 'facility'
            WHEN "road_id" IS NOT NULL THEN 'road'
            WHEN "pipe_segment_id" IS NOT NULL THEN 'pipeSegment'
        END
    ),
    CONSTRAINT "effect_creation" CHECK ("action" <> 'create' OR ("asset_kind" IS NOT NULL AND "name" IS NOT NULL)),
    CONSTRAINT "effect_quantity" CHECK ("action" <> 'quantity' OR ("statistic" IS NOT NULL AND "quantity" IS NOT NULL)),
    FOREIGN KEY ("work_item_id", "compound_id") REFERENCES "work_item" ("id", "compound_id"),
    FOREIGN KEY ("outbuilding_id", "compound_id") REFERENCES "outbuilding" ("id", "compound_id"),
    FOREIGN KEY ("cycle_shed_id", "compound_id") REFERENCES "cycle_shed" ("id", "compound_id"),
    FOREIGN KEY ("parking_area_id", "compound_id") REFERENCES "parking_area" ("id", "compound_id"),
    FOREIGN KEY ("green_space_id", "compound_id") REFERENCES "green_space" ("id", "compound_id"),
    FOREIGN KEY ("activity_area_id", "compound_id") REFERENCES "activity_area" ("id", "compound_id"),
    FOREIGN KEY ("facility_id", "compound_id") REFERENCES "facility" ("id", "compound_id"),
    FOREIGN KEY ("road_id", "compound_id") REFERENCES "road" ("id", "compound_id"),
    FOREIGN KEY ("pipe_segment_id", "compound_id") REFERENCES "pipe_segment" ("id", "compound_id")
) STRICT;
CREATE INDEX "effect_order" ON "effect" ("compound_id", "sort_key");
CREATE INDEX "effect_work_item" ON "effect" ("work_item_id");
CREATE INDEX "effect_outbuilding" ON "effect" ("outbuilding_id") WHERE "outbuilding_id" IS NOT NULL;
CREATE INDEX "effect_cycle_shed" ON "effect" ("cycle_shed_id") WHERE "cycle_shed_id" IS NOT NULL;
CREATE INDEX "effect_parking_area" ON "effect" ("parking_area_id") WHERE "parking_area_id" IS NOT NULL;
CREATE INDEX "effect_green_space" ON "effect" ("green_space_id") WHERE "green_space_id" IS NOT NULL;
CREATE INDEX "effect_activity_area" ON "effect" ("activity_area_id") WHERE "activity_area_id" IS NOT NULL;
CREATE INDEX "effect_facility" ON "effect" ("facility_id") WHERE "facility_id" IS NOT NULL;
CREATE INDEX "effect_road" ON "effect" ("road_id") WHERE "road_id" IS NOT NULL;
CREATE INDEX "effect_pipe_segment" ON "effect" ("pipe_segment_id") WHERE "pipe_segment_id" IS NOT NULL;
