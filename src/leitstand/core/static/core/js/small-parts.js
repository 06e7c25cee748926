// One-liners: send on change, print, move the focus to what went wrong.
import { each } from "./page.js";

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());

each("[data-focus]", (part) => part.focus());
