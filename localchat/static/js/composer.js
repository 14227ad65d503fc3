/** Where a person writes: text, files, voice; replies to and edits of messages; commands and the reply keyboard. */
import { CommandList } from "./commands.js";
import { el, icon, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { Recorder } from "./recorder.js";
import { ReplyKeyboard } from "./replykeyboard.js";
import { summary } from "./text.js";
import { Tray } from "./tray.js";
import { duration } from "./words.js";

export class Composer {
  constructor(chat, words) {
    this.chat = chat;
    this.words = words;
    this.context = null;
    this.commands = new CommandList(words, {
      onSend: (command) => this.sendNow(command),
      onFill: (text) => this.fill(text),
    });
    this.keyboard = new ReplyKeyboard({ onChoose: (text) => this.sendNow(text), onToggle: () => this.show() });
    this.tray = new Tray(words, () => this.showButtons());
    this.build();
    this.listen();
    if (chat.draft) this.fill(chat.draft);
  }

  build() {
    const { words } = this;
    this.input = el("textarea", {
      rows: "1",
      name: "text",
      "aria-label": words.messageTo(this.chat.bot.name),
      "aria-autocomplete": "list",
      "aria-controls": this.commands.id,
      enterkeyhint: "send",
      data: { input: "text" },
    });
    this.slash = iconButton("slash", words.commands, { class: "slash", data: { action: "commands" }, onclick: () => this.toggleCommands() });
    this.attach = iconButton("attach", words.attach, { "aria-haspopup": "menu", data: { action: "attach" }, onclick: () => this.attachMenu() });
    this.toggle = iconButton("keyboard", words.keyboard, { class: "small", data: { action: "keyboard" }, onclick: () => this.keyboard.toggle() });
    this.mic = iconButton("mic", words.record, { data: { action: "record" }, onclick: () => this.record() });
    this.sendButton = iconButton("send", words.send, { class: "send", data: { action: "send" }, onclick: () => this.submit() });
    this.inputs = ["photo", "document", "voice"].map((kind) => this.fileInput(kind));
    this.bar = el("div", { class: "context", hidden: true, data: { context: "" } });
    this.row = el(
      "div",
      { class: "compose-row" },
      this.slash,
      this.attach,
      el("div", { class: "compose-field" }, this.input, this.toggle),
      this.mic,
      this.sendButton,
    );
    this.recording = el("div", { class: "recording", hidden: true, data: { recording: "" } });
    this.blocked = el(
      "div",
      { class: "blocked", hidden: true },
      el("p", { text: words.blocked }),
      el("button", { type: "button", class: "strong", data: { action: "unblock" }, onclick: () => this.chat.setBlocked(false) }, words.unblock),
    );
    this.node = el(
      "div",
      { class: "composer", data: { composer: "" } },
      this.commands.node, this.bar, this.tray.node, this.row, this.recording, this.blocked, this.keyboard.node, this.inputs,
    );
  }

  fileInput(kind) {
    const accept = { photo: "image/*", voice: "audio/*,.oga,.ogg,.opus" }[kind];
    const input = el("input", { type: "file", multiple: kind !== "voice", accept, hidden: true, tabindex: "-1", data: { input: kind }, "aria-label": this.words[kind] ?? this.words.voiceFile });
    input.addEventListener("change", () => {
      this.tray.add(input.files, kind);
      input.value = "";
      this.input.focus();
    });
    return input;
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.keydown(event));
    this.input.addEventListener("blur", () => this.commands.hide());
    this.input.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (!files.length) return;
      event.preventDefault();
      this.tray.add(files);
    });
  }

  /** Bring everything in line with the chat's state. */
  show() {
    const { chat } = this;
    const fromBot = chat.list.findLast((message) => !message.out);
    this.keyboard.show(chat.replyKeyboard);
    this.answerForced(fromBot);
    this.node.dataset.blocked = String(chat.blocked);
    this.blocked.hidden = !chat.blocked;
    this.row.hidden = chat.blocked || Boolean(this.recorder);
    this.keyboard.node.hidden ||= chat.blocked;
    this.slash.hidden = !chat.commands.length;
    this.toggle.hidden = !this.keyboard.present;
    this.toggle.setAttribute("aria-pressed", String(!this.keyboard.node.hidden));
    const asked = !this.keyboard.node.hidden || chat.replyKeyboard?.force_reply;
    this.input.placeholder = (asked && chat.replyKeyboard?.input_field_placeholder) || this.words.message;
    if (this.context && !chat.messages.has(this.context.message.message_id)) this.setContext(null);
    this.showButtons();
  }

  /** A message that forces a reply opens the reply once. */
  answerForced(message) {
    if (!this.chat.replyKeyboard?.force_reply || !message || this.forced === message.message_id) return;
    this.forced = message.message_id;
    this.setContext({ kind: "reply", message });
  }

  showButtons() {
    const ready = this.input.value.trim() !== "" || !this.tray.empty || this.context?.kind === "edit";
    this.sendButton.hidden = !ready;
    this.mic.hidden = ready;
  }

  typed() {
    this.chat.draft = this.context?.kind === "edit" ? this.chat.draft : this.input.value;
    this.grow();
    this.showButtons();
    if (/^\/\w*$/.test(this.input.value)) this.commands.show(this.chat.commands, this.input.value);
    else this.commands.hide();
    this.markActive();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 180)}px`;
  }

  markActive() {
    if (this.commands.activeId) this.input.setAttribute("aria-activedescendant", this.commands.activeId);
    else this.input.removeAttribute("aria-activedescendant");
  }

  fill(text) {
    this.input.value = text;
    this.input.setSelectionRange(text.length, text.length);
    this.typed();
  }

  keydown(event) {
    // While an input method composes a Bengali letter, Enter belongs to it.
    if (event.isComposing) return;
    if (this.commands.key(event)) return this.markActive();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && this.input.value === "" && this.chat.lastOwnText) {
      event.preventDefault();
      this.setContext({ kind: "edit", message: this.chat.lastOwnText });
    } else if (event.key === "Escape" && this.context) {
      this.setContext(null);
    }
    return undefined;
  }

  submit() {
    const text = this.input.value.trim();
    const { context } = this;
    if (context?.kind === "edit") {
      if (text && text !== context.message.text) this.chat.edit(context.message.message_id, text);
      return this.setContext(null);
    }
    if (!this.tray.empty) this.tray.take().forEach(({ kind, file }, at) => this.chat.sendFile(kind, file, at ? "" : text));
    else if (text) this.chat.send(text, context?.message.message_id);
    this.setContext(null);
    this.fill("");
    return this.input.focus();
  }

  sendNow(text) {
    this.chat.send(text, this.context?.kind === "reply" ? this.context.message.message_id : undefined);
    this.setContext(null);
    if (this.input.value.startsWith("/")) this.fill("");
    this.commands.hide();
    this.markActive();
  }

  /** `context` is { kind: "reply" | "edit", message }, or null. */
  setContext(context) {
    const wasEdit = this.context?.kind === "edit";
    this.context = context;
    this.bar.hidden = !context;
    if (wasEdit || context?.kind === "edit") this.fill(context?.kind === "edit" ? context.message.text : (this.chat.draft ?? ""));
    if (context) {
      this.drawContext(context);
      this.input.focus();
    }
    this.showButtons();
  }

  drawContext({ kind, message }) {
    const { words, chat } = this;
    const title = kind === "edit" ? words.editing : words.replyingTo(message.out ? words.you : chat.bot.name);
    this.bar.dataset.context = kind;
    this.bar.replaceChildren(
      icon(kind),
      el("span", { class: "context-text" }, el("b", { text: title }), el("span", { text: summary(message, words) })),
      iconButton("close", words.cancel, { class: "small", data: { action: "cancel-context" }, onclick: () => this.setContext(null) }),
    );
  }

  toggleCommands() {
    if (this.commands.open) this.commands.hide();
    else {
      this.input.focus();
      this.commands.show(this.chat.commands);
    }
    this.markActive();
  }

  attachMenu() {
    const { words } = this;
    const [photo, file, voice] = this.inputs;
    openMenu(this.attach, [
      { label: words.photo, icon: "photo", action: "attach-photo", onselect: () => photo.click() },
      { label: words.document, icon: "file", action: "attach-document", onselect: () => file.click() },
      { label: words.voiceFile, icon: "mic", action: "attach-voice", onselect: () => voice.click() },
    ]);
  }

  async record() {
    const recorder = new Recorder();
    try {
      await recorder.start();
    } catch {
      recorder.release();
      this.chat.notice(this.words.noMicrophone);
      return;
    }
    this.recorder = recorder;
    this.drawRecording();
    this.show();
  }

  drawRecording() {
    const { words } = this;
    const time = el("span", { class: "recording-time" });
    const meter = el("span", { class: "recording-meter", "aria-hidden": "true" });
    const send = iconButton("send", words.send, { class: "send", data: { action: "send-recording" }, onclick: () => this.finishRecording(true) });
    this.recording.replaceChildren(
      iconButton("trash", words.recordCancel, { class: "danger", data: { action: "discard-recording" }, onclick: () => this.finishRecording(false) }),
      el("span", { class: "recording-dot", role: "status", "aria-label": words.recording }),
      time, meter, send,
    );
    this.recording.hidden = false;
    const tick = () => {
      if (!this.recorder) return;
      time.textContent = duration(this.recorder.seconds, words);
      meter.style.setProperty("--level", this.recorder.level.toFixed(3));
      this.ticking = setTimeout(tick, 80);
    };
    tick();
    send.focus();
  }

  async finishRecording(keep) {
    const { recorder } = this;
    this.recorder = null;
    clearTimeout(this.ticking);
    this.recording.hidden = true;
    this.show();
    if (keep) this.chat.sendFile("voice", await recorder.finish(), "", recorder.length);
    else recorder.discard();
    this.input.focus();
  }

  close() {
    clearTimeout(this.ticking);
    this.recorder?.discard();
  }
}

