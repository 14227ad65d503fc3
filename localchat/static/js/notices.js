/** Short words over a chat, and the alert that waits for OK. */
import { el } from "./dom.js";

/** Long enough to read: a floor, and so much for each character. */
const SHOWN_MS = 3500;
const PER_CHARACTER_MS = 45;

export class Toasts {
  constructor() {
    this.node = el("div", { class: "toasts", role: "status", "aria-live": "polite", data: { toasts: "" } });
  }

  add(text, refused = false) {
    const toast = el("div", { class: "toast", data: { toast: refused ? "refused" : "answer" }, text });
    toast.addEventListener("click", () => toast.remove());
    this.node.append(toast);
    setTimeout(() => toast.remove(), SHOWN_MS + PER_CHARACTER_MS * text.length);
    while (this.node.childElementCount > 3) this.node.firstElementChild.remove();
  }
}

const waiting = [];

/** Alerts come one after another; none is lost when two bots speak at once. */
export function showAlert(title, text, words, lang) {
  const dialog = document.querySelector("[data-dialog=alert]");
  waiting.push({ title, text, words, lang });
  if (!dialog.open) nextAlert(dialog);
}

function nextAlert(dialog) {
  const next = waiting.shift();
  if (!next) return;
  dialog.lang = next.lang;
  dialog.querySelector("h2").textContent = next.title;
  dialog.querySelector("[data-alert-text]").textContent = next.text;
  dialog.querySelector("[data-action=close-alert]").textContent = next.words.ok;
  dialog.addEventListener("close", () => nextAlert(dialog), { once: true });
  dialog.showModal();
}
