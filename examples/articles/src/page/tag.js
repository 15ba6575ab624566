// Entity tags, as people can look at them.
import { element } from "./dom.js";

/** The halves of a tag of this server. */
export function halves(tag) {
  const [state, representation] = tag.replaceAll('"', "").split(".");
  return { state, representation };
}

/** As much of a tag as is needed to tell it from another. */
export function shortened(tag) {
  const { state, representation } = halves(tag);
  return `"${start(state)}.${start(representation)}"`;
}

/** The same as elements; a half that is not that of `former` is marked. */
export function tagParts(tag, former) {
  const parts = halves(tag);
  const before = former ? halves(former) : parts;
  const part = (half) => {
    const isNew = parts[half] !== before[half];
    return element("span", { class: isNew ? `${half} new` : half, title: `${half}: ${parts[half]}` }, start(parts[half]));
  };
  return ['"', part("state"), ".", part("representation"), '"'];
}

const start = (half) => `${half.slice(0, 6)}…`;
