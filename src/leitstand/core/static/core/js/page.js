// What the behaviours share: find parts now and after each htmx answer; texts in the page's language.
export const each = (selector, bind) => {
  const look = (root) => {
    if (root.matches?.(selector)) bind(root);
    root.querySelectorAll(selector).forEach(bind);
  };
  look(document);
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
};

export const text = (key) => document.getElementById("texts")?.dataset[key] ?? "";

export const language = () => document.documentElement.lang || "en";

// What the server declines is shown like an answer, and counts as one for htmx; what was sent is not saved.
export const isTaken = ({ xhr }) => xhr.status > 0 && xhr.status < 400;

export const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
