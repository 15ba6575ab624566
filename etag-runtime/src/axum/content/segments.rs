//! The body of a content: as many octets as were announced, or an error.

use std::fmt;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};

use super::Source;
use crate::range::Segment;

/// The segments of a content, one after the other.
pub(super) struct Segments {
    source: Source,
    ahead: std::vec::IntoIter<Segment>,
    /// What is being sent, and how many octets of it have to come.
    current: Option<(Body, u64)>,
    /// How many octets have to come of all.
    remaining: u64,
}

impl Segments {
    pub(super) fn new(source: Source, segments: Vec<Segment>) -> Segments {
        let remaining = segments.iter().map(Segment::len).fold(0, u64::saturating_add);
        Segments { source, ahead: segments.into_iter(), current: None, remaining }
    }

    /// How many octets are to be sent.
    pub(super) fn remaining(&self) -> u64 {
        self.remaining
    }

    /// The octets of the next segment that has some.
    fn next(&mut self) -> Option<(Body, u64)> {
        let segment = self.ahead.find(|segment| segment.len() > 0)?;
        let length = segment.len();
        let body = match (segment, &mut self.source) {
            (Segment::Octets(octets), _) => octets.into(),
            (Segment::Part(part), Source::Octets(octets)) => slice(octets, &part).into(),
            (Segment::Part(part), Source::Stream { open, .. }) => open(part),
        };
        Some((body, length))
    }
}

/// Without a copy. The part was selected of these octets, so that it fits.
fn slice(octets: &Bytes, part: &Range<u64>) -> Bytes {
    let place = |octet: u64| usize::try_from(octet).map_or(octets.len(), |octet| octet.min(octets.len()));
    octets.slice(place(part.start)..place(part.end))
}

impl http_body::Body for Segments {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        loop {
            let Some((body, missing)) = &mut self.current else {
                self.current = self.next();
                if self.current.is_none() {
                    return Poll::Ready(None);
                }
                continue;
            };
            let mut octets = match ready!(Pin::new(body).poll_frame(context)) {
                Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(Some(Err(axum::Error::new(EndedEarly)))),
            };
            // What follows is not of this part.
            octets.truncate(usize::try_from(*missing).unwrap_or(usize::MAX));
            let sent = octets.len() as u64;
            *missing -= sent;
            if *missing == 0 {
                self.current = None;
            }
            self.remaining = self.remaining.saturating_sub(sent);
            if sent > 0 {
                return Poll::Ready(Some(Ok(Frame::data(octets))));
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.remaining == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}

/// A stream has fewer octets than was said.
#[derive(Debug)]
struct EndedEarly;

impl fmt::Display for EndedEarly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the content has ended before its last octet")
    }
}

impl std::error::Error for EndedEarly {}
