// What can be sent besides words: the sheet of choices and what each choice does.

import {post, sendFiles} from "./api.js";
import {h} from "./dom.js";
import {sticker} from "./pictures.js";
import {canRecord} from "./recorder.js";

const STICKERS = ["👍", "🙏", "❤️", "😊", "👌", "💪", "😢", "🎉"];
const SAMPLE_PLACE = {latitude: 31.2304, longitude: 121.4737};

/** host: {phone, tray, address(), attempt(act), record()} */
export class Attachments {
  constructor(host) {
    this.host = host;
    this.input = h("input", {type: "file", hidden: true, "data-testid": "file-input"});
  }

  open() {
    const {phone, tray} = this.host;
    phone.covers.sheet("发点什么？", [
      {sign: "image", label: "照片或视频", act: () => this.#pick("image/*,video/*", (files) => tray.add(files)), testid: "attach-photo"},
      {sign: "file", label: "文件", act: () => this.#pick("", (files) => tray.add(files, true)), testid: "attach-file"},
      canRecord() && {sign: "voice", label: "录一段语音", act: () => this.host.record(), testid: "attach-record"},
      {sign: "sound", label: "语音（选一个录音文件）", act: () => this.pickVoice(), testid: "attach-voice"},
      {sign: "smile", label: "表情", act: () => this.#openStickers(), testid: "attach-sticker"},
      {sign: "place", label: "位置", act: () => this.askPlace(), testid: "attach-location"},
      {sign: "phone", label: `我的电话 ${phone.person.phone}`, act: () => this.#send({kind: "contact"}), testid: "attach-contact"},
    ].filter(Boolean));
  }

  pickVoice() {
    this.#pick("audio/*", async ([file]) => this.sendVoice(file, await lengthOf(file)));
  }

  sendVoice(file, seconds) {
    return this.host.attempt(() => sendFiles({...this.host.address(), kind: "voice", duration: seconds}, [file]));
  }

  /** Say first what is given away. */
  askContact(button) {
    const {phone} = this.host;
    phone.covers.ask(`把您的电话 ${phone.person.phone} 告诉机器人吗？`, "告诉它",
      () => this.host.attempt(() => post("press", {...this.host.address(), text: button.text, reply: true})));
  }

  askPlace() {
    const here = {sign: "place", label: "我现在的位置（问一下浏览器）", testid: "place-here", act: () => this.#locate()};
    this.host.phone.covers.sheet("发哪个位置？", [
      navigator.geolocation && here,
      {sign: "home", label: "示例：小区门口", testid: "place-sample", act: () => this.#send({kind: "location", ...SAMPLE_PLACE})},
    ].filter(Boolean));
  }

  #locate() {
    const {covers} = this.host.phone;
    covers.toast("正在找您的位置…");
    navigator.geolocation.getCurrentPosition(
      ({coords}) => this.#send({kind: "location", latitude: coords.latitude, longitude: coords.longitude}),
      () => covers.warn("没有找到位置。可以写门牌号。"), {timeout: 10000});
  }

  #openStickers() {
    this.host.phone.covers.sheet("发个表情", STICKERS.map((emoji) => ({
      label: emoji, testid: "sticker", act: async () => {
        const file = await sticker(emoji);
        await this.host.attempt(() => sendFiles({...this.host.address(), kind: "sticker", emoji}, [file]));
      },
    })), ".stickers");
  }

  #send(body) {
    return this.host.attempt(() => post("send", {...this.host.address(), ...body}));
  }

  #pick(accept, take) {
    const {input} = this;
    input.accept = accept;
    input.multiple = !accept.startsWith("audio");
    input.value = "";
    input.onchange = () => input.files.length && take([...input.files]);
    input.click();
  }
}

/** Whole seconds of a sound file; 1 when the browser cannot tell. */
function lengthOf(file) {
  const sound = new Audio(URL.createObjectURL(file));
  return new Promise((done) => {
    sound.addEventListener("loadedmetadata", () => done(Number.isFinite(sound.duration) ? Math.max(1, Math.round(sound.duration)) : 1));
    sound.addEventListener("error", () => done(1));
  }).finally(() => URL.revokeObjectURL(sound.src));
}
