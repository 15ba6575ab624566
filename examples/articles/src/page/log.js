// The list of all requests.
import { element } from "./dom.js";
import { shortened } from "./tag.js";

const MOST = 100;

/** Adds every request to `list`, at its top. */
export function logTo(list) {
  return (exchange) => {
    list.prepend(lineOf(exchange));
    while (list.children.length > MOST) list.lastElementChild.remove();
  };
}

/** The same in short, for a place where it is clear who and what. */
export function shortLineOf(exchange) {
  const { kind, status, method, condition, reason } = exchange;
  return element(
    "li",
    { class: kind },
    element("b", { class: "status" }, String(status || "—")),
    element("code", {}, condition ? `${method}, ${fieldOf(condition)}` : method),
    element("span", { class: "unseen" }, ` ${reason}`),
  );
}

function lineOf({ kind, status, reason, who, method, path, condition, sent, received, spared }) {
  return element(
    "li",
    { class: kind },
    element("b", { class: "status" }, String(status || "—")),
    element("span", { class: "who" }, who),
    element("code", { class: "request" }, `${method} ${path}`),
    element(condition ? "code" : "span", { class: "condition" }, condition ? fieldOf(condition) : "no condition"),
    element("span", { class: "reason" }, reason),
    element("span", { class: "bytes" }, bytes(sent, received, spared)),
  );
}

const fieldOf = ({ field, tag }) => `${field}: ${tag === "*" ? tag : shortened(tag)}`;

function bytes(sent, received, spared) {
  const parts = [[sent, "sent"], [received, "received"], [spared, "spared"]];
  const found = parts.filter(([number]) => number).map(([number, what]) => `${number.toLocaleString("en")} B ${what}`);
  return found.join(", ") || "no bytes";
}
