//! A database of one table that has room for one row, in which every statement is one step.

use std::mem;
use std::sync::Mutex;

use loom::sync::atomic::{AtomicUsize, Ordering};

/// What is stored. Handlers see what their model takes from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) version: u32,
    /// When the row was inserted; no two insertions are at the same time.
    pub(crate) created: u32,
    /// Which of all states that ever were this is. No handler sees it.
    pub(crate) state: u32,
}

impl Row {
    /// The first that is ever inserted.
    pub(crate) const FIRST: Row = Row { version: 1, created: 1, state: 1 };
}

/// One statement that has been executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) client: usize,
    pub(crate) effect: Effect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// `SELECT`, and what it has found.
    Read(Option<Row>),
    /// `UPDATE`, `INSERT` or `DELETE`: the row before and after.
    Written(Option<Row>, Option<Row>),
    /// The same, but no row has matched.
    Unmatched,
}

/// The table, and what has happened to it.
#[derive(Debug)]
pub(crate) struct Table {
    /// How many statements have had their turn: where loom switches between clients, and nowhere else.
    turns: AtomicUsize,
    contents: Mutex<Contents>,
}

#[derive(Debug, Default)]
struct Contents {
    row: Option<Row>,
    insertions: u32,
    states: u32,
    log: Vec<Statement>,
}

/// The connection of one client.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    table: &'a Table,
    client: usize,
}

impl Table {
    /// With a row of version 1, if it is not empty.
    pub(crate) fn new(is_empty: bool) -> Table {
        let mut contents = Contents::default();
        if !is_empty {
            contents.row = Some(contents.fresh());
        }
        Table { turns: AtomicUsize::new(0), contents: Mutex::new(contents) }
    }

    pub(crate) fn session(&self, client: usize) -> Session<'_> {
        Session { table: self, client }
    }

    /// What there is now, and every statement in its order.
    pub(crate) fn close(&self) -> (Option<Row>, Vec<Statement>) {
        let mut contents = self.contents.lock().unwrap();
        (contents.row, mem::take(&mut contents.log))
    }
}

impl Session<'_> {
    /// `SELECT * FROM notes`
    pub(crate) fn select(&self) -> Option<Row> {
        self.execute(|contents| (contents.row, Effect::Read(contents.row)))
    }

    /// `UPDATE notes SET version = version + 1 WHERE … RETURNING *`
    pub(crate) fn update(&self, matches: impl FnOnce(Row) -> bool) -> Option<Row> {
        self.write(|contents| {
            let row = contents.row.filter(|&row| matches(row))?;
            Some(Row { version: row.version + 1, ..contents.changed(row) })
        })
    }

    /// `UPDATE notes SET version = ? RETURNING *`, with a version that was computed outside.
    pub(crate) fn overwrite(&self, version: u32) -> Option<Row> {
        self.write(|contents| contents.row.map(|row| Row { version, ..contents.changed(row) }))
    }

    /// `INSERT INTO notes … ON CONFLICT DO NOTHING RETURNING *`
    pub(crate) fn insert(&self) -> Option<Row> {
        self.write(|contents| if contents.row.is_none() { Some(contents.fresh()) } else { None })
    }

    /// `INSERT INTO notes … ON CONFLICT DO UPDATE … RETURNING *`
    pub(crate) fn insert_or_replace(&self) -> Option<Row> {
        self.write(|contents| Some(contents.fresh()))
    }

    /// `DELETE FROM notes WHERE …`, and whether a row has matched.
    pub(crate) fn delete(&self, matches: impl FnOnce(Row) -> bool) -> bool {
        self.execute(|contents| match contents.row.filter(|&row| matches(row)) {
            Some(row) => {
                contents.row = None;
                (true, Effect::Written(Some(row), None))
            }
            None => (false, Effect::Unmatched),
        })
    }

    fn write(&self, change: impl FnOnce(&mut Contents) -> Option<Row>) -> Option<Row> {
        self.execute(|contents| {
            let before = contents.row;
            match change(contents) {
                Some(after) => {
                    contents.row = Some(after);
                    (Some(after), Effect::Written(before, Some(after)))
                }
                None => (None, Effect::Unmatched),
            }
        })
    }

    /// One step, which no other client sees half of.
    fn execute<R>(&self, statement: impl FnOnce(&mut Contents) -> (R, Effect)) -> R {
        self.table.turns.fetch_add(1, Ordering::SeqCst);
        // Never contended: until the next turn, no other client runs.
        let mut contents = self.table.contents.lock().unwrap();
        let (result, effect) = statement(&mut contents);
        contents.log.push(Statement { client: self.client, effect });
        result
    }
}

impl Contents {
    /// A row that was not there before.
    fn fresh(&mut self) -> Row {
        self.insertions += 1;
        self.states += 1;
        Row { version: 1, created: self.insertions, state: self.states }
    }

    /// The same row in another state.
    fn changed(&mut self, row: Row) -> Row {
        self.states += 1;
        Row { state: self.states, ..row }
    }
}
