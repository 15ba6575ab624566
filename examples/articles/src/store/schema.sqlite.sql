-- Timestamps are texts of ISO 8601 in UTC with microseconds, as sqlx writes them: what is read back is what was written. A write compares
-- them as texts, so that nobody else, a trigger for example, may write the same instant in another form: with a space, `Z`, or
-- three or six zeros after the point.

CREATE TABLE IF NOT EXISTS authors (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    updated_at TEXT    NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??*+00:00' AND updated_at NOT GLOB '*000+00:00')
) STRICT;

-- AUTOINCREMENT: the id of an article that was deleted is not given to another one.
CREATE TABLE IF NOT EXISTS articles (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    title      TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    author_id  INTEGER NOT NULL REFERENCES authors (id),
    version    INTEGER NOT NULL,
    updated_at TEXT    NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??*+00:00' AND updated_at NOT GLOB '*000+00:00')
) STRICT;

CREATE TABLE IF NOT EXISTS comments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    text       TEXT    NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS articles_by_author ON articles (author_id);
CREATE INDEX IF NOT EXISTS comments_by_article ON comments (article_id, id, version);
