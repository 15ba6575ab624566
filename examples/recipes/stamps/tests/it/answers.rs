//! What is answered, and what it costs.

use http::StatusCode;
use http::header::VARY;
use recipes_client::Ask;
use serde_json::json;

use crate::shop::{CHAIR, SMITH, Shop, TABLE, german, names, replacement};
use crate::stores::{HOUR, Kind, on_both_stores};

on_both_stores! {
    a_304_costs_a_statement_once_and_then_none
    a_write_is_seen_at_once
    a_write_compares_what_is_read_and_not_what_is_kept
    languages_are_kept_apart_and_forgotten_together
    whoever_may_not_see_it_gets_no_304
    what_is_absent_is_asked_for_every_time
    a_deletion_is_seen_at_once
    a_renamed_supplier_is_seen_at_once_in_all_its_products
    what_is_newer_than_kept_is_a_304_by_the_model
}

async fn a_304_costs_a_statement_once_and_then_none<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let first = shop.ask(Ask::get(CHAIR)).await.is(StatusCode::OK);
    assert_eq!(shop.log.statements(), ["SELECT"], "a 200");
    for statements in [1, 0, 0] {
        let answer = shop.ask(Ask::get(CHAIR).if_none_match(&first.tag())).await.is(StatusCode::NOT_MODIFIED);
        assert_eq!((answer.tag(), answer.field(&VARY)), (first.tag(), first.field(&VARY)));
        assert_eq!(shop.log.statements().len(), statements);
    }
    // Somebody else's tag is no reason to read the stamp again.
    assert_eq!(shop.revalidate(CHAIR, "\"another\"").await, StatusCode::OK);
    assert_eq!(shop.log.statements(), ["SELECT"]);
    assert_eq!(shop.log.warnings(), [""; 0]);
}

async fn a_write_is_seen_at_once<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let old = shop.kept(CHAIR).await;
    let new = shop.replace(CHAIR, &old).await.is(StatusCode::OK).tag();
    assert_eq!(shop.log.statements(), ["SELECT", "UPDATE"]);
    assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::OK);
    assert_eq!(shop.revalidate(CHAIR, &new).await, StatusCode::NOT_MODIFIED);
    assert_eq!(shop.kept(CHAIR).await, new);
}

async fn a_write_compares_what_is_read_and_not_what_is_kept<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let changed = "UPDATE products SET en = 'Theirs', version = version + 1 WHERE id = 1";
    let old = shop.kept(CHAIR).await;
    shop.run(changed).await;
    assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::NOT_MODIFIED, "it is kept yet");
    shop.replace(CHAIR, &old).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(shop.log.statements(), ["SELECT"]);
    // Between its check and its write.
    let seen = shop.tag(CHAIR).await;
    let overtaken = replacement(CHAIR, &seen).json_after(shop.running(changed), &names());
    shop.ask(overtaken).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(shop.ask(Ask::get(CHAIR)).await.json()["name"], "Theirs");
    // Whoever has lost knows that what is kept is old.
    assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::OK);
}

async fn languages_are_kept_apart_and_forgotten_together<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let english = shop.kept(CHAIR).await;
    let stuhl = shop.ask(german(CHAIR)).await.is(StatusCode::OK);
    assert_eq!(stuhl.json()["name"], "Stuhl");
    assert_ne!(stuhl.tag(), english);
    assert_eq!(shop.revalidate_german(CHAIR, &english).await, StatusCode::OK);
    assert_eq!(shop.revalidate_german(CHAIR, &stuhl.tag()).await, StatusCode::NOT_MODIFIED);
    assert_eq!(shop.revalidate(CHAIR, &stuhl.tag()).await, StatusCode::OK);
    assert_eq!(shop.revalidate(CHAIR, &english).await, StatusCode::NOT_MODIFIED);
    // Whoever has seen one language may replace both.
    shop.replace(CHAIR, &stuhl.tag()).await.expect(StatusCode::OK);
    assert_eq!(shop.revalidate_german(CHAIR, &stuhl.tag()).await, StatusCode::OK);
    assert_eq!(shop.revalidate(CHAIR, &english).await, StatusCode::OK);
}

async fn whoever_may_not_see_it_gets_no_304<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let tag = shop.kept(CHAIR).await;
    let ask = || Ask::get(CHAIR).if_none_match(&tag);
    shop.ask_as_nobody(ask()).await.expect(StatusCode::UNAUTHORIZED);
    shop.ask_as("Bearer eve", ask()).await.expect(StatusCode::UNAUTHORIZED);
    shop.ask_as("Bearer bob", ask()).await.refused(StatusCode::NOT_FOUND, "not-found");
    assert_eq!(shop.revalidate(CHAIR, &tag).await, StatusCode::NOT_MODIFIED);
}

async fn what_is_absent_is_asked_for_every_time<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let path = "/products/4";
    for _ in 0..2 {
        for tag in ["\"some\"", "*"] {
            assert_eq!(shop.revalidate(path, tag).await, StatusCode::NOT_FOUND);
            assert_eq!(shop.log.statements(), ["SELECT"]);
        }
    }
    shop.run("INSERT INTO products (tenant, supplier, en, de) VALUES ('acme', 1, 'Shelf', 'Regal')").await;
    assert_eq!(shop.revalidate(path, "\"some\"").await, StatusCode::OK);
}

async fn a_deletion_is_seen_at_once<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let tag = shop.kept(CHAIR).await;
    shop.ask(Ask::delete(CHAIR).if_match(&tag)).await.expect(StatusCode::NO_CONTENT);
    assert_eq!(shop.revalidate(CHAIR, &tag).await, StatusCode::NOT_FOUND);
    assert_eq!(shop.revalidate(CHAIR, "*").await, StatusCode::NOT_FOUND);
}

async fn a_renamed_supplier_is_seen_at_once_in_all_its_products<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let tags = [shop.kept(CHAIR).await, shop.kept(TABLE).await];
    let name = json!({ "name": "Smith & Daughter" });
    shop.ask(Ask::put(SMITH).if_match("*").json(&name)).await.problem(StatusCode::PRECONDITION_REQUIRED);
    let smith = shop.ask(Ask::put(SMITH).if_match("\"late\"").json(&name)).await.is(StatusCode::PRECONDITION_FAILED);
    shop.ask(Ask::put(SMITH).if_match(&smith.tag()).json(&name)).await.expect(StatusCode::OK);
    for (path, tag) in [CHAIR, TABLE].into_iter().zip(&tags) {
        assert_eq!(shop.revalidate(path, tag).await, StatusCode::OK);
        // It is in no writer's way.
        shop.replace(path, tag).await.expect(StatusCode::OK);
    }
}

async fn what_is_newer_than_kept_is_a_304_by_the_model<K: Kind>(kind: K) {
    let shop = Shop::open(kind.store(HOUR)).await;
    let old = shop.kept(CHAIR).await;
    shop.run("UPDATE products SET version = version + 1 WHERE id = 1").await;
    let new = shop.tag(CHAIR).await;
    assert_ne!(new, old);
    assert_eq!(shop.revalidate(CHAIR, &new).await, StatusCode::NOT_MODIFIED);
}
