-- 业主表决: ballots with their frozen roll, papers and votes. Tracked, but no kinds: a ballot keeps
-- the words that stood in the ledger when it was opened, and refers to records without a foreign
-- key, so that a dwelling may go while the ballot that counted it stays.
--
-- A closed ballot is immutable and the roll of an opened one is frozen: by the rules of the product
-- and, below, by triggers that only refuse (they never write, so that undo can replay changesets).

CREATE TABLE "ballot" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL CHECK (length("compound_id") = 16),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "scope" TEXT NOT NULL CHECK ("scope" IN ('compound', 'building', 'entrance')),
    "scope_id" BLOB NOT NULL CHECK (length("scope_id") = 16),
    "scope_label" TEXT NOT NULL,
    "notice_on" TEXT CHECK (date("notice_on") IS "notice_on"),
    "starts_on" TEXT CHECK (date("starts_on") IS "starts_on"),
    "ends_on" TEXT CHECK (date("ends_on") IS "ends_on"),
    "organiser" TEXT,
    "phone" TEXT,
    "supervisors" TEXT,
    "work_unit_is_one" INTEGER NOT NULL CHECK ("work_unit_is_one" IN (0, 1)),
    "count_apart" INTEGER NOT NULL CHECK ("count_apart" IN (0, 1)),
    "gross_when_missing" INTEGER NOT NULL CHECK ("gross_when_missing" IN (0, 1)),
    "double_entry" INTEGER NOT NULL CHECK ("double_entry" IN (0, 1)),
    "follow_majority" INTEGER NOT NULL CHECK ("follow_majority" IN (0, 1)),
    "rules_clause" TEXT,
    "consequence_printed" INTEGER NOT NULL CHECK ("consequence_printed" IN (0, 1)),
    "lift_cost_fen" INTEGER CHECK ("lift_cost_fen" >= 0),
    "lift_by_area" INTEGER NOT NULL CHECK ("lift_by_area" IN (0, 1)),
    "plan_id" BLOB CHECK (length("plan_id") = 16),
    "follows_id" BLOB CHECK (length("follows_id") = 16),
    "reason" TEXT,
    "opened_at" TEXT,
    "opened_by" TEXT,
    "closed_at" TEXT,
    "closed_by" TEXT,
    "result" TEXT CHECK (json_valid("result")),
    CHECK (("opened_at" IS NULL) = ("opened_by" IS NULL)),
    CHECK (("closed_at" IS NULL) = ("closed_by" IS NULL)),
    CHECK ("closed_at" IS NULL OR ("opened_at" IS NOT NULL AND "result" IS NOT NULL)),
    CHECK ("follows_id" IS NULL OR "reason" <> '')
) STRICT;
CREATE INDEX "ballot_compound" ON "ballot" ("compound_id");

-- 议题
CREATE TABLE "ballot_motion" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "ordinal" INTEGER NOT NULL CHECK ("ordinal" > 0),
    "title" TEXT NOT NULL CHECK ("title" <> ''),
    "detail" TEXT,
    "matter" TEXT NOT NULL CHECK ("matter" IN ('procedure', 'covenant', 'committee', 'manager', 'useFund', 'raiseFund', 'rebuild', 'changeUse', 'other')),
    "leg" TEXT NOT NULL CHECK ("leg" IN ('ordinary', 'major', 'allHalf', 'allTwoThirds')),
    "leg_reason" TEXT,
    "work_item_id" BLOB CHECK (length("work_item_id") = 16)
) STRICT;
CREATE INDEX "ballot_motion_ballot" ON "ballot_motion" ("ballot_id", "ordinal");

-- 名册: one line for each dwelling, with the words and figures of the day it was made.
CREATE TABLE "ballot_entry" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "ordinal" INTEGER NOT NULL CHECK ("ordinal" > 0),
    "dwelling_id" BLOB NOT NULL CHECK (length("dwelling_id") = 16),
    "place" TEXT NOT NULL CHECK ("place" <> ''),
    "building" TEXT NOT NULL,
    "storey" INTEGER,
    "area_dm2" INTEGER CHECK ("area_dm2" > 0),
    "area_source" TEXT CHECK ("area_source" IN ('register', 'measured', 'contract', 'unverified')),
    "owners" TEXT NOT NULL,
    "head" TEXT NOT NULL CHECK ("head" <> ''),
    "head_label" TEXT NOT NULL,
    "counts" INTEGER NOT NULL CHECK ("counts" IN (0, 1)),
    "note" TEXT,
    "coefficient" INTEGER CHECK ("coefficient" >= 0)
) STRICT;
CREATE UNIQUE INDEX "ballot_entry_dwelling" ON "ballot_entry" ("ballot_id", "dwelling_id");
CREATE INDEX "ballot_entry_ordinal" ON "ballot_entry" ("ballot_id", "ordinal");

-- 名册里由人决定的事
CREATE TABLE "ballot_answer" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "question" TEXT NOT NULL CHECK ("question" <> ''),
    "subject" TEXT NOT NULL,
    "answer" TEXT NOT NULL CHECK ("answer" <> ''),
    "reason" TEXT NOT NULL CHECK ("reason" <> ''),
    "decided_by" TEXT NOT NULL,
    "decided_on" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "ballot_answer_question" ON "ballot_answer" ("ballot_id", "question");

-- 异议: to the roll, and of low storeys to a lift.
CREATE TABLE "ballot_objection" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "sort" TEXT NOT NULL CHECK ("sort" IN ('roll', 'lift', 'result')),
    "place" TEXT NOT NULL,
    "words" TEXT NOT NULL CHECK ("words" <> ''),
    "raised_on" TEXT NOT NULL CHECK (date("raised_on") IS "raised_on"),
    "answer" TEXT,
    "answered_on" TEXT CHECK (date("answered_on") IS "answered_on")
) STRICT;
CREATE INDEX "ballot_objection_ballot" ON "ballot_objection" ("ballot_id");

-- 表决票: one for each dwelling that counts.
CREATE TABLE "ballot_paper" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "entry_id" BLOB NOT NULL REFERENCES "ballot_entry" ("id"),
    "number" INTEGER NOT NULL CHECK ("number" > 0),
    "way" TEXT CHECK ("way" IN ('inPerson', 'cohabitant', 'mailbox', 'post', 'notice')),
    "delivered_on" TEXT CHECK (date("delivered_on") IS "delivered_on"),
    "witness" TEXT,
    "receiver" TEXT,
    "evidence" TEXT,
    "returned_on" TEXT CHECK (date("returned_on") IS "returned_on"),
    "proxy" TEXT,
    "proxy_document" TEXT,
    "invalid" TEXT CHECK ("invalid" IN ('unsigned', 'altered', 'notOwner', 'late', 'noProxyDocument', 'damaged', 'other')),
    "invalid_note" TEXT,
    CHECK (("way" IS NULL) = ("delivered_on" IS NULL)),
    CHECK ("invalid" IS NULL OR "returned_on" IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX "ballot_paper_number" ON "ballot_paper" ("ballot_id", "number");
CREATE UNIQUE INDEX "ballot_paper_entry" ON "ballot_paper" ("entry_id");

-- What a returned paper says about a motion, read by one person and again by another.
CREATE TABLE "ballot_vote" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "paper_id" BLOB NOT NULL REFERENCES "ballot_paper" ("id"),
    "motion_id" BLOB NOT NULL REFERENCES "ballot_motion" ("id"),
    "first" TEXT CHECK ("first" IN ('approve', 'reject', 'abstain', 'invalid')),
    "first_by" TEXT,
    "second" TEXT CHECK ("second" IN ('approve', 'reject', 'abstain', 'invalid')),
    "second_by" TEXT,
    "settled" TEXT CHECK ("settled" IN ('approve', 'reject', 'abstain', 'invalid')),
    "settled_by" TEXT,
    "settled_reason" TEXT,
    CHECK (("settled" IS NULL) = ("settled_reason" IS NULL)),
    CHECK ("second_by" IS NULL OR "first_by" IS NULL OR "first_by" <> "second_by")
) STRICT;
CREATE UNIQUE INDEX "ballot_vote_paper" ON "ballot_vote" ("paper_id", "motion_id");
CREATE INDEX "ballot_vote_ballot" ON "ballot_vote" ("ballot_id");

-- What a person decided about papers of one owner that disagree.
CREATE TABLE "ballot_ruling" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "motion_id" BLOB NOT NULL REFERENCES "ballot_motion" ("id"),
    "head" TEXT NOT NULL,
    "vote" TEXT NOT NULL CHECK ("vote" IN ('approve', 'reject', 'abstain')),
    "reason" TEXT NOT NULL CHECK ("reason" <> ''),
    "decided_by" TEXT NOT NULL,
    "decided_on" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "ballot_ruling_head" ON "ballot_ruling" ("motion_id", "head");

-- 投票前的摸底: what owners are expected to say. Never counted.
CREATE TABLE "ballot_straw" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "head" TEXT NOT NULL,
    "leaning" TEXT NOT NULL CHECK ("leaning" IN ('approve', 'reject', 'abstain', 'undecided')),
    "note" TEXT,
    "noted_on" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "ballot_straw_head" ON "ballot_straw" ("ballot_id", "head");

-- 表决比例的依据: what the office added or switched off beside the rules that the product brings.
CREATE TABLE "parameter" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "code" TEXT NOT NULL UNIQUE CHECK ("code" <> ''),
    "label" TEXT NOT NULL CHECK ("label" <> ''),
    "value" TEXT NOT NULL CHECK ("value" <> ''),
    "unit" TEXT,
    "source" TEXT NOT NULL CHECK ("source" <> ''),
    "clause" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "effective_on" TEXT CHECK (date("effective_on") IS "effective_on"),
    "standing" TEXT NOT NULL CHECK ("standing" IN ('statute', 'standard', 'local', 'customary', 'superseded')),
    "enabled" INTEGER NOT NULL CHECK ("enabled" IN (0, 1)),
    "remark" TEXT
) STRICT;

CREATE TRIGGER "ballot_closed_update" BEFORE UPDATE ON "ballot"
WHEN OLD."closed_at" IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_closed_delete" BEFORE DELETE ON "ballot"
WHEN OLD."closed_at" IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_motion_closed_insert" BEFORE INSERT ON "ballot_motion"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_motion_closed_update" BEFORE UPDATE ON "ballot_motion"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_motion_closed_delete" BEFORE DELETE ON "ballot_motion"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_entry_closed_insert" BEFORE INSERT ON "ballot_entry"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_entry_closed_update" BEFORE UPDATE ON "ballot_entry"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_entry_closed_delete" BEFORE DELETE ON "ballot_entry"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_answer_closed_insert" BEFORE INSERT ON "ballot_answer"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_answer_closed_update" BEFORE UPDATE ON "ballot_answer"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_answer_closed_delete" BEFORE DELETE ON "ballot_answer"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_paper_closed_insert" BEFORE INSERT ON "ballot_paper"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_paper_closed_update" BEFORE UPDATE ON "ballot_paper"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_paper_closed_delete" BEFORE DELETE ON "ballot_paper"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_vote_closed_insert" BEFORE INSERT ON "ballot_vote"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_vote_closed_update" BEFORE UPDATE ON "ballot_vote"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_vote_closed_delete" BEFORE DELETE ON "ballot_vote"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_ruling_closed_insert" BEFORE INSERT ON "ballot_ruling"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_ruling_closed_update" BEFORE UPDATE ON "ballot_ruling"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_ruling_closed_delete" BEFORE DELETE ON "ballot_ruling"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_straw_closed_insert" BEFORE INSERT ON "ballot_straw"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_straw_closed_update" BEFORE UPDATE ON "ballot_straw"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_straw_closed_delete" BEFORE DELETE ON "ballot_straw"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;

-- The roll, the motions and the decisions about heads are frozen when the first paper goes out.
CREATE TRIGGER "ballot_motion_frozen_insert" BEFORE INSERT ON "ballot_motion"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = NEW."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_motion_frozen_update" BEFORE UPDATE ON "ballot_motion"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = OLD."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_motion_frozen_delete" BEFORE DELETE ON "ballot_motion"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = OLD."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_entry_frozen_insert" BEFORE INSERT ON "ballot_entry"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = NEW."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_entry_frozen_update" BEFORE UPDATE OF "ballot_id", "dwelling_id", "place", "area_dm2", "area_source", "owners", "head", "counts" ON "ballot_entry"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = OLD."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_entry_frozen_delete" BEFORE DELETE ON "ballot_entry"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = OLD."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_answer_frozen_insert" BEFORE INSERT ON "ballot_answer"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = NEW."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_answer_frozen_update" BEFORE UPDATE ON "ballot_answer"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = OLD."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_answer_frozen_delete" BEFORE DELETE ON "ballot_answer"
WHEN EXISTS (SELECT 1 FROM "ballot" WHERE "id" = OLD."ballot_id" AND "opened_at" IS NOT NULL AND "closed_at" IS NULL)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
CREATE TRIGGER "ballot_scope_frozen" BEFORE UPDATE ON "ballot"
WHEN OLD."opened_at" IS NOT NULL AND NEW."opened_at" IS NOT NULL AND OLD."closed_at" IS NULL AND (
    OLD."scope" IS NOT NEW."scope"
    OR OLD."scope_id" IS NOT NEW."scope_id"
    OR OLD."work_unit_is_one" IS NOT NEW."work_unit_is_one"
    OR OLD."count_apart" IS NOT NEW."count_apart"
    OR OLD."gross_when_missing" IS NOT NEW."gross_when_missing"
    OR OLD."follow_majority" IS NOT NEW."follow_majority"
    OR OLD."consequence_printed" IS NOT NEW."consequence_printed"
)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
