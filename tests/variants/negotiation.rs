//! `Accept` (RFC 9110 § 12.5.1).

use etag_runtime::{Accept, Reason};
use harness::Connection;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue};

use crate::application::serve;

const OFFERS: &[(&str, &str)] =
    &[("application/json", "json"), ("text/html", "html"), ("text/html;level=1", "level 1"), ("image/png", "png")];

/// The lines of the field, and what comes of them.
type Row = (&'static [&'static [u8]], Result<&'static str, Reason>);

fn chosen(lines: &[&[u8]]) -> Result<&'static str, Reason> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(ACCEPT, HeaderValue::from_bytes(line).unwrap());
    }
    Accept::new(&headers).choose(OFFERS).map(|(offer, _)| offer).map_err(|rejected| rejected.reason())
}

#[test]
fn the_offer_that_the_client_prefers() {
    #[rustfmt::skip]
    let table: [Row; 22] = [
        // Nothing is said, or nothing that can be read.
        (&[],                                             Ok("json")),
        (&[b""],                                          Ok("json")),
        (&[b"\xff"],                                      Ok("json")),
        (&[b"text"],                                      Ok("json")),
        (&[b"*/*"],                                       Ok("json")),
        // By quality, then by what the client names first.
        (&[b"text/html"],                                 Ok("html")),
        (&[b"TEXT/HTML"],                                 Ok("html")),
        (&[b"text/html, application/json"],               Ok("html")),
        (&[b"text/html;q=0.9, application/json"],         Ok("json")),
        (&[b"text/html;q=0.1, */*;q=0.2"],                Ok("json")),
        (&[b"text/html", b"application/json;q=0.2"],      Ok("html")),
        (&[b"image/*, application/json;q=0.5"],           Ok("png")),
        // The most specific range counts (§ 12.5.1), also against an offer.
        (&[b"image/*, image/png;q=0, */*;q=0.2"],         Ok("json")),
        (&[b"text/html;level=1, text/html;q=0.5"],        Ok("level 1")),
        (&[b"*/*, application/json;q=0"],                 Ok("html")),
        // What a browser sends.
        (&[b"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"], Ok("html")),
        // A member that is no media range spoils itself only.
        (&[b"image/png, *; q=.2, text/html;q=0.5"],       Ok("png")),
        (&[b"html, image/png"],                           Ok("png")),
        (&[b"\xff", b"image/png"],                        Ok("png")),
        // Nothing is acceptable.
        (&[b"audio/basic"],                               Err(Reason::NotAcceptable)),
        (&[b"*/*;q=0"],                                   Err(Reason::NotAcceptable)),
        (&[b"application/json;q=0, text/xml"],            Err(Reason::NotAcceptable)),
    ];
    for (lines, expected) in table {
        let shown: Vec<String> = lines.iter().map(|line| line.escape_ascii().to_string()).collect();
        assert_eq!(chosen(lines), expected, "{shown:?}");
    }
}

/// A mistake in the program is no reason to answer with it.
#[test]
fn what_is_no_media_type_is_never_chosen() {
    let offers = &[("json", 1), ("application/json", 2)];
    assert_eq!(Accept::default().choose(offers).map(|(offer, _)| offer), Ok(2));
    assert!(Accept::default().choose(&[("json", 1)]).is_err());
    assert!(Accept::default().choose::<()>(&[]).is_err());
}

#[test]
fn what_nobody_offers_is_a_problem() {
    let mut connection = Connection::open(serve().0);
    for method in ["GET", "PUT"] {
        let response = connection.exchange(method, "/article", &[("Accept", b"audio/basic"), ("If-Match", b"*")], None);
        assert_eq!(response.status, 406, "{method}");
        assert_eq!(response.text("content-type").as_deref(), Some("application/problem+json"));
        assert_eq!(response.text("cache-control").as_deref(), Some("no-store"));
        let problem: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!((&problem["status"], &problem["reason"]), (&406.into(), &"not-acceptable".into()));
    }
}
