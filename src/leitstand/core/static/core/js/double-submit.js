// A form sent by POST is sent once, however often the button is clicked. htmx forms are freed after the answer.
const sent = new WeakSet();

const buttons = (form) => [...form.elements].filter((part) => part.type === "submit");

const release = (form) => {
  sent.delete(form);
  buttons(form).forEach((button) => button.removeAttribute("aria-disabled"));
};

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent.add(form);
    buttons(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    // Somebody further down said no, without sending it by htmx: the form is free again.
    setTimeout(() => event.defaultPrevented && !form.matches(".htmx-request") && release(form), 300);
  },
  true,
);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) release(form);
});
window.addEventListener("pageshow", (event) => event.persisted && [...document.forms].forEach(release));
