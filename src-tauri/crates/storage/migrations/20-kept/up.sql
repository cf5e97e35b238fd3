-- What was counted of each compound: a list of numbers in `figures`. Not tracked: it follows from the records, and holds as
-- long as the log ends with the step beside it. When the log has gone on, only compounds that the steps since then touched
-- are counted anew; `given` tells what else the counts depend on.
CREATE TABLE "kept" (
    "name" TEXT NOT NULL PRIMARY KEY CHECK ("name" <> ''),
    "step" INTEGER NOT NULL,
    "step_id" BLOB NOT NULL CHECK (length("step_id") = 16),
    "erasures" INTEGER NOT NULL,
    "given" TEXT NOT NULL
) STRICT;
CREATE TABLE "kept_figures" (
    "name" TEXT NOT NULL,
    "compound_id" BLOB NOT NULL CHECK (length("compound_id") = 16),
    "figures" TEXT NOT NULL CHECK (json_valid("figures")),
    PRIMARY KEY ("name", "compound_id")
) STRICT, WITHOUT ROWID;
