/** One message as an article: quote, media, text, time, and its inline keyboard below. */
import { el, icon, iconButton } from "./dom.js";
import { media } from "./media.js";
import { richText, summary } from "./text.js";
import { clockTime } from "./words.js";

/**
 * `place` says how the message stands among its neighbours: { first, last } of a group.
 * `act` is what can be done: onCommand, onLink, onJump(id), onMenu(message, anchor, point).
 */
export function messageNode(message, { chat, words, act, place }) {
  if (message.pinned_message) return serviceNode(message, words, act);
  const content = media(message, chat, words);
  const hasText = Boolean(message.text ?? message.caption);
  const author = message.out ? words.you : chat.bot.name;
  const bubble = el(
    "div",
    { class: "bubble", data: { media: content ? content.dataset.photo ? "photo" : "file" : null, bare: content && !hasText } },
    message.reply_to_message ? quote(message.reply_to_message, chat, words, act) : null,
    content,
    hasText ? richText(message, words, act) : null,
    content || hasText ? null : el("div", { class: "text unsupported", text: words.unsupported }),
    meta(message, words),
  );
  const keyboard = message.reply_markup?.inline_keyboard;
  const more = iconButton("more", words.more, {
    class: "message-more small",
    "aria-haspopup": "menu",
    data: { action: "message-menu" },
    onclick: () => act.onMenu(message, more),
  });
  const node = el(
    "article",
    {
      class: "message",
      "aria-label": `${author}, ${clockTime(message.date, words)}`,
      data: {
        messageId: message.message_id,
        out: String(Boolean(message.out)),
        edited: message.edit_date ? "true" : null,
        first: place.first,
        last: place.last,
        mediaGroup: message.media_group_id,
      },
    },
    el("div", { class: "message-body", data: { keyed: Boolean(keyboard?.length) } }, el("div", { class: "message-row" }, bubble, more),
      keyboard?.length ? inlineKeyboard(message, keyboard, { chat, words, act }) : null),
  );
  bubble.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img") || !getSelection().isCollapsed) return;
    event.preventDefault();
    act.onMenu(message, more, { x: event.clientX, y: event.clientY });
  });
  return node;
}

function meta(message, words) {
  const date = new Date(message.date * 1000);
  return el(
    "span",
    { class: "meta" },
    message.edit_date ? el("span", { class: "edited", data: { editedMark: "" }, text: words.edited }) : null,
    el("time", { datetime: date.toISOString(), title: date.toLocaleString(words.locale), text: clockTime(message.date, words) }),
  );
}

function quote(original, chat, words, act) {
  const known = chat.messages.get(original.message_id);
  const out = known ? known.out : original.from?.id === chat.person.id;
  return el(
    "button",
    {
      type: "button",
      class: "quote",
      data: { replyTo: original.message_id },
      onclick: () => act.onJump(original.message_id),
    },
    el("span", { class: "quote-name", text: out ? words.you : chat.bot.name }),
    el("span", { class: "quote-text", text: summary(known ?? original, words) }),
  );
}

function inlineKeyboard(message, rows, context) {
  return el(
    "div",
    { class: "inline-keyboard", data: { inlineKeyboard: "" } },
    rows.map((row, at) =>
      el("div", { class: "keyboard-row", data: { row: at } }, row.map((button) => inlineButton(message, button, context))),
    ),
  );
}

function inlineButton(message, button, { chat, words, act }) {
  const url = button.url ?? button.web_app?.url ?? button.login_url?.url;
  if (url) {
    return el(
      "a",
      {
        class: "key",
        href: url,
        target: "_blank",
        rel: "noopener noreferrer",
        data: { button: "", url },
        onclick: (event) => {
          if (act.onLink(url)) event.preventDefault();
        },
      },
      el("span", { class: "key-label", text: button.text }),
      icon("link"),
      el("span", { class: "visually-hidden", text: ` (${words.opensLink})` }),
    );
  }
  const data = button.callback_data;
  const waiting = data !== undefined && chat.waitsFor(message.message_id, data);
  return el(
    "button",
    {
      type: "button",
      class: "key",
      "aria-busy": waiting ? "true" : null,
      disabled: data === undefined && !button.copy_text,
      data: { button: data ?? "", waiting: waiting ? "true" : null },
      onclick: () => (button.copy_text ? act.onCopy(button.copy_text.text) : chat.press(message.message_id, data)),
    },
    el("span", { class: "key-label", text: button.text }),
    waiting ? el("span", { class: "spinner", "aria-hidden": "true" }) : null,
  );
}

function serviceNode(message, words, act) {
  return el(
    "article",
    { class: "service", data: { messageId: message.message_id, service: "pinned" } },
    el(
      "button",
      { type: "button", onclick: () => act.onJump(message.pinned_message.message_id) },
      icon("pin"),
      el("span", { text: words.pinnedService }),
    ),
  );
}

/** A message on its way, or one that did not get there. */
export function pendingNode(pending, { chat, words }) {
  const text = pending.text ? el("div", { class: "text", data: { text: "" }, text: pending.text }) : null;
  const file = pending.file ? el("div", { class: "pending-file" }, icon("file"), el("span", { text: pending.file.name })) : null;
  const state = pending.failed
    ? el(
        "span",
        { class: "meta" },
        el("span", { text: `${words.failed}: ${pending.failed}` }),
      )
    : el("span", { class: "meta" }, el("span", { class: "spinner", role: "img", "aria-label": words.sending }));
  const remedy = pending.failed
    ? el(
        "div",
        { class: "pending-remedy" },
        el("button", { type: "button", data: { action: "retry" }, onclick: () => chat.attempt(pending) }, icon("retry"), words.retry),
        el("button", { type: "button", data: { action: "discard" }, onclick: () => chat.forget(pending) }, icon("trash"), words.remove),
      )
    : null;
  return el(
    "article",
    {
      class: "message",
      "aria-label": pending.failed ? words.failed : words.sending,
      data: { pending: pending.failed ? "failed" : "sending", out: "true", first: "", last: "" },
    },
    el("div", { class: "message-body" }, el("div", { class: "message-row" }, el("div", { class: "bubble" }, file, text, state)), remedy),
  );
}
