// What a message's menu offers, and what a phone's own menu offers.

import {post} from "./api.js";
import {askForLink, newGroup, newPerson} from "./dialogs.js";

const EDIT_SECONDS = 48 * 3600;
const CORRECTABLE = ["text", "photo", "video", "audio", "document", "voice"];

/** Whether this person may still correct the message. */
export function editable(entry, person, now) {
  const {message} = entry;
  return message.from.id === person.id && !message.forward_origin && now / 1000 - message.date < EDIT_SECONDS
    && CORRECTABLE.some((kind) => kind in message);
}

export function openMessageMenu(phone, entries) {
  const {composer, covers, store, person} = phone;
  const [entry] = entries;
  const words = entries.map(({message}) => message.text ?? message.caption).find(Boolean);
  const own = entry.message.from.id === person.id;
  covers.sheet("这条消息", [
    {sign: "reply", label: "回复", testid: "menu-reply", act: () => composer.reply(entry)},
    words && {sign: "copy", label: "复制文字", testid: "menu-copy", act: () => copy(words, covers)},
    {sign: "forward", label: "转发", testid: "menu-forward", act: () => openForward(phone, entries)},
    editable(entry, person, store.now()) && {sign: "pen", label: "修改", testid: "menu-edit", act: () => composer.edit(entry)},
    own && {sign: "trash", label: "删掉", hint: "机器人已经看到的收不回", testid: "menu-delete", act: () => takeBack(phone, entries)},
  ].filter(Boolean));
}

export async function copy(words, covers) {
  try {
    await navigator.clipboard.writeText(words);
    covers.toast("已复制");
  } catch {
    covers.warn("浏览器不让复制。可以自己选中文字。");
  }
}

function openForward(phone, entries) {
  const {composer, covers, person, store, chatId} = phone;
  const ids = entries.map((entry) => entry.message.message_id);
  const send = (target) => () => composer.attempt(() =>
    post("forward", {from: person.id, from_chat: chatId, message_ids: ids, chat: target}));
  const groups = [...store.groups.values()].filter((group) => group.members.includes(person.id));
  covers.sheet("转发到哪里？", [
    {sign: "person", label: `机器人（${store.profile.name}）`, testid: "forward-bot", act: send(person.id)},
    ...groups.map((group) => ({sign: "group", label: `群：${group.title}`, testid: `forward-${group.id}`, act: send(group.id)})),
  ]);
}

async function takeBack(phone, entries) {
  const {person, chatId, composer} = phone;
  for (const entry of entries) await composer.attempt(() => post("delete", {from: person.id, chat: chatId, message_id: entry.message.message_id}));
}

export function openPhoneMenu(phone) {
  const {person, store, covers} = phone;
  const block = person.blocked
    ? {sign: "check", label: "重新启用机器人", act: () => phone.block(false)}
    : {sign: "stop", label: "停用机器人（不再收它的消息）", act: () => covers.ask("停用以后，机器人不能再给您发消息。", "停用", () => phone.block(true))};
  covers.sheet(`${person.name}的手机`, [
    {sign: "person", label: "换个人", testid: "new-person", act: () => newPerson(phone.role, phone.title, (one) => phone.turnTo(one))},
    {sign: "group", label: "建一个群", testid: "new-group", act: () => newGroup([...store.persons.values()], person.id, (group) => {
      store.groups.set(group.id, group);
      phone.show(person, group.id);
    })},
    {sign: "link", label: "打开邀请链接", testid: "open-link", act: () => askForLink((payload) => phone.composer.attempt(() => post("start", {from: person.id, payload})))},
    block,
  ]);
}
