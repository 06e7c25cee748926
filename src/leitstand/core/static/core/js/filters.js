// Filter bars: empty fields stay out of the address, "Clear" appears only when there is something to clear.
const bar = (target) => target.closest?.("form[data-filters]");

const isActive = (form) =>
  [...new FormData(form)].some(([name, value]) => value && name !== "page");

document.addEventListener("htmx:configRequest", (event) => {
  if (!bar(event.detail.elt)) return;
  const { parameters } = event.detail;
  Object.keys(parameters).forEach((name) => parameters[name] === "" && delete parameters[name]);
});

document.addEventListener("formdata", (event) => {
  if (!bar(event.target)) return;
  [...event.formData].forEach(([name, value]) => value === "" && event.formData.delete(name));
});

["input", "change"].forEach((name) =>
  document.addEventListener(name, (event) => {
    const form = bar(event.target);
    const clear = form?.querySelector(".filters-clear");
    if (clear) clear.hidden = !isActive(form);
  }),
);
