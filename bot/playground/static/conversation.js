// The messages of the chat that a phone shows, and how they scroll.

import {bubble} from "./bubble.js";
import {dayOf, h} from "./dom.js";
import {icon} from "./icons.js";

const NEAR_BOTTOM = 60;
const TYPING_MS = 5000;

/** Emits "bottom" whenever the newest message is in sight. */
export class Conversation extends EventTarget {
  stuck = true;
  #lastTop = 0;
  #typingTimer = null;

  /** context() gives what bubble() needs; begin() is the start button of an empty chat. */
  constructor(store, title, context, begin) {
    super();
    this.store = store;
    this.chatId = null;
    this.context = context;
    this.begin = begin;
    this.list = h("ol.messages", {role: "log", "aria-live": "polite", "aria-label": `${title}的聊天`, tabindex: 0, "data-testid": "messages"});
    this.typing = h("div.typing", {hidden: true, "data-testid": "typing"}, h("i", {}), h("i", {}), h("i", {}), h("span", {}, "正在输入…"));
    this.scroller = h("div.scroller", {}, this.list, this.typing);
    this.jump = h("button.jump", {type: "button", hidden: true, onclick: () => this.toBottom()}, icon("down"), "新消息");
    this.scroller.addEventListener("scroll", () => this.#onScroll());
    const keepAtBottom = new ResizeObserver(() => this.stuck && this.toBottom());
    keepAtBottom.observe(this.scroller);
    keepAtBottom.observe(this.list);
  }

  get empty() {
    return this.list.querySelector(".welcome") !== null;
  }

  show(chatId) {
    this.chatId = chatId;
    this.typing.hidden = true;
    this.list.replaceChildren();
    for (const entry of this.store.entries(chatId)) this.#append(entry);
    if (!this.list.children.length) this.list.append(this.#welcome());
    this.toBottom();
  }

  /** A message came, changed or went. */
  take({entry, fresh}) {
    const stays = this.stuck;
    if (fresh && !entry.deleted) this.#append(entry);
    else this.#replace(entry);
    if (entry.by_bot) this.typing.hidden = true;
    if (stays || !entry.by_bot) this.toBottom();
    else if (fresh) this.jump.hidden = false;
  }

  showTyping() {
    this.typing.hidden = false;
    if (this.stuck) this.toBottom();
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => { this.typing.hidden = true; }, TYPING_MS);
  }

  /** Fresh marks of what the bot has taken. */
  showTicks() {
    const {waiting} = this.context();
    for (const entry of this.store.entries(this.chatId)) {
      const tick = this.#item(entry)?.querySelector(".tick");
      if (!tick) continue;
      tick.textContent = waiting(entry) ? "✓" : "✓✓";
      tick.title = waiting(entry) ? "机器人还没收到" : "机器人收到了";
    }
  }

  toBottom() {
    this.stuck = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#lastTop = this.scroller.scrollTop;
    this.jump.hidden = true;
    this.dispatchEvent(new Event("bottom"));
  }

  #onScroll() {
    const {scrollTop, scrollHeight, clientHeight} = this.scroller;
    // Only a person scrolls up; layout that grows below must not count as leaving the end.
    if (scrollTop < this.#lastTop - 4) this.stuck = false;
    this.#lastTop = scrollTop;
    if (scrollHeight - scrollTop - clientHeight >= NEAR_BOTTOM) return;
    this.stuck = true;
    this.jump.hidden = true;
    this.dispatchEvent(new Event("bottom"));
  }

  #item(entry) {
    return this.list.querySelector(`[data-message-id="${entry.message.message_id}"]`);
  }

  #append(entry) {
    this.list.querySelector(".welcome")?.remove();
    const day = dayOf(entry.message.date);
    if (this.list.lastElementChild?.dataset.day !== day) this.list.append(h("li.day", {}, day));
    const item = bubble(entry, this.context());
    const sender = String(entry.message.from.id);
    item.classList.toggle("again", this.list.lastElementChild?.dataset.sender === sender);
    Object.assign(item.dataset, {day, sender});
    this.list.append(item);
  }

  #replace(entry) {
    const item = this.#item(entry);
    if (!item) return;
    if (entry.deleted) {
      item.remove();
      return;
    }
    const fresh = bubble(entry, this.context());
    fresh.classList.toggle("again", item.classList.contains("again"));
    Object.assign(fresh.dataset, {day: item.dataset.day, sender: item.dataset.sender});
    item.replaceWith(fresh);
  }

  #welcome() {
    const {name, descriptions} = this.store.profile;
    return h("li.welcome", {}, h("img", {src: "/static/icon.svg", alt: "", width: 72, height: 72}), h("h3", {}, name),
      h("p", {}, descriptions[""] || "点一下“开始”，或者直接写下您的事。"),
      h("button.main", {type: "button", "data-testid": "begin", onclick: this.begin}, "开始"));
  }
}
