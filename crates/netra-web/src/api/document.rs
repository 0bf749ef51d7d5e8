//! The description of the interface, as OpenAPI 3.1: made of the table of operations and of what the answers say of
//! themselves. It is checked in as `docs/openapi.json`; a test compares the two.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::describe::{Book, text};
use super::operations::{Access, Need, OPERATIONS, Operation, Parameter, Verb, step};
use super::problem::{Kind, MEDIA};

/// The version of the interface: it changes only together with the `v1` of the addresses.
const VERSION: &str = "1.0.0";

const ABOUT: &str = "What the desks of Netra do, for other programs of an office. docs/api.md tells how to begin. \
    Texts are Indonesian; problems are told in English with Accept-Language: en. Fields may be added; none is renamed, \
    and none changes its meaning.";

/// The whole description.
pub fn openapi() -> &'static str {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| format!("{}\n", serde_json::to_string_pretty(&document()).unwrap_or_default()));
    &TEXT
}

fn document() -> Value {
    let mut book = Book::default();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in OPERATIONS {
        let verb = match operation.verb {
            Verb::Get => "get",
            Verb::Post => "post",
        };
        let described = operation_object(operation, &mut book);
        paths.entry(operation.path).or_default().insert(verb.to_owned(), described);
    }
    let mut schemas = book.into_schemas();
    schemas.insert("StepRequest".to_owned(), step_request());
    schemas.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Netra",
            "version": VERSION,
            "description": text(ABOUT),
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "A token that an administrator made at /meja/token." },
            },
        },
    })
}

fn operation_object(operation: &Operation, book: &mut Book) -> Value {
    let mut responses = Map::new();
    for (status, about, schema) in operation.answers {
        let schema = schema(book);
        responses.insert(status.to_string(), answer(operation, about, &schema));
    }
    if operation.verb == Verb::Get {
        responses.insert("304".to_owned(), json!({ "description": "The caller has it already (If-None-Match)." }));
    }
    for status in problems(operation) {
        responses.insert(status.to_string(), problem_answer(status));
    }
    let mut object = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": operation.parameters.iter().map(parameter).collect::<Vec<Value>>(),
        "responses": responses,
    });
    if let Some(map) = object.as_object_mut() {
        let scopes = match operation.access {
            Access::Public => Vec::new(),
            Access::Scopes(scopes) => scopes.iter().map(|scope| scope.id()).collect(),
        };
        let security = match operation.access {
            Access::Public => json!([]),
            Access::Scopes(_) => json!([{ "token": scopes }]),
        };
        map.insert("security".to_owned(), security);
        if operation.verb == Verb::Post {
            let schema = json!({ "$ref": "#/components/schemas/StepRequest" });
            let body = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
            map.insert("requestBody".to_owned(), body);
        }
    }
    object
}

fn answer(operation: &Operation, about: &str, schema: &Value) -> Value {
    let header = |about: &str| json!({ "description": about, "required": true, "schema": { "type": "string" } });
    let headers = match operation.verb {
        Verb::Get => json!({ "ETag": header("For If-None-Match; that of a matter also for If-Match.") }),
        Verb::Post => json!({ "Location": header("The address of the matter.") }),
    };
    json!({ "description": about, "headers": headers, "content": { "application/json": { "schema": schema } } })
}

/// The statuses of the problems that an operation can have.
fn problems(operation: &Operation) -> Vec<u16> {
    let mut statuses: Vec<u16> = vec![400, 405, 429, 500];
    if operation.access != Access::Public {
        statuses.extend([401, 403]);
    }
    statuses.extend(operation.problems);
    statuses.sort_unstable();
    statuses
}

fn problem_answer(status: u16) -> Value {
    let titles: Vec<&str> = Kind::ALL
        .iter()
        .filter(|kind| kind.status() == status)
        .map(|kind| kind.title(super::problem::Language::English))
        .collect();
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    let mut answer = json!({ "description": titles.join("; "), "content": { (MEDIA): { "schema": schema } } });
    if let (429, Some(map)) = (status, answer.as_object_mut()) {
        let wait = json!({ "description": "Seconds to wait.", "required": true, "schema": { "type": "integer" } });
        map.insert("headers".to_owned(), json!({ "Retry-After": wait }));
    }
    answer
}

fn parameter(parameter: &Parameter) -> Value {
    json!({
        "in": parameter.place,
        "name": parameter.name,
        "description": parameter.about,
        "required": parameter.need == Need::Required,
        "schema": (parameter.schema)(),
    })
}

fn step_request() -> Value {
    json!({
        "type": "object",
        "description": "A step to be taken. The questions of a step tell the names of its answers.",
        "properties": {
            "step": step(),
            "answers": {
                "type": "object",
                "description": "Answers by the names of the questions; a question that is left out counts as not answered.",
                "additionalProperties": { "anyOf": [
                    { "type": "string" },
                    { "type": "integer", "format": "int64" },
                    { "type": "boolean" },
                    { "type": "array", "items": { "type": "string" } },
                ] },
            },
        },
        "required": ["step", "answers"],
        "additionalProperties": false,
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": { "type": "string", "description": "The kind of problem; /api/v1/problems lists them." },
            "title": { "type": "string", "description": "In a few words, in the caller's language." },
            "status": { "type": "integer", "description": "The status of the answer." },
            "detail": { "type": "string", "description": "What to do, in the caller's language." },
            "parameter": { "type": "string", "description": "The parameter or header that can't be read." },
            "scope": { "type": "string", "description": "The scope that the token lacks." },
            "reason": { "type": "string", "description": "Why the procedure refuses it, in Indonesian." },
            "missing": { "type": "array", "items": { "type": "string" }, "description": "What is missing first, in Indonesian." },
            "length": { "type": "integer", "description": "Acts of the docket now." },
            "changed": {
                "type": "array", "items": { "$ref": "#/components/schemas/Act" },
                "description": "What was recorded since the caller read the matter.",
            },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": { "field": { "type": "string" }, "message": { "type": "string" } },
                    "required": ["field", "message"],
                },
                "description": "Answers that need mending, with what officers read, in Indonesian.",
            },
            "line": { "type": "integer", "description": "Where the body can't be read." },
            "column": { "type": "integer", "description": "Where the body can't be read." },
        },
        "required": ["type", "title", "status", "detail"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|inner| references(inner, found));
            }
            Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own() {
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > OPERATIONS.len());
        for reference in found {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
        for (place, operation) in OPERATIONS.iter().enumerate() {
            assert!(OPERATIONS.iter().skip(place + 1).all(|other| other.id != operation.id), "{}", operation.id);
            let placeholders = operation.parameters.iter().filter(|p| p.place == "path");
            for parameter in placeholders {
                assert!(operation.path.contains(&format!("{{{}}}", parameter.name)), "{}", operation.id);
            }
            assert_eq!(
                operation.path.matches('{').count(),
                operation.parameters.iter().filter(|p| p.place == "path").count()
            );
        }
    }

    #[test]
    fn every_status_that_is_described_is_that_of_a_kind_of_problem() {
        for status in OPERATIONS.iter().flat_map(problems) {
            assert!(Kind::ALL.iter().any(|kind| kind.status() == status), "{status}");
        }
    }
}
