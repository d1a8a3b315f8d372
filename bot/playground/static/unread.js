// What each person has seen of each chat; kept in the browser, so that a reload does not forget it.

const KEY = "seen";

export class Unread {
  #seen = new Map(JSON.parse(localStorage.getItem(KEY) ?? "[]"));

  constructor(store) {
    this.store = store;
  }

  /** The newest message that the person has seen; what was there when the page first came counts as seen. */
  seen(person, chatId) {
    const key = `${person.id}/${chatId}`;
    if (!this.#seen.has(key)) this.#keep(key, this.#newest(chatId));
    return this.#seen.get(key);
  }

  count(person, chatId) {
    const seen = this.seen(person, chatId);
    return this.store.entries(chatId).filter(({message}) => message.message_id > seen && message.from.id !== person.id).length;
  }

  /** The person has everything in sight; whether that is news. */
  read(person, chatId) {
    const newest = this.#newest(chatId);
    if (this.seen(person, chatId) >= newest) return false;
    this.#keep(`${person.id}/${chatId}`, newest);
    return true;
  }

  #keep(key, messageId) {
    this.#seen.set(key, messageId);
    localStorage.setItem(KEY, JSON.stringify([...this.#seen]));
  }

  #newest(chatId) {
    return this.store.entries(chatId).at(-1)?.message.message_id ?? 0;
  }
}
