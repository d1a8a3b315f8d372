// Dialogs of the page: a new person, a new group, opening a deep link, a big picture.

import {post} from "./api.js";
import {h} from "./dom.js";
import {ROLES} from "./store.js";

const dialog = () => document.getElementById("dialog");

function open(title, ...parts) {
  const box = dialog();
  box.replaceChildren(h("form", {method: "dialog"}, h("h2", {id: "dialog-title"}, title), ...parts));
  box.showModal();
  return box.querySelector("form");
}

const cancel = () => h("button.plain", {type: "button", onclick: () => dialog().close()}, "不用了");

function fail(form, error) {
  form.querySelector(".wrong")?.remove();
  form.append(h("p.wrong", {role: "alert"}, `没有成功：${error.message}`));
}

/** A dialog whose choices take effect at once. */
export function choose(title, ...parts) {
  open(title, ...parts, h("div.dialog-buttons", {}, h("button.main", {type: "submit"}, "好了")));
}

/** Ask for a name; resolves with the new person through `done`. */
export function newPerson(role, roleTitle, done) {
  const name = h("input", {name: "name", maxlength: 20, required: true, autocomplete: "off", placeholder: "比如：张大爷", "data-testid": "person-name"});
  const form = open(`换个人：新的${roleTitle}`, h("label", {}, "叫什么名字？", name),
    h("div.dialog-buttons", {}, cancel(), h("button.main", {type: "submit", "data-testid": "person-add"}, "好了")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const person = await post("persons", {role, name: name.value});
      dialog().close();
      done(person);
    } catch (error) {
      fail(form, error);
    }
  });
}

/** Make a group of chosen persons with the bot in it. */
export function newGroup(persons, me, done) {
  const title = h("input", {name: "title", maxlength: 40, required: true, autocomplete: "off", placeholder: "比如：银龄志愿服务队"});
  const boxes = persons.map((person) => h("label.choice", {},
    h("input", {type: "checkbox", name: "member", value: person.id, checked: person.id === me}), person.name));
  const form = open("建一个群（机器人也在里面）", h("label", {}, "群的名字", title),
    h("fieldset", {}, h("legend", {}, "群里有谁"), ...boxes),
    h("div.dialog-buttons", {}, cancel(), h("button.main", {type: "submit"}, "建群")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const members = [...form.querySelectorAll("[name=member]:checked")].map((box) => Number(box.value));
    try {
      const group = await post("groups", {title: title.value, members});
      dialog().close();
      done(group);
    } catch (error) {
      fail(form, error);
    }
  });
}

/** Choose on whose phone a link of the bot opens. */
export function chooseForLink(payload, persons, done) {
  const form = open("用谁的手机打开这个链接？", h("div.dialog-list", {}, ...persons.map((person) =>
    h("button.plain", {type: "button", "data-testid": `open-as-${person.id}`, onclick: async () => {
      try {
        await post("start", {from: person.id, payload});
        dialog().close();
        done(person);
      } catch (error) {
        fail(form, error);
      }
    }}, `${person.name}（${ROLES.find((role) => role.id === person.role).title}）`))), h("div.dialog-buttons", {}, cancel()));
}

/** A link to paste, as if a QR code had been scanned. */
export function askForLink(done) {
  const link = h("input", {required: true, autocomplete: "off", placeholder: "https://t.me/…?start=…"});
  const form = open("打开邀请链接", h("label", {}, "把链接粘贴在这里", link),
    h("div.dialog-buttons", {}, cancel(), h("button.main", {type: "submit"}, "打开")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog().close();
    done(/[?&]start=([A-Za-z0-9_-]*)/.exec(link.value)?.[1] ?? link.value.trim());
  });
}

export function showPhoto(picture) {
  const box = document.getElementById("lightbox");
  box.replaceChildren(h("button", {type: "button", "aria-label": "关上", onclick: () => box.close()},
    h("img", {src: picture.src, alt: picture.alt})));
  box.showModal();
}
