// The writing page. Saving while one types, and buttons that take the words with them (`views/compose.py`), agree on
// one revision; what the server cannot take is marked at its field; the weekday is shown beside the date.
import { isTaken } from "../core/js/page.js";

const form = document.querySelector("[data-compose]");

form?.addEventListener("input", (event) => {
  const channel = event.target.dataset.own;
  if (channel) form.elements[`own-${channel}`].checked = event.target.value.trim() !== "";
});

function showWeekday() {
  const day = document.querySelector("[data-plan] [name=day]");
  const place = document.querySelector("[data-weekday]");
  if (!day?.value || !place) return;
  const date = new Date(`${day.value}T12:00`);
  place.textContent = date.toLocaleDateString(document.documentElement.lang, { weekday: "long" }) + " · ";
}

document.addEventListener("input", showWeekday);
document.addEventListener("htmx:afterSwap", showWeekday);
showWeekday();

// While somebody chooses a time, saving the words must not throw the choice away.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "side") return;
  const kept = {};
  document.querySelectorAll("[data-plan] [name=day], [data-plan] [name=time], #note").forEach((field) => {
    kept[field.id] = field.value;
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const [id, value] of Object.entries(kept)) {
      const field = document.getElementById(id);
      if (field) field.value = value;
    }
  }, { once: true });
});

// A button pressed while a saving is on its way waits for it: the words go on from the revision that comes back.
// When that saving fails, nothing is sent: the page says what is wrong, and may have no such button any more.
let waiting = null;
let leaving = false;

window.addEventListener("submit", (event) => {
  if (event.target !== form || !form.matches(".htmx-request")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = event.submitter;
}, true);

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt !== form || !waiting) return;
  const button = waiting.id ? document.getElementById(waiting.id) : waiting;
  waiting = null;
  if (detail.successful && button) setTimeout(() => form.requestSubmit(button));
});

// And none begins once the words are on their way with a button.
window.addEventListener("submit", (event) => {
  leaving ||= event.target === form && !event.defaultPrevented;
});
window.addEventListener("pageshow", () => {
  leaving = false;
});
form?.addEventListener("htmx:beforeRequest", (event) => leaving && event.preventDefault());

// A declined saving says so where the last one said "Saved".
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const said = document.querySelector("#side [role=status]");
  if (detail.elt !== form || isTaken(detail) || !said) return;
  said.textContent = form.dataset.notSaved;
  said.className = "text-danger small";
});

function mark() {
  document.querySelectorAll("#compose .field-error[id]").forEach((note) => {
    const field = document.getElementById(note.id.replace(/_error$/, ""));
    const isWrong = note.childElementCount > 0;
    field.classList.toggle("is-invalid", isWrong);
    field.setAttribute("aria-invalid", isWrong);
    field.setAttribute("aria-errormessage", note.id);
    if (isWrong) field.closest("details")?.setAttribute("open", "");
  });
}

document.addEventListener("htmx:afterSwap", (event) => event.detail.target?.id === "side" && mark());
