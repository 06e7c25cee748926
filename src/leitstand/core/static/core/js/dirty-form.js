// data-dirty on a form: the browser asks before written words are lost. Sending makes it clean.
const dirty = new Set();

const watched = (target) => target.closest?.("form[data-dirty]");

document.addEventListener("input", (event) => {
  const form = watched(event.target);
  if (form) dirty.add(form);
});
["submit", "reset"].forEach((name) =>
  document.addEventListener(name, (event) => dirty.delete(watched(event.target))),
);
// What the server declines is shown, and counts as done for htmx; the words are not saved.
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.xhr.status < 400 && detail.xhr.status && dirty.delete(detail.elt));

window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});
