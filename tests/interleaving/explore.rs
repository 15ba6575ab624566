//! Every order in which the statements of several clients can be executed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use loom::model::Builder;
use loom::thread;

use crate::client::{Answer, Client, Expects};
use crate::table::{Row, Statement, Table};

/// What is there before the first request comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    Empty,
    First,
}

/// One order, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct History {
    pub(crate) statements: Vec<Statement>,
    /// By client.
    pub(crate) answers: Vec<(Expects, Answer)>,
    pub(crate) end: Option<Row>,
}

/// By the order of the clients whose statements were executed.
type Histories = BTreeMap<Vec<usize>, History>;

/// Lets the clients send their requests at the same time, and returns all histories that differ in the order of statements.
pub(crate) fn explore(start: Start, clients: impl IntoIterator<Item = Client>) -> Vec<History> {
    let clients: Arc<Vec<Client>> = Arc::new(clients.into_iter().collect());
    let histories: Arc<Mutex<Histories>> = Arc::default();
    let mut builder = Builder::new();
    // Whatever the environment says: all orders, silently.
    builder.preemption_bound = None;
    builder.max_permutations = None;
    builder.max_duration = None;
    builder.log = false;
    let found = Arc::clone(&histories);
    builder.check(move || {
        let execution = Arc::new(Execution::new(start, Arc::clone(&clients), Arc::clone(&found)));
        for client in 1..clients.len() {
            let execution = Arc::clone(&execution);
            thread::spawn(move || execution.send(client));
        }
        execution.send(0);
    });
    let histories = histories.lock().unwrap();
    histories.values().cloned().collect()
}

/// One execution, in the order that loom has in mind.
struct Execution {
    table: Table,
    clients: Arc<Vec<Client>>,
    answers: Mutex<Vec<Option<Answer>>>,
    histories: Arc<Mutex<Histories>>,
}

impl Execution {
    fn new(start: Start, clients: Arc<Vec<Client>>, histories: Arc<Mutex<Histories>>) -> Execution {
        let answers = Mutex::new(vec![None; clients.len()]);
        Execution { table: Table::new(start == Start::Empty), clients, answers, histories }
    }

    /// Sends the request of this client. Nobody waits for the others, which loom would take for one more order: whoever
    /// is answered last puts down the history.
    fn send(&self, client: usize) {
        let answer = self.clients[client].send(&self.table.session(client));
        let mut answers = self.answers.lock().unwrap();
        answers[client] = Some(answer);
        if let Some(answers) = answers.iter().cloned().collect() {
            self.put_down(answers);
        }
    }

    fn put_down(&self, answers: Vec<Answer>) {
        let (end, statements) = self.table.close();
        let order = statements.iter().map(|statement| statement.client).collect();
        let answers = self.clients.iter().map(|client| client.expects).zip(answers).collect();
        let history = History { statements, answers, end };
        let previous = self.histories.lock().unwrap().insert(order, history.clone());
        assert!(previous.is_none_or(|previous| previous == history), "the order decides everything");
    }
}
