//! The cases of the conformance table, each in the form that its target reads.

use std::error::Error;

use serde_json::Value;

use crate::Corpus;

/// How many inputs were written.
pub fn write(table: &str, corpus: &Corpus) -> Result<usize, Box<dyn Error>> {
    let cases: Vec<Value> = serde_json::from_str(table)?;
    let mut count = 0;
    for case in &cases {
        let id = text(case, "id");
        count += match text(case, "kind") {
            "precondition" | "if-range" => {
                let lines = case["request_headers"].as_array().into_iter().flatten();
                let values: Vec<u8> = lines
                    .flat_map(|line| [octets(case, line[1].as_str().unwrap_or_default()), b"\n".into()].concat())
                    .collect();
                corpus.add("decision", id, &request(case))?
                    + corpus.add("round_trip", id, &values)?
                    + corpus.add("tag_list", id, &values)?
            }
            "etag-parse" => {
                let lines: Vec<Vec<u8>> = match case["inputs"].as_array() {
                    Some(lines) => lines.iter().map(|line| octets(case, line.as_str().unwrap_or_default())).collect(),
                    None => vec![octets(case, text(case, "input"))],
                };
                corpus.add("tag", id, &lines.concat())? + corpus.add("tag_list", id, &lines.join(&b'\n'))?
            }
            "etag-compare" => {
                let (a, b) = (octets(case, text(case, "a")), octets(case, text(case, "b")));
                corpus.add("tag", id, &a)? + corpus.add("tag_list", id, &[a, b].join(&b','))?
            }
            "date-parse" => {
                let now = case["now"].as_u64().map(|now| format!("\n{now}")).unwrap_or_default();
                corpus.add("date", id, &[octets(case, text(case, "input")), now.into()].concat())?
            }
            other => return Err(format!("{id}: no target is for the kind `{other}`").into()),
        };
    }
    Ok(count)
}

/// As `fuzz_targets/decision/request.rs` reads it.
fn request(case: &Value) -> Vec<u8> {
    let resource = &case["resource"];
    let exists = resource["exists"] == true;
    let tag = resource["etag"].as_str().unwrap_or_default();
    // The date of the runtime is not used: what is read here is read by nobody else.
    let date = resource["last_modified"].as_str().map(|_| "784111777").unwrap_or_default();
    let mut request = format!("{}\n", text(case, "method")).into_bytes();
    request.extend(if exists { octets(case, tag) } else { b"absent".into() });
    request.extend(format!("\n{date}\n").bytes());
    for line in case["request_headers"].as_array().into_iter().flatten() {
        let (name, value) = (line[0].as_str().unwrap_or_default(), line[1].as_str().unwrap_or_default());
        request.extend([name.as_bytes(), b": ", &octets(case, value), b"\n"].concat());
    }
    request
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_default()
}

/// One character of the table is one octet, unless the case says otherwise.
fn octets(case: &Value, text: &str) -> Vec<u8> {
    if case["encoding"] == "utf-8" {
        return text.as_bytes().to_vec();
    }
    text.chars().map(|char| u8::try_from(char).unwrap_or(b'?')).collect()
}
