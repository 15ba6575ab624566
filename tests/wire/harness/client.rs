//! One HTTP/1.1 connection, as octets.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// No answer takes longer, on any machine that can run the tests.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection that stays open until it is dropped.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
}

/// A response as it came.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The field lines in their order: name, in small letters, and value.
    pub fields: Vec<(String, Vec<u8>)>,
    /// What followed the header section.
    pub body: Vec<u8>,
}

/// The octets of a request with these field lines; with a body, also its length.
#[must_use]
pub fn request(method: &str, target: &str, fields: &[(&str, &[u8])], body: Option<&[u8]>) -> Vec<u8> {
    let mut octets = format!("{method} {target} HTTP/1.1\r\nHost: test\r\n").into_bytes();
    for (name, value) in fields {
        octets.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    if let Some(body) = body {
        octets.extend(format!("Content-Length: {}\r\n", body.len()).into_bytes());
    }
    octets.extend(b"\r\n");
    octets.extend(body.unwrap_or_default());
    octets
}

impl Connection {
    /// A new connection.
    ///
    /// # Panics
    ///
    /// If nobody listens.
    #[must_use]
    pub fn open(address: SocketAddr) -> Connection {
        let stream = TcpStream::connect_timeout(&address, PATIENCE).expect("the server listens");
        stream.set_nodelay(true).expect("a TCP connection has this option");
        stream.set_read_timeout(Some(PATIENCE)).expect("the timeout is not zero");
        stream.set_write_timeout(Some(PATIENCE)).expect("the timeout is not zero");
        Connection { stream: BufReader::new(stream) }
    }

    /// Sends these octets.
    ///
    /// # Panics
    ///
    /// If the server has closed the connection.
    pub fn send(&mut self, octets: &[u8]) {
        self.stream.get_mut().write_all(octets).expect("the server reads");
    }

    /// The next response, interim ones included. `method` is that of the request, since HEAD has no body.
    ///
    /// # Panics
    ///
    /// If what comes is no response, or if it does not come in time.
    pub fn receive(&mut self, method: &str) -> Response {
        let status_line = self.line();
        let status = status_line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no status line: {status_line:?}"));
        let mut response = Response { status, fields: Vec::new(), body: Vec::new() };
        loop {
            let line = self.octets();
            if line.is_empty() {
                break;
            }
            let colon = line.iter().position(|&octet| octet == b':').expect("a field line has a colon");
            let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
            response.fields.push((name, line[colon + 1..].trim_ascii().to_vec()));
        }
        if method != "HEAD" && status >= 200 && status != 204 && status != 304 {
            response.body = self.body(&response);
        }
        response
    }

    /// Sends a request and receives the response to it.
    ///
    /// # Panics
    ///
    /// If the connection is closed or silent.
    pub fn exchange(&mut self, method: &str, target: &str, fields: &[(&str, &[u8])], body: Option<&[u8]>) -> Response {
        self.send(&request(method, target, fields, body));
        self.receive(method)
    }

    /// Whether nothing comes for a while: no body that the last response must not have.
    ///
    /// # Panics
    ///
    /// If the connection is broken.
    pub fn is_silent(&mut self) -> bool {
        let socket = self.stream.get_ref();
        socket.set_read_timeout(Some(Duration::from_millis(100))).expect("the timeout is not zero");
        let silent = match self.stream.fill_buf() {
            Ok(octets) => octets.is_empty(),
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        };
        self.stream.get_ref().set_read_timeout(Some(PATIENCE)).expect("the timeout is not zero");
        silent
    }

    fn body(&mut self, response: &Response) -> Vec<u8> {
        let mut body = Vec::new();
        if response.text("transfer-encoding").as_deref() == Some("chunked") {
            loop {
                let size = usize::from_str_radix(&self.line(), 16).expect("a chunk begins with its size");
                let mut chunk = vec![0; size + 2];
                self.stream.read_exact(&mut chunk).expect("the chunk comes in time");
                body.extend(&chunk[..size]);
                if size == 0 {
                    return body;
                }
            }
        }
        match response.text("content-length") {
            Some(length) => {
                body.resize(length.parse().expect("a length is a number"), 0);
                self.stream.read_exact(&mut body).expect("the body comes in time");
            }
            None => _ = self.stream.read_to_end(&mut body).expect("the connection is closed after the body"),
        }
        body
    }

    fn line(&mut self) -> String {
        String::from_utf8_lossy(&self.octets()).into_owned()
    }

    /// One line without its end.
    fn octets(&mut self) -> Vec<u8> {
        let mut line = Vec::new();
        self.stream.read_until(b'\n', &mut line).expect("a line comes in time");
        assert_eq!(line.pop(), Some(b'\n'), "the server has closed the connection after {line:?}");
        line.pop_if(|last| *last == b'\r');
        line
    }
}

impl Response {
    /// The values of all lines of a field, as text.
    #[must_use]
    pub fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.fields.iter().filter(|(field, _)| field == name);
        lines.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect()
    }

    /// The value of a field that has one line.
    ///
    /// # Panics
    ///
    /// If it has several.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let mut lines = self.lines(name);
        assert!(lines.len() <= 1, "{name} has several lines: {lines:?}");
        lines.pop()
    }

    /// Whether the field is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }
}
