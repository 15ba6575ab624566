//! A shop, as an object-relational mapper writes it: one module an entity, and a model that is all columns.

use etag_runtime::{ETag, Strength, StrongETag};

/// A decimal number, of another crate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimal(i128, u32);

impl Decimal {
    fn text(&self) -> String {
        format!("{}e-{}", self.0, self.1)
    }
}

mod customer {
    use etag_runtime::ETag;

    #[derive(Clone, Debug, PartialEq, Eq, ETag)]
    pub struct Model {
        pub id: i32,
        pub name: String,
        pub notes: Option<String>,
        #[etag(version)]
        pub lock_version: i32,
    }
}

mod line {
    use etag_runtime::ETag;

    use super::{Decimal, order};

    #[derive(Clone, Debug, PartialEq, ETag)]
    pub struct Model {
        #[etag(version)]
        pub id: i32,
        #[etag(content, with = Decimal::text)]
        pub price: Decimal,
        #[etag(content)]
        pub quantity: i32,
        /// The way back, which is loaded only sometimes.
        #[etag(related, recursive)]
        pub order: Option<Box<order::Model>>,
    }
}

mod order {
    use chrono::{DateTime, Utc};
    use etag_runtime::ETag;

    use super::{State, customer, line};

    #[derive(Clone, Debug, PartialEq, ETag)]
    pub struct Model {
        pub id: i32,
        #[etag(version)]
        pub version: Vec<u8>,
        #[etag(timestamp)]
        pub changed_at: Option<DateTime<Utc>>,
        #[etag(related)]
        pub state: State,
        #[etag(related, guard = false)]
        pub customer: customer::Model,
        #[etag(related, touch)]
        pub lines: Vec<line::Model>,
        #[etag(skip)]
        pub loaded_at: std::time::SystemTime,
    }
}

#[derive(Clone, Debug, PartialEq, ETag)]
pub enum State {
    Open,
    Paid { #[etag(content)] reference: String },
    Sent { #[etag(content)] parcel: [u8; 4], #[etag(skip)] printed: bool },
}

/// An answer with more than one row in it, as a mapper gives it.
#[derive(ETag)]
struct WithCustomer(#[etag(related)] (order::Model, Option<customer::Model>));

#[derive(ETag)]
struct Page<M> {
    #[etag(related)]
    rows: Vec<M>,
    #[etag(content)]
    number: u64,
    #[etag(content)]
    of: u64,
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let customer = customer::Model { id: 1, name: String::new(), notes: None, lock_version: 1 };
    let line = |price| line::Model { id: 1, price: Decimal(price, 2), quantity: 1, order: None };
    let order = |state, price| order::Model {
        id: 1,
        version: vec![0, 1],
        changed_at: None,
        state,
        customer: customer.clone(),
        lines: vec![line(price)],
        loaded_at: std::time::SystemTime::now(),
    };
    let tag = order(State::Open, 1).etag();
    assert_eq!(order(State::Open, 1).etag(), tag);
    assert_ne!(order(State::Open, 2).etag(), tag);
    assert_ne!(order(State::Paid { reference: String::new() }, 1).etag(), tag);
    let sent = |printed| order(State::Sent { parcel: [0; 4], printed }, 1).etag();
    assert_eq!(sent(true), sent(false));

    permit(&order(State::Open, 1));
    assert!(!<line::Model as ETag>::Strength::IS_WEAK);
    let both = WithCustomer((order(State::Open, 1), None));
    permit(&both);
    let page = |number| Page { rows: vec![order(State::Open, 1)], number, of: 2 };
    permit(&page(1));
    assert_ne!(page(1).etag(), page(2).etag());
    assert_ne!(both.etag(), WithCustomer((order(State::Open, 1), Some(customer.clone()))).etag());
}
