-- 销毁记录: whose personal data were erased, when, why and how many, without any name. Outside of the
-- log: a line is never taken back.
CREATE TABLE "erasure" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "compound_id" BLOB NOT NULL CHECK (length("compound_id") = 16),
    "compound" TEXT NOT NULL,
    "reason" TEXT NOT NULL CHECK ("reason" <> ''),
    "archive" TEXT NOT NULL,
    "parts" TEXT NOT NULL CHECK (json_valid("parts")),
    "revision" INTEGER NOT NULL
) STRICT;
CREATE INDEX "erasure_compound" ON "erasure" ("compound_id", "at");
