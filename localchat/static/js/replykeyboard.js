/** The keyboard that the bot puts in the place of the person's own. */
import { el } from "./dom.js";

export class ReplyKeyboard {
  constructor({ onChoose, onToggle }) {
    this.onChoose = onChoose;
    this.onToggle = onToggle;
    this.node = el("div", { class: "reply-keyboard", role: "group", hidden: true, data: { replyKeyboard: "" } });
    this.signature = "";
    this.shut = false;
  }

  get present() {
    return Boolean(this.markup?.keyboard?.length);
  }

  /** A keyboard that was put away stays away until the bot sends another. */
  show(markup) {
    this.markup = markup;
    const rows = markup?.keyboard ?? [];
    const signature = JSON.stringify(markup);
    if (signature !== this.signature) {
      this.signature = signature;
      this.shut = false;
      this.node.dataset.resize = String(Boolean(markup?.resize_keyboard));
      this.node.dataset.oneTime = String(Boolean(markup?.one_time_keyboard));
      this.node.replaceChildren(
        ...rows.map((row, at) => el("div", { class: "keyboard-row", data: { row: at } }, row.map((button) => this.button(button)))),
      );
    }
    this.node.hidden = this.shut || !this.present;
  }

  button(button) {
    const text = typeof button === "string" ? button : button.text;
    return el(
      "button",
      {
        type: "button",
        class: "key",
        data: { replyButton: text },
        onclick: () => {
          if (this.markup.one_time_keyboard) this.toggle(false);
          this.onChoose(text);
        },
      },
      el("span", { class: "key-label", text }),
    );
  }

  toggle(open = this.shut) {
    this.shut = !open;
    this.node.hidden = this.shut || !this.present;
    this.onToggle();
  }
}
