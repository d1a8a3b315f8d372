// What the page knows, kept fresh by server-sent events. Emits "change" events with {kind, ...}.

import {get} from "./api.js";

export const ROLES = [
  {id: "resident", title: "居民"},
  {id: "lead", title: "组织负责人"},
  {id: "worker", title: "社工"},
];

const RETRY_MS = 3000;

export class Store extends EventTarget {
  persons = new Map();
  groups = new Map();
  chats = new Map();
  waiting = new Set();
  profile = {name: "邻应", username: "", descriptions: {}};
  offset = 0;
  bot = {online: false, seen: false};
  connected = false;
  #timer = null;
  #refreshing = null;

  connect() {
    const source = new EventSource("/control/events");
    source.onmessage = (message) => this.#take(JSON.parse(message.data));
    source.onerror = () => {
      this.connected = false;
      this.#tell("connection");
      // The browser tries again by itself, unless it was answered with an error.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.connect(), RETRY_MS);
    };
  }

  chat(id) {
    if (!this.chats.has(id)) this.chats.set(id, {entries: new Map(), keyboard: null});
    return this.chats.get(id);
  }

  entries(id) {
    return [...this.chat(id).entries.values()].filter((entry) => !entry.deleted);
  }

  now() {
    return Date.now() + this.offset * 1000;
  }

  #tell(kind, facts = {}) {
    this.dispatchEvent(new CustomEvent("change", {detail: {kind, ...facts}}));
  }

  #take(event) {
    const take = {
      state: () => this.#takeState(event),
      message: () => this.#takeMessage(event),
      keyboard: () => { this.chat(event.chat).keyboard = event.keyboard; },
      clock: () => { this.offset = event.offset; },
      bot: () => { this.bot = {online: event.online, seen: event.seen}; },
      taken: () => event.messages.forEach(([chat, id]) => this.waiting.delete(`${chat}/${id}`)),
      waiting: () => event.messages.forEach(([chat, id]) => this.waiting.add(`${chat}/${id}`)),
      people: () => this.#refreshSoon("head"),
      profile: () => this.#refreshSoon("head"),
      reset: () => this.#refreshSoon("state"),
    }[event.type];
    const later = take?.();
    if (!(later instanceof Promise)) this.#tell(event.type, event);
  }

  /** Fetch the state once for a burst of events. */
  async #refreshSoon(kind) {
    if (kind === "state" || !this.#refreshing) this.#refreshing = kind;
    if (this.#timer) return;
    this.#timer = setTimeout(async () => {
      this.#timer = null;
      const wanted = this.#refreshing;
      this.#refreshing = null;
      const state = await get("state").catch(() => null);
      if (!state) return;
      this.#takeState(state);
      this.#tell(wanted);
    }, 80);
  }

  #takeState(state) {
    this.connected = true;
    this.persons = new Map(state.persons.map((one) => [one.id, one]));
    this.groups = new Map(state.groups.map((one) => [one.id, one]));
    this.chats = new Map(state.chats.map((one) => [one.chat, {
      entries: new Map(one.entries.map((entry) => [entry.message.message_id, entry])),
      keyboard: one.keyboard,
    }]));
    this.waiting = new Set(state.waiting.map(([chat, id]) => `${chat}/${id}`));
    this.profile = state.profile;
    this.offset = state.clock.offset;
    this.bot = state.bot;
  }

  #takeMessage(event) {
    const chat = this.chat(event.chat);
    const id = event.entry.message.message_id;
    event.fresh = !chat.entries.has(id);
    chat.entries.set(id, event.entry);
    chat.keyboard = event.keyboard;
  }
}
