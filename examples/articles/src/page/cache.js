// The browser's own cache, and what the browser tells of it (Resource Timing).
import { count, element } from "./dom.js";

/** Fetches `path` as any script does, whenever `button` is pressed, and lists in `list` what has travelled. */
export function demonstrateCache(button, list, outcome, path) {
  button.addEventListener("click", async () => {
    try {
      const timing = nextTiming(path);
      const response = await fetch(path);
      const text = await response.text();
      const line = lineOf(response.status, await timing, text);
      list.prepend(line);
      outcome.textContent = line.dataset.sentence;
    } catch {
      outcome.textContent = "The server does not answer. Is it still running?";
    }
  });
}

/** What the browser says of the next request to `path`, when it is over. */
function nextTiming(path) {
  const url = new URL(path, location).href;
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((entries) => {
      const timing = entries.getEntries().find(({ name }) => name === url);
      if (!timing) return;
      observer.disconnect();
      resolve(timing);
    });
    observer.observe({ type: "resource" });
  });
}

/** `transferSize` counts what came over the wire, and `encodedBodySize` the body, wherever it came from. */
function lineOf(status, { transferSize, encodedBodySize }) {
  // What is smaller than the body cannot have brought it.
  const isKept = transferSize < encodedBodySize;
  const where = isKept ? "from its cache: on the wire, it was a 304" : "from the server";
  const sentence = `${count(transferSize, "byte")} travelled. The script got ${status} and ${count(encodedBodySize, "byte")} ${where}.`;
  return element(
    "li",
    { class: isKept ? "hit" : "full", "data-transfer": transferSize, "data-body": encodedBodySize, "data-sentence": sentence },
    element("b", { class: "status" }, isKept ? "304" : "200"),
    element("span", {}, sentence),
  );
}
