-- Timestamps are texts of ISO 8601 in UTC with microseconds, as sqlx writes them: what is read back is what was written.

CREATE TABLE IF NOT EXISTS authors (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    updated_at TEXT    NOT NULL
) STRICT;

-- AUTOINCREMENT: the id of an article that was deleted is not given to another one.
CREATE TABLE IF NOT EXISTS articles (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    title      TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    author_id  INTEGER NOT NULL REFERENCES authors (id),
    version    INTEGER NOT NULL,
    updated_at TEXT    NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS comments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    text       TEXT    NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS articles_by_author ON articles (author_id);
CREATE INDEX IF NOT EXISTS comments_by_article ON comments (article_id, id, version);
