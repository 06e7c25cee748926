// Saved replies: put into the answer where the cursor stands, with the person's name.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-saved-reply]");
  if (!button) return;
  const field = document.querySelector("[data-answer]");
  const text = button.dataset.savedReply.replaceAll("{name}", button.dataset.name);
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
