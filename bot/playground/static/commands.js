// The bot's commands on a phone: chips over the composer, a menu, and hints while a slash is typed.

import {h} from "./dom.js";
import {EXAMPLES} from "./examples.js";
import {icon} from "./icons.js";

export class Commands {
  #known = [];

  /** host: {phone, box, say(text), fill(text)} */
  constructor(host) {
    this.host = host;
    this.chips = h("div.chips", {role: "group", "aria-label": "快捷操作", "data-testid": "chips"});
    this.hints = h("div.hints", {hidden: true, role: "group", "aria-label": "机器人懂的命令", "data-testid": "hints"});
    this.hints.addEventListener("keydown", (event) => this.#onKey(event));
    host.box.addEventListener("input", () => this.showHints());
    host.box.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" || this.hints.hidden) return;
      event.preventDefault();
      this.hints.firstElementChild.focus();
    });
  }

  show(known) {
    this.#known = known;
    const chip = (words, label, onclick, kind = "", sign = null) =>
      h(`button.chip${kind}`, {type: "button", title: label, onclick}, sign && icon(sign), words);
    const list = [chip("示例", "看看可以怎么说", () => this.#openExamples(), ".examples", "bulb")];
    if (known.length) list.push(chip("菜单", "机器人会做的事", () => this.#openMenu(), ".menu", "menu"));
    for (const one of known) list.push(chip(one.description, `/${one.command}`, () => this.host.say(`/${one.command}`)));
    this.chips.replaceChildren(...list);
    this.showHints();
  }

  /** The commands that begin with what is written. */
  showHints() {
    const {box} = this.host;
    const begun = /^\/(\w*)$/.exec(box.value)?.[1];
    const found = begun === undefined ? [] : this.#known.filter((one) => one.command.startsWith(begun));
    this.hints.replaceChildren(...found.map((one) => h("button", {type: "button", "data-testid": "hint", onclick: () => this.#take(one)},
      h("b", {}, `/${one.command}`), ` ${one.description}`)));
    this.hints.hidden = found.length === 0;
  }

  #take(one) {
    this.host.fill("");
    this.showHints();
    this.host.say(`/${one.command}`);
  }

  #onKey(event) {
    const step = {ArrowUp: -1, ArrowDown: 1}[event.key];
    if (event.key === "Escape") this.host.box.focus();
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.hints.children];
    (buttons[buttons.indexOf(document.activeElement) + step] ?? this.host.box).focus();
  }

  #openExamples() {
    const {phone} = this.host;
    phone.covers.sheet("示例：点一句，改一改再发", EXAMPLES[phone.role].map((words) => ({
      label: words, act: () => this.host.fill(words), testid: "example",
    })));
  }

  #openMenu() {
    this.host.phone.covers.sheet("菜单", this.#known.map((one) => ({
      label: one.description, hint: `/${one.command}`, act: () => this.host.say(`/${one.command}`), testid: "command",
    })));
  }
}
