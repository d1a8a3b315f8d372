// The bar over the composer that says which message is answered or corrected.

import {h} from "./dom.js";
import {icon} from "./icons.js";

const TITLES = {reply: "回复", edit: "修改"};
const MEDIA_NAMES = {
  photo: "照片", video: "视频", video_note: "视频", audio: "录音", voice: "语音", document: "文件", sticker: "表情", location: "位置", contact: "电话",
};

/** A message in a few words. */
export function inShort(message, most = 60) {
  const words = message.text ?? message.caption;
  const kind = Object.keys(MEDIA_NAMES).find((name) => message[name]);
  return [kind && `［${MEDIA_NAMES[kind]}］`, words?.slice(0, most)].filter(Boolean).join(" ") || "［消息］";
}

export class Reference {
  kind = null;
  entry = null;

  constructor(cleared) {
    this.words = h("p", {role: "status"});
    this.cleared = cleared;
    this.node = h("div.reference", {hidden: true, "data-testid": "reference"}, this.words,
      h("button", {type: "button", "aria-label": "不用了", "data-testid": "reference-drop", onclick: () => this.drop()}, icon("close")));
  }

  set(kind, entry) {
    this.kind = kind;
    this.entry = entry;
    const {message} = entry;
    this.words.replaceChildren(h("b", {}, kind === "edit" ? TITLES.edit : `${TITLES.reply} ${message.from.first_name}`), ` ${inShort(message)}`);
    this.node.hidden = false;
  }

  /** The reader changed their mind. */
  drop() {
    const was = this.kind;
    this.clear();
    this.cleared(was);
  }

  clear() {
    this.kind = null;
    this.entry = null;
    this.node.hidden = true;
  }

  get id() {
    return this.entry?.message.message_id;
  }
}
