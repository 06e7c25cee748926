// Light, dark, or like the device. theme.js applies the choice, here and in other tabs.
const KEY = "leitstand-theme";

const show = () => {
  const chosen = localStorage.getItem(KEY) || "auto";
  document.querySelectorAll("[data-theme-choice]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
  });
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (!button) return;
  localStorage.setItem(KEY, button.dataset.themeChoice);
  document.dispatchEvent(new Event("house:theme-chosen"));
  show();
});
window.addEventListener("storage", show);
show();
