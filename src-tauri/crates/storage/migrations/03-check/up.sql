-- 不算问题: findings of the check that a person has judged to be right as they are. The record is
-- named by its key in text and not by a reference: the judgement outlives removal and restoring.
CREATE TABLE "waiver" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "label" TEXT NOT NULL CHECK ("label" <> ''),
    "rule" TEXT NOT NULL CHECK ("rule" <> ''),
    "subject" TEXT NOT NULL CHECK ("subject" <> ''),
    "field" TEXT NOT NULL CHECK ("field" <> ''),
    "judged" TEXT NOT NULL CHECK ("judged" <> ''),
    "found" TEXT CHECK ("found" <> ''),
    "reason" TEXT NOT NULL CHECK ("reason" <> ''),
    "judged_by" TEXT CHECK ("judged_by" <> ''),
    "judged_on" TEXT CHECK (date("judged_on") IS "judged_on"),
    "remark" TEXT CHECK ("remark" <> ''),
    UNIQUE ("rule", "subject", "field")
) STRICT;
