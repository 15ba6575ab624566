//! What the tests need besides the Rust toolchain, and how to get it on Debian and its kin.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::step::Step;

/// A program that the tests call, directly or through a build script.
#[derive(Debug)]
pub(crate) struct Requirement {
    name: &'static str,
    /// What would not work without it.
    purpose: &'static str,
    /// Succeeds exactly where the requirement is met.
    probe: &'static [&'static str],
    /// The Debian packages that bring it.
    packages: &'static str,
}

const C_COMPILER: Requirement = Requirement {
    name: "C compiler",
    purpose: "the bundled SQLite",
    // A compiler without the C library's headers answers `--version` all the same.
    probe: &["cc", "-fsyntax-only", "-include", "stdlib.h", "-x", "c", "/dev/null"],
    packages: "gcc libc6-dev",
};

/// Everything that `cargo xtask test` needs.
pub(crate) const TESTS: &[Requirement] = &[
    C_COMPILER,
    Requirement {
        name: "Python 3",
        purpose: "the second implementation of the wire format",
        // Debian's minimal Python lacks much of the standard library.
        probe: &["python3", "-c", "import hashlib, json"],
        packages: "python3",
    },
    Requirement {
        name: "Python's venv",
        purpose: "a program that tries the contract of the example server, and clients of it, in places of their own",
        // Debian leaves out what an environment needs to install anything.
        probe: &["python3", "-c", "import ensurepip, venv"],
        packages: "python3-venv",
    },
    Requirement {
        name: "curl",
        purpose: "requests to the example server by a client that is not ours",
        probe: &["curl", "--version"],
        packages: "curl",
    },
    Requirement {
        name: "PostgreSQL",
        purpose: "the example server on a database that other servers share",
        // Debian puts it on nobody's PATH. Root has another user run it, who comes with the package.
        probe: &["sh", "-c", POSTGRESQL],
        packages: "postgresql",
    },
    Requirement {
        name: "Redis",
        purpose: "stamps that several servers share",
        // The tests start one of their own, whatever service the package may bring.
        probe: &["redis-server", "--version"],
        packages: "redis-server",
    },
    // Those in front of the example server. The tests start instances of their own, with configurations of their own and on
    // other ports; nginx leaves port 80 alone if somebody has it, and the others do not take it.
    Requirement {
        name: "nginx",
        purpose: "the example server behind a proxy that compresses and caches; a server for our client",
        probe: &["sh", "-c", "PATH=$PATH:/usr/sbin nginx -v"],
        packages: "nginx",
    },
    Requirement {
        name: "Apache httpd",
        purpose: "the example server behind a proxy that puts codings into tags; a server for our client",
        // The modules are where Debian puts them, without the service that `apache2` would start.
        probe: &[
            "sh",
            "-c",
            "PATH=$PATH:/usr/sbin apache2 -v && cd /usr/lib/apache2/modules && ls mod_proxy_http.so mod_dav_fs.so",
        ],
        packages: "apache2-bin",
    },
    Requirement {
        name: "Varnish",
        purpose: "the example server behind a cache",
        probe: &["sh", "-c", "PATH=$PATH:/usr/sbin varnishd -V"],
        packages: "varnish",
    },
    Requirement {
        name: "HAProxy",
        purpose: "the example server behind a proxy that passes everything on",
        probe: &["sh", "-c", "PATH=$PATH:/usr/sbin haproxy -v"],
        packages: "haproxy",
    },
    Requirement {
        name: "Chromium",
        purpose: "the page of the example server, scripts of other origins, and the cache of a browser",
        // Each can be there without the other. Without any font, Chromium crashes as soon as it shows something.
        probe: &["sh", "-c", "chromedriver --version && chromium --version"],
        packages: "chromium chromium-driver fonts-liberation",
    },
];

/// What `cargo xtask ci` and `cargo xtask bench` need.
pub(crate) const BENCHES: &[Requirement] = &[Requirement {
    name: "Valgrind",
    purpose: "counts of instructions",
    probe: &["valgrind", "--version"],
    packages: "valgrind",
}];

/// What fuzzing needs besides: libFuzzer is written in C++, and compiled where it is used.
pub(crate) const FUZZ: &[Requirement] = &[Requirement {
    name: "C++ compiler",
    purpose: "libFuzzer",
    // A compiler without the library's headers answers `--version` all the same.
    probe: &["c++", "-fsyntax-only", "-include", "vector", "-x", "c++", "/dev/null"],
    packages: "g++",
}];

/// What `cargo xtask bench report` needs besides.
pub(crate) const REPORT: &[Requirement] = &[
    C_COMPILER,
    Requirement {
        name: "Python 3",
        purpose: "what a derive costs the compiler",
        probe: &["python3", "-c", "import json, resource, statistics"],
        packages: "python3",
    },
    Requirement {
        name: "wrk",
        purpose: "as many requests over loopback as a server can answer",
        // It says its version, and that this is no way to call it.
        probe: &["sh", "-c", "wrk --version | grep Copyright"],
        packages: "wrk",
    },
];

/// What `cargo xtask differential` needs: the other servers. Debian keeps two of them where only root looks.
pub(crate) const DIFFERENTIAL: &[Requirement] = &[
    Requirement { name: "Go", purpose: "http.ServeContent", probe: &["go", "version"], packages: "golang-go" },
    Requirement {
        name: "nginx",
        purpose: "files as nginx serves them",
        probe: &["sh", "-c", "PATH=$PATH:/usr/sbin nginx -v"],
        packages: "nginx",
    },
    Requirement {
        name: "Apache",
        purpose: "files as Apache serves them, and mod_dav",
        probe: &["sh", "-c", "PATH=$PATH:/usr/sbin apache2 -v && [ -e /usr/lib/apache2/modules/mod_dav_fs.so ]"],
        packages: "apache2-bin",
    },
    Requirement {
        name: "Python with virtual environments",
        purpose: "Django",
        probe: &["python3", "-c", "import ensurepip, venv"],
        packages: "python3 python3-venv",
    },
];

/// Succeeds where `tests/postgres` finds what it needs.
const POSTGRESQL: &str = "\
    for initdb in \"$(command -v initdb)\" /usr/lib/postgresql/*/bin/initdb; do \
        bin=$(dirname \"$(readlink -f \"$initdb\")\"); \
        [ -x \"$bin/initdb\" ] && [ -x \"$bin/postgres\" ] && [ -x \"$bin/psql\" ] || continue; \
        [ \"$(id -u)\" != 0 ] || id postgres; exit; \
    done; exit 1";

/// Installs what is missing of `table`.
///
/// # Errors
///
/// Names the packages to install by hand when this cannot be done from here, or
/// did not help.
pub(crate) fn satisfy(table: &[Requirement]) -> Result<()> {
    println!("━━ requirements\n");
    let missing: Vec<&Requirement> = table.iter().filter(|row| !row.is_met()).collect();
    for row in table {
        let state = if row.is_met() { "found" } else { "missing" };
        println!("   {state:<8} {} (for {})", row.name, row.purpose);
    }
    if missing.is_empty() {
        return Ok(());
    }
    let advice = || advice(&missing);
    let privilege = Privilege::find().with_context(advice)?;
    // Stale or even absent package lists are the rule on a fresh machine. When they
    // cannot be refreshed, those that are there may still do.
    let _ = privilege.apt_get("refresh the package lists", "update");
    let install = format!("install -y --no-install-recommends {}", packages(&missing));
    privilege.apt_get("install what is missing", &install).with_context(advice)?;
    if missing.iter().all(|row| row.is_met()) {
        return Ok(());
    }
    bail!("{}, even after the installation", advice());
}

impl Requirement {
    fn is_met(&self) -> bool {
        let [program, args @ ..] = self.probe else {
            return false;
        };
        let mut probe = Command::new(program);
        probe.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        probe.status().is_ok_and(|status| status.success())
    }
}

/// The sentence for a person who has to install `missing` by hand.
fn advice(missing: &[&Requirement]) -> String {
    let names: Vec<&str> = missing.iter().map(|row| row.name).collect();
    let (names, packages) = (names.join(", "), packages(missing));
    format!("missing: {names} (on Debian: `apt-get install {packages}`)")
}

fn packages(missing: &[&Requirement]) -> String {
    let packages: Vec<&str> = missing.iter().map(|row| row.packages).collect();
    packages.join(" ")
}

/// By what right packages can be installed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Privilege {
    Root,
    Sudo,
}

impl Privilege {
    fn find() -> Result<Self> {
        if stdout_of("apt-get", &["--version"]).is_none() {
            bail!("there is no apt-get here");
        }
        let user = stdout_of("id", &["-u"]);
        // Nobody may be there to type a password, so sudo has to do without.
        Self::of(user.as_deref(), || stdout_of("sudo", &["-n", "true"]).is_some())
            .context("apt-get needs root, or sudo without a password")
    }

    fn of(user: Option<&str>, may_sudo: impl FnOnce() -> bool) -> Option<Self> {
        if user.is_some_and(|id| id.trim() == "0") { Some(Self::Root) } else { may_sudo().then_some(Self::Sudo) }
    }

    fn apt_get(self, title: &'static str, args: &str) -> Result<()> {
        let step = self.step(title, args);
        println!("\n━━ {title}\n   $ {step}\n");
        step.run().with_context(|| step.to_string())
    }

    /// `env` sets the variable on the far side of sudo, which drops most others.
    fn step(self, title: &'static str, args: &str) -> Step {
        let command = format!("DEBIAN_FRONTEND=noninteractive apt-get {args}");
        match self {
            Self::Root => Step::new(title, "env", &command),
            Self::Sudo => Step::new(title, "sudo", &format!("-n env {command}")),
        }
    }
}

/// What a command printed, or `None` if it cannot be run or fails.
fn stdout_of(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().ok()?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(printed)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const PRESENT: Requirement =
        Requirement { name: "truth", purpose: "this test", probe: &["true"], packages: "coreutils" };
    const BROKEN: Requirement = Requirement { name: "luck", probe: &["false"], ..PRESENT };
    const ABSENT: Requirement =
        Requirement { name: "magic", probe: &["no-such-program"], packages: "wand hat", ..PRESENT };

    #[test]
    fn a_requirement_is_met_when_its_probe_succeeds() {
        assert!(PRESENT.is_met());
        assert!(!BROKEN.is_met(), "a program that is there but fails");
        assert!(!ABSENT.is_met(), "a program that is not there");
    }

    #[test]
    fn nothing_is_installed_when_nothing_is_missing() {
        assert!(satisfy(&[PRESENT]).is_ok());
    }

    #[test]
    fn advice_names_what_is_missing_and_its_packages() {
        assert_eq!(
            advice(&[&ABSENT, &BROKEN]),
            "missing: magic, luck (on Debian: `apt-get install wand hat coreutils`)"
        );
    }

    #[test]
    fn every_row_can_be_probed_and_installed() {
        for row in TESTS.iter().chain(BENCHES).chain(REPORT).chain(FUZZ).chain(DIFFERENTIAL) {
            assert!(!row.probe.is_empty(), "{} has no probe", row.name);
            assert!(!row.packages.is_empty(), "{} has no package", row.name);
        }
    }

    /// With all programs missing, with a client's only, and with all of them on the PATH alone.
    #[test]
    fn postgresql_is_all_of_its_programs() {
        let folder = std::env::temp_dir().join(format!("etag-xtask-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        // Without what is installed on this machine.
        let probe = POSTGRESQL.replace("/usr/lib/postgresql", "/nowhere").replace("id postgres", "true");
        let path = format!("{}:/usr/bin:/bin", folder.display());
        let is_met = || Command::new("sh").args(["-c", &probe]).env("PATH", &path).status().unwrap().success();
        for (program, before) in [("initdb", false), ("psql", false), ("postgres", false)] {
            assert_eq!(is_met(), before, "without {program}");
            fs::write(folder.join(program), "").unwrap();
            fs::set_permissions(folder.join(program), fs::Permissions::from_mode(0o755)).unwrap();
        }
        assert!(is_met());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn root_needs_no_sudo_and_others_do() {
        let unasked = || panic!("sudo was tried although it is not needed");
        assert_eq!(Privilege::of(Some("0\n"), unasked), Some(Privilege::Root));
        assert_eq!(Privilege::of(Some("1000\n"), || true), Some(Privilege::Sudo));
        assert_eq!(Privilege::of(Some("1000\n"), || false), None);
        assert_eq!(Privilege::of(None, || false), None);
    }

    #[test]
    fn no_installation_asks_a_question() {
        let line = |privilege: Privilege| privilege.step("", "install -y x").to_string();
        let apt_get = "env DEBIAN_FRONTEND=noninteractive apt-get install -y x";
        assert_eq!(line(Privilege::Root), apt_get);
        assert_eq!(line(Privilege::Sudo), format!("sudo -n {apt_get}"));
    }
}
