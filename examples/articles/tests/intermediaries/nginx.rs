//! nginx.

use std::ffi::OsString;
use std::path::Path;

use crate::caches;
use crate::intermediary::Intermediary;
use crate::measure;
use crate::tag::Fate;

pub(crate) const NGINX: Intermediary = Intermediary {
    version: ["nginx", "-v"],
    listens: Some(("listen 80;", |address| format!("listen {address};"))),
    file: "nginx.conf",
    around,
    command,
};

/// The lines of the page are a file in `conf.d`.
fn around(folder: &Path, lines: &str) -> String {
    // Its workers would otherwise be somebody to whom this folder is closed.
    let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
    let folder = folder.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = temporary.map(|name| format!("    {name}_temp_path {folder}/{name};\n")).concat();
    format!(
        "daemon off;\n{user}\nworker_processes 2;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n\
         http {{\n    access_log off;\n{temporary}{lines}}}\n"
    )
}

fn command(folder: &Path, _: &str) -> Vec<OsString> {
    let file = folder.join("nginx.conf");
    // Without `-e`, it first complains of a log that only root may write.
    ["nginx".into(), "-e".into(), "stderr".into(), "-p".into(), folder.into(), "-c".into(), file.into()].into()
}

const FOR_A_TIME: &str = "nginx, proxy_cache for five seconds";
const EVERY_TIME: &str = "nginx, proxy_cache that asks every time";

#[tokio::test]
async fn an_edit_costs_one_request() {
    caches::an_edit_costs_one_request(&NGINX, EVERY_TIME).await;
}

#[tokio::test]
async fn nobody_waits_for_what_is_old() {
    caches::nobody_waits_for_what_is_old(&NGINX, EVERY_TIME).await;
}

#[tokio::test]
async fn nothing_stale_after_an_edit() {
    caches::nothing_stale_after_an_edit(&NGINX, EVERY_TIME).await;
}

#[tokio::test]
async fn stale_for_a_time_and_no_longer() {
    caches::stale_for_a_time_and_no_longer(&NGINX, FOR_A_TIME).await;
}

/// And so a client that has revalidated has a strong tag for what was compressed.
#[tokio::test]
async fn a_304_shows_the_tag_of_the_server() {
    assert_eq!(measure::tag_of_a_304(&NGINX, "nginx, gzip").await, Fate::Kept);
}
