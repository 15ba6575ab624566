//! One story for every client: it reads twice, somebody else edits, it reads twice more, and edits by itself.

use http::{Method, StatusCode};

use crate::front::Front;
use crate::recorder::Exchange;
use crate::row::{Asks, Own, Row};

/// A client, whatever it is written in.
pub(crate) trait Reader {
    /// Reads, and answers the body that its caller gets.
    async fn read(&mut self) -> String;

    /// Edits by PUT, with the tag that its caller was shown last in `If-Match`. `None` if it has no tag.
    async fn edit(&mut self, document: &serde_json::Value) -> Option<StatusCode>;
}

/// Measures this client.
///
/// # Panics
///
/// If a body is not whole, or if the server has not answered as the recorder says.
pub(crate) async fn measure(front: Front, reader: &mut impl Reader) -> Row {
    front.is_settled().await;
    let body = reader.read().await;
    let first = front.exchanges();
    assert_eq!((status(&first), first[0].octets), (Some(200), body.len()));
    assert_eq!(reader.read().await, body, "the caller gets the whole body, wherever it is from");
    let second = front.exchanges();

    front.edit("Theirs").await;
    let after_edit = reader.read().await;
    let shows_edit = after_edit.contains("\"Theirs\"");
    assert!(shows_edit || after_edit == body, "{after_edit}");
    let third = front.exchanges();
    assert_eq!(reader.read().await, after_edit);
    let fourth = front.exchanges();

    let asks = Asks::of(&second);
    let answers = [first, second, third, fourth].map(|exchanges| status(&exchanges));
    let own = own_edit(&front, reader).await;
    let not_modified = answers.iter().filter(|status| **status == Some(304)).count();
    let later = front.exchanges().iter().filter(|exchange| exchange.status == 304).count();
    assert_eq!(front.not_modified().await, not_modified + later, "by the log of the server");
    Row { asks, answers, shows_edit, own }
}

/// The status of the only answer, or `None` if nothing was asked.
fn status(exchanges: &[Exchange]) -> Option<u16> {
    match exchanges {
        [] => None,
        [exchange] => {
            assert_eq!(exchange.method, Method::GET);
            assert_eq!(exchange.status == 304, exchange.octets == 0, "{exchange:?}");
            Some(exchange.status)
        }
        _ => panic!("one read is more than one request: {exchanges:?}"),
    }
}

/// What becomes of an edit of its own.
async fn own_edit(front: &Front, reader: &mut impl Reader) -> Own {
    let Some(status) = reader.edit(&front.subject.document("Mine")).await else { return Own::Without };
    let stored = front.direct().get(front.subject.path()).await.body;
    let is_stored = String::from_utf8(stored).unwrap().contains("\"Mine\"");
    assert_eq!(is_stored, status == StatusCode::OK, "{status}");
    if status == StatusCode::PRECONDITION_FAILED {
        return Own::Late;
    }
    assert_eq!(status, StatusCode::OK);
    front.exchanges();
    if reader.read().await.contains("\"Mine\"") { Own::Shown } else { Own::Hidden }
}
