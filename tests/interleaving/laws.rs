//! What has to hold in every history, and what an update that is lost looks like.

use http::{HeaderValue, StatusCode};

use crate::client::Expects;
use crate::explore::History;
use crate::model::Model;
use crate::table::{Effect, Row};

impl History {
    /// How many clients were told that they have succeeded.
    pub(crate) fn successes(&self) -> usize {
        self.answers.iter().filter(|(_, answer)| answer.status.is_success()).count()
    }

    /// By how much the version has grown, from that of the first row.
    pub(crate) fn version_steps(&self) -> usize {
        self.end.map_or(0, |row| (row.version - Row::FIRST.version) as usize)
    }

    /// How many writes have replaced a state that their clients did not mean to replace.
    pub(crate) fn lost_updates(&self) -> usize {
        (0..self.answers.len())
            .filter(|&client| self.written(client).is_some_and(|(before, _)| !self.is_meant(client, before)))
            .count()
    }

    /// That nothing was lost, and that every client knows what has become of its request.
    pub(crate) fn assert_honest<M: Model>(&self) {
        for (client, (expects, answer)) in self.answers.iter().enumerate() {
            let (written, read) = (self.written(client), self.last_read(client));
            let tag = |row: Option<Row>| row.map(|row| HeaderValue::from(M::from(row).etag()));
            match answer.status {
                StatusCode::OK | StatusCode::CREATED | StatusCode::NO_CONTENT => {
                    let Some((before, after)) = written else { panic!("nothing written, but acknowledged: {self:#?}") };
                    assert!(self.is_meant(client, before), "an update is lost: {self:#?}");
                    assert_eq!(answer.entity_tag, tag(after), "the tag is not that of what was stored: {self:#?}");
                }
                StatusCode::PRECONDITION_FAILED => {
                    assert_eq!(written, None, "written, but refused: {self:#?}");
                    assert_eq!(answer.entity_tag, tag(read), "the tag is not the one that was read last: {self:#?}");
                    assert!(read.is_some() || *expects == Expects::Nothing, "gone, but not a 404: {self:#?}");
                }
                StatusCode::NOT_FOUND => {
                    assert_eq!((written, read), (None, None), "not gone, but a 404: {self:#?}");
                }
                other => panic!("{other} to {self:#?}"),
            }
        }
    }

    fn is_meant(&self, client: usize, before: Option<Row>) -> bool {
        let meant = match self.answers[client].0 {
            Expects::First => Some(Row::FIRST),
            Expects::Nothing => None,
            Expects::Anything => self.last_read(client),
        };
        before == meant
    }

    /// What the only write of a client has replaced, and by what.
    fn written(&self, client: usize) -> Option<(Option<Row>, Option<Row>)> {
        let mut written = self.effects(client).filter_map(|effect| match effect {
            Effect::Written(before, after) => Some((before, after)),
            Effect::Read(_) | Effect::Unmatched => None,
        });
        let first = written.next();
        assert_eq!(written.next(), None, "two writes for one request: {self:#?}");
        first
    }

    fn last_read(&self, client: usize) -> Option<Row> {
        let mut read = self.effects(client).filter_map(|effect| match effect {
            Effect::Read(row) => Some(row),
            Effect::Written(..) | Effect::Unmatched => None,
        });
        read.next_back().flatten()
    }

    fn effects(&self, client: usize) -> impl DoubleEndedIterator<Item = Effect> {
        let statements = self.statements.iter().filter(move |statement| statement.client == client);
        statements.map(|statement| statement.effect)
    }
}
