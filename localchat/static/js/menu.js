/** A small menu beside a button: arrows move, Enter chooses, Escape or a click elsewhere closes. */
import { el, icon } from "./dom.js";

let open = null;

/** `items` are { label, icon, action, data, onselect }; `at` is an optional point { x, y } to open at. */
export function openMenu(anchor, items, at = null) {
  closeMenu();
  const node = el(
    "div",
    { class: "menu", role: "menu", data: { menu: "" } },
    items.map((item) =>
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          tabindex: "-1",
          class: item.danger ? "danger" : null,
          data: { action: item.action },
          onclick: () => {
            closeMenu();
            item.onselect();
          },
        },
        icon(item.icon),
        el("span", { text: item.label }),
      ),
    ),
  );
  document.body.append(node);
  place(node, at ?? anchor.getBoundingClientRect());
  anchor.setAttribute("aria-expanded", "true");
  node.addEventListener("keydown", (event) => move(node, event));
  open = { node, anchor };
  document.addEventListener("pointerdown", closeOutside, true);
  window.addEventListener("resize", closeMenu);
  node.firstElementChild.focus({ preventScroll: true });
}

export function closeMenu() {
  if (!open) return;
  const { node, anchor } = open;
  open = null;
  const focused = node.contains(document.activeElement);
  node.remove();
  anchor.removeAttribute("aria-expanded");
  document.removeEventListener("pointerdown", closeOutside, true);
  window.removeEventListener("resize", closeMenu);
  if (focused) anchor.focus({ preventScroll: true });
}

function closeOutside(event) {
  if (!open?.node.contains(event.target)) closeMenu();
}

function place(node, at) {
  const { offsetWidth: width, offsetHeight: height } = node;
  const right = at.right ?? at.x;
  const bottom = at.bottom ?? at.y;
  const left = at.right !== undefined && at.right - width > 8 ? at.right - width : (at.left ?? right);
  const below = bottom + height + 8 < window.innerHeight;
  node.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  node.style.top = `${below ? bottom + 4 : Math.max(8, (at.top ?? at.y) - height - 4)}px`;
}

function move(node, event) {
  const items = [...node.children];
  const at = items.indexOf(document.activeElement);
  const target = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (target) {
    event.preventDefault();
    target.focus();
  }
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu();
  }
}
