//! Varnish.

use std::ffi::OsString;
use std::path::Path;

use crate::caches;
use crate::intermediary::Intermediary;

pub(crate) const VARNISH: Intermediary = Intermediary {
    version: ["varnishd", "-V"],
    listens: None,
    file: "default.vcl",
    around: |_, lines| lines.to_owned(),
    command,
};

/// Without a jail, which needs users of its own, and with little memory and few threads.
fn command(folder: &Path, address: &str) -> Vec<OsString> {
    let file = folder.join("default.vcl");
    let mut command: Vec<OsString> = ["varnishd", "-j", "none", "-F", "-a", address, "-n"].map(Into::into).into();
    command.extend([folder.join("varnish").into(), "-f".into(), file.into()]);
    let small = ["-s", "malloc,16m", "-p", "vsl_space=1M", "-p", "thread_pools=1", "-p", "thread_pool_min=20"];
    command.extend(small.map(Into::into));
    command
}

const EVERY_TIME: &str = "Varnish that asks every time";

#[tokio::test]
async fn an_edit_costs_one_request() {
    caches::an_edit_costs_one_request(&VARNISH, EVERY_TIME).await;
}

#[tokio::test]
async fn nobody_waits_for_what_is_old() {
    caches::nobody_waits_for_what_is_old(&VARNISH, EVERY_TIME).await;
}

#[tokio::test]
async fn nothing_stale_after_an_edit() {
    caches::nothing_stale_after_an_edit(&VARNISH, EVERY_TIME).await;
}
