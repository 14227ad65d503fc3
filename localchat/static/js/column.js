/** One person's chat on the screen: header, pinned message, messages, composer. */
import { Composer } from "./composer.js";
import { avatar, el, icon, iconButton, nameOf } from "./dom.js";
import { MessageLog } from "./log.js";
import { openMenu } from "./menu.js";
import { showAlert, Toasts } from "./notices.js";
import { richText, summary } from "./text.js";
import { wordsFor } from "./words.js";

export class Column {
  /** `onClose` hides the column. */
  constructor(chat, { onClose }) {
    this.chat = chat;
    this.onClose = onClose;
    this.words = wordsFor(chat.person);
    const act = {
      onCommand: (text) => chat.send(text),
      onLink: (url) => this.followDeepLink(url),
      onJump: (id) => this.log.jumpTo(id),
      onCopy: (text) => this.copy(text),
      onMenu: (message, anchor, at) => this.messageMenu(message, anchor, at),
    };
    this.log = new MessageLog(chat, this.words, act);
    this.composer = new Composer(chat, this.words);
    this.toasts = new Toasts();
    this.build();
    this.listen();
    this.show();
  }

  build() {
    const { chat, words } = this;
    const { person, bot } = chat;
    this.status = el("span", { class: "column-status" });
    const menu = iconButton("more", words.chatMenu, { "aria-haspopup": "menu", data: { action: "chat-menu" }, onclick: () => this.chatMenu(menu) });
    this.pinned = el("div", { class: "pinned", hidden: true, data: { pinned: "" } });
    this.node = el(
      "section",
      {
        class: "column",
        lang: person.language_code || "en",
        "aria-label": words.conversation(nameOf(person)),
        data: { person: person.id, bot: bot.id, state: "loading" },
      },
      el(
        "header",
        { class: "column-head" },
        avatar(nameOf(person), person.id),
        el("div", { class: "column-names" }, el("h2", { text: nameOf(person) }), this.status),
        menu,
      ),
      this.pinned,
      this.log.node,
      this.composer.node,
      this.toasts.node,
      el("div", { class: "drop-hint", "aria-hidden": "true" }, icon("attach"), el("span", { text: words.drop })),
    );
  }

  listen() {
    this.onChange = () => this.show();
    this.onNotice = ({ detail }) => this.notice(detail);
    this.chat.addEventListener("change", this.onChange);
    this.chat.addEventListener("notice", this.onNotice);
    this.node.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      this.node.dataset.dropping = "";
    });
    this.node.addEventListener("dragleave", (event) => {
      if (!this.node.contains(event.relatedTarget)) delete this.node.dataset.dropping;
    });
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      delete this.node.dataset.dropping;
      if (!this.chat.blocked) this.composer.tray.add(event.dataTransfer.files);
    });
  }

  show() {
    const { chat, words, node } = this;
    node.dataset.state = chat.loaded ? "ready" : "loading";
    node.dataset.typing = String(chat.typing);
    node.dataset.blocked = String(chat.blocked);
    this.status.textContent = chat.typing ? `${chat.bot.name} ${words.typing}` : chat.bot.name;
    this.showPinned();
    this.composer.show();
    this.log.show();
  }

  showPinned() {
    const { chat, words } = this;
    const ids = chat.pinned.filter((id) => chat.messages.has(id));
    this.pinned.hidden = !ids.length;
    if (!ids.length) return;
    const at = ids.includes(this.pinnedAt) ? this.pinnedAt : ids.at(-1);
    const text = summary(chat.messages.get(at), words);
    const next = ids.at(ids.indexOf(at) - 1);
    this.pinned.dataset.pinned = String(at);
    const title = ids.length > 1 ? `${words.pinned} ${new Intl.NumberFormat(words.locale).format(ids.indexOf(at) + 1)}` : words.pinned;
    this.pinned.replaceChildren(
      el(
        "button",
        {
          type: "button",
          data: { action: "pinned" },
          onclick: () => {
            this.log.jumpTo(at);
            this.pinnedAt = next;
            this.showPinned();
          },
        },
        icon("pin"),
        el("span", {}, el("b", { text: title }), el("span", { text })),
      ),
    );
  }

  notice({ text, alert, refused }) {
    if (alert) showAlert(`${this.chat.bot.name} → ${nameOf(this.chat.person)}`, text, this.words, this.node.lang);
    else this.toasts.add(refused ? `${this.words.refused} ${text}` : text, refused);
  }

  /** A t.me link to this very bot is followed in this chat, as Telegram does. */
  followDeepLink(url) {
    const match = /^(?:https?:\/\/(?:t|telegram)\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?/i.exec(url);
    if (!match || match[1].toLowerCase() !== this.chat.bot.username?.toLowerCase()) return false;
    this.chat.send(match[2] ? `/start ${match[2]}` : "/start");
    return true;
  }

  messageMenu(message, anchor, at) {
    const { words, chat } = this;
    const text = message.text ?? message.caption;
    const items = [
      { label: words.reply, icon: "reply", action: "reply", onselect: () => this.composer.setContext({ kind: "reply", message }) },
    ];
    if (message.out && message.text !== undefined) {
      items.push({ label: words.edit, icon: "edit", action: "edit", onselect: () => this.composer.setContext({ kind: "edit", message }) });
    }
    if (text) items.push({ label: words.copy, icon: "copy", action: "copy", onselect: () => this.copy(richText(message, words, null).textContent) });
    openMenu(anchor, chat.blocked ? items.filter(({ action }) => action === "copy") : items, at);
  }

  chatMenu(anchor) {
    const { words, chat } = this;
    const block = chat.blocked
      ? { label: words.unblock, icon: "retry", action: "unblock-bot", onselect: () => chat.setBlocked(false) }
      : { label: words.block, icon: "stop", action: "block-bot", danger: true, onselect: () => chat.setBlocked(true) };
    const close = { label: words.close, icon: "hide", action: "close-column", onselect: this.onClose };
    openMenu(anchor, [block, close]);
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text);
    this.toasts.add(this.words.copied);
  }

  close() {
    this.chat.removeEventListener("change", this.onChange);
    this.chat.removeEventListener("notice", this.onNotice);
    this.log.close();
    this.composer.close();
    this.node.remove();
  }
}
