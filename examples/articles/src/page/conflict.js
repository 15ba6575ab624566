// What both have changed, field by field, and three ways out.
import { element, fromTemplate } from "./dom.js";
import { changedBy, FIELDS, merged, onTop, pieces } from "./merge.js";

const WORDS = {
  nobody: "nobody has changed it",
  they: "only they have changed it",
  I: "only you have changed it",
  agreed: "both have made the same change",
  both: "both have changed it",
};

/**
 * Fills `panel`, and calls `chosen` with "theirs", "mine" or "merge" and the draft that comes of it.
 *
 * `problem` is the server's reason, if it is one of a save that was refused.
 */
export function showConflict(panel, { base, theirs, mine, problem }, chosen) {
  panel.replaceChildren(fromTemplate("conflict-template"));
  const heading = panel.querySelector("h4");
  heading.textContent = problem ? `412: ${problem.title}` : "200: there is a newer version, and you have changes";
  panel.setAttribute("aria-label", heading.textContent);
  const why = panel.querySelector("[data-why]");
  if (problem) why.textContent = problem.detail;
  else why.parentElement.textContent = "It was fetched, and your draft is as you left it.";
  panel.querySelector("[data-fields]").append(...FIELDS.map((field) => fieldOf(field, base, theirs, mine)));
  const drafts = { theirs: () => theirs, mine: () => onTop(base, theirs, mine), merge: () => merged(base, theirs, mine) };
  for (const button of panel.querySelectorAll("button")) {
    const choice = button.dataset.do;
    button.addEventListener("click", () => chosen(choice, drafts[choice]()));
  }
  panel.hidden = false;
  heading.focus();
}

/** A field in its versions. Where two are the same, they are one. */
function fieldOf(field, base, theirs, mine) {
  const by = changedBy(field, base, theirs, mine);
  const name = element("h5", {}, field.label, element("span", {}, ` ${WORDS[by]}`));
  const section = element("div", { class: `field ${by}`, "data-field": field.name }, name);
  if (by === "nobody") return section;
  const [before, they, I] = [base, theirs, mine].map((draft) => field.show(draft[field.name]));
  const versions = {
    they: [["Before, mine", before], ["Theirs", they]],
    I: [["Before, theirs", before], ["Mine", I]],
    agreed: [["Before", before], ["Theirs, mine", they]],
    both: [["Before", before], ["Theirs", they], ["Mine", I]],
  };
  const line = ([names, text]) => [
    element("dt", {}, names),
    element("dd", { "data-version": names.toLowerCase().replace(",", "") }, ...marked(before, text)),
  ];
  section.append(element("dl", {}, ...versions[by].flatMap(line)));
  return section;
}

/** The text, with what was taken out and put in. */
function marked(before, after) {
  const names = { same: "span", gone: "del", new: "ins" };
  return pieces(before, after).map(({ kind, text }) => element(names[kind], {}, text));
}
