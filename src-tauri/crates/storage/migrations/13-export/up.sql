-- What was exported (导出记录), beside what was printed. Outside of the log, like that; lines are only added.

CREATE TABLE "export_log" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "compound_id" BLOB CHECK (length("compound_id") = 16),
    "title" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "records" INTEGER NOT NULL CHECK ("records" >= 0),
    "checksum" TEXT NOT NULL,
    "personal" INTEGER NOT NULL CHECK ("personal" IN (0, 1))
) STRICT;
CREATE INDEX "export_log_compound" ON "export_log" ("compound_id", "at");
