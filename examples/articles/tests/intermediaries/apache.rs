//! Apache httpd.

use std::ffi::OsString;
use std::path::Path;

use crate::intermediary::Intermediary;
use crate::measure;
use crate::tag::Fate;

pub(crate) const APACHE: Intermediary = Intermediary {
    version: ["apache2", "-v"],
    listens: Some(("<VirtualHost *:80>", |address| format!("Listen {address}\n<VirtualHost {address}>"))),
    file: "apache2.conf",
    around,
    command,
};

/// The lines of the page are a file in `sites-enabled`; the modules are those that `a2enmod proxy_http deflate headers` enables, and
/// what these need.
fn around(folder: &Path, lines: &str) -> String {
    let modules = ["mpm_event", "authz_core", "proxy", "proxy_http", "filter", "deflate", "headers"];
    let modules = modules.map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
    let folder = folder.display();
    // It does not serve as root. The user is one that every Debian has.
    format!(
        "ServerRoot {folder}\nDefaultRuntimeDir {folder}\nPidFile {folder}/pid\nErrorLog /dev/stderr\n\
         ServerName localhost\nUser www-data\nGroup www-data\n{}{lines}",
        modules.concat()
    )
}

fn command(folder: &Path, _: &str) -> Vec<OsString> {
    let file = folder.join("apache2.conf");
    ["apache2".into(), "-f".into(), file.into(), "-DFOREGROUND".into()].into()
}

/// And so a client that has revalidated has a strong tag for what was compressed.
#[tokio::test]
async fn a_304_shows_the_tag_of_the_server() {
    assert_eq!(measure::tag_of_a_304(&APACHE, "Apache, mod_deflate, the suffix taken off").await, Fate::Kept);
}
