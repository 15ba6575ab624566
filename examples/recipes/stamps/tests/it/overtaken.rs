//! The race that leases are for: a reader reads, a writer writes and forgets, and only then the reader keeps.

use std::time::Duration;

use http::StatusCode;
use recipes_client::Ask;
use tokio::time::timeout;

use crate::gate::Gated;
use crate::shop::{CHAIR, Shop, names, replacement};
use crate::stores::{HOUR, Kind, on_both_stores};

on_both_stores! {
    a_reader_that_a_writer_overtakes_keeps_nothing
    a_request_that_is_given_up_forgets_all_the_same
}

async fn a_reader_that_a_writer_overtakes_keeps_nothing<K: Kind>(kind: K) {
    let (store, gate) = Gated::keeping(kind.store(HOUR));
    let shop = Shop::open(store).await;
    let old = shop.tag(CHAIR).await;
    let reader = shop.revalidate(CHAIR, &old);
    let writer = async {
        gate.arrived().await;
        let new = shop.replace(CHAIR, &old).await.is(StatusCode::OK).tag();
        gate.open();
        new
    };
    let (read, new) = tokio::join!(reader, writer);
    assert_eq!(read, StatusCode::NOT_MODIFIED, "it was true when it was read");
    gate.open();
    assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::OK);
    assert_eq!(shop.revalidate(CHAIR, &new).await, StatusCode::NOT_MODIFIED);
}

async fn a_request_that_is_given_up_forgets_all_the_same<K: Kind>(kind: K) {
    let (store, gate) = Gated::forgetting(kind.store(HOUR));
    let shop = Shop::open(store).await;
    let old = shop.kept(CHAIR).await;
    tokio::select! {
        _ = shop.ask(replacement(CHAIR, &old).json(&names())) => panic!("it does not wait for the store"),
        () = gate.arrived() => {}
    }
    gate.open();
    timeout(Duration::from_secs(20), gate.passed()).await.expect("nothing is forgotten");
    assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::OK);
    assert_eq!(shop.ask(Ask::get(CHAIR)).await.json()["name"], "Stool");
}
