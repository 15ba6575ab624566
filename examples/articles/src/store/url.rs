//! Where the database is: the argument `--database`.

use std::fmt;
use std::str::FromStr;

use sqlx::sqlite::SqliteConnectOptions;

/// `sqlite::memory:`, or `sqlite:` and the path of a file.
#[derive(Debug, Clone)]
pub(crate) struct DatabaseUrl {
    text: String,
    pub(super) options: SqliteConnectOptions,
    pub(super) in_memory: bool,
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<DatabaseUrl, String> {
        let Some(place) = text.strip_prefix("sqlite:") else {
            let scheme = text.split_once(':').map_or(text, |(scheme, _)| scheme);
            return Err(format!("`{scheme}` is not supported; write {SUPPORTED}"));
        };
        let (path, parameters) = place.split_once('?').unwrap_or((place, ""));
        let path = path.strip_prefix("//").unwrap_or(path);
        // SQLite would open a temporary database, another one for every connection.
        if path.is_empty() {
            return Err(format!("there is no path; write {SUPPORTED}"));
        }
        let options = SqliteConnectOptions::from_str(text).map_err(|error| error.to_string())?;
        let in_memory = path == ":memory:" || parameters.split('&').any(|parameter| parameter == "mode=memory");
        Ok(DatabaseUrl { text: text.to_owned(), options, in_memory })
    }
}

const SUPPORTED: &str = "`sqlite::memory:`, or `sqlite:PATH` for a file";

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn supported() {
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
            ("postgres://localhost/a",      None),
            ("articles.db",                 None),
            ("",                            None),
        ];
        for (text, in_memory) in table {
            assert_eq!(text.parse::<DatabaseUrl>().ok().map(|url| url.in_memory), in_memory, "{text:?}");
        }
    }

    #[test]
    fn refusal_names_what_is_supported() {
        let message = "mysql://localhost/a".parse::<DatabaseUrl>().unwrap_err();
        assert_eq!(message, "`mysql` is not supported; write `sqlite::memory:`, or `sqlite:PATH` for a file");
    }
}
