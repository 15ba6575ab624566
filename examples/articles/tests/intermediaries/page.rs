//! `docs/intermediaries.md`: the configurations in it are what is run, and its table is what was measured.

use crate::CONFIGURATIONS;
use crate::apache::APACHE;
use crate::docs::Page;
use crate::haproxy::HAPROXY;
use crate::intermediary::version;
use crate::nginx::NGINX;
use crate::varnish::VARNISH;

pub(crate) const PAGE: Page = Page { file: "intermediaries.md", names: CONFIGURATIONS };

#[test]
fn every_row_is_measured_and_every_configuration_is_run() {
    PAGE.is_complete();
}

#[test]
fn versions() {
    let [apache, haproxy, nginx, varnish] = [APACHE, HAPROXY, NGINX, VARNISH].map(|one| version(&one));
    PAGE.compare_versions(&format!(
        "Measured with Apache httpd {apache}, HAProxy {haproxy}, nginx {nginx} and Varnish {varnish}, as Debian has them."
    ));
}
