"""The tables of the ledger."""

from __future__ import annotations

VERSION = 1  # raised whenever a program of before could misread the tables

# `text` comes last so that a scan over the short columns skips it. Passage rows are never changed
# nor numbered again (AUTOINCREMENT): a number in the vector index means one passage for ever.
# `new_vectors` grows while another model embeds the archive, `departed` holds rows that are gone
# here but not yet from the vector index.
# Vectors are float16: half the size, cosines within 0.0002 of float32.
STATEMENTS = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    published TEXT,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    byline TEXT NOT NULL,
    note TEXT NOT NULL,
    hash TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX articles_chosen ON articles (published, outlet);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles (number),
    embedded TEXT NOT NULL,
    node TEXT NOT NULL
);
CREATE INDEX passages_of_article ON passages (article);
CREATE INDEX passages_embedded ON passages (embedded);
CREATE TABLE vectors (row INTEGER PRIMARY KEY REFERENCES passages (row), vector BLOB NOT NULL);
CREATE TABLE new_vectors (row INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE departed (row INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(2.0, 1.0)');
""".split(";\n")[:-1]
