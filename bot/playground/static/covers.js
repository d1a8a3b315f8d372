// What lies over a phone for a moment: toasts, alerts, sheets of choices.

import {h} from "./dom.js";
import {icon} from "./icons.js";

const TOAST_MS = 4500;

export class Covers {
  #back = null;

  constructor() {
    this.toasts = h("div.toasts", {role: "status", "aria-live": "assertive", "data-testid": "toasts"});
    this.over = h("div.over", {hidden: true});
    this.over.addEventListener("click", (event) => event.target === this.over && this.#close());
    this.over.addEventListener("keydown", (event) => this.#onKey(event));
  }

  toast(words, kind = "") {
    const node = h(`p.toast${kind}`, {}, words);
    this.toasts.append(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  warn(words) {
    this.toast(words, ".wrong");
  }

  alert(words) {
    this.#open("alertdialog", "alert-box", words, h("p", {}, words),
      h("button.main", {type: "button", "data-testid": "alert-ok", onclick: () => this.#close()}, "知道了"));
  }

  /** A question before something is given away or lost. */
  ask(words, yes, act) {
    const agree = () => {
      this.#close();
      act();
    };
    this.#open("alertdialog", "alert-box", words, h("p", {}, words), h("div.alert-buttons", {},
      h("button.plain", {type: "button", "data-testid": "ask-no", onclick: () => this.#close()}, "不用了"),
      h("button.main", {type: "button", "data-testid": "ask-yes", onclick: agree}, yes)));
  }

  /** A list of choices at the foot of the phone: [{label, hint, sign, act, testid}]. */
  sheet(title, choices, look = "") {
    const pick = (choice) => () => {
      this.#close();
      choice.act();
    };
    const close = h("button.plain", {type: "button", "aria-label": "关上", onclick: () => this.#close()}, icon("close"));
    const items = choices.map((choice) => h("button", {type: "button", "data-testid": choice.testid, onclick: pick(choice)},
      choice.sign && icon(choice.sign), h("span", {}, choice.label), choice.hint && h("small", {}, choice.hint)));
    this.#open("dialog", "sheet", title, h("div.sheet-head", {}, h("h3", {}, title), close), h(`div.sheet-list${look}`, {}, ...items));
  }

  /** Escape closes; arrows and Tab go round the buttons and do not leave. */
  #onKey(event) {
    if (event.key === "Escape") return this.#close();
    const step = {ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1}[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.over.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    buttons.at((at + step) % buttons.length).focus();
  }

  #open(role, kind, label, ...children) {
    if (this.over.hidden) this.#back = document.activeElement;
    const box = h(`div.${kind}`, {role, "aria-modal": "true", "aria-label": label}, ...children);
    this.over.replaceChildren(box);
    this.over.hidden = false;
    (box.querySelector(".sheet-list button") ?? box.querySelector("button")).focus({preventScroll: true});
  }

  #close() {
    this.over.hidden = true;
    this.over.replaceChildren();
    this.#back?.focus?.({preventScroll: true});
  }
}
