/** Photos, documents and voice notes inside a bubble, and the enlarged photo. */
import { el, icon, iconButton } from "./dom.js";
import { duration, fileSize } from "./words.js";

/** How wide and high a photo may be in a bubble, in CSS pixels. */
const PHOTO_WIDTH = 340;
const PHOTO_HEIGHT = 380;

export function media(message, chat, words) {
  if (message.photo?.length) return photo(message, chat, words);
  if (message.voice) return voice(message.voice, chat, words);
  if (message.audio) return voice(message.audio, chat, words);
  const file = message.document ?? message.video ?? message.animation;
  return file ? documentRow(file, chat, words) : null;
}

function photo(message, chat, words) {
  const size = message.photo.reduce((best, each) => (each.width * each.height > best.width * best.height ? each : best));
  const url = chat.api.fileUrl(size.file_id);
  const image = el("img", {
    src: url,
    alt: message.caption || words.photo,
    width: size.width,
    height: size.height,
    decoding: "async",
    draggable: "false",
  });
  const scale = Math.min(1, PHOTO_WIDTH / size.width, PHOTO_HEIGHT / size.height);
  const node = el(
    "button",
    { type: "button", class: "photo", "aria-label": words.enlarge, data: { photo: size.file_id }, onclick: () => enlarge(url, image.alt, words) },
    image,
  );
  // The place is kept before the picture is there, so that nothing jumps.
  node.style.setProperty("--width", `${Math.max(140, Math.round(size.width * scale))}px`);
  node.style.setProperty("--ratio", `${size.width} / ${size.height}`);
  image.addEventListener("load", () => (node.dataset.loaded = ""), { once: true });
  return node;
}

export function enlarge(url, alt, words) {
  const viewer = document.querySelector("[data-dialog=photo]");
  const image = viewer.querySelector("img");
  const download = viewer.querySelector("[data-action=download-photo]");
  const close = viewer.querySelector("[data-action=close-photo]");
  image.src = url;
  image.alt = alt;
  download.href = url;
  download.replaceChildren(icon("download"));
  download.setAttribute("aria-label", words.download);
  close.replaceChildren(icon("close"));
  close.setAttribute("aria-label", words.cancel);
  viewer.onclick = (event) => {
    if (!event.target.closest("a")) viewer.close();
  };
  viewer.showModal();
}

function documentRow(file, chat, words) {
  const name = file.file_name ?? words.file;
  const ending = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? "";
  return el(
    "a",
    {
      class: "document",
      href: chat.api.fileUrl(file.file_id),
      download: name,
      data: { document: file.file_id, fileName: name },
      "aria-label": `${words.download}: ${name}`,
    },
    el("span", { class: "document-sign" }, ending ? el("span", { text: ending }) : icon("file"), icon("download")),
    el(
      "span",
      { class: "document-name" },
      el("span", { class: "document-title", text: name }),
      file.file_size ? el("span", { class: "document-size", text: fileSize(file.file_size, words) }) : null,
    ),
  );
}

let playing = null;

function voice(note, chat, words) {
  const audio = new Audio();
  audio.preload = "none";
  audio.src = chat.api.fileUrl(note.file_id);
  const length = () => (Number.isFinite(audio.duration) && audio.duration > 0 ? audio.duration : note.duration || 0);
  const button = iconButton("play", words.play, { class: "voice-button", data: { action: "play" } });
  const slider = el("input", { type: "range", min: "0", max: "1000", value: "0", "aria-label": words.position });
  const time = el("span", { class: "voice-time", text: duration(length(), words) });
  const title = note.title ?? note.file_name;
  const node = el(
    "div",
    { class: "voice", data: { voice: note.file_id, playing: "false" }, role: "group", "aria-label": title ?? words.voiceNote },
    button,
    el("div", { class: "voice-body" }, slider, el("span", { class: "voice-line" }, time, title ? el("span", { text: title }) : null)),
  );

  const show = () => {
    const part = length() ? audio.currentTime / length() : 0;
    slider.value = String(Math.min(1000, Math.round(part * 1000)));
    slider.style.setProperty("--part", `${Math.min(100, part * 100)}%`);
    const started = audio.currentTime > 0 && !audio.ended;
    time.textContent = duration(started ? audio.currentTime : length(), words);
    slider.setAttribute("aria-valuetext", time.textContent);
  };
  const mark = () => {
    const on = !audio.paused && !audio.ended;
    node.dataset.playing = String(on);
    button.replaceChildren(icon(on ? "pause" : "play"));
    button.setAttribute("aria-label", on ? words.pause : words.play);
    button.title = on ? words.pause : words.play;
    show();
  };
  button.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    return audio.play().catch(() => (node.dataset.broken = ""));
  });
  slider.addEventListener("input", () => {
    if (length()) audio.currentTime = (Number(slider.value) / 1000) * length();
    show();
  });
  for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, mark);
  for (const name of ["timeupdate", "loadedmetadata", "durationchange"]) audio.addEventListener(name, show);
  return node;
}
