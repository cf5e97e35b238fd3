-- 征求意愿: questionnaires in versions, rounds of asking, what was answered. Tracked, so that every
-- step can be undone. No references to compounds and households: what people said stays when
-- a household is merged or removed, and is shown as such.

-- A version never changes once a round has answers to it.
CREATE TABLE "questionnaire" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "family" TEXT NOT NULL CHECK ("family" <> ''),
    "version" INTEGER NOT NULL CHECK ("version" >= 1),
    "title" TEXT NOT NULL CHECK ("title" <> ''),
    "definition" TEXT NOT NULL CHECK (json_valid("definition")),
    "made_at" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    UNIQUE ("family", "version")
) STRICT;

CREATE TABLE "survey_round" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL CHECK (length("compound_id") = 16),
    "questionnaire_id" BLOB NOT NULL REFERENCES "questionnaire" ("id"),
    "kind" TEXT NOT NULL CHECK ("kind" IN ('baseline', 'willingness', 'planOpinion', 'satisfaction')),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "opens_on" TEXT CHECK (date("opens_on") IS "opens_on"),
    "closes_on" TEXT CHECK (date("closes_on") IS "closes_on"),
    "plan_id" BLOB CHECK (length("plan_id") = 16),
    "plan_version" INTEGER CHECK ("plan_version" >= 0),
    "reach" TEXT NOT NULL,
    "reach_source" TEXT NOT NULL,
    "agree" TEXT NOT NULL,
    "agree_source" TEXT NOT NULL,
    "double_entry" INTEGER NOT NULL CHECK ("double_entry" IN (0, 1)),
    "remark" TEXT NOT NULL,
    UNIQUE ("compound_id", "name")
) STRICT;

-- One sheet. Only what is counted is tallied; pending waits for a person's decision, discarded was
-- decided against. `answers` and `second` are JSON by the key of the question, `flaws` what did not fit.
CREATE TABLE "response" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "round_id" BLOB NOT NULL REFERENCES "survey_round" ("id"),
    "answers" TEXT NOT NULL CHECK (json_valid("answers")),
    "state" TEXT NOT NULL CHECK ("state" IN ('counted', 'pending', 'discarded')),
    "questionnaire_id" BLOB NOT NULL REFERENCES "questionnaire" ("id"),
    "dwelling_id" BLOB CHECK (length("dwelling_id") = 16),
    "household_id" BLOB CHECK (length("household_id") = 16),
    "respondent" TEXT NOT NULL CHECK ("respondent" IN ('household', 'owner', 'tenant')),
    "respondent_name" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "answered_on" TEXT NOT NULL CHECK (date("answered_on") IS "answered_on"),
    "collector" TEXT NOT NULL,
    "channel" TEXT NOT NULL CHECK ("channel" IN ('paper', 'door', 'phone', 'online', 'meeting')),
    "evidence" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "plan_id" BLOB CHECK (length("plan_id") = 16),
    "plan_version" INTEGER CHECK ("plan_version" >= 0),
    "second" TEXT CHECK (json_valid("second")),
    "second_by" TEXT NOT NULL,
    "flaws" TEXT NOT NULL CHECK (json_valid("flaws")),
    "tags" TEXT NOT NULL CHECK (json_valid("tags")),
    "entered_at" TEXT NOT NULL,
    "entered_by" TEXT NOT NULL
) STRICT;
CREATE INDEX "response_round" ON "response" ("round_id", "state", "id");
CREATE INDEX "response_dwelling" ON "response" ("dwelling_id", "round_id");
CREATE INDEX "response_source" ON "response" ("round_id", "source_key") WHERE "source_key" <> '';
CREATE INDEX "survey_round_questionnaire" ON "survey_round" ("questionnaire_id");
CREATE INDEX "response_questionnaire" ON "response" ("questionnaire_id");

-- What can be counted of the answers of counted responses: the choices in their order, the
-- hundredths of a number, the days of a date, 1 for a text. Not tracked: it follows from the
-- responses with every transaction. Cross-tables read two ranges of it side by side.
CREATE TABLE "answer" (
    "round_id" BLOB NOT NULL,
    "question" INTEGER NOT NULL,
    "response_id" BLOB NOT NULL,
    "place" INTEGER NOT NULL,
    "value" INTEGER NOT NULL,
    PRIMARY KEY ("round_id", "question", "response_id", "place")
) STRICT, WITHOUT ROWID;
