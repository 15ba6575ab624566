// What is there to try, and what of it has been done.
import { element } from "./dom.js";

/** Ticks the steps of `list`: answers an observer of requests, and a function that ticks a step by its name. */
export function stepsOf(list) {
  const done = (name) => {
    const step = list.querySelector(`[data-step=${name}]:not(.done)`);
    if (!step) return;
    step.classList.add("done");
    step.append(element("span", { class: "unseen" }, " Done."));
  };
  const observer = ({ kind, method, status, json }) => {
    if (kind === "hit") done("hit");
    if (kind === "saved" && method === "PUT") done("saved");
    if (status === 412) done("stale");
    if (status === 428 || json?.reason === "required") done("required");
  };
  return { observer, done };
}
