// Requests, and what is known of each afterwards. Whatever this page lists, counts and draws, it takes from these records.

const observers = [];

/** Calls `observer` with the record of every request from now on. */
export function observe(observer) {
  observers.push(observer);
}

/**
 * Sends a request past the browser's cache, so that its condition, and a 304, are seen here.
 *
 * `condition` is the name of a field and a tag, and `held` how many bytes a 304 spares. Never throws: a request that nobody
 * answers has the status 0.
 */
export async function send({ who, method, path, condition, body, held = 0 }) {
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers = {};
  if (condition) headers[condition.field] = condition.tag;
  if (text) headers["Content-Type"] = "application/json";
  const answer = await ask(path, { method, headers, body: text || undefined, cache: "no-store" });
  const exchange = {
    who,
    method,
    path,
    condition,
    ...answer,
    kind: kindOf(method, answer.status),
    // A comment has a version too, but no tag of its own.
    version: answer.tag ? answer.json?.version : undefined,
    sent: size(text),
    received: size(answer.text),
    spared: answer.status === 304 ? held : 0,
    at: performance.now(),
  };
  for (const observer of observers) observer(exchange);
  return exchange;
}

/** Why a request was not successful: the sentences of its problem document (RFC 9457). */
export function complaint({ status, json }) {
  if (status === 0) return "The server does not answer. Is it still running?";
  const fields = (json?.errors ?? []).map(({ pointer, detail }) => `${pointer.replace("#/", "")} ${detail}`);
  const reason = fields.length ? `Nothing was changed: ${fields.join(", ")}.` : (json?.detail ?? "The server gives no reason.");
  return `${status}: ${reason}`;
}

async function ask(path, options) {
  try {
    const response = await fetch(path, options);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("Content-Type"));
    return {
      status: response.status,
      reason: response.statusText,
      tag: response.headers.get("ETag"),
      text,
      json: isJson && text ? JSON.parse(text) : null,
    };
  } catch {
    return { status: 0, reason: "no answer", tag: null, text: "", json: null };
  }
}

/** What a request came to: what the picture shows. */
function kindOf(method, status) {
  if (status === 304) return "hit";
  if (status < 200 || status > 299) return "refused";
  return method === "GET" ? "full" : "saved";
}

const size = (text) => new TextEncoder().encode(text).length;
