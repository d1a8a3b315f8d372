// The page: three phones, the switcher for narrow screens, the clock.

import {post} from "./api.js";
import {h, momentOf, secondsToMorning, shiftOf} from "./dom.js";
import {Phone} from "./phone.js";
import {openPreferences} from "./preferences.js";
import {ROLES, Store} from "./store.js";
import {Unread} from "./unread.js";

const store = new Store();
const narrow = window.matchMedia("(max-width: 999px)");
const unread = new Unread(store);
const phones = ROLES.map((role) => new Phone(store, unread, role));
const tabs = new Map();

function buildPage() {
  for (const phone of phones) {
    document.getElementById("phones").append(phone.node);
    const tab = h("button.tab", {type: "button", "data-testid": `tab-${phone.role}`, onclick: () => bringForward(phone.role)},
      phone.title, h("span.badge", {hidden: true}));
    tabs.set(phone.role, tab);
    document.getElementById("tabs").append(tab);
    phone.addEventListener("unread", () => showUnread(phone));
    phone.addEventListener("turn", ({detail}) => turnTo(detail));
  }
  narrow.addEventListener("change", () => bringForward(document.body.dataset.shown));
  document.getElementById("preferences").addEventListener("click", openPreferences);
  bringForward(sessionStorage.getItem("shown") ?? "resident");
}

function bringForward(role) {
  document.body.dataset.shown = role;
  sessionStorage.setItem("shown", role);
  for (const phone of phones) {
    const shown = phone.role === role;
    phone.setAway(narrow.matches && !shown);
    tabs.get(phone.role).setAttribute("aria-pressed", String(shown));
  }
}

/** Show the person on the phone of their role. */
function turnTo(person) {
  const phone = phones.find((one) => one.role === person.role);
  phone.show(store.persons.get(person.id) ?? person);
  bringForward(person.role);
}

function showUnread(phone) {
  const count = phone.unreadTotal();
  const badge = tabs.get(phone.role).querySelector(".badge");
  badge.hidden = count === 0;
  badge.textContent = count;
  badge.ariaLabel = `${count} 条新消息`;
  const total = phones.reduce((sum, one) => sum + one.unreadTotal(), 0);
  document.title = total ? `（${total}）邻应 · 三部手机` : "邻应 · 三部手机";
}

function showBot() {
  const words = !store.connected ? "正在连接…" : store.bot.online ? "机器人在线" : store.bot.seen ? "机器人停了" : "机器人还没启动…";
  const node = document.getElementById("bot-state");
  node.textContent = words;
  node.dataset.online = String(store.connected && store.bot.online);
  phones.forEach((phone) => phone.person && phone.showStrip());
}

// --- clock

function showClock() {
  const moment = momentOf(store.now());
  for (const node of document.querySelectorAll("[data-clock]")) node.textContent = moment;
  document.getElementById("clock-short").textContent = moment.split(" ").at(-1);
  document.getElementById("clock-shift").textContent = shiftOf(store.offset);
  document.querySelector("[data-reset]").disabled = store.offset === 0;
}

function buildClock() {
  const bar = document.getElementById("clock-bar");
  const toggle = document.getElementById("clock-toggle");
  bar.addEventListener("click", ({target}) => {
    const {add, reset, morning} = target.dataset;
    const wish = add ? {add: Number(add)} : morning !== undefined ? {add: secondsToMorning(store.now())}
      : reset !== undefined ? {offset: 0} : null;
    if (wish) post("clock", wish).catch(showBot);
  });
  toggle.addEventListener("click", () => {
    const open = bar.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  showClock();
  setInterval(showClock, 1000);
}

// --- what happens

const REACTIONS = {
  state() {
    phones.forEach((phone) => phone.refresh());
    showBot();
    showClock();
  },
  message(event) {
    for (const phone of phones) {
      if (event.chat === phone.chatId) phone.take(event);
      if (isTheirs(phone, event.chat)) phone.notice(event.chat);
    }
  },
  keyboard: (event) => phonesOf(event.chat).forEach((phone) => phone.composer.showKeyboard()),
  action: (event) => phonesOf(event.chat).forEach((phone) => phone.talk.showTyping()),
  answer: (event) => phonesOf(event.chat).forEach((phone) => phone.takeAnswer(event.answer)),
  head: () => phones.forEach((phone) => phone.refreshHead()),
  waiting: () => phones.forEach((phone) => phone.talk.showTicks()),
  taken: () => phones.forEach((phone) => phone.talk.showTicks()),
  clock: showClock,
  bot: showBot,
  connection: showBot,
};

const phonesOf = (chatId) => phones.filter((phone) => phone.chatId === chatId);

function isTheirs(phone, chatId) {
  if (chatId > 0) return store.persons.get(chatId)?.role === phone.role;
  return store.groups.get(chatId)?.members.some((id) => store.persons.get(id)?.role === phone.role);
}

document.addEventListener("visibilitychange", () => !document.hidden && bringForward(document.body.dataset.shown));
store.addEventListener("change", ({detail}) => REACTIONS[detail.kind]?.(detail));
buildPage();
buildClock();
showBot();
store.connect();
