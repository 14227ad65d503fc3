/** Small helpers to build elements, so that no markup is ever made from strings. */

const SVG = "http://www.w3.org/2000/svg";

/** Line icons on a 24 by 24 grid. */
const ICONS = {
  send: "M4 12 20 4l-4 16-5-6-7-2zM11 14l9-10",
  attach: "M19 11.5l-7.3 7.300a4.6 4.6 0 0 1-6.5-6.5l7.8-7.800a3.1 3.1 0 0 1 4.4 4.400l-7.7 7.700a1.5 1.5 0 0 1-2.2-2.200l6.8-6.7",
  mic: "M12 3.5a3 3 0 0 1 3 3V11a3 3 0 0 1-6 0V6.5a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  slash: "M15 5 9 19",
  keyboard: "M3.5 7h17v10h-17zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  close: "M6 6l12 12M18 6 6 18",
  reply: "M9 6 4 11l5 5M4.5 11H14a6 6 0 0 1 6 6v1",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18z",
  copy: "M9 9h10v10H9zM5 15V5h10",
  down: "M6 9l6 6 6-6",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  plus: "M12 5v14M5 12h14",
  link: "M8 16 16 8M9.5 8H16v6.5",
  stop: "M5 5l14 14M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  hide: "M4 5h16v14H4zM12 5v14",
  retry: "M19 12a7 7 0 1 1-2-5l2 2M19 5v4h-4",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
};

/**
 * Make an element. `props` are attributes, but for `class`, `text`, `data`
 * (dataset), and names that start with "on" (listeners). False and null are left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "data") setData(node, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setData(node, data) {
  for (const [name, value] of Object.entries(data)) {
    if (value !== null && value !== undefined && value !== false) node.dataset[name] = value;
  }
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon; `label` is what a screen reader and the tooltip say. */
export function iconButton(name, label, props = {}) {
  return el(
    "button",
    { type: "button", "aria-label": label, title: label, ...props, class: `round ${props.class ?? ""}` },
    icon(name),
  );
}

/** A round picture of a name: initials on a colour of their own. */
export function avatar(name, id) {
  const parts = name.trim().split(/\s+/);
  const initials = [parts[0], parts.length > 1 ? parts.at(-1) : ""].map(firstLetter);
  // Two Bengali syllables are too wide for the circle.
  const text = /^[\p{Script=Latin}]+$/u.test(initials.join("")) ? initials.join("") : initials[0];
  const node = el("span", { class: "avatar", "aria-hidden": "true", text });
  node.style.setProperty("--hue", String(hueOf(id)));
  return node;
}

const hues = new Map();

/** Each person met gets the colour farthest from those before: turned by the golden angle. */
export function hueOf(id) {
  if (!hues.has(id)) hues.set(id, (160 + hues.size * 137.5) % 360);
  return hues.get(id);
}

function firstLetter(word) {
  if (!word) return "";
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word);
  return first.segment.toUpperCase();
}

export function nameOf(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}
