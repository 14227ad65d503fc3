/** Message text from the server's HTML: rebuilt tag by tag, so that nothing else can come through. */
import { el, iconButton } from "./dom.js";

const PLAIN_TAGS = { B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", DEL: "s", STRIKE: "s", CODE: "code" };
const LINKS = /^(https?|mailto|tg|tel):/i;
/** A bare address, or a command at the start of a word. */
const LIVE = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])|(?<![\p{L}\p{M}\p{N}/])(\/[a-zA-Z][a-zA-Z0-9_]{0,31})(?![\p{L}\p{M}\p{N}_/])/gu;

/** `act.onCommand(text)` sends a command, `act.onLink(url)` returns true when it followed the link itself. */
export function richText(message, words, act) {
  const node = el("div", { class: "text", data: { text: "" } });
  const html = message.html;
  if (html === undefined || html === null) {
    addText(node, message.text ?? message.caption ?? "", act);
    return node;
  }
  const parsed = new DOMParser().parseFromString(html, "text/html");
  addChildren(node, parsed.body, words, act);
  return node;
}

function addChildren(target, source, words, act) {
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) addText(target, besideBlocks(child), act);
    else if (child.nodeType === Node.ELEMENT_NODE) addElement(target, child, words, act);
  }
}

/** A block begins and ends its own line: the line break beside it would show as an empty one. */
function besideBlocks(text) {
  const isBlock = (node) => node && ["PRE", "BLOCKQUOTE"].includes(node.nodeName);
  let { data } = text;
  if (isBlock(text.previousSibling)) data = data.replace(/^\n/, "");
  if (isBlock(text.nextSibling)) data = data.replace(/\n$/, "");
  return data;
}

function addElement(target, source, words, act) {
  const tag = source.tagName;
  // Nothing in a link or in code becomes a link of its own.
  const innerAct = tag === "A" || tag === "CODE" ? null : act;
  const inside = (node) => {
    addChildren(node, source, words, innerAct);
    return node;
  };
  if (tag === "BR") target.append("\n");
  else if (PLAIN_TAGS[tag]) target.append(inside(el(PLAIN_TAGS[tag])));
  else if (tag === "PRE") target.append(codeBlock(source, words));
  else if (tag === "BLOCKQUOTE") target.append(inside(blockquote(source)));
  else if (tag === "A") target.append(inside(link(source.getAttribute("href") ?? "", act)));
  else if (tag === "SPAN" && source.classList.contains("tg-spoiler")) target.append(spoiler(inside(el("span")), words));
  else inside(target);
}

function addText(target, text, act) {
  let done = 0;
  for (const match of act ? text.matchAll(LIVE) : []) {
    target.append(text.slice(done, match.index));
    const [whole, address, command] = match;
    const live = address ? link(address, act) : commandLink(command, act);
    live.textContent = whole;
    target.append(live);
    done = match.index + whole.length;
  }
  target.append(text.slice(done));
}

function link(href, act) {
  if (!LINKS.test(href)) return el("span");
  return el("a", {
    href,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => {
      if (act?.onLink(href)) event.preventDefault();
    },
  });
}

function commandLink(command, act) {
  return el("button", { type: "button", class: "command-link", data: { command }, onclick: () => act.onCommand(command) });
}

function spoiler(content, words) {
  const node = el("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": words.hidden,
    data: { spoiler: "hidden" },
  });
  content.setAttribute("aria-hidden", "true");
  node.append(content);
  const reveal = (event) => {
    if (node.dataset.spoiler !== "hidden" || (event.type === "keydown" && !["Enter", " "].includes(event.key))) return;
    event.preventDefault();
    node.dataset.spoiler = "shown";
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
    content.removeAttribute("aria-hidden");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  return node;
}

/** A long quote may come folded; a press shows all of it. */
function blockquote(source) {
  const node = el("blockquote");
  if (!source.classList.contains("tg-expandable")) return node;
  node.dataset.quote = "folded";
  node.tabIndex = 0;
  const toggle = (event) => {
    if (event.type === "keydown" && event.key !== "Enter") return;
    node.dataset.quote = node.dataset.quote === "folded" ? "open" : "folded";
  };
  node.addEventListener("click", toggle);
  node.addEventListener("keydown", toggle);
  return node;
}

function codeBlock(source, words) {
  const code = source.querySelector("code");
  const language = /language-([\w+#.-]+)/.exec(code?.className ?? source.className)?.[1] ?? "";
  const text = source.textContent.replace(/\n$/, "");
  const copy = iconButton("copy", words.copy, {
    class: "small",
    onclick: () => {
      navigator.clipboard?.writeText(text);
      copy.dataset.done = "";
      setTimeout(() => delete copy.dataset.done, 1200);
    },
  });
  return el(
    "div",
    { class: "code", data: { code: language || "text" } },
    el("div", { class: "code-head" }, el("span", { text: language }), copy),
    el("pre", { tabindex: "0" }, el("code", { text })),
  );
}

/** The one line that stands for a message in a quote, a pinned bar or an edit bar. */
export function summary(message, words) {
  if (!message) return words.deleted;
  const text = (message.text ?? message.caption ?? "").replace(/\s+/g, " ").trim();
  if (text) return text;
  if (message.photo) return words.photo;
  if (message.voice) return words.voiceNote;
  return message.document?.file_name ?? message.audio?.file_name ?? message.video?.file_name ?? words.file;
}
