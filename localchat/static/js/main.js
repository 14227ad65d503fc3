/** Puts the page together: bots, people, columns, and the stream of events that moves them. */
import * as api from "./api.js";
import { Chat } from "./chat.js";
import { Column } from "./column.js";
import { el, hueOf } from "./dom.js";
import { Events } from "./events.js";
import { drawRail, setUpDialog } from "./people.js";

const NARROW = matchMedia("(max-width: 760px)");
/** The width a column needs to be comfortable, in CSS pixels. */
const COLUMN_WIDTH = 380;
const MEMORY = "localchat";
const NO_BOT_MS = 1500;

const stage = document.querySelector("[data-stage]");
const chats = new Map();
const columns = new Map();
let bots = [];
let people = [];
let bot = null;
/** Ids of the people whose columns are open, and the one shown on a narrow screen. */
let open = [];
let current = null;

function chatOf(botId, personId) {
  const key = `${botId} ${personId}`;
  if (!chats.has(key)) {
    const itsBot = bots.find(({ id }) => id === botId);
    const person = people.find(({ id }) => id === personId);
    if (!itsBot || !person) return null;
    chats.set(key, new Chat(itsBot, person));
  }
  return chats.get(key);
}

function visible() {
  return NARROW.matches ? [current].filter(Boolean) : open;
}

function draw() {
  const wanted = bot ? visible().map((id) => chatOf(bot.id, id)).filter(Boolean) : [];
  for (const [chat, column] of columns) {
    if (wanted.includes(chat)) continue;
    column.close();
    columns.delete(chat);
  }
  for (const chat of wanted) {
    chat.unread = 0;
    if (!columns.has(chat)) {
      columns.set(chat, new Column(chat, { onClose: () => closeColumn(chat.person) }));
      chat.load();
    }
  }
  const nodes = wanted.map((chat) => columns.get(chat).node);
  nodes.forEach((node, at) => {
    if (stage.children[at] !== node) stage.insertBefore(node, stage.children[at] ?? null);
  });
  stage.dataset.columns = String(nodes.length);
  drawWelcome(nodes.length === 0);
  drawTabs();
}

function drawTabs() {
  drawRail(
    people.map((person) => ({
      person,
      open: visible().includes(person.id),
      current: NARROW.matches && person.id === current,
      unread: bot ? (chatOf(bot.id, person.id)?.unread ?? 0) : 0,
    })),
    choosePerson,
  );
}

function drawWelcome(show) {
  stage.querySelector(".welcome")?.remove();
  if (!show) return;
  const [title, text] = !bots.length
    ? ["No bot is here yet", "Start a bot against this server, and it appears by itself."]
    : people.length
      ? ["Nobody’s chat is open", "Choose a person to see their chat."]
      : ["Who writes to the bot?", "Add a student, a teacher or an admin. Each gets a chat of their own, side by side."];
  stage.append(
    el(
      "div",
      { class: "welcome", data: { welcome: "" } },
      el("img", { src: "/static/icon.svg", alt: "", width: "64", height: "64" }),
      el("h2", { text: title }),
      el("p", { text }),
      bots.length ? el("button", { type: "button", class: "strong", data: { action: "add-person" }, text: "Add a person" }) : null,
    ),
  );
}

function choosePerson(person) {
  if (NARROW.matches) {
    current = person.id;
    if (!open.includes(person.id)) open.push(person.id);
  } else if (open.includes(person.id)) {
    open = open.filter((id) => id !== person.id);
  } else {
    openPerson(person);
  }
  remember();
  draw();
  columns.get(chatOf(bot?.id, person.id))?.node.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function openPerson(person) {
  if (!open.includes(person.id)) open.push(person.id);
  current = person.id;
}

function closeColumn(person) {
  open = open.filter((id) => id !== person.id);
  current = current === person.id ? (open.at(-1) ?? null) : current;
  remember();
  draw();
  document.querySelector(`[data-person-tab="${person.id}"]`)?.focus();
}

function remember() {
  localStorage.setItem(MEMORY, JSON.stringify({ bot: bot?.id, open, current }));
}

/** Who was open the last time; else as many people as fit. */
function recall() {
  const known = (id) => people.some((person) => person.id === id);
  let memory = {};
  try {
    memory = JSON.parse(localStorage.getItem(MEMORY)) ?? {};
  } catch {
    localStorage.removeItem(MEMORY);
  }
  bot = bots.find(({ id }) => id === memory.bot) ?? bots[0] ?? null;
  open = (memory.open ?? []).filter(known);
  const room = Math.max(1, Math.floor(stage.clientWidth / COLUMN_WIDTH));
  if (!open.length) open = people.slice(0, room).map(({ id }) => id);
  current = known(memory.current) ? memory.current : (open[0] ?? null);
}

function drawBots() {
  const choice = document.querySelector("[data-bot-choice]");
  const select = choice.querySelector("select");
  choice.hidden = bots.length < 2;
  select.replaceChildren(...bots.map(({ id, name, username }) => el("option", { value: id, selected: id === bot?.id }, `${name} (@${username})`)));
  document.title = bot ? `${bot.name} · Local chat` : "Local chat";
  document.querySelector(".bar-title").textContent = bots.length === 1 ? bot.name : "Local chat";
}

function addPerson(person) {
  if (!people.some(({ id }) => id === person.id)) people.push(person);
  openPerson(person);
  remember();
  draw();
  columns.get(chatOf(bot?.id, person.id))?.composer.input.focus();
}

/** Everything anew, after a connection: what happened in between was not told. */
async function refresh() {
  const first = !bots.length || !people.length;
  [bots, people] = await Promise.all([api.bots(), api.people()]);
  forgetStrangers();
  // Colours go by the order of joining, so that they are the same after a reload.
  for (const { id } of people) hueOf(id);
  if (first) recall();
  if (!bots.some(({ id }) => id === bot?.id)) bot = bots[0] ?? null;
  drawBots();
  const before = [...columns.keys()];
  draw();
  for (const chat of before) if (columns.has(chat)) chat.load();
  // Nothing tells of a first bot: look again until there is one.
  if (!bots.length) refreshSoon(NO_BOT_MS);
}

/** A server that began anew knows other people; whoever is still there may have a new name. */
function forgetStrangers() {
  const byId = (list, id) => list.find((each) => each.id === id);
  open = open.filter((id) => byId(people, id));
  if (!byId(people, current)) current = open[0] ?? null;
  for (const [key, chat] of chats) {
    const [itsBot, person] = [byId(bots, chat.bot.id), byId(people, chat.person.id)];
    if (itsBot && person) Object.assign(chat, { bot: itsBot, person });
    else chats.delete(key);
  }
}

function refreshSoon(wait) {
  clearTimeout(refreshSoon.timer);
  refreshSoon.timer = setTimeout(() => refresh().catch(() => {}), wait);
}

function onEvent(event) {
  const known = bots.some(({ id }) => id === event.bot) && people.some(({ id }) => id === event.person);
  if (!known) {
    refreshSoon(100);
    return;
  }
  // A bot that has just started sets its commands, and mostly its description too.
  if (event.kind === "commands") refreshSoon(300);
  const chat = chatOf(event.bot, event.person);
  if (columns.has(chat)) chat.handle(event);
  else if (event.kind === "message" && !event.message.out) {
    chat.unread += 1;
    if (event.bot === bot?.id) drawTabs();
  }
}

function showConnection(state) {
  document.documentElement.dataset.connection = state;
  const words = { online: "", offline: "Connection lost, trying again…", connecting: "Connecting…" };
  document.querySelector("[data-connection-notice]").textContent = words[state];
}

function setUp() {
  setUpDialog(addPerson);
  document.querySelector("[data-bot-choice] select").addEventListener("change", (event) => {
    bot = bots.find(({ id }) => String(id) === event.target.value);
    remember();
    drawBots();
    draw();
  });
  NARROW.addEventListener("change", draw);
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => event.preventDefault());
  const events = new Events({
    onOpen: () => refresh().catch(() => events.lost(events.source)),
    onEvent,
    onState: showConnection,
  });
  events.connect();
}

setUp();
