/**
 * The state of one person's chat with one bot, without any view of it.
 *
 * It says "change" when something to be shown changed, and "notice" (detail: text, alert)
 * when a pressed button was answered with words or a call was refused.
 */
import { ChatApi } from "./api.js";
import { wordsFor } from "./words.js";

/** The Bot API shows "typing" for about five seconds, or until a message comes. */
const TYPING_MS = 5000;
/** A press that nobody answers stops spinning after this long. */
const PRESS_MS = 30000;

export class Chat extends EventTarget {
  constructor(bot, person) {
    super();
    this.bot = bot;
    this.person = person;
    this.api = new ChatApi(bot.id, person.id);
    this.messages = new Map();
    this.pending = [];
    this.presses = new Map();
    this.answered = new Set();
    this.commands = [];
    this.pinned = [];
    this.replyKeyboard = null;
    this.blocked = false;
    this.typingUntil = 0;
    this.unread = 0;
    this.loaded = false;
    /** The number of the last event that the loaded state includes. */
    this.current = 0;
    this.duringLoad = null;
    this.queue = Promise.resolve();
  }

  /** All messages in order. */
  get list() {
    return [...this.messages.values()].sort((a, b) => a.message_id - b.message_id);
  }

  get typing() {
    return this.typingUntil > Date.now();
  }

  get startable() {
    return this.loaded && this.messages.size === 0 && this.pending.length === 0;
  }

  /** The person's latest own text message, which the up arrow edits. */
  get lastOwnText() {
    return this.list.findLast((message) => message.out && message.text !== undefined);
  }

  /** Load the whole state. Events that come meanwhile are applied again on top of it. */
  async load() {
    if (this.duringLoad) {
      this.loadAgain = true;
      return;
    }
    this.duringLoad = [];
    try {
      this.take(await this.api.state());
    } catch (error) {
      if (!(error instanceof TypeError)) this.notice(error.message, { refused: true });
    }
    const missed = this.duringLoad;
    this.duringLoad = null;
    for (const event of missed) this.handle(event);
    this.changed();
    if (this.loadAgain) {
      this.loadAgain = false;
      this.load();
    }
  }

  take(state) {
    this.messages = new Map(state.messages.map((message) => [message.message_id, message]));
    this.commands = state.commands ?? [];
    this.replyKeyboard = state.reply_keyboard ?? null;
    this.pinned = state.pinned ?? [];
    this.blocked = Boolean(state.blocked);
    if (state.typing) this.showTyping();
    this.current = state.event ?? 0;
    this.loaded = true;
  }

  handle(event) {
    if (event.number <= this.current) return;
    this.duringLoad?.push(event);
    const handler = HANDLERS[event.kind];
    if (!handler) return;
    handler(this, event);
    this.changed();
  }

  showTyping() {
    this.typingUntil = Date.now() + TYPING_MS;
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.changed(), TYPING_MS + 20);
  }

  send(text, replyTo) {
    return this.deliver({ text, replyTo }, () => this.api.send(text, replyTo));
  }

  sendFile(kind, file, caption, seconds) {
    return this.deliver({ text: caption, file }, () => this.api.sendFile(kind, file, caption, seconds));
  }

  /** Show a message at once and send it after those before it; a failed one stays, to be tried again. */
  deliver(entry, post) {
    const pending = { ...entry, key: crypto.randomUUID?.() ?? String(Math.random()), date: Date.now() / 1000, post };
    this.pending.push(pending);
    this.changed();
    return this.attempt(pending);
  }

  attempt(pending) {
    pending.failed = null;
    const turn = this.queue.then(async () => {
      try {
        const message = await pending.post();
        this.forget(pending);
        this.messages.set(message.message_id, message);
      } catch (error) {
        // fetch says TypeError when it did not reach the server at all.
        pending.failed = error instanceof TypeError ? wordsFor(this.person).offline : error.message;
      }
      this.changed();
    });
    this.queue = turn;
    this.changed();
    return turn;
  }

  forget(pending) {
    this.pending = this.pending.filter((each) => each !== pending);
    this.changed();
  }

  /** The event of an own message can come before the response to its sending. */
  dropTwin({ text, caption }) {
    const twin = this.pending.find((each) => !each.failed && (each.text ?? "") === (text ?? caption ?? ""));
    this.pending = this.pending.filter((each) => each !== twin);
  }

  edit(messageId, text) {
    return this.attemptQuietly(async () => {
      const message = await this.api.edit(messageId, text);
      this.messages.set(message.message_id, message);
    });
  }

  setBlocked(blocked) {
    return this.attemptQuietly(async () => {
      await (blocked ? this.api.block() : this.api.unblock());
      this.blocked = blocked;
    });
  }

  async attemptQuietly(action) {
    try {
      await action();
    } catch (error) {
      this.notice(error.message, { refused: true });
    }
    this.changed();
  }

  async press(messageId, data) {
    const key = pressKey(messageId, data);
    if (this.presses.has(key)) return;
    const press = { queryId: null };
    this.presses.set(key, press);
    press.timer = setTimeout(() => this.release(key), PRESS_MS);
    this.changed();
    try {
      press.queryId = String((await this.api.press(messageId, data)).callback_query_id);
      // The answer can overtake the response that names the query.
      if (this.answered.delete(press.queryId)) this.release(key);
    } catch (error) {
      this.release(key);
      this.notice(error.message, { refused: true });
    }
  }

  waitsFor(messageId, data) {
    return this.presses.has(pressKey(messageId, data));
  }

  answer(queryId) {
    for (const [key, press] of this.presses) {
      if (press.queryId === queryId) return this.release(key);
    }
    return this.answered.add(queryId);
  }

  release(key) {
    clearTimeout(this.presses.get(key)?.timer);
    this.presses.delete(key);
    this.changed();
  }

  /** Several changes in one turn are shown once. */
  changed() {
    if (this.announcing) return;
    this.announcing = true;
    queueMicrotask(() => {
      this.announcing = false;
      this.dispatchEvent(new Event("change"));
    });
  }

  notice(text, detail = {}) {
    this.dispatchEvent(new CustomEvent("notice", { detail: { text, ...detail } }));
  }
}

function pressKey(messageId, data) {
  return `${messageId} ${data}`;
}

/** Each event carries what it changes; what it leaves out stays. */
const HANDLERS = {
  message(chat, { message, reply_keyboard: keyboard }) {
    chat.messages.set(message.message_id, message);
    chat.typingUntil = 0;
    if (keyboard !== undefined) chat.replyKeyboard = keyboard;
    if (message.out) chat.dropTwin(message);
  },
  edited(chat, { message, reply_keyboard: keyboard }) {
    chat.messages.set(message.message_id, message);
    if (keyboard !== undefined) chat.replyKeyboard = keyboard;
  },
  deleted(chat, { message_id: id }) {
    chat.messages.delete(id);
    chat.pinned = chat.pinned.filter((each) => each !== id);
  },
  typing(chat) {
    chat.showTyping();
  },
  callback_answer(chat, event) {
    chat.answer(String(event.callback_query_id));
    if (event.text) chat.notice(event.text, { alert: Boolean(event.show_alert) });
  },
  commands(chat, event) {
    chat.commands = event.commands ?? chat.commands;
  },
  pinned(chat, event) {
    chat.pinned = event.pinned ?? chat.pinned;
  },
  blocked(chat, event) {
    chat.blocked = event.blocked ?? chat.blocked;
  },
  cleared(chat) {
    chat.load();
  },
};
