-- Forms of the superiors (上级表样): the empty form with what goes into which cell, and the numbers
-- that were reported with it. Tracked, so that they can be undone; no references, so that a
-- compound may go while what was reported about it stays.

CREATE TABLE "form_template" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "name" TEXT NOT NULL UNIQUE CHECK ("name" <> ''),
    "file_name" TEXT NOT NULL CHECK ("file_name" <> ''),
    "file" BLOB NOT NULL,
    "bindings" TEXT NOT NULL CHECK (json_valid("bindings"))
) STRICT;

-- One row per compound and report; without compound, what was told about all of them together.
CREATE TABLE "form_report" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "template_id" BLOB NOT NULL CHECK (length("template_id") = 16),
    "compound_id" BLOB CHECK (length("compound_id") = 16),
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "cells" TEXT NOT NULL CHECK (json_valid("cells"))
) STRICT;
CREATE INDEX "form_report_template" ON "form_report" ("template_id", "at");
