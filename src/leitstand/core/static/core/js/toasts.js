// Short notices at the edge: what a script has to say, with a way back if there is one, and when something fails.
import { text } from "./page.js";

const SECONDS = 7;
const area = document.getElementById("toasts");

const leave = (toast) => {
  if (toast.matches(":hover, :focus-within")) return setTimeout(() => leave(toast), 2000);
  toast.remove();
};

// Red ones stay until somebody closes them; what can be undone stays twice as long, and as long as undoing fails.
export const toast = (words, { tone = "blue", undo } = {}) => {
  const copy = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  copy.classList.add(`toast-${tone}`);
  copy.querySelector(".toast-text").textContent = words;
  const button = copy.querySelector("[data-undo]");
  if (undo) button.addEventListener("click", () => takeBack(copy, undo));
  else button.remove();
  area.append(copy);
  if (tone !== "red") setTimeout(() => leave(copy), SECONDS * 1000 * (undo ? 2 : 1));
};

const takeBack = async (copy, undo) => {
  try {
    await undo();
    copy.remove();
  } catch (error) {
    toast(error.message, { tone: "red" });
  }
};

const failed = (event) => {
  const { status } = event.detail.xhr;
  const key = { 403: "forbidden", 404: "gone", 410: "gone" }[status] ?? "error";
  toast(text(key), { tone: "red" });
};

// A declined step answers with its own words: they belong beside the page, not into the part that was asked for.
const declined = (event) => {
  if (!event.detail.serverResponse?.includes("data-declined")) return;
  area.querySelectorAll("[data-declined]").forEach((earlier) => earlier.remove());
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  event.detail.target = area;
  event.detail.swapOverride = "beforeend";
  event.detail.selectOverride = "[data-declined]";
};

document.addEventListener("htmx:beforeSwap", declined);
document.addEventListener("htmx:responseError", failed);
["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, () => toast(text("offline"), { tone: "red" })));
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("[data-dismissible], [data-declined]").remove();
});
