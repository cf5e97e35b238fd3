-- Photos and scans (照片与附件). The bytes lie once each under their SHA-256, outside of the log: a
-- file is never removed, so that undo and redo of the attachments always find it.

CREATE TABLE "attachment_file" (
    "hash" BLOB NOT NULL PRIMARY KEY CHECK (length("hash") = 32),
    "media_type" TEXT NOT NULL CHECK ("media_type" IN ('image/jpeg', 'application/pdf')),
    "width" INTEGER NOT NULL CHECK ("width" >= 0),
    "height" INTEGER NOT NULL CHECK ("height" >= 0),
    "size" INTEGER NOT NULL CHECK ("size" = length("bytes")),
    "thumbnail" BLOB NOT NULL,
    "bytes" BLOB NOT NULL
) STRICT;

-- Which file hangs on which record. Tracked; no reference to the record, so that a removed record
-- that comes back has its photos again. A removed attachment stays, unseen, for the recycle bin.
CREATE TABLE "attachment" (
    "id" BLOB NOT NULL PRIMARY KEY CHECK (length("id") = 16),
    "record_kind" TEXT NOT NULL,
    "record_id" BLOB NOT NULL CHECK (length("record_id") = 16),
    "compound_id" BLOB CHECK (length("compound_id") = 16),
    "hash" BLOB NOT NULL REFERENCES "attachment_file" ("hash"),
    "name" TEXT NOT NULL CHECK ("name" <> ''),
    "caption" TEXT NOT NULL,
    "stage" TEXT NOT NULL CHECK ("stage" IN ('before', 'during', 'after', 'other')),
    "viewpoint" TEXT NOT NULL,
    "taken_on" TEXT CHECK (length("taken_on") = 10),
    "position" INTEGER NOT NULL,
    "removed" INTEGER NOT NULL DEFAULT 0 CHECK ("removed" IN (0, 1))
) STRICT;
CREATE INDEX "attachment_record" ON "attachment" ("record_kind", "record_id", "position");
CREATE INDEX "attachment_compound" ON "attachment" ("compound_id", "viewpoint");
CREATE INDEX "attachment_hash" ON "attachment" ("hash");
