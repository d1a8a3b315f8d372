// The messages of the chat that a phone shows, and how they scroll.

import {bubble, showTick} from "./bubble.js";
import {dayOf, h} from "./dom.js";
import {icon} from "./icons.js";

const NEAR_BOTTOM = 60;
const TYPING_MS = 5000;
const FLASH_MS = 1600;

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
    this.jump = h("button.jump", {type: "button", hidden: true, "data-testid": "jump", onclick: () => this.toBottom()}, icon("down"), "新消息");
    this.scroller.addEventListener("scroll", () => this.#onScroll());
    this.list.addEventListener("keydown", (event) => this.#onKey(event));
    const keepAtBottom = new ResizeObserver(() => this.stuck && this.toBottom());
    keepAtBottom.observe(this.scroller);
    keepAtBottom.observe(this.list);
  }

  get empty() {
    return this.list.querySelector(".welcome") !== null;
  }

  /** Show a chat; a line parts what the reader has seen (up to this id) from what is new. */
  show(chatId, seen = Infinity) {
    this.chatId = chatId;
    this.typing.hidden = true;
    this.list.ariaBusy = "true";
    this.list.replaceChildren();
    for (const entry of this.store.entries(chatId)) this.#append(entry);
    if (!this.list.children.length) this.list.append(this.#welcome());
    this.list.ariaBusy = "false";
    this.toNew(seen);
  }

  /** A message came, changed or went. */
  take({entry, fresh}) {
    const stays = this.stuck;
    if (fresh && !entry.deleted) this.#append(entry);
    else this.#replace(entry);
    if (entry.by_bot) this.typing.hidden = true;
    else this.list.querySelector(".new")?.remove();
    if (stays || (fresh && !entry.by_bot)) this.toBottom();
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
      const tick = this.#item(entry.message.message_id)?.querySelector(".tick");
      if (tick) showTick(tick, waiting(entry));
    }
  }

  toBottom() {
    this.#scrollToEnd();
    this.dispatchEvent(new Event("bottom"));
  }

  #scrollToEnd() {
    this.stuck = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#lastTop = this.scroller.scrollTop;
    this.jump.hidden = true;
  }

  /** To the first message that the reader has not seen; to the end when all of them fit or none is new. */
  toNew(seen) {
    this.list.querySelector(".new")?.remove();
    const {me} = this.context();
    const first = this.store.entries(this.chatId).find(({message}) => message.message_id > seen && message.from.id !== me);
    const item = first && this.#item(first.message.message_id);
    if (item && item.previousElementSibling) item.before(h("li.new", {"data-testid": "new-line"}, "下面是新消息"));
    this.#scrollToEnd();
    const line = this.list.querySelector(".new");
    const above = line ? this.scroller.getBoundingClientRect().top - line.getBoundingClientRect().top : 0;
    if (above <= 0) {
      this.dispatchEvent(new Event("bottom"));
      return;
    }
    this.stuck = false;
    this.scroller.scrollTop -= above + 12;
    this.#lastTop = this.scroller.scrollTop;
    this.jump.hidden = false;
  }

  /** Bring a message into sight and let it light up. */
  find(messageId) {
    const item = this.#item(messageId);
    if (!item) return;
    this.stuck = false;
    item.scrollIntoView({block: "center", behavior: "smooth"});
    item.focus({preventScroll: true});
    item.classList.add("found");
    setTimeout(() => item.classList.remove("found"), FLASH_MS);
  }

  /** Arrows walk through the messages. */
  #onKey(event) {
    const step = {ArrowUp: -1, ArrowDown: 1}[event.key];
    const items = [...this.list.querySelectorAll(".message")];
    if (!step || !items.length) return;
    const at = items.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== this.list) return;
    event.preventDefault();
    const next = at < 0 ? items.at(-1) : items[Math.min(Math.max(at + step, 0), items.length - 1)];
    next.focus();
    next.scrollIntoView({block: "nearest"});
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

  #item(messageId) {
    return this.list.querySelector(`[data-ids~="${messageId}"]`);
  }

  /** All that is shown together with this message: the parts of its album, or itself. */
  #together(entry) {
    const album = entry.message.media_group_id;
    return album ? this.store.entries(this.chatId).filter((one) => one.message.media_group_id === album) : [entry];
  }

  #append(entry) {
    this.list.querySelector(".welcome")?.remove();
    const album = entry.message.media_group_id;
    if (album && this.list.querySelector(`[data-album="${album}"]`)) return this.#replace(entry);
    const day = dayOf(entry.message.date);
    if (this.list.lastElementChild?.dataset.day !== day) this.list.append(h("li.day", {}, day));
    const item = bubble(this.#together(entry), this.context());
    const sender = String(entry.message.from.id);
    item.classList.toggle("again", this.list.lastElementChild?.dataset.sender === sender);
    Object.assign(item.dataset, {day, sender});
    this.list.append(item);
  }

  #replace(entry) {
    const album = entry.message.media_group_id;
    const item = album ? this.list.querySelector(`[data-album="${album}"]`) : this.#item(entry.message.message_id);
    if (!item) return;
    const together = this.#together(entry).filter((one) => !one.deleted);
    if (!together.length) {
      item.remove();
      return;
    }
    const fresh = bubble(together, this.context());
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
