// Three versions of a field: the one that both editors began with, theirs, and mine.

export const FIELDS = [
  { name: "title", label: "Title", show: (title) => title },
  { name: "body", label: "Text", show: (body) => body },
  { name: "author", label: "Author", show: (author) => author.name },
];

/** What of an article can be edited. */
export function draftOf({ title, body, author }) {
  return { title, body, author: { id: author.id, name: author.name } };
}

/** Who has changed a field: "nobody", "they", "I", "both", or "agreed" if both have made the same of it. */
export function changedBy(field, base, theirs, mine) {
  const is = (left, right) => JSON.stringify(left[field.name]) === JSON.stringify(right[field.name]);
  if (is(theirs, mine)) return is(base, mine) ? "nobody" : "agreed";
  if (is(base, mine)) return "they";
  return is(base, theirs) ? "I" : "both";
}

/** Theirs, with every field that I have changed as I have it. */
export function onTop(base, theirs, mine) {
  return choose(base, theirs, mine, (field) => mine[field.name]);
}

/** Theirs and mine; where both have changed a text, word by word. Of two authors there can be one only, mine. */
export function merged(base, theirs, mine) {
  return choose(base, theirs, mine, ({ name }) =>
    name === "author" ? mine.author : mergedText(base[name], theirs[name], mine[name]),
  );
}

/** How `after` came from `before`: pieces of text that are "same", "gone" or "new". */
export function pieces(before, after) {
  const words = split(before);
  const found = [];
  let at = 0;
  const push = (kind, list) => list.length && found.push({ kind, text: list.join("") });
  for (const { from, to, words: added } of hunks(words, split(after))) {
    push("same", words.slice(at, from));
    push("gone", words.slice(from, to));
    push("new", added);
    at = to;
  }
  push("same", words.slice(at));
  return found;
}

/** Both changes of one text. Where they meet, theirs stands before mine, so that no word is lost. */
export function mergedText(before, theirs, mine) {
  const words = split(before);
  const sides = [hunks(words, split(theirs)), hunks(words, split(mine))];
  let [text, at] = ["", 0];
  while (sides.some((side) => side.length)) {
    const from = Math.min(...sides.filter((side) => side.length).map((side) => side[0].from));
    const { to, meeting } = takeMeeting(sides, from);
    const versions = meeting.filter((side) => side.length).map((side) => applied(words, from, to, side));
    text += words.slice(at, from).join("") + [...new Set(versions)].filter(Boolean).join(" ");
    at = to;
  }
  return text + words.slice(at).join("");
}

function choose(base, theirs, mine, both) {
  const field = (one) => {
    const by = changedBy(one, base, theirs, mine);
    return by === "both" ? both(one) : by === "I" ? mine[one.name] : theirs[one.name];
  };
  return Object.fromEntries(FIELDS.map((one) => [one.name, field(one)]));
}

/** Takes from both sides the hunks that overlap or touch, beginning with those at `from`; they end at `to`. */
function takeMeeting(sides, from) {
  const meeting = [[], []];
  let to = from;
  for (let grows = true; grows; ) {
    grows = false;
    sides.forEach((side, which) => {
      while (side.length && side[0].from <= to) {
        const hunk = side.shift();
        meeting[which].push(hunk);
        to = Math.max(to, hunk.to);
        grows = true;
      }
    });
  }
  return { to, meeting };
}

/** The words `from` to `to`, with these hunks done. */
function applied(words, from, to, hunks) {
  let [text, at] = ["", from];
  for (const hunk of hunks) {
    text += words.slice(at, hunk.from).join("") + hunk.words.join("");
    at = hunk.to;
  }
  return text + words.slice(at, to).join("");
}

/** Words, and what is between them. */
const split = (text) => text.match(/\s+|\S+/g) ?? [];

/** What to replace in `before` to get `after`: its words `from` to `to` by other `words`, in order. */
function hunks(before, after) {
  const isSame = (i, j) => before[i] === after[j];
  let start = 0;
  while (start < before.length && start < after.length && isSame(start, start)) start += 1;
  let [end, other] = [before.length, after.length];
  while (end > start && other > start && isSame(end - 1, other - 1)) [end, other] = [end - 1, other - 1];

  const kept = inCommon(before.slice(start, end), after.slice(start, other));
  const found = [];
  let [i, j] = [start, start];
  for (const [x, y] of [...kept.map(([x, y]) => [x + start, y + start]), [end, other]]) {
    if (i < x || j < y) found.push({ from: i, to: x, words: after.slice(j, y) });
    [i, j] = [x + 1, y + 1];
  }
  return joined(found, before);
}

/** The same, but what a single word divides is one: a sentence that was rewritten is read, and merged, as a sentence. */
function joined(hunks, words) {
  const found = [];
  for (const hunk of hunks) {
    const last = found.at(-1);
    const between = last ? words.slice(last.to, hunk.from) : [];
    if (last && between.filter((word) => word.trim()).length <= 1) {
      found[found.length - 1] = { from: last.from, to: hunk.to, words: [...last.words, ...between, ...hunk.words] };
    } else {
      found.push(hunk);
    }
  }
  return found;
}

/** The longest list of words that two lists have in common, in order, as pairs of places. */
function inCommon(left, right) {
  // Of texts that have nothing to do with each other, this would take long to find out.
  if (left.length * right.length > 4_000_000) return [];
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}
