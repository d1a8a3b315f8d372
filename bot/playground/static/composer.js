// The lower part of a phone: reply keyboard, what is attached or answered, the text to send.

import {get, post, sendFiles} from "./api.js";
import {Attachments} from "./attachments.js";
import {Commands} from "./commands.js";
import {h} from "./dom.js";
import {icon} from "./icons.js";
import {canRecord, Recorder} from "./recorder.js";
import {Reference} from "./reference.js";
import {Tray} from "./tray.js";

const PLACEHOLDER = "有事写在这里…";

export class Composer {
  #key = null;
  #answeredTo = null;

  /** phone: {role, title, person, chatId, store, covers, talk} */
  constructor(phone) {
    this.phone = phone;
    this.box = h("textarea", {
      rows: 1, placeholder: PLACEHOLDER, "aria-label": `${phone.title}要说的话`, enterkeyhint: "send",
      "data-testid": "composer",
    });
    this.sendButton = h("button.send", {type: "submit", "data-testid": "send"}, "发送");
    this.micButton = h("button.attach", {type: "button", "aria-label": "录一段语音", title: "录一段语音", "data-testid": "record", onclick: () => this.record()}, icon("voice"));
    this.commands = new Commands(this);
    this.keyboard = h("div.reply-keyboard", {role: "group", "aria-label": "机器人给的按钮", "data-testid": "reply-keyboard"});
    this.tray = new Tray((words) => phone.covers.warn(words), () => this.grow());
    this.reference = new Reference((kind) => kind === "edit" && this.fill(this.#draft()));
    this.recorder = new Recorder((file, seconds) => this.attachments.sendVoice(file, seconds));
    this.recorder.addEventListener("end", () => { this.form.hidden = false; });
    this.attachments = new Attachments(this);
    const attach = h("button.attach", {type: "button", "aria-label": "发照片、文件或位置", title: "发照片、文件或位置", "data-testid": "attach",
      onclick: () => this.attachments.open()}, icon("plus"));
    this.form = h("form.composer", {}, attach, this.box, this.micButton, this.sendButton);
    this.node = h("div.lower", {}, this.keyboard, this.commands.chips, this.commands.hints, this.reference.node, this.tray.node, this.recorder.node, this.form, this.attachments.input);
    this.#listen();
  }

  #listen() {
    window.addEventListener("resize", () => this.grow());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.box.addEventListener("keydown", (event) => this.#onKey(event));
    this.box.addEventListener("input", () => this.#keepDraft());
    this.box.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (!files.length) return;
      event.preventDefault();
      this.tray.add(files);
    });
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.reference.kind) {
      this.reference.drop();
    } else if (event.key === "ArrowUp" && !this.box.value) {
      const last = this.phone.lastEditable();
      if (!last) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  /** Show draft, commands and keyboard of the chat that the phone shows now. */
  async show() {
    if (this.#key !== this.#draftKey()) {
      this.#key = this.#draftKey();
      this.reference.clear();
      this.tray.clear();
      this.recorder.drop();
      this.box.value = this.#draft();
    }
    this.grow();
    this.showKeyboard();
    await this.showCommands();
  }

  async showCommands() {
    const {person, chatId} = this.phone;
    const commands = await get(`commands?person=${person.id}&chat=${chatId}`).catch(() => []);
    if (person !== this.phone.person || chatId !== this.phone.chatId) return;
    this.commands.show(commands);
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
    if (last?.keyboard?.force_reply && this.#answeredTo !== last.message.message_id) {
      this.#answeredTo = last.message.message_id;
      this.reference.set("reply", last);
    }
  }

  fill(words) {
    this.box.value = words;
    this.#keepDraft();
    this.box.focus();
  }

  reply(entry) {
    const corrected = this.reference.kind === "edit";
    this.reference.set("reply", entry);
    this.fill(corrected ? this.#draft() : this.box.value);
  }

  edit(entry) {
    this.reference.set("edit", entry);
    this.fill(entry.message.text ?? entry.message.caption ?? "");
  }

  async say(text) {
    await this.attempt(() => post("send", {...this.address(), text}));
  }

  /** Record a voice message; without a microphone one is chosen from the files. */
  async record() {
    if (!canRecord()) return this.attachments.pickVoice();
    try {
      await this.recorder.begin();
      this.form.hidden = true;
    } catch {
      this.phone.covers.sheet("用不了麦克风", [
        {sign: "sound", label: "选一个录音文件", act: () => this.attachments.pickVoice(), testid: "attach-voice"},
        {sign: "pen", label: "那就打字", act: () => this.box.focus()},
      ]);
    }
  }

  address() {
    return {from: this.phone.person.id, chat: this.phone.chatId};
  }

  #draftKey() {
    return `draft/${this.phone.person.id}/${this.phone.chatId}`;
  }

  #draft() {
    return sessionStorage.getItem(this.#draftKey()) ?? "";
  }

  #keepDraft() {
    if (this.reference.kind !== "edit") sessionStorage.setItem(this.#draftKey(), this.box.value);
    this.grow();
  }

  /** As tall as the draft, within reason; a phone out of sight has no height to measure. */
  grow() {
    const nothing = !this.box.value.trim() && this.tray.empty;
    this.micButton.hidden = !nothing;
    this.sendButton.hidden = nothing;
    this.box.style.height = "";
    if (!this.box.offsetParent) return;
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 168)}px`;
  }

  async attempt(act) {
    try {
      return await act();
    } catch (error) {
      this.phone.covers.warn(`没有发出去：${error.message}`);
      return null;
    }
  }

  async #send() {
    const text = this.box.value;
    if (!text.trim() && this.tray.empty) return;
    const {kind, id} = this.reference;
    const files = this.tray.files;
    const body = {...this.address(), text, ...(kind === "edit" ? {message_id: id} : kind === "reply" ? {reply_to: id} : {})};
    const send = kind === "edit" ? () => post("edit", body)
      : files.length ? () => sendFiles({...body, ...this.tray.fields()}, files) : () => post("send", body);
    const entry = this.reference.entry;
    this.reference.clear();
    this.fill(kind === "edit" ? this.#draft() : "");
    this.commands.showHints();
    const sent = await this.attempt(send);
    if (sent) this.tray.files === files && this.tray.clear();
    else if (!this.box.value) {
      if (entry) this.reference.set(kind, entry);
      this.fill(text);
    }
  }

  #tap(button) {
    if (button.request_contact) this.attachments.askContact(button);
    else if (button.request_location) this.attachments.askPlace();
    else this.attempt(() => post("press", {...this.address(), text: button.text, reply: true}));
  }
}
