//! `DELETE … WHERE version = …`, and what has the same address later.

use axum::Router;
use recipes_client::pages;
use recipes_sqlx::delete::{SCHEMA, router};
use sqlx::Postgres;

use crate::database::{Session, postgres};

/// An empty database, the application, and another program.
async fn fresh() -> (Router, Session<Postgres>) {
    let pool = postgres(SCHEMA).await;
    (router(pool.clone()), Session(pool.acquire().await.unwrap()))
}

#[tokio::test]
async fn in_turns() {
    pages::in_turns(&fresh().await.0).await;
}

#[tokio::test]
async fn created_again() {
    pages::created_again(&fresh().await.0).await;
}

#[tokio::test]
async fn overtaken_creation() {
    let (app, other) = fresh().await;
    pages::overtaken_creation(&app, other).await;
}

#[tokio::test]
async fn overtaken_replacement() {
    let (app, other) = fresh().await;
    pages::overtaken_replacement(&app, other).await;
}

#[tokio::test]
async fn overtaken_by_another_page() {
    let (app, other) = fresh().await;
    pages::overtaken_by_another_page(&app, other).await;
}

#[tokio::test]
async fn overtaken_by_a_deletion() {
    let (app, other) = fresh().await;
    pages::overtaken_by_a_deletion(&app, other).await;
}

#[tokio::test]
async fn overtaken_deletion() {
    let (app, other) = fresh().await;
    pages::overtaken_deletion(&app, other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_a_hundred_creates() {
    pages::one_of_a_hundred_creates(&fresh().await.0).await;
}

#[tokio::test]
async fn no_further_version() {
    let (app, other) = fresh().await;
    pages::no_further_version(&app, other).await;
}

#[tokio::test]
async fn unusable_bodies() {
    pages::unusable_bodies(&fresh().await.0).await;
}
