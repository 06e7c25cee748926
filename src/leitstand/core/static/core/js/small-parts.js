// One-liners: send on change, print, tick all, move the focus to what went wrong.
import { each } from "./page.js";

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("[data-submit-on-change]")) target.form.requestSubmit();
  if (target.matches("[data-check-all]")) {
    const boxes = document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(target.dataset.checkAll)}"]`);
    boxes.forEach((box) => (box.checked = target.checked));
  }
});

document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());

each("[data-focus]", (part) => part.focus());
