// data-dirty on a form: the browser asks before written words are lost. Sending makes it clean.
import { isTaken } from "./page.js";

const dirty = new Set();

const watched = (target) => target.closest?.("form[data-dirty]");

document.addEventListener("input", (event) => {
  const form = watched(event.target);
  if (form) dirty.add(form);
});
["submit", "reset"].forEach((name) =>
  document.addEventListener(name, (event) => dirty.delete(watched(event.target))),
);
document.addEventListener("htmx:afterRequest", ({ detail }) => isTaken(detail) && dirty.delete(detail.elt));

window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});
