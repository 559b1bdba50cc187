-- What is to leave, and what became of it. One row a part of a message.
CREATE TABLE IF NOT EXISTS wording (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    source TEXT NOT NULL,
    coding TEXT NOT NULL,
    reference_bits INTEGER NOT NULL,
    bodies BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    wording INTEGER NOT NULL REFERENCES wording (id),
    destination TEXT NOT NULL,
    not_before REAL NOT NULL DEFAULT 0,
    not_after REAL,
    state INTEGER NOT NULL DEFAULT 0,
    sent_at REAL,
    answered_at REAL,
    status INTEGER,
    reference TEXT,
    receipt_at REAL,
    code TEXT,
    -- Taking the same message in again changes nothing.
    UNIQUE (key, part)
);
CREATE INDEX IF NOT EXISTS message_queued ON message (not_before, id) WHERE state = 0;
CREATE INDEX IF NOT EXISTS message_uncertain ON message (id) WHERE state = 6;
-- As outbox/receipts.py compares numbers: in lower case and without zeros in front.
CREATE INDEX IF NOT EXISTS message_by_reference ON message (ltrim(lower(reference), '0')) WHERE reference IS NOT NULL;
-- Intended and not answered when the journal was last folded in.
CREATE TABLE IF NOT EXISTS flight (
    flight INTEGER PRIMARY KEY,
    message INTEGER NOT NULL,
    sent_at REAL
);
-- Receipts that fit no message yet: the answer may still come, or a person must look.
CREATE TABLE IF NOT EXISTS stray (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL,
    destination TEXT NOT NULL,
    said INTEGER NOT NULL,
    code TEXT NOT NULL,
    at REAL NOT NULL
);
-- What people wrote back.
CREATE TABLE IF NOT EXISTS reply (
    id INTEGER PRIMARY KEY,
    destination TEXT NOT NULL,
    text TEXT NOT NULL,
    at REAL NOT NULL
);
-- Messages whose row changed, until the office's database has read them.
CREATE TABLE IF NOT EXISTS news (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
