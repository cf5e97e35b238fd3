-- Two people decide whether a paper is valid, as they do what it says: each reading keeps its own
-- reason, "invalid" is what both came to or what was settled.
ALTER TABLE "ballot_paper" ADD COLUMN "first_invalid" TEXT CHECK ("first_invalid" IN ('unsigned', 'altered', 'notOwner', 'late', 'noProxyDocument', 'damaged', 'other'));
ALTER TABLE "ballot_paper" ADD COLUMN "first_invalid_by" TEXT;
ALTER TABLE "ballot_paper" ADD COLUMN "second_invalid" TEXT CHECK ("second_invalid" IN ('unsigned', 'altered', 'notOwner', 'late', 'noProxyDocument', 'damaged', 'other'));
ALTER TABLE "ballot_paper" ADD COLUMN "second_invalid_by" TEXT;
ALTER TABLE "ballot_paper" ADD COLUMN "settled_by" TEXT;
ALTER TABLE "ballot_paper" ADD COLUMN "settled_reason" TEXT;

-- What was invalid by one reading stays so in ballots that go on; a later reading that says
-- otherwise is a difference. Closed ballots stay as they are.
UPDATE "ballot_paper" SET "first_invalid" = "invalid", "second_invalid" = "invalid"
WHERE "invalid" IS NOT NULL
AND "ballot_id" IN (SELECT "id" FROM "ballot" WHERE "closed_at" IS NULL);

-- A ruling may say that papers that did not come back join nobody (the head is empty then).
CREATE TABLE "ballot_ruling_new" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "ballot_id" BLOB NOT NULL REFERENCES "ballot" ("id"),
    "motion_id" BLOB NOT NULL REFERENCES "ballot_motion" ("id"),
    "head" TEXT NOT NULL,
    "vote" TEXT NOT NULL CHECK ("vote" IN ('approve', 'reject', 'abstain', 'leftOut')),
    "reason" TEXT NOT NULL CHECK ("reason" <> ''),
    "decided_by" TEXT NOT NULL,
    "decided_on" TEXT NOT NULL,
    CHECK (("vote" = 'leftOut') = ("head" = ''))
) STRICT;
INSERT INTO "ballot_ruling_new" SELECT * FROM "ballot_ruling";
-- Its triggers and its index go with the old table.
DROP TRIGGER "ballot_ruling_closed_delete";
DROP TABLE "ballot_ruling";
ALTER TABLE "ballot_ruling_new" RENAME TO "ballot_ruling";
CREATE UNIQUE INDEX "ballot_ruling_head" ON "ballot_ruling" ("motion_id", "head");
CREATE TRIGGER "ballot_ruling_closed_insert" BEFORE INSERT ON "ballot_ruling"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = NEW."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_ruling_closed_update" BEFORE UPDATE ON "ballot_ruling"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;
CREATE TRIGGER "ballot_ruling_closed_delete" BEFORE DELETE ON "ballot_ruling"
WHEN (SELECT "closed_at" FROM "ballot" WHERE "id" = OLD."ballot_id") IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'ballotClosed'); END;

-- Days, double reading and the clause of the owners' rules are frozen by the opening too. A last
-- day that was left open may still be set, once.
DROP TRIGGER "ballot_scope_frozen";
CREATE TRIGGER "ballot_scope_frozen" BEFORE UPDATE ON "ballot"
WHEN OLD."opened_at" IS NOT NULL AND NEW."opened_at" IS NOT NULL AND OLD."closed_at" IS NULL AND (
    OLD."scope" IS NOT NEW."scope"
    OR OLD."scope_id" IS NOT NEW."scope_id"
    OR OLD."notice_on" IS NOT NEW."notice_on"
    OR OLD."starts_on" IS NOT NEW."starts_on"
    OR (OLD."ends_on" IS NOT NULL AND OLD."ends_on" IS NOT NEW."ends_on")
    OR OLD."work_unit_is_one" IS NOT NEW."work_unit_is_one"
    OR OLD."count_apart" IS NOT NEW."count_apart"
    OR OLD."gross_when_missing" IS NOT NEW."gross_when_missing"
    OR OLD."double_entry" IS NOT NEW."double_entry"
    OR OLD."follow_majority" IS NOT NEW."follow_majority"
    OR OLD."rules_clause" IS NOT NEW."rules_clause"
    OR OLD."consequence_printed" IS NOT NEW."consequence_printed"
)
BEGIN SELECT RAISE(ABORT, 'ballotRollFrozen'); END;
