// What is about to be sent with the next message: chosen pictures and files, each to be taken out again.

import {h, sizeOf} from "./dom.js";
import {icon} from "./icons.js";
import {isFilm, isPicture, sendable} from "./pictures.js";

const MOST = 10;

export class Tray {
  /** warn(words) tells why something was not taken; changed() is called after each change. */
  constructor(warn, changed) {
    this.warn = warn;
    this.changed = changed;
    this.files = [];
    this.kind = "media";
    this.node = h("div.tray", {hidden: true, role: "group", "aria-label": "要发的东西", "data-testid": "tray"});
  }

  get empty() {
    return this.files.length === 0;
  }

  /** Take files in; pictures and films go together, documents apart from them. */
  async add(files, asDocuments = false) {
    const visual = !asDocuments && files.every((file) => isPicture(file) || isFilm(file));
    const taken = await Promise.all(files.map((file) => visual && isPicture(file) ? sendable(file) : file));
    const readable = taken.every(Boolean);
    const kind = visual && readable ? "media" : "document";
    if (kind !== this.kind) this.files = [];
    this.kind = kind;
    const all = [...this.files, ...(readable ? taken : files)];
    if (all.length > MOST) this.warn(`一次最多发 ${MOST} 个，多的没有放进来。`);
    this.files = all.slice(0, MOST);
    this.#show();
  }

  clear() {
    this.files = [];
    this.#show();
  }

  /** Fields of `send` for what lies here. */
  fields() {
    const [first] = this.files;
    if (this.files.length > 1) return {kind: "album", part: this.kind === "media" ? "photo" : "document"};
    if (this.kind === "document") return {kind: "document"};
    return {kind: isFilm(first) ? "video" : "photo"};
  }

  #show() {
    for (const image of this.node.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.node.replaceChildren(...this.files.map((file) => this.#item(file)));
    this.node.hidden = this.empty;
    this.changed();
  }

  #item(file) {
    const picture = this.kind === "media" && isPicture(file);
    const face = picture ? h("img", {src: URL.createObjectURL(file), alt: file.name}) : icon(isFilm(file) ? "film" : "file");
    const out = h("button", {type: "button", "aria-label": `不发 ${file.name}`, onclick: () => {
      this.files = this.files.filter((one) => one !== file);
      this.#show();
    }}, icon("close"));
    return h("figure", {}, face, picture ? null : h("figcaption", {}, file.name, h("small", {}, sizeOf(file.size))), out);
  }
}
