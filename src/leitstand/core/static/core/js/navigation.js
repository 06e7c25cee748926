// Remembers which groups of the navigation are open; the group of this page always is.
const KEY = "leitstand-navigation";

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
};

const remembered = read();
document.querySelectorAll("details[data-remember]").forEach((group) => {
  if (remembered[group.dataset.remember] && !group.open) group.open = true;
  group.addEventListener("toggle", () => {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), [group.dataset.remember]: group.open }));
  });
});

document.querySelector(".shell-nav [aria-current]")?.scrollIntoView({ block: "nearest" });
