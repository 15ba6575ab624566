//! What is in the database.

use std::fmt::Write as _;

/// So many articles for each number of comments.
pub(crate) const ARTICLES: usize = 20;

/// From this id on there are [`ARTICLES`] with a text that is longer than a page of a database.
pub(crate) const LONG: i64 = 1_000_000;

/// So many times as many without comments, which nobody asks for.
const OTHERS: usize = 50;

/// A script that makes the tables and fills them: [`ARTICLES`] for each number of `comments`, with ids from 1, and as many notes;
/// and those from [`LONG`] on, with 64 KB.
///
/// `comment_changes` is what a trigger on the comments would count.
///
/// `integer` and `timestamp` are types of the database.
pub(super) fn script(integer: &str, timestamp: &str, comments: &[usize]) -> String {
    let mut sql = format!(
        "CREATE TABLE authors (id {integer} PRIMARY KEY, name TEXT NOT NULL, version {integer} NOT NULL);
         CREATE TABLE articles (
             id {integer} PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, version {integer} NOT NULL,
             updated_at {timestamp} NOT NULL, author_id {integer} NOT NULL REFERENCES authors (id),
             comment_changes {integer} NOT NULL
         );
         CREATE TABLE comments (
             id {integer} PRIMARY KEY, article_id {integer} NOT NULL REFERENCES articles (id),
             text TEXT NOT NULL, version {integer} NOT NULL
         );
         CREATE TABLE notes (id {integer} PRIMARY KEY, body TEXT NOT NULL, version {integer} NOT NULL);
         CREATE INDEX comments_by_article ON comments (article_id, id, version);
         INSERT INTO authors VALUES (1, 'Ada', 1);\n"
    );
    let (body, text) = ("Lorem ipsum dolor sit amet. ".repeat(73), "Nothing to add to this. ".repeat(4));
    let article = |id, body: &str, comments| {
        let time = "2026-01-02 03:04:05.678901+00:00";
        format!("INSERT INTO articles VALUES ({id}, 'Title {id}', '{body}', 7, '{time}', 1, {comments});\n")
    };
    let mut comment = 1;
    let mut ids = 1..;
    // The others are there so that the database looks for those that are asked for.
    for number in comments.iter().chain([0; OTHERS].iter()) {
        for id in ids.by_ref().take(ARTICLES) {
            sql.push_str(&article(id, &body, *number));
            // Writing to a `String` cannot fail.
            let _ = writeln!(sql, "INSERT INTO notes VALUES ({id}, '{body}', 7);");
            for _ in 0..*number {
                let _ = writeln!(sql, "INSERT INTO comments VALUES ({comment}, {id}, '{text}', 1);");
                comment += 1;
            }
        }
    }
    let body = body.repeat(32);
    sql.extend((LONG..).take(ARTICLES).map(|id| article(id, &body, 0)));
    sql
}
