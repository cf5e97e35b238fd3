-- 走访记录 and 居民诉求. They hang on the dwelling; the household may go or be merged with another
-- while what was said stays. A visit that is still to be made (待走访) is a stop of a round.

CREATE UNIQUE INDEX "household_in_compound" ON "household" ("id", "compound_id");

-- 走访记录
CREATE TABLE "visit" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "dwelling_id" BLOB NOT NULL,
    "household_id" BLOB,
    "visited_on" TEXT NOT NULL CHECK (date("visited_on") IS "visited_on"),
    "time" TEXT CHECK ("time" <> ''),
    "visitors" TEXT CHECK ("visitors" <> ''),
    "way" TEXT CHECK ("way" IN ('door', 'phone', 'wechat', 'meeting', 'stairwell')),
    "met" TEXT CHECK ("met" IN ('owner', 'family', 'tenant', 'nobody', 'other')),
    "outcome" TEXT NOT NULL CHECK ("outcome" IN ('done', 'contacted', 'unreachable', 'refused', 'pending')),
    "cause" TEXT CHECK ("cause" IN ('nobodyHome', 'vacant', 'away', 'wrongPhone', 'other')),
    "words" TEXT CHECK ("words" <> ''),
    "promise" TEXT CHECK ("promise" <> ''),
    "promise_due" TEXT CHECK (date("promise_due") IS "promise_due"),
    "promise_kept_on" TEXT CHECK (date("promise_kept_on") IS "promise_kept_on"),
    "next_on" TEXT CHECK (date("next_on") IS "next_on"),
    "round" TEXT CHECK ("round" <> ''),
    "stop" INTEGER CHECK ("stop" >= 0),
    "purpose" TEXT CHECK ("purpose" IN ('due', 'promised', 'unreached', 'first', 'chosen')),
    "remark" TEXT CHECK ("remark" <> ''),
    FOREIGN KEY ("dwelling_id", "compound_id") REFERENCES "dwelling" ("id", "compound_id"),
    FOREIGN KEY ("household_id", "compound_id") REFERENCES "household" ("id", "compound_id")
) STRICT;
CREATE INDEX "visit_day" ON "visit" ("compound_id", "visited_on");
CREATE INDEX "visit_dwelling" ON "visit" ("dwelling_id", "visited_on");
CREATE INDEX "visit_household" ON "visit" ("household_id") WHERE "household_id" IS NOT NULL;
CREATE INDEX "visit_round" ON "visit" ("compound_id", "round", "stop") WHERE "round" IS NOT NULL;

-- 居民诉求
CREATE TABLE "wish" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "compound_id" BLOB NOT NULL REFERENCES "compound" ("id"),
    "sort_key" TEXT NOT NULL CHECK ("sort_key" <> ''),
    "dwelling_id" BLOB NOT NULL,
    "household_id" BLOB,
    "measure" TEXT NOT NULL CHECK ("measure" IN ('parking', 'lift', 'outbuilding', 'cycleShed', 'charging', 'greenery', 'road', 'sewage', 'water', 'gas', 'heating', 'power', 'roof', 'wall', 'stairs', 'lighting', 'security', 'fire', 'accessibility', 'fitness', 'activityArea', 'noticeBoard', 'waste', 'care', 'management', 'other')),
    "attitude" TEXT NOT NULL CHECK ("attitude" IN ('want', 'against', 'indifferent')),
    "priority" TEXT CHECK ("priority" IN ('first', 'second', 'third')),
    "would_pay" INTEGER CHECK ("would_pay" IN (0, 1)),
    "amount_fen" INTEGER CHECK ("amount_fen" >= 0),
    "words" TEXT CHECK ("words" <> ''),
    "raised_on" TEXT CHECK (date("raised_on") IS "raised_on"),
    "collector" TEXT CHECK ("collector" <> ''),
    "work_item_id" BLOB,
    "answer" TEXT CHECK ("answer" IN ('adopted', 'partly', 'declined')),
    "reason" TEXT CHECK ("reason" <> ''),
    "answered_on" TEXT CHECK (date("answered_on") IS "answered_on"),
    "remark" TEXT CHECK ("remark" <> ''),
    FOREIGN KEY ("dwelling_id", "compound_id") REFERENCES "dwelling" ("id", "compound_id"),
    FOREIGN KEY ("household_id", "compound_id") REFERENCES "household" ("id", "compound_id"),
    FOREIGN KEY ("work_item_id", "compound_id") REFERENCES "work_item" ("id", "compound_id")
) STRICT;
CREATE INDEX "wish_measure" ON "wish" ("compound_id", "measure", "attitude");
CREATE INDEX "wish_dwelling" ON "wish" ("dwelling_id", "measure");
CREATE INDEX "wish_household" ON "wish" ("household_id") WHERE "household_id" IS NOT NULL;
CREATE INDEX "wish_work_item" ON "wish" ("work_item_id") WHERE "work_item_id" IS NOT NULL;
