/** The rail of people, and the dialog that adds one. */
import * as api from "./api.js";
import { avatar, el, icon, nameOf } from "./dom.js";

const PRESETS = [
  { label: "Student", first_name: "নুসরাত", last_name: "জাহান", username: "nusrat", language_code: "bn" },
  { label: "Teacher", first_name: "Rafiq", last_name: "Ahmed", username: "rafiq_sir", language_code: "en" },
  { label: "Admin", first_name: "সাদিয়া", last_name: "ইসলাম", username: "sadia", language_code: "bn" },
];
const FIELDS = ["first_name", "last_name", "username", "language_code"];

/** `people` are { person, open, current, unread }; a press calls onChoose(person). */
export function drawRail(people, onChoose) {
  const list = document.querySelector("[data-people]");
  const held = document.activeElement?.dataset?.personTab;
  list.replaceChildren(
    ...people.map(({ person, open, current, unread }) =>
      el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "tab",
            lang: person.language_code || null,
            title: person.username ? `${nameOf(person)} (@${person.username})` : nameOf(person),
            "aria-pressed": String(open),
            "aria-current": current ? "true" : null,
            data: { personTab: person.id, unread: unread || null },
            onclick: () => onChoose(person),
          },
          el("span", { class: "tab-face" }, avatar(nameOf(person), person.id), unread ? el("span", { class: "badge", text: unread > 99 ? "99+" : unread }) : null),
          el("span", { class: "tab-name", text: person.first_name }),
          unread ? el("span", { class: "visually-hidden", text: `, ${unread} unread` }) : null,
        ),
      ),
    ),
  );
  if (held) list.querySelector(`[data-person-tab="${held}"]`)?.focus();
}

/** `onAdded(person)` is called once the server has the new person. */
export function setUpDialog(onAdded) {
  const dialog = document.querySelector("[data-dialog=person]");
  const form = dialog.querySelector("form");
  const error = dialog.querySelector("[data-error]");
  dialog.querySelector(".presets").append(...PRESETS.map((preset) => presetButton(preset, form)));
  dialog.querySelector("[data-action=cancel-person]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const person = readPerson(form);
    error.textContent = person.first_name ? "" : "A first name is needed.";
    if (!person.first_name) return form.elements.first_name.focus();
    try {
      const added = await api.addPerson(person);
      // Closing gives the focus back to the button; then it goes on to the new chat.
      dialog.close();
      onAdded(added);
    } catch (failure) {
      error.textContent = failure.message;
    }
    return undefined;
  });
  const open = () => {
    form.reset();
    error.textContent = "";
    dialog.showModal();
    form.elements.first_name.focus();
  };
  const add = document.querySelector(".rail-add");
  add.append(icon("plus"), el("span", { text: "Add" }));
  add.setAttribute("aria-label", "Add a person");
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-action=add-person]")) open();
  });
}

function presetButton({ label, ...values }, form) {
  const onclick = () => {
    for (const field of FIELDS) form.elements[field].value = values[field];
    form.elements.first_name.select();
  };
  return el("button", { type: "button", data: { preset: label.toLowerCase() }, onclick, text: label });
}

function readPerson(form) {
  const entries = FIELDS.map((field) => [field, form.elements[field].value.trim().replace(/^@/, "")]);
  return Object.fromEntries(entries.filter(([, value]) => value));
}
