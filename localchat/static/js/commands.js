/** The list of the bot's commands above the text field: all of them, or those that match what is typed. */
import { el } from "./dom.js";

let lists = 0;

export class CommandList {
  constructor(words, { onSend, onFill }) {
    this.onSend = onSend;
    this.onFill = onFill;
    this.id = `commands-${(lists += 1)}`;
    this.node = el("ul", { class: "commands", role: "listbox", id: this.id, "aria-label": words.commands, hidden: true, data: { commands: "" } });
    this.shown = [];
    this.at = -1;
  }

  get open() {
    return !this.node.hidden;
  }

  /** Show the commands that begin with `typed` ("/", "/pr"); none, and the list closes. */
  show(commands, typed = "/") {
    const start = typed.slice(1).toLowerCase();
    this.shown = commands.filter(({ command }) => command.startsWith(start));
    if (!this.shown.length) return this.hide();
    this.node.replaceChildren(...this.shown.map((each, at) => this.row(each, at)));
    this.node.hidden = false;
    // Nothing is chosen beforehand, so that Enter sends what was typed and not what it resembles.
    this.mark(-1);
    return true;
  }

  hide() {
    this.node.hidden = true;
    this.shown = [];
    this.at = -1;
    return false;
  }

  row({ command, description }, at) {
    return el(
      "li",
      {
        role: "option",
        id: `${this.id}-${at}`,
        data: { command },
        // The text field keeps the focus.
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.onSend(`/${command}`),
      },
      el("b", { text: `/${command}` }),
      el("span", { text: description }),
    );
  }

  mark(at) {
    this.at = at;
    [...this.node.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    this.node.children[at]?.scrollIntoView({ block: "nearest" });
  }

  get activeId() {
    return this.open && this.at >= 0 ? `${this.id}-${this.at}` : null;
  }

  /** True when the key was for the list. */
  key(event) {
    if (!this.open) return false;
    const count = this.shown.length;
    const chosen = this.shown[this.at];
    if (event.key === "ArrowDown") this.mark((this.at + 1) % count);
    else if (event.key === "ArrowUp") this.mark((Math.max(this.at, 0) - 1 + count) % count);
    else if (event.key === "Tab" && !event.shiftKey) this.onFill(`/${(chosen ?? this.shown[0]).command} `);
    else if (event.key === "Enter" && chosen) this.onSend(`/${chosen.command}`);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    return true;
  }
}
