//! The contract as a page to read: markup and a style, no script, and nothing from elsewhere.

mod markup;

use serde_json::{Map, Value};

use self::markup::{Markup, anchor, code, element, link, table};

pub(crate) const STYLE: &str = include_str!("style.css");

/// The methods in the order in which they are read. HEAD stands with GET.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The page that shows this document.
pub(crate) fn page(api: &Value) -> String {
    let title = text(&api["info"]["title"]);
    let operations: Vec<Operation<'_>> = operations(api).collect();
    let list = operations.iter().map(|operation| element("li", link(&operation.id, &code(&operation.name))));
    let mut main = Markup::join([
        element("h1", Markup::text(title)),
        element("p", Markup::prose(text(&api["info"]["description"]))),
        element("nav", element("ul", Markup::join(list))),
    ]);
    main.extend(operations.iter().map(Operation::section));
    main.push(&element("h2", Markup::text("Schemas")));
    main.extend(members(&api["components"]["schemas"]).map(|(name, schema)| schema_section(name, schema)));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"stylesheet\" href=\"/reference/style.css\">\n\
         </head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n",
        Markup::text(title)
    )
}

/// A method of a path.
struct Operation<'a> {
    id: String,
    name: String,
    described: &'a Value,
}

fn operations(api: &Value) -> impl Iterator<Item = Operation<'_>> {
    members(&api["paths"]).flat_map(|(path, item)| {
        let present = METHODS.into_iter().filter_map(|method| Some((method, item.get(method)?)));
        present.map(move |(method, described)| {
            let head = if method == "get" && item.get("head").is_some() { ", HEAD" } else { "" };
            let name = format!("{}{head} {path}", method.to_uppercase());
            Operation { id: text(&described["operationId"]).to_owned(), name, described }
        })
    })
}

impl Operation<'_> {
    fn section(&self) -> Markup {
        let mut section = Markup::join([
            anchor("h2", &self.id, &code(&self.name)),
            element("p", Markup::prose(text(&self.described["summary"]))),
        ]);
        section
            .extend(text(&self.described["description"]).split("\n\n").map(|part| element("p", Markup::prose(part))));
        let parameters = self.described["parameters"].as_array().into_iter().flatten();
        section.push(&table(&["parameter", "in", "", "what for"], parameters.map(parameter)));
        let body = &self.described["requestBody"]["content"];
        section.push(&table(&["body", "schema"], members(body).map(content)));
        let responses = members(&self.described["responses"]).map(response);
        section.push(&table(&["status", "when", "content", "fields"], responses));
        element("section", section)
    }
}

fn parameter(parameter: &Value) -> Vec<Markup> {
    let required = if parameter["required"] == true { "required" } else { "" };
    vec![
        code(text(&parameter["name"])),
        Markup::text(text(&parameter["in"])),
        Markup::text(required),
        Markup::prose(text(&parameter["description"])),
    ]
}

fn content((media_type, content): (&String, &Value)) -> Vec<Markup> {
    vec![code(media_type), schema_name(&content["schema"])]
}

fn response((status, response): (&String, &Value)) -> Vec<Markup> {
    let content = members(&response["content"]).map(|content_of| element("p", Markup::join(content(content_of))));
    let field = |(name, field): (&String, &Value)| {
        element("li", Markup::join([code(name), Markup::text(" "), Markup::prose(text(&field["description"]))]))
    };
    let fields = members(&response["headers"]).map(field);
    vec![
        code(status),
        Markup::prose(text(&response["description"])),
        Markup::join(content),
        element("ul", Markup::join(fields)),
    ]
}

/// A link to a schema that has a name.
fn schema_name(schema: &Value) -> Markup {
    let narrowed = &schema["allOf"][0];
    let reference = schema.get("$ref").or_else(|| narrowed.get("$ref")).map_or("", text);
    match reference.rsplit('/').next() {
        Some(name) if !name.is_empty() => {
            Markup::join([Markup::text(" "), link(&format!("schema-{name}"), &code(name))])
        }
        _ => Markup::default(),
    }
}

fn schema_section(name: &str, schema: &Value) -> Markup {
    let json = serde_json::to_string_pretty(schema).unwrap_or_default();
    Markup::join([anchor("h3", &format!("schema-{name}"), &code(name)), element("pre", Markup::text(&json))])
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flat_map(Map::iter)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
