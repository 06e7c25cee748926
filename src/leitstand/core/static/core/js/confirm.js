// Asks before a step: data-confirm on a form, link or submit button, hx-confirm on htmx parts. The button that says
// yes names the deed: data-confirm-button, else the words of the button that opened the question.
const dialog = document.getElementById("confirm");
const agreed = new WeakSet();

const ask = (question, word) =>
  new Promise((answer) => {
    const button = dialog.querySelector("[value=ok]");
    dialog.querySelector(".dialog-question").textContent = question;
    button.textContent = word || button.dataset.default;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue === "ok"), { once: true });
    dialog.showModal();
  });

const deed = (source, opener) => source.dataset.confirmButton || opener?.textContent.replace(/\s+/g, " ").trim();

const stop = (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

const onSubmit = async (event) => {
  const { target: form, submitter } = event;
  const source = submitter?.dataset.confirm ? submitter : form;
  if (!source.dataset.confirm || agreed.delete(form)) return;
  stop(event);
  if (!(await ask(source.dataset.confirm, deed(source, submitter)))) return;
  agreed.add(form);
  form.requestSubmit(submitter);
};

const onClick = async (event) => {
  const link = event.target.closest?.("a[data-confirm]");
  if (!link || agreed.delete(link)) return;
  stop(event);
  if (!(await ask(link.dataset.confirm, deed(link, link)))) return;
  agreed.add(link);
  link.click();
};

const onHtmx = async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  const { elt } = event.detail;
  if (await ask(event.detail.question, deed(elt, elt.closest("button, a")))) event.detail.issueRequest(true);
};

if (dialog) {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("htmx:confirm", onHtmx);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close("cancel"));
}
