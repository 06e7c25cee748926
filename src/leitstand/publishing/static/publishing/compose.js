// The writing page: typing into a channel's own field switches "own words" on; the weekday is shown beside the date.
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
