-- What the file says about itself: ledger id, creation, flags. Not tracked.
CREATE TABLE ledger_facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The log: one row for each transaction, never changed except `undone_by`.
CREATE TABLE transactions (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  device         TEXT NOT NULL,
  actor          TEXT NOT NULL,
  at             TEXT NOT NULL,
  op             TEXT NOT NULL,
  subject        TEXT NOT NULL,
  count          INTEGER NOT NULL,
  params         TEXT NOT NULL CHECK (json_valid(params)),
  role           TEXT NOT NULL CHECK (role IN ('do', 'undo', 'redo')),
  target         INTEGER REFERENCES transactions (seq),
  undone_by      INTEGER REFERENCES transactions (seq),
  schema_version INTEGER NOT NULL,
  changeset      BLOB NOT NULL,
  CHECK ((role = 'do') = (target IS NULL)),
  CHECK (undone_by IS NULL OR role = 'do')
) STRICT;

-- Finds the next transaction to undo and to redo.
CREATE INDEX transactions_standing ON transactions (seq) WHERE role = 'do' AND undone_by IS NULL;
CREATE INDEX transactions_undone ON transactions (undone_by) WHERE undone_by IS NOT NULL;

-- Which records a transaction touched: the way from a record to its history.
CREATE TABLE transaction_rows (
  table_name TEXT NOT NULL,
  row_id     BLOB NOT NULL CHECK (length(row_id) = 16),
  seq        INTEGER NOT NULL REFERENCES transactions (seq),
  action     TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
  PRIMARY KEY (table_name, row_id, seq)
) STRICT, WITHOUT ROWID;

-- The recycle bin reads deletions only.
CREATE INDEX transaction_rows_deleted ON transaction_rows (seq) WHERE action = 'delete';
