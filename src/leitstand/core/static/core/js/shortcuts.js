// Keys for parts that carry data-shortcut ("n", "/", "g t"); "?" lists them. Never while somebody writes.
import { each } from "./page.js";

const PAUSE = 1200;
const dialog = document.getElementById("shortcuts");
let typed = [];
let last = 0;

const writes = (target) => target.closest?.("input, textarea, select, [contenteditable=true], dialog");

const visible = (part) => part.checkVisibility?.() ?? true;

const parts = () => [...document.querySelectorAll("[data-shortcut]")].filter(visible);

const press = (part) => (part.matches("input, textarea, select") ? (part.focus(), part.select?.()) : part.click());

const words = (part) =>
  part.dataset.shortcutLabel || part.getAttribute("aria-label") || part.placeholder || part.title || part.textContent.trim();

const line = (keys, label) => {
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  keys.split(" ").forEach((key) => term.append(Object.assign(document.createElement("kbd"), { textContent: key })));
  detail.textContent = label.replace(/\s+/g, " ");
  return [term, detail];
};

const list = () => {
  const target = dialog.querySelector(".shortcut-list");
  const lines = parts().flatMap((part) => line(part.dataset.shortcut, words(part)));
  target.replaceChildren(...lines, ...line("?", target.dataset.help));
  dialog.showModal();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writes(event.target)) return;
  if (event.key === "?") return list();
  typed = event.timeStamp - last < PAUSE ? [...typed, event.key].slice(-2) : [event.key];
  last = event.timeStamp;
  const found = parts().find((part) => [typed.join(" "), event.key].includes(part.dataset.shortcut));
  if (!found) return;
  event.preventDefault();
  typed = [];
  press(found);
});

document.addEventListener("click", (event) => event.target.closest("[data-shortcut-list]") && list());
dialog?.addEventListener("click", (event) => event.target === dialog && dialog.close());
each("[data-shortcut]", (part) => part.setAttribute("aria-keyshortcuts", part.dataset.shortcut));
