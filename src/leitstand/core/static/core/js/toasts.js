// Short notices at the edge: from answers (out of band), from HX-Trigger {"toast": {...}}, and when something fails.
import { each, text } from "./page.js";

const SECONDS = 7;
const area = document.getElementById("toasts");

const leave = (toast) => {
  if (toast.matches(":hover, :focus-within")) return setTimeout(() => leave(toast), 2000);
  toast.remove();
};

export const toast = (words, tone = "blue") => {
  const copy = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  copy.classList.add(`toast-${tone}`);
  copy.querySelector(".toast-text").textContent = words;
  area.append(copy);
  age(copy);
};

const age = (part) => {
  if (part.dataset.aging || part.classList.contains("toast-red")) return;
  part.dataset.aging = "1";
  const undo = part.querySelector("form") ? 2 : 1;
  setTimeout(() => leave(part), SECONDS * 1000 * undo);
};

const failed = (event) => {
  const { status } = event.detail.xhr;
  const key = { 403: "forbidden", 404: "gone", 410: "gone" }[status] ?? "error";
  toast(text(key), "red");
};

// A declined step answers with its own words: they belong beside the page, not into the part that was asked for.
const declined = (event) => {
  if (!event.detail.serverResponse?.includes("data-declined")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  event.detail.target = area;
  event.detail.swapOverride = "beforeend";
  event.detail.selectOverride = "[data-declined]";
};

each("[data-toast]", age);
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.tone));
document.addEventListener("htmx:beforeSwap", declined);
document.addEventListener("htmx:responseError", failed);
["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, () => toast(text("offline"), "red")));
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss], [data-dismiss-later]");
  if (!button) return;
  const part = button.closest("[data-dismissible], [data-declined]");
  if (button.matches("[data-dismiss]")) part.remove();
  else document.addEventListener("htmx:afterRequest", () => part.remove(), { once: true });
});
