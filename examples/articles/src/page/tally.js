// Numbers: how many requests of each kind, and what they have saved.
import { count, element } from "./dom.js";

const KINDS = { full: "sent in full", hit: "not sent again", saved: "written", refused: "refused" };

/** Counts into `numbers`, a list of terms, and `summary`, the picture in words. */
export function tallyTo(numbers, summary, names) {
  const counted = Object.fromEntries(names.map((who) => [who, { full: 0, hit: 0, saved: 0, refused: 0 }]));
  let [received, spared] = [0, 0];
  return (exchange) => {
    counted[exchange.who][exchange.kind] += 1;
    received += exchange.received;
    spared += exchange.spared;
    const total = (kind) => names.reduce((sum, who) => sum + counted[who][kind], 0);
    numbers.replaceChildren(
      ...Object.entries(KINDS).map(([kind, words]) => number(kind, total(kind), words)),
      number("received", received.toLocaleString("en"), "bytes received"),
      number("spared", spared.toLocaleString("en"), "bytes saved so far"),
    );
    summary.textContent = names.map((who) => `${who}: ${sentence(counted[who])}`).join(" ");
  };
}

const number = (name, value, words) =>
  element("p", { "data-number": name }, element("b", {}, String(value)), ` ${words}`);

function sentence(counts) {
  const parts = Object.entries(KINDS).filter(([kind]) => counts[kind]);
  return `${parts.map(([kind, words]) => `${counts[kind]} ${words}`).join(", ")}.`;
}
