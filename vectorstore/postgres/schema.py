"""The tables of the ledger in PostgreSQL, as a list of changes that only grows."""

from __future__ import annotations

# As in SQLite's ledger, passage rows are never changed nor numbered again, `new_vectors` grows
# while another model embeds the archive, `departed` holds rows that are gone here but not yet from
# the vector index, and vectors are float16.
# Beside those: `folded` is the outlet without regard to case, which databases differ in; `lexemes`
# and `totals` are what BM25 needs to know of all passages, counted with every change. Text that is
# sorted is sorted by its code points, as SQLite does.
_FIRST = """
CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE articles (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    title text NOT NULL,
    outlet text COLLATE "C" NOT NULL,
    folded text COLLATE "C" NOT NULL,
    published date,
    url text NOT NULL,
    path text NOT NULL,
    byline text NOT NULL,
    note text NOT NULL,
    hash text NOT NULL,
    text text NOT NULL
);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_outlet ON articles (folded);
CREATE TABLE passages (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    article bigint NOT NULL REFERENCES articles (number),
    embedded text COLLATE "C" NOT NULL,
    node text NOT NULL,
    words tsvector NOT NULL,
    length integer NOT NULL
);
CREATE INDEX passages_of_article ON passages (article);
CREATE INDEX passages_embedded ON passages (embedded);
CREATE INDEX passages_words ON passages USING gin (words);
CREATE TABLE vectors (row bigint PRIMARY KEY REFERENCES passages (row), vector bytea NOT NULL);
CREATE TABLE new_vectors (row bigint PRIMARY KEY, vector bytea NOT NULL);
CREATE TABLE departed (row bigint PRIMARY KEY);
CREATE TABLE lexemes (lexeme text COLLATE "C" PRIMARY KEY, passages bigint NOT NULL);
CREATE TABLE totals (articles bigint NOT NULL, passages bigint NOT NULL, words bigint NOT NULL);
INSERT INTO totals VALUES (0, 0, 0);
"""

# What was found out about each article; of two articles that have words in common, both ways.
_SECOND = """
CREATE TABLE examined (
    article bigint PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    signature bytea NOT NULL,
    warnings text NOT NULL
);
CREATE TABLE copies (
    one bigint NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    other bigint NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    PRIMARY KEY (one, other)
);
CREATE INDEX copies_of ON copies (other);
"""

MIGRATIONS = (
    _FIRST,
    _SECOND,
)  # each makes the layout of its place in the list out of the one before
VERSION = len(MIGRATIONS)
