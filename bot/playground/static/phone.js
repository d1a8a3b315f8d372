// One phone: whose it is, the chat it shows, what happens in it.

import {post} from "./api.js";
import {Composer} from "./composer.js";
import {Conversation} from "./conversation.js";
import {Covers} from "./covers.js";
import {askForLink, chooseForLink, newGroup, newPerson, showPhoto} from "./dialogs.js";
import {h} from "./dom.js";
import {icon} from "./icons.js";
import {deepLink} from "./richtext.js";

const ANSWER_MS = 10000;

export class Phone extends EventTarget {
  unread = new Map();
  #pressed = new Map();
  #answered = new Set();
  #away = false;

  constructor(store, role) {
    super();
    this.store = store;
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
    const more = h("button.more", {type: "button", "aria-label": "更多", "data-testid": "more", onclick: () => this.#openMore()}, icon("more"));
    const head = h("header.phone-head", {}, this.face, h("div.who", {}, h("h2", {}, this.title), this.choice), this.badge, more);
    this.strip = h("p.strip", {role: "status", "aria-live": "polite", "data-testid": "strip", hidden: true});
    this.covers = new Covers();
    this.talk = new Conversation(this.store, this.title, () => this.#context(), () => this.composer.say("/start"));
    this.talk.addEventListener("bottom", () => this.#away || this.#markRead());
    this.composer = new Composer(this);
    this.blockedBar = h("div.blocked", {hidden: true}, h("p", {}, "您停用了机器人，它不能再给您发消息。"),
      h("button.main", {type: "button", onclick: () => this.#block(false)}, "重新启用"));
    this.node = h(`section.phone.${this.role}`, {"aria-label": `${this.title}的手机`, "data-testid": `phone-${this.role}`, id: `phone-${this.role}`},
      head, this.strip, h("div.screen", {}, this.talk.scroller, this.talk.jump, this.covers.toasts), this.composer.node, this.blockedBar, this.covers.over);
  }

  /** Everything anew, after the state arrived. */
  refresh() {
    const mine = [...this.store.persons.values()].filter((person) => person.role === this.role);
    const still = this.person && this.store.persons.get(this.person.id);
    const person = still ?? mine[0];
    const group = this.store.groups.get(this.chatId);
    const stays = still && (this.chatId === person.id || group?.members.includes(person.id));
    this.show(person, stays ? this.chatId : person.id);
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
    this.talk.show(chatId);
    this.composer.show();
  }

  #showChoices() {
    const options = [];
    for (const person of this.store.persons.values()) {
      if (person.role !== this.role) continue;
      options.push(this.#option(person, person.id, person.name));
      for (const group of this.store.groups.values()) {
        if (group.members.includes(person.id)) options.push(this.#option(person, group.id, `${person.name} · 群：${group.title}`));
      }
    }
    options.push(h("option", {value: "new"}, "＋ 换个人…"));
    this.choice.replaceChildren(...options);
    this.choice.value = `${this.person.id}/${this.chatId}`;
    const count = this.unreadTotal();
    this.badge.hidden = count === 0;
    this.badge.textContent = count;
  }

  #option(person, chatId, words) {
    const count = this.unread.get(chatId) ?? 0;
    return h("option", {value: `${person.id}/${chatId}`}, count ? `${words}（${count} 条新消息）` : words);
  }

  #choose() {
    const {value} = this.choice;
    if (value === "new") {
      this.choice.value = `${this.person.id}/${this.chatId}`;
      newPerson(this.role, this.title, (person) => this.#turnTo(person));
      return;
    }
    const [person, chat] = value.split("/").map(Number);
    this.show(this.store.persons.get(person), chat);
  }

  #turnTo(person, chatId) {
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
      onPress: (entry, button, node) => this.#press(entry, button, node, openLink),
    };
  }

  /** A message of the shown chat came, changed or went. */
  take(event) {
    this.talk.take(event);
    this.composer.showKeyboard();
  }

  // --- unread

  /** Whether nobody looks at this phone (another one is in front). */
  setAway(away) {
    this.#away = away;
    if (away || this.chatId === null) return;
    this.composer.grow();
    this.talk.toBottom();
  }

  countUnread(chatId) {
    const seen = chatId === this.chatId && !this.#away && !document.hidden && this.talk.stuck;
    if (seen) return;
    this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
    this.#showChoices();
    this.dispatchEvent(new Event("unread"));
  }

  unreadTotal() {
    return [...this.unread.values()].reduce((sum, count) => sum + count, 0);
  }

  #markRead() {
    if (!this.unread.delete(this.chatId)) return;
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
      await navigator.clipboard?.writeText(button.copy_text.text);
      this.covers.toast("已复制");
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

  #openMore() {
    const block = this.person.blocked
      ? {sign: "check", label: "重新启用机器人", act: () => this.#block(false)}
      : {sign: "stop", label: "停用机器人（不再收它的消息）", act: () => this.#block(true)};
    this.covers.sheet(`${this.person.name}的手机`, [
      {sign: "person", label: "换个人", act: () => newPerson(this.role, this.title, (person) => this.#turnTo(person)), testid: "new-person"},
      {sign: "group", label: "建一个群", testid: "new-group", act: () => newGroup([...this.store.persons.values()], this.person.id, (group) => {
        this.store.groups.set(group.id, group);
        this.show(this.person, group.id);
      })},
      {sign: "link", label: "打开邀请链接", act: () => askForLink((payload) => post("start", {from: this.person.id, payload}).catch((error) => this.covers.warn(error.message))), testid: "open-link"},
      block,
    ]);
  }

  async #block(blocked) {
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
