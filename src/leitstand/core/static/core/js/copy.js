// data-copy="text": copies it and says so for two seconds.
import { text } from "./page.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || button.classList.contains("is-copied")) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  words.textContent = text("copied");
  button.classList.add("is-copied");
  setTimeout(() => {
    words.textContent = before;
    button.classList.remove("is-copied");
  }, 2000);
});
