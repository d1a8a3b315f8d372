// The lower part of a phone: quick chips, reply keyboard, attachments, the text to send.

import {get, post, sendFiles} from "./api.js";
import {h} from "./dom.js";
import {EXAMPLES} from "./examples.js";
import {icon} from "./icons.js";

const PLACEHOLDER = "有事写在这里…";
const PHOTO_TYPES = "image/png,image/jpeg,image/gif,image/webp";

export class Composer {
  /** phone: {role, title, person, chatId, store, covers} */
  constructor(phone) {
    this.phone = phone;
    this.box = h("textarea", {
      rows: 1, placeholder: PLACEHOLDER, "aria-label": `${phone.title}要说的话`, enterkeyhint: "send",
      "data-testid": "composer",
    });
    this.sendButton = h("button.send", {type: "submit", "aria-label": "发送", "data-testid": "send"}, "发送");
    this.chips = h("div.chips", {role: "group", "aria-label": "快捷操作", "data-testid": "chips"});
    this.keyboard = h("div.reply-keyboard", {role: "group", "aria-label": "机器人给的按钮", "data-testid": "reply-keyboard"});
    const attach = h("button.attach", {type: "button", "aria-label": "发照片、文件或位置", "data-testid": "attach",
      onclick: () => this.#openAttachments()}, icon("plus"));
    this.form = h("form.composer", {}, attach, this.box, this.sendButton);
    this.node = h("div.lower", {}, this.keyboard, this.chips, this.form);
    this.#listen();
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    this.box.addEventListener("input", () => this.#keepDraft());
    this.box.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
      if (!files.length) return;
      event.preventDefault();
      this.#sendPhotos(files);
    });
  }

  /** Show draft, commands and keyboard of the chat that the phone shows now. */
  async show() {
    this.box.value = sessionStorage.getItem(this.#draftKey()) ?? "";
    this.grow();
    this.showKeyboard();
    await this.showCommands();
  }

  async showCommands() {
    const {person, chatId} = this.phone;
    const commands = await get(`commands?person=${person.id}&chat=${chatId}`).catch(() => []);
    if (person !== this.phone.person || chatId !== this.phone.chatId) return;
    this.#showChips(commands);
  }

  showKeyboard() {
    const {store, chatId} = this.phone;
    const {keyboard} = store.chat(chatId);
    const last = store.entries(chatId).at(-1);
    const wanted = keyboard?.input_field_placeholder ?? last?.keyboard?.input_field_placeholder;
    this.box.placeholder = wanted ?? PLACEHOLDER;
    this.keyboard.replaceChildren(...(keyboard?.keyboard ?? []).map((row) => h("div.button-row", {}, ...row.map((button) =>
      h("button", {type: "button", "data-testid": "reply-button", onclick: () => this.#tap(button)}, button.text)))));
    this.keyboard.hidden = !keyboard;
  }

  fill(words) {
    this.box.value = words;
    this.#keepDraft();
    this.box.focus();
  }

  async say(text) {
    await this.#try(() => post("send", {...this.#address(), text}));
  }

  #address() {
    return {from: this.phone.person.id, chat: this.phone.chatId};
  }

  #draftKey() {
    return `draft/${this.phone.person.id}/${this.phone.chatId}`;
  }

  #keepDraft() {
    sessionStorage.setItem(this.#draftKey(), this.box.value);
    this.grow();
  }

  /** As tall as the draft, within reason; a phone out of sight has no height to measure. */
  grow() {
    this.box.style.height = "";
    if (!this.box.offsetParent) return;
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 168)}px`;
  }

  async #try(act) {
    try {
      return await act();
    } catch (error) {
      this.phone.covers.warn(`没有发出去：${error.message}`);
      return null;
    }
  }

  async #send() {
    const text = this.box.value;
    if (!text.trim()) return;
    this.fill("");
    const sent = await this.#try(() => post("send", {...this.#address(), text}));
    if (!sent && !this.box.value) this.fill(text);
  }

  #tap(button) {
    this.#try(() => post("press", {...this.#address(), text: button.text, reply: true}));
  }

  #showChips(commands) {
    const chip = (words, label, onclick, kind = "", sign = null) =>
      h(`button.chip${kind}`, {type: "button", title: label, onclick}, sign && icon(sign), words);
    const list = [chip("示例", "看看可以怎么说", () => this.#openExamples(), ".examples", "bulb")];
    if (commands.length) list.push(chip("菜单", "机器人会做的事", () => this.#openCommands(commands), ".menu", "menu"));
    for (const one of commands) list.push(chip(one.description, `/${one.command}`, () => this.say(`/${one.command}`)));
    this.chips.replaceChildren(...list);
  }

  #openExamples() {
    this.phone.covers.sheet("示例：点一句，改一改再发", EXAMPLES[this.phone.role].map((words) => ({
      label: words, act: () => this.fill(words), testid: "example",
    })));
  }

  #openCommands(commands) {
    this.phone.covers.sheet("菜单", commands.map((one) => ({
      label: one.description, hint: `/${one.command}`, act: () => this.say(`/${one.command}`), testid: "command",
    })));
  }

  #openAttachments() {
    const send = (body) => () => this.#try(() => post("send", {...this.#address(), ...body}));
    this.phone.covers.sheet("发点什么？", [
      {sign: "image", label: "照片", act: () => this.#pick(PHOTO_TYPES, true, (files) => this.#sendPhotos(files)), testid: "attach-photo"},
      {sign: "file", label: "文件", act: () => this.#pick("", false, (files) => this.#sendFile("document", files)), testid: "attach-file"},
      {sign: "voice", label: "语音（选一个录音文件）", act: () => this.#pick("audio/*", false, (files) => this.#sendFile("voice", files)), testid: "attach-voice"},
      {sign: "place", label: "我的位置", act: send({kind: "location"}), testid: "attach-location"},
      {sign: "phone", label: `我的电话 ${this.phone.person.phone}`, act: send({kind: "contact"}), testid: "attach-contact"},
    ]);
  }

  #pick(accept, multiple, take) {
    const input = h("input", {type: "file", accept: accept || null, multiple, "data-testid": "file-input"});
    input.addEventListener("change", () => input.files.length && take([...input.files]));
    input.click();
  }

  async #sendPhotos(files) {
    const kind = files.length > 1 ? "album" : "photo";
    const text = this.box.value;
    const sent = await this.#try(() => sendFiles({...this.#address(), kind, text}, files.slice(0, 10)));
    if (sent) this.fill("");
  }

  async #sendFile(kind, files) {
    await this.#try(() => sendFiles({...this.#address(), kind}, files));
  }
}
