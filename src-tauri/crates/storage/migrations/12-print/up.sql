-- What was printed or saved (打印记录). Outside of the log: printing changes nothing of the ledger,
-- so its version stays what it was. Lines are only added.

CREATE TABLE "print_log" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "compound_id" BLOB NOT NULL CHECK (length("compound_id") = 16),
    "compound" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "way" TEXT NOT NULL CHECK ("way" IN ('print', 'pdf', 'docx', 'xlsx')),
    "pages" INTEGER NOT NULL CHECK ("pages" >= 0),
    "checksum" TEXT NOT NULL,
    "fonts" TEXT NOT NULL,
    "missing" TEXT NOT NULL,
    "whole_names" INTEGER NOT NULL CHECK ("whole_names" IN (0, 1)),
    "reason" TEXT NOT NULL
) STRICT;
CREATE INDEX "print_log_compound" ON "print_log" ("compound_id", "at");
