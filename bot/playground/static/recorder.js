// Recording a voice message: a bar that takes the composer's place while the microphone is on.

import {h} from "./dom.js";
import {icon} from "./icons.js";

const KINDS = [["audio/ogg;codecs=opus", "ogg"], ["audio/webm;codecs=opus", "webm"], ["audio/mp4", "m4a"]];
const LONGEST_SECONDS = 300;

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Emits "end" when the bar is to go; done(file, seconds) gets what was recorded. */
export class Recorder extends EventTarget {
  #recorder = null;
  #began = 0;
  #timer = null;
  #parts = [];

  constructor(done) {
    super();
    this.done = done;
    this.time = h("time", {"data-testid": "recording-time"}, "0:00");
    this.finishButton = h("button.send", {type: "button", "data-testid": "recording-send", onclick: () => this.finish()}, "发送语音");
    this.node = h("div.recording", {hidden: true, role: "group", "aria-label": "正在录音"}, icon("voice"),
      h("span", {role: "status"}, "正在录音 "), this.time,
      h("button.plain", {type: "button", "data-testid": "recording-drop", onclick: () => this.drop()}, "不要了"), this.finishButton);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.drop());
  }

  /** Turn the microphone on. Throws when there is none or the reader says no. */
  async begin() {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true});
    const [mimeType] = KINDS.find(([kind]) => MediaRecorder.isTypeSupported(kind)) ?? [];
    this.#parts = [];
    this.#recorder = new MediaRecorder(stream, mimeType ? {mimeType} : {});
    this.#recorder.addEventListener("dataavailable", (event) => this.#parts.push(event.data));
    this.#recorder.start();
    this.#began = Date.now();
    this.time.textContent = "0:00";
    this.node.hidden = false;
    this.finishButton.focus();
    this.#timer = setInterval(() => this.#tick(), 250);
  }

  #seconds() {
    return Math.round((Date.now() - this.#began) / 1000);
  }

  #tick() {
    this.time.textContent = clock(this.#seconds());
    if (this.#seconds() >= LONGEST_SECONDS) this.finish();
  }

  finish() {
    const seconds = Math.max(1, this.#seconds());
    this.#stop(() => {
      const type = this.#recorder.mimeType.split(";")[0] || "audio/webm";
      const ending = KINDS.find(([kind]) => kind.startsWith(type))?.[1] ?? "webm";
      this.done(new File(this.#parts, `voice.${ending}`, {type}), seconds);
    });
  }

  drop() {
    this.#stop(() => {});
  }

  #stop(after) {
    if (this.node.hidden) return;
    clearInterval(this.#timer);
    this.node.hidden = true;
    this.#recorder.addEventListener("stop", after, {once: true});
    this.#recorder.stop();
    for (const track of this.#recorder.stream.getTracks()) track.stop();
    this.dispatchEvent(new Event("end"));
  }
}
