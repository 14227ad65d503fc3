/** Files chosen, pasted or dropped, waiting to be sent with what is typed as their caption. */
import { el, icon, iconButton } from "./dom.js";
import { fileSize } from "./words.js";

/** What Telegram itself takes as a photo; anything else goes as a document. */
const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp"];

export class Tray {
  constructor(words, onChange) {
    this.words = words;
    this.onChange = onChange;
    this.files = [];
    this.list = el("ul", { class: "tray-list" });
    this.asFile = el("input", { type: "checkbox", name: "as_file", onchange: () => this.draw() });
    this.choice = el("label", { class: "tray-choice" }, this.asFile, words.asFile);
    this.node = el("div", { class: "tray", hidden: true, data: { tray: "" } }, this.list, this.choice);
  }

  get empty() {
    return this.files.length === 0;
  }

  /** `kind` is photo, document or voice; without it, the file's type decides. */
  add(files, kind = null) {
    for (const file of files) {
      const guess = PHOTO_TYPES.includes(file.type) ? "photo" : "document";
      const picked = kind === "photo" && guess !== "photo" ? "document" : (kind ?? guess);
      const url = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
      this.files.push({ file, kind: picked, url });
    }
    this.draw();
  }

  kindOf(entry) {
    return entry.kind === "photo" && this.asFile.checked ? "document" : entry.kind;
  }

  /** Empty the tray and give what was in it as { kind, file }. */
  take() {
    const taken = this.files.map((entry) => ({ kind: this.kindOf(entry), file: entry.file }));
    for (const { url } of this.files) if (url) URL.revokeObjectURL(url);
    this.files = [];
    this.draw();
    return taken;
  }

  remove(entry) {
    if (entry.url) URL.revokeObjectURL(entry.url);
    this.files = this.files.filter((each) => each !== entry);
    this.draw();
  }

  draw() {
    this.node.hidden = this.empty;
    this.choice.hidden = !this.files.some(({ kind }) => kind === "photo");
    this.list.replaceChildren(...this.files.map((entry) => this.row(entry)));
    this.onChange();
  }

  row(entry) {
    const { file, url } = entry;
    const kind = this.kindOf(entry);
    return el(
      "li",
      { data: { trayFile: file.name, kind } },
      url ? el("img", { src: url, alt: "" }) : el("span", { class: "tray-sign" }, icon(kind === "voice" ? "mic" : "file")),
      el("span", { class: "tray-name" }, el("span", { text: file.name }), el("small", { text: fileSize(file.size, this.words) })),
      iconButton("close", `${this.words.remove}: ${file.name}`, { class: "small", data: { action: "remove-file" }, onclick: () => this.remove(entry) }),
    );
  }
}
