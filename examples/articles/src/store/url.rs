//! Where the database is: the argument `--database`.

use std::fmt;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

/// `sqlite::memory:`, `sqlite:` and the path of a file, or `postgres://` and a server with a database.
#[derive(Debug, Clone)]
pub(crate) struct DatabaseUrl {
    /// Without the password.
    text: String,
    pub(super) place: Place,
}

/// The same, as the drivers want it.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Sqlite { options: SqliteConnectOptions, in_memory: bool },
    Postgres(PgConnectOptions),
}

const SUPPORTED: &str = "`sqlite::memory:`, `sqlite:PATH` for a file, or `postgres://USER:PASSWORD@HOST/DATABASE`";

/// No message has more than the scheme in it, since the rest may be a password.
impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<DatabaseUrl, String> {
        match text.split_once(':') {
            Some(("sqlite", place)) => sqlite(text, place),
            Some(("postgres" | "postgresql", place)) => postgres(text, place),
            Some((scheme, _)) => Err(format!("`{scheme}` is not supported; write {SUPPORTED}")),
            None => Err(format!("there is no scheme; write {SUPPORTED}")),
        }
    }
}

fn sqlite(text: &str, place: &str) -> Result<DatabaseUrl, String> {
    let (path, parameters) = place.split_once('?').unwrap_or((place, ""));
    let path = path.strip_prefix("//").unwrap_or(path);
    // SQLite would open a temporary database, another one for every connection.
    if path.is_empty() {
        return Err(format!("there is no path; write {SUPPORTED}"));
    }
    let options = SqliteConnectOptions::from_str(text).map_err(|error| error.to_string())?;
    let in_memory = path == ":memory:" || parameters.split('&').any(|parameter| parameter == "mode=memory");
    Ok(DatabaseUrl { text: text.to_owned(), place: Place::Sqlite { options, in_memory } })
}

/// What may follow `?` and is heeded without TLS. Of others, the driver would write the value into the log.
const PARAMETERS: [&str; 10] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "sslmode",
    "statement-cache-capacity",
    "user",
];

fn postgres(text: &str, place: &str) -> Result<DatabaseUrl, String> {
    let place = place.strip_prefix("//").ok_or_else(|| format!("there is no host; write {SUPPORTED}"))?;
    // A password with such a character would end there, and its rest be taken for a database or a parameter.
    let (_, rest) = place.split_at(place.find(['/', '?', '#']).unwrap_or(place.len()));
    if rest.contains(['@', '#']) {
        return Err("in a user, a password or a database, write `/` as %2F, `?` as %3F, `#` as %23, `@` as %40".into());
    }
    let (_, parameters) = rest.split_once('?').unwrap_or_default();
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        let (name, _) = parameter.split_once('=').unwrap_or((parameter, ""));
        if !PARAMETERS.contains(&name) {
            return Err(format!("there is a parameter that is not known; those that are: {}", PARAMETERS.join(", ")));
        }
    }
    let options = PgConnectOptions::from_str(text).map_err(|error| error.to_string())?;
    Ok(DatabaseUrl { text: without_password(&options), place: Place::Postgres(options) })
}

/// Made from what the driver has understood, so that there is nothing in it that has not been asked for.
fn without_password(options: &PgConnectOptions) -> String {
    let (user, database) = (options.get_username(), options.get_database().unwrap_or(options.get_username()));
    match options.get_socket() {
        Some(folder) => format!("postgres://{user}@/{database}?host={}", folder.display()),
        None => format!("postgres://{user}@{}:{}/{database}", options.get_host(), options.get_port()),
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite() {
        #[rustfmt::skip]
        let table = [
            // url, in memory
            ("sqlite::memory:",             Some(true)),
            ("sqlite://:memory:",           Some(true)),
            ("sqlite:name?mode=memory",     Some(true)),
            ("sqlite:articles.db",          Some(false)),
            ("sqlite:///var/lib/a.db",      Some(false)),
            ("sqlite:",                     None),
            ("sqlite://",                   None),
            ("sqlite:?mode=memory",         None),
            ("sqlite:a.db?mode=sideways",   None),
            ("articles.db",                 None),
            ("",                            None),
        ];
        for (text, expected) in table {
            let in_memory = text.parse().ok().map(|url: DatabaseUrl| match url.place {
                Place::Sqlite { in_memory, .. } => in_memory,
                Place::Postgres(_) => panic!("{text:?}"),
            });
            assert_eq!(in_memory, expected, "{text:?}");
        }
    }

    /// The right column is what a message shows.
    #[test]
    fn postgres() {
        #[rustfmt::skip]
        let table = [
            ("postgres://me@localhost/articles",                    Some("postgres://me@localhost:5432/articles")),
            ("postgresql://me@db.example:6543/articles",            Some("postgres://me@db.example:6543/articles")),
            ("postgres://me:secret@localhost/articles",             Some("postgres://me@localhost:5432/articles")),
            ("postgres://me:s%40cr%2Fet@localhost/articles",        Some("postgres://me@localhost:5432/articles")),
            ("postgres://me@localhost/articles?password=secret",    Some("postgres://me@localhost:5432/articles")),
            ("postgres://me:secret@localhost/a?host=/run/db",       Some("postgres://me@/a?host=/run/db")),
            ("postgres://me:secret@localhost",                      Some("postgres://me@localhost:5432/me")),
            ("postgres:me:secret@localhost",                        None),
            ("postgres://me:sec/ret@localhost/articles",            None),
            ("postgres://me:123/ret@localhost/articles",            None),
            ("postgres://me:123?ret@localhost/articles",            None),
            ("postgres://me:123#ret@localhost/articles",            None),
            ("postgres://me:123#secret",                            None),
            ("postgres://me@localhost:secret/articles",             None),
            ("postgres://me@localhost/articles?passwort=secret",    None),
            ("postgres://me@localhost/articles?secret",             None),
            ("postgres://me@localhost/articles?sslmode=sideways",   None),
        ];
        for (text, shown) in table {
            match text.parse::<DatabaseUrl>() {
                Ok(url) => assert_eq!(Some(&*url.to_string()), shown),
                Err(error) => {
                    assert_eq!(shown, None, "{text:?}: {error}");
                    for secret in ["secret", "ret@", "123"] {
                        assert!(!error.contains(secret), "{error}");
                    }
                }
            }
        }
    }

    #[test]
    fn refusal_names_what_is_supported() {
        let message = "mysql://localhost/a".parse::<DatabaseUrl>().unwrap_err();
        assert_eq!(message, format!("`mysql` is not supported; write {SUPPORTED}"));
        // What has no scheme may be anything.
        assert!(!"secret".parse::<DatabaseUrl>().unwrap_err().contains("secret"));
    }
}
