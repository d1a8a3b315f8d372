// One phone: whose it is, the chat it shows, what happens in it.

import {post} from "./api.js";
import {copy, editable, openMessageMenu, openPhoneMenu} from "./choices.js";
import {Composer} from "./composer.js";
import {Conversation} from "./conversation.js";
import {Covers} from "./covers.js";
import {chooseForLink, newPerson, showPhoto} from "./dialogs.js";
import {h} from "./dom.js";
import {icon} from "./icons.js";
import {deepLink} from "./richtext.js";

const ANSWER_MS = 10000;

export class Phone extends EventTarget {
  #pressed = new Map();
  #answered = new Set();
  #away = false;

  constructor(store, unread, role) {
    super();
    this.store = store;
    this.unread = unread;
    this.role = role.id;
    this.title = role.title;
    this.person = null;
    this.chatId = null;
    this.#build();
  }

  #build() {
    this.face = h("span.avatar", {"aria-hidden": "true"});
    this.choice = h("select", {"aria-label": `${this.title}的手机：换人或换聊天`, "data-testid": "person-select", onchange: () => this.#choose()});
    this.badge = h("span.badge", {hidden: true, title: "还没看的消息"});
    const more = h("button.more", {type: "button", "aria-label": "更多", "data-testid": "more", onclick: () => openPhoneMenu(this)}, icon("more"));
    const head = h("header.phone-head", {}, this.face, h("div.who", {}, h("h2", {}, this.title), this.choice), this.badge, more);
    this.strip = h("p.strip", {role: "status", "aria-live": "polite", "data-testid": "strip", hidden: true});
    this.covers = new Covers();
    this.talk = new Conversation(this.store, this.title, () => this.#context(), () => this.composer.say("/start"));
    this.talk.addEventListener("bottom", () => this.#away || this.#markRead());
    this.composer = new Composer(this);
    this.blockedBar = h("div.blocked", {hidden: true}, h("p", {}, "您停用了机器人，它不能再给您发消息。"),
      h("button.main", {type: "button", onclick: () => this.block(false)}, "重新启用"));
    this.node = h(`section.phone.${this.role}`, {"aria-label": `${this.title}的手机`, "data-testid": `phone-${this.role}`, id: `phone-${this.role}`},
      head, this.strip, h("div.screen", {"data-testid": "screen"}, this.talk.scroller, this.talk.jump, this.covers.toasts), this.composer.node, this.blockedBar, this.covers.over);
    this.#takeDrops();
  }

  /** Files dropped on the phone go into the tray. */
  #takeDrops() {
    this.node.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      this.node.classList.add("dropping");
    });
    this.node.addEventListener("dragleave", (event) => this.node.contains(event.relatedTarget) || this.node.classList.remove("dropping"));
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      this.node.classList.remove("dropping");
      this.composer.tray.add([...event.dataTransfer.files]);
    });
  }

  /** Everything anew, after the state arrived. */
  refresh() {
    const [personId, chatId] = this.person ? [this.person.id, this.chatId]
      : (sessionStorage.getItem(`shown/${this.role}`) ?? "").split("/").map(Number);
    const chats = this.#chats();
    const [person, shown] = chats.find(([one, chat]) => one.id === personId && chat === chatId) ?? chats[0];
    this.show(person, shown);
  }

  /** People or commands changed; the messages did not. */
  refreshHead() {
    this.person = this.store.persons.get(this.person.id) ?? this.person;
    this.#showChoices();
    this.#showBlocked();
    if (this.talk.empty) this.talk.show(this.chatId);
    this.composer.showCommands();
  }

  show(person, chatId = person.id) {
    this.person = person;
    this.chatId = chatId;
    this.face.textContent = person.name.slice(0, 1);
    this.node.dataset.person = person.id;
    this.node.dataset.chat = chatId;
    this.#showChoices();
    this.#showBlocked();
    this.showStrip();
    sessionStorage.setItem(`shown/${this.role}`, `${person.id}/${chatId}`);
    this.talk.show(chatId, this.unread.seen(person, chatId));
    this.composer.show();
    this.dispatchEvent(new Event("unread"));
  }

  #showChoices() {
    const options = this.#chats().map(([person, chatId, words]) => {
      const count = this.unread.count(person, chatId);
      return h("option", {value: `${person.id}/${chatId}`}, count ? `${words}（${count} 条新消息）` : words);
    });
    options.push(h("option", {value: "new"}, "＋ 换个人…"));
    this.choice.replaceChildren(...options);
    this.choice.value = `${this.person.id}/${this.chatId}`;
    const count = this.unreadTotal();
    this.badge.hidden = count === 0;
    this.badge.textContent = count;
  }

  #choose() {
    const {value} = this.choice;
    if (value === "new") {
      this.choice.value = `${this.person.id}/${this.chatId}`;
      newPerson(this.role, this.title, (person) => this.turnTo(person));
      return;
    }
    const [person, chat] = value.split("/").map(Number);
    this.show(this.store.persons.get(person), chat);
  }

  turnTo(person, chatId) {
    this.store.persons.set(person.id, person);
    this.show(person, chatId);
  }

  #context() {
    const openLink = (payload) => chooseForLink(payload, [...this.store.persons.values()], (person) =>
      this.dispatchEvent(new CustomEvent("turn", {detail: person})));
    return {
      me: this.person.id,
      botName: this.store.profile.username,
      waiting: (entry) => this.store.waiting.has(`${this.chatId}/${entry.message.message_id}`),
      onCommand: (command) => this.composer.say(command),
      onDeepLink: openLink,
      onPhoto: showPhoto,
      onMenu: (entries) => openMessageMenu(this, entries),
      onQuote: (messageId) => this.talk.find(messageId),
      onPress: (entry, button, node) => this.#press(entry, button, node, openLink),
    };
  }

  /** A message of the shown chat came, changed or went. */
  take(event) {
    this.talk.take(event);
    this.composer.showKeyboard();
  }

  /** The newest own message that can still be corrected. */
  lastEditable() {
    return this.store.entries(this.chatId).findLast((entry) => editable(entry, this.person, this.store.now()));
  }

  // --- unread

  /** Whether nobody looks at this phone (another one is in front). */
  setAway(away) {
    const comes = this.#away && !away;
    this.#away = away;
    if (away || this.chatId === null) return;
    this.composer.grow();
    if (comes) this.talk.toNew(this.unread.seen(this.person, this.chatId));
    else this.talk.toBottom();
  }

  /** Something came to one of this phone's chats: read at once when it is in sight. */
  notice(chatId) {
    if (chatId === this.chatId && !this.#away && !document.hidden && this.talk.stuck) this.#markRead();
    else this.#showUnread();
  }

  unreadTotal() {
    return this.#chats().reduce((sum, [person, chatId]) => sum + this.unread.count(person, chatId), 0);
  }

  /** Every chat that can be opened on this phone: [person, chat id, words]. */
  #chats() {
    const found = [];
    for (const person of this.store.persons.values()) {
      if (person.role !== this.role) continue;
      found.push([person, person.id, person.name]);
      for (const group of this.store.groups.values()) {
        if (group.members.includes(person.id)) found.push([person, group.id, `${person.name} · 群：${group.title}`]);
      }
    }
    return found;
  }

  #markRead() {
    if (!document.hidden && this.person && this.unread.read(this.person, this.chatId)) this.#showUnread();
  }

  #showUnread() {
    this.#showChoices();
    this.dispatchEvent(new Event("unread"));
  }

  // --- buttons and what the bot answers

  async #press(entry, button, node, openLink) {
    if (button.url) {
      const payload = deepLink(button.url, this.store.profile.username);
      if (payload !== null) openLink(payload);
      else window.open(button.url, "_blank", "noopener");
      return;
    }
    if (button.copy_text) {
      await copy(button.copy_text.text, this.covers);
      return;
    }
    node.setAttribute("aria-busy", "true");
    const done = () => node.removeAttribute("aria-busy");
    try {
      const pressed = await post("press", {from: this.person.id, chat: this.chatId, message_id: entry.message.message_id, data: button.callback_data});
      if (this.#answered.has(pressed.callback_query_id)) done();
      this.#pressed.set(pressed.callback_query_id, done);
      setTimeout(done, ANSWER_MS);
    } catch (error) {
      done();
      this.covers.warn(`没有按成：${error.message}`);
    }
  }

  takeAnswer(answer) {
    if (answer.person !== this.person.id) return;
    this.#answered.add(answer.callback_query_id);
    this.#pressed.get(answer.callback_query_id)?.();
    if (answer.text) answer.show_alert ? this.covers.alert(answer.text) : this.covers.toast(answer.text);
  }

  async block(blocked) {
    await post("block", {from: this.person.id, blocked}).catch((error) => this.covers.warn(error.message));
  }

  #showBlocked() {
    const blocked = this.person.blocked && this.chatId === this.person.id;
    this.blockedBar.hidden = !blocked;
    this.composer.node.hidden = blocked;
  }

  showStrip() {
    const {connected, bot} = this.store;
    const words = !connected ? "演示台断开了，正在重新连接…"
      : bot.online ? ""
      : bot.seen ? "机器人停下来了…您写的话会留着，它回来就会收到。"
      : "机器人还没启动…您可以先写，它一启动就会收到。";
    this.strip.textContent = words;
    this.strip.hidden = !words;
  }
}
