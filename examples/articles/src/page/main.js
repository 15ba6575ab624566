// Puts the page together: the requests of two editors, and everything that is shown of them.
//
//   editor ──send──▶ wire ──exchange──▶ log, tally, picture, steps
import { demonstrateCache } from "./cache.js";
import { element } from "./dom.js";
import { Editor } from "./editor.js";
import { logTo } from "./log.js";
import { pictureIn } from "./picture.js";
import { stepsOf } from "./steps.js";
import { tallyTo } from "./tally.js";
import { observe } from "./wire.js";

const NAMES = ["Ada", "Ben"];
const find = (id) => document.getElementById(id);

const steps = stepsOf(find("steps"));
observe(logTo(find("log")));
observe(tallyTo(find("tally"), find("summary"), NAMES));
observe(pictureIn(find("picture"), NAMES));
observe(steps.observer);

/** The articles that there are; none if nobody can say. */
async function list() {
  try {
    const response = await fetch("/api/articles?per_page=100");
    if (response.ok) return (await response.json()).items;
    find("trouble").textContent = `The articles cannot be listed: the server answers ${response.status}.`;
  } catch {
    find("trouble").textContent = "The server does not answer. Is it still running?";
  }
  find("trouble").hidden = false;
  return [];
}

const articles = await list();
const authors = [...new Map(articles.map(({ author }) => [author.id, author])).values()];
if (!authors.length) authors.push({ id: 1, name: "1" });
// The second, which is about two editors, unless another one is asked for, or it is gone.
const standard = articles.find(({ id }) => id === 2) ?? articles[0] ?? { id: 1 };
const id = Number(new URLSearchParams(location.search).get("article")) || standard.id;
const path = `/api/articles/${id}`;

find("address").textContent = new URL(path, location).href;
find("articles").append("Articles: ");
for (const other of articles.slice(0, 10)) {
  const attributes = other.id === id ? { "aria-current": "page" } : {};
  find("articles").append(element("a", { href: `/?article=${other.id}`, ...attributes }, String(other.id)), " ");
}
demonstrateCache(find("plain"), find("fetches"), find("fetched"), path);

const editors = NAMES.map((who) => new Editor({ who, path, authors, bench: find("bench"), done: steps.done }));
for (const editor of editors) await editor.load();
document.documentElement.dataset.ready = "";
