// One editor: a copy of the article with its tag, and a draft.
//
//   load, reload ──If-None-Match──▶ 200: hold │ 304: keep
//   save ─────────If-Match────────▶ 200: hold │ 412: fetch theirs ──▶ conflict ──▶ hold theirs, with another draft
import { showConflict } from "./conflict.js";
import { count, element, fromTemplate } from "./dom.js";
import { shortLineOf } from "./log.js";
import { draftOf } from "./merge.js";
import { halves, tagParts } from "./tag.js";
import { complaint, send } from "./wire.js";

export class Editor {
  #who;
  #path;
  #authors;
  /** Called with the name of a step when it is done that no single request shows. */
  #done;
  /** The last representation that this editor has seen: article, how many bytes it has, and the tag, if it still exists. */
  #copy = null;
  /** Whether an answer is waited for. */
  #isBusy = false;
  #section;
  #draft;
  #comment;

  constructor({ who, path, authors, bench, done }) {
    [this.#who, this.#path, this.#authors, this.#done] = [who, path, authors, done];
    bench.append(fromTemplate("editor-template"));
    this.#section = bench.lastElementChild;
    this.#section.setAttribute("aria-label", who);
    this.#section.dataset.who = who;
    [this.#draft, this.#comment] = this.#section.querySelectorAll("form");
    this.#find("h3").textContent = who;
    for (const name of this.#section.querySelectorAll("[data-name]")) name.textContent = who;
    this.#draft.author.append(...authors.map(({ id, name }) => element("option", { value: id }, name)));

    const on = (target, type, act) =>
      target.addEventListener(type, (event) => {
        event.preventDefault();
        this.#unlessBusy(act);
      });
    on(this.#draft, "submit", () => this.#save(this.#unchanged()));
    on(this.#find("[data-do=blind]"), "click", () => this.#save(null));
    on(this.#find("[data-do=reload]"), "click", () => this.#fetch());
    on(this.#comment, "submit", () => this.#addComment());
  }

  /** The first copy. */
  load() {
    return this.#unlessBusy(() => this.#fetch());
  }

  /** `GET`, with the tag of the copy. `problem` is the reason if it follows a refused save. */
  async #fetch(problem) {
    const condition = this.#copy?.tag && { field: "If-None-Match", tag: this.#copy.tag };
    const answer = await this.#send("GET", { condition, held: this.#copy?.size });
    if (answer.kind === "hit") {
      this.#say(`304: nothing has changed. ${count(answer.spared, "byte")} did not travel again.`);
    } else if (answer.kind === "refused") {
      this.#complain(answer);
    } else if (!this.#copy) {
      this.#hold(answer);
      this.#write(draftOf(answer.json));
      this.#say(`200: a first copy, ${count(answer.received, "byte")}, and its tag.`);
    } else {
      this.#take(answer, problem);
    }
  }

  /** What a save has to say: nobody has changed, or created, the article since. */
  #unchanged() {
    return this.#copy?.tag ? { field: "If-Match", tag: this.#copy.tag } : { field: "If-None-Match", tag: "*" };
  }

  /** `PUT`. Whether it is done is for the server to say. */
  async #save(condition) {
    const { title, body, author } = this.#read();
    const answer = await this.#send("PUT", { condition, body: { title, body, author_id: author.id } });
    if (answer.kind === "saved") {
      const isUndisturbed = answer.json.comments.length > (this.#copy?.article.comments.length ?? 0);
      this.#hold(answer);
      this.#write(draftOf(answer.json));
      const why = isUndisturbed ? " A comment has come meanwhile, and was not in the way." : "";
      this.#say(`${answer.status}: saved as version ${answer.json.version}, with a new tag.${why}`);
      if (isUndisturbed) this.#done("undisturbed");
    } else if (["stale", "exists"].includes(answer.json?.reason)) {
      await this.#fetch(answer.json);
    } else {
      this.#complain(answer);
    }
  }

  /** `POST`: without a condition, since a comment overwrites nothing. */
  async #addComment() {
    const body = { text: this.#comment.text.value };
    const answer = await this.#send("POST", { path: `${this.#path}/comments`, body });
    if (answer.kind !== "saved") return this.#complain(answer);
    this.#comment.reset();
    this.#say("201: commented. Reload to see it: the second half of the tag has changed.");
  }

  /** What to do with a newer representation: hold it, unless a draft is in the way. */
  #take(answer, problem) {
    const [base, theirs, mine] = [draftOf(this.#copy.article), draftOf(answer.json), this.#read()];
    const isSame = (left, right) => JSON.stringify(left) === JSON.stringify(right);
    const former = this.#copy.tag;
    if (isSame(base, theirs) || isSame(base, mine)) {
      this.#hold(answer);
      if (!isSame(base, theirs)) this.#write(theirs);
      const isState = !former || halves(former).state !== halves(answer.tag).state;
      const what = isState ? `version ${answer.json.version}` : "only the second half of the tag is new: somebody has commented";
      const why = problem ? "412, but there was nothing of yours to lose. " : "";
      return this.#say(`${why}200: ${what}. ${count(answer.received, "byte")}.`);
    }
    this.#say("");
    this.#draft.hidden = true;
    showConflict(this.#find(".conflict"), { base, theirs, mine, problem }, (choice, draft) => {
      this.#find(".conflict").hidden = true;
      this.#draft.hidden = false;
      this.#hold(answer);
      this.#write(draft);
      this.#done("settled");
      this.#settled(choice);
    });
  }

  #settled(choice) {
    if (choice === "mine") {
      this.#find(".primary").focus();
      return this.#unlessBusy(() => this.#save(this.#unchanged()));
    }
    this.#draft.title.focus();
    this.#say(choice === "merge" ? "Both are in the draft. Look at it, and save." : "This is theirs. Yours is gone.");
  }

  #hold({ tag, json, received }) {
    const former = this.#copy?.tag;
    this.#copy = { tag, article: json, size: received };
    this.#find("[data-version]").textContent = `version ${json.version}`;
    this.#find("[data-tag]").replaceChildren(...tagParts(tag, former));
    this.#find("summary").textContent = count(json.comments.length, "comment");
    this.#find("[data-comments]").replaceChildren(...json.comments.map(({ text }) => element("li", {}, text)));
  }

  /** The article is not there any more, but the draft is: the next save creates it. */
  #gone() {
    if (this.#copy) this.#copy.tag = null;
    this.#find("[data-version]").textContent = "that there is no article: a save creates it";
    this.#find("[data-tag]").replaceChildren();
  }

  #read() {
    const { title, body, author } = this.#draft;
    const id = Number(author.value);
    // As the copy names the author, so that another name is not taken for another author.
    const known = [this.#copy?.article.author, ...this.#authors].find((one) => one?.id === id);
    return { title: title.value, body: body.value, author: { id, name: known?.name } };
  }

  #write({ title, body, author }) {
    const option = [...this.#draft.author.options].find(({ value }) => Number(value) === author.id);
    if (option) option.textContent = author.name;
    else this.#draft.author.append(element("option", { value: author.id }, author.name));
    [this.#draft.title.value, this.#draft.body.value, this.#draft.author.value] = [title, body, author.id];
  }

  /** The sentences of a problem document. The focus goes to the field that they are about. */
  #complain(answer) {
    if (answer.status === 404 || answer.json?.reason === "missing") this.#gone();
    this.#say(complaint(answer), "refused");
    const pointers = (answer.json?.errors ?? []).map(({ pointer }) => pointer.replace("#/", "").replace("_id", ""));
    const field = [...this.#section.querySelectorAll("input, textarea, select")].find(({ name }) => pointers.includes(name));
    field?.setAttribute("aria-invalid", "true");
    field?.focus();
  }

  #say(sentence, kind = "") {
    for (const field of this.#section.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    const outcome = this.#find(".outcome");
    outcome.textContent = sentence;
    outcome.className = `outcome ${kind}`;
  }

  async #send(method, options) {
    const exchange = await send({ who: this.#who, method, path: this.#path, ...options });
    this.#find(".latest").append(shortLineOf(exchange));
    return exchange;
  }

  /** One thing at a time. Buttons stay where they are, and so does the focus. */
  async #unlessBusy(act) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#section.setAttribute("aria-busy", "true");
    this.#find(".latest").replaceChildren();
    try {
      await act();
    } finally {
      this.#isBusy = false;
      this.#section.removeAttribute("aria-busy");
    }
  }

  #find(selector) {
    return this.#section.querySelector(selector);
  }
}
