//! Three articles to begin with.

use super::transaction::{Transaction, values};
use super::{Result, now};

/// The articles by their titles and texts, and the author of each.
const ARTICLES: [(&str, &str, i64); 3] = [
    (
        "Asking before sending",
        "A client that kept what it was sent asks whether that still holds. Usually it does, and the answer is three digits.",
        1,
    ),
    (
        "Two editors, one text",
        "Both fetched it at nine. One saved at ten. What happens at five past ten is what this server is about.",
        2,
    ),
    ("What a tag is made of", "One half says whether you may overwrite, the other whether you must fetch again.", 1),
];

const AUTHORS: [(i64, &str); 2] = [(1, "Ada"), (2, "Barbara")];

/// The comments by the article that they belong to.
const COMMENTS: [(i64, &str); 3] = [
    (1, "Three digits and a few fields."),
    (1, "And no body!"),
    (2, "The second one reads what the first one wrote, and merges."),
];

/// Writes the articles if there are none.
pub(super) async fn fill(transaction: &mut Transaction) -> Result<()> {
    let (is_empty,): (bool,) = transaction.one("SELECT NOT EXISTS (SELECT 1 FROM articles)", values![]).await?;
    if !is_empty {
        return Ok(());
    }
    transaction.hold_articles().await?;
    let now = now();
    for (id, name) in AUTHORS {
        // They outlive their articles.
        let sql = "INSERT INTO authors (id, name, version, updated_at) VALUES ($1, $2, 1, $3) ON CONFLICT DO NOTHING";
        transaction.execute(sql, values![id, name, now]).await?;
    }
    for (id, (title, body, author_id)) in (1_i64..).zip(ARTICLES) {
        let sql =
            "INSERT INTO articles (id, title, body, author_id, version, updated_at) VALUES ($1, $2, $3, $4, 1, $5)";
        transaction.execute(sql, values![id, title, body, author_id, now]).await?;
    }
    transaction.raise_ids_beyond_all().await?;
    for (article_id, text) in COMMENTS {
        let sql = "INSERT INTO comments (article_id, text, version) VALUES ($1, $2, 1)";
        transaction.execute(sql, values![article_id, text]).await?;
    }
    Ok(())
}
