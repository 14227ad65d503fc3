/** The scrolling list of a chat's messages: keeps what did not change, and the place one reads at. */
import { el, icon } from "./dom.js";
import { messageNode, pendingNode } from "./message.js";
import { dayName, sameDay } from "./words.js";

/** Messages of one author within this many seconds stand close together. */
const GROUP_SECONDS = 300;
const PAGE = 120;
const NEAR_BOTTOM = 90;

export class MessageLog {
  constructor(chat, words, act) {
    this.chat = chat;
    this.words = words;
    this.act = act;
    this.limit = PAGE;
    this.nodes = new Map();
    this.seenLast = 0;
    this.list = el("div", {
      class: "messages",
      role: "log",
      "aria-live": "polite",
      "aria-busy": "true",
      "aria-label": words.conversation(chat.person.first_name),
      tabindex: "0",
      data: { messages: "" },
    });
    this.inner = el("div", { class: "messages-inner" });
    this.list.append(this.inner);
    this.count = el("span", { class: "badge", hidden: true });
    this.jump = el(
      "button",
      { type: "button", class: "round jump", "aria-label": words.latest, title: words.latest, data: { action: "latest" }, hidden: true, onclick: () => this.toBottom(true) },
      icon("down"),
      this.count,
    );
    this.node = el("div", { class: "log" }, this.list, this.jump);
    this.atBottom = true;
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // A picture that came late or a keyboard that opened must not hide the last message.
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.list);
    this.watch.observe(this.inner);
  }

  show() {
    const { chat } = this;
    const all = chat.list;
    const shown = all.slice(-this.limit);
    const wanted = [];
    if (all.length > shown.length) wanted.push(this.keep("earlier", "earlier", () => this.earlierButton()));
    shown.forEach((message, at) => this.addMessage(wanted, message, shown[at - 1], shown[at + 1]));
    for (const pending of chat.pending) {
      wanted.push(this.keep(`pending ${pending.key}`, pending.failed ?? "", () => pendingNode(pending, this)));
    }
    if (chat.startable) wanted.push(this.keep("empty", `${chat.bot.name} ${chat.bot.description}`, () => this.emptyCard()));
    if (chat.typing) wanted.push(this.keep("typing", "typing", () => this.typingNode()));
    this.arrange(wanted);
    this.after(all, chat.pending.length);
  }

  addMessage(wanted, message, before, after) {
    if (!before || !sameDay(before.date, message.date)) {
      const day = dayName(message.date, this.words);
      wanted.push(this.keep(`day before ${message.message_id}`, day, () => el("div", { class: "day" }, el("span", { text: day }))));
    }
    const place = { first: !together(before, message) && "true", last: !together(message, after) && "true" };
    const waiting = (message.reply_markup?.inline_keyboard ?? [])
      .flat()
      .map((button) => this.chat.waitsFor(message.message_id, button.callback_data));
    const original = this.chat.messages.get(message.reply_to_message?.message_id);
    const signature = JSON.stringify([message, place, waiting, original?.text ?? original?.caption]);
    wanted.push(this.keep(`message ${message.message_id}`, signature, () => messageNode(message, { ...this.context, place })));
  }

  get context() {
    return { chat: this.chat, words: this.words, act: this.act };
  }

  /** The node of this key, made anew only if its signature changed. */
  keep(key, signature, make) {
    const kept = this.nodes.get(key);
    if (kept?.signature === signature) return { key, ...kept };
    const node = make();
    if (kept) this.carryOver(kept.node, node);
    return { key, signature, node, replaced: kept?.node };
  }

  /** A redrawn message keeps its focus, and flashes once when its text was edited. */
  carryOver(old, node) {
    if (node.dataset.edited && old.textContent !== node.textContent) node.classList.add("changed");
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    if (!held) return;
    const selector = held.dataset.button !== undefined ? `[data-button="${CSS.escape(held.dataset.button)}"]` : "[data-action]";
    queueMicrotask(() => node.querySelector(selector)?.focus({ preventScroll: true }));
  }

  arrange(wanted) {
    const fresh = new Map(wanted.map(({ key, signature, node }) => [key, { signature, node }]));
    for (const { replaced, node } of wanted) if (replaced?.isConnected) replaced.replaceWith(node);
    for (const [key, { node }] of this.nodes) if (!fresh.has(key)) node.remove();
    let at = this.inner.firstChild;
    for (const { node } of wanted) {
      if (node === at) at = at.nextSibling;
      else this.inner.insertBefore(node, at);
    }
    this.nodes = fresh;
  }

  after(all, pendingCount) {
    const last = all.at(-1)?.message_id ?? 0;
    const mine = pendingCount > (this.pendingCount ?? 0) || (last > this.seenLast && all.at(-1)?.out);
    this.pendingCount = pendingCount;
    if (this.chat.loaded) this.list.setAttribute("aria-busy", "false");
    if (this.atBottom || mine) this.toBottom();
    else this.unseen = all.filter((message) => message.message_id > this.seenLast && !message.out).length;
    if (this.atBottom) this.seenLast = last;
    this.showJump();
  }

  resized() {
    this.size = this.measure();
    if (this.atBottom) this.toBottom();
  }

  measure() {
    const { scrollHeight, clientHeight, clientWidth } = this.list;
    return `${scrollHeight} ${clientHeight} ${clientWidth}`;
  }

  scrolled() {
    // The browser moved the content because its size changed; nobody scrolled.
    if (this.size !== this.measure()) return;
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    if (this.atBottom) {
      this.unseen = 0;
      this.seenLast = this.chat.list.at(-1)?.message_id ?? 0;
    }
    this.showJump();
  }

  showJump() {
    this.jump.hidden = this.atBottom;
    this.count.hidden = !this.unseen;
    this.count.textContent = this.unseen ? new Intl.NumberFormat(this.words.locale).format(this.unseen) : "";
  }

  toBottom(smooth = false) {
    this.atBottom = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  jumpTo(messageId) {
    const find = () => this.inner.querySelector(`[data-message-id="${messageId}"]`);
    if (!find() && this.chat.messages.has(messageId)) {
      this.limit = Infinity;
      this.show();
    }
    const node = find();
    if (!node) return;
    this.atBottom = false;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("found");
    requestAnimationFrame(() => node.classList.add("found"));
  }

  earlierButton() {
    const onclick = () => {
      const fromEnd = this.list.scrollHeight - this.list.scrollTop;
      this.limit += PAGE;
      this.atBottom = false;
      this.show();
      this.list.scrollTop = this.list.scrollHeight - fromEnd;
    };
    return el("button", { type: "button", class: "earlier", data: { action: "earlier" }, onclick, text: this.words.earlier });
  }

  emptyCard() {
    const { chat, words } = this;
    return el(
      "div",
      { class: "empty", data: { empty: "" } },
      el("img", { src: "/static/icon.svg", alt: "", width: "52", height: "52" }),
      el("h3", { text: chat.bot.name }),
      chat.bot.description ? el("p", { text: chat.bot.description }) : el("p", { text: words.startNote }),
      el("button", { type: "button", class: "strong start", data: { action: "start" }, onclick: () => this.act.onCommand("/start") }, words.start),
    );
  }

  typingNode() {
    return el(
      "div",
      { class: "message typing", data: { out: "false", typingBubble: "" } },
      el("div", { class: "bubble", role: "img", "aria-label": `${this.chat.bot.name} ${this.words.typing}` }, el("i"), el("i"), el("i")),
    );
  }

  close() {
    this.watch.disconnect();
  }
}

function together(before, after) {
  return Boolean(
    before && after && Boolean(before.out) === Boolean(after.out) && !before.pinned_message && !after.pinned_message &&
      after.date - before.date < GROUP_SECONDS && sameDay(before.date, after.date),
  );
}
