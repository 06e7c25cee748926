// Live count of characters as people see them (graphemes). The server stays the judge of a network's own way to count.
import { each, language } from "./page.js";

const segmenter = new Intl.Segmenter(language(), { granularity: "grapheme" });

const count = (words) => [...segmenter.segment(words)].length;

each("[data-count-for]", (counter) => {
  const field = document.getElementById(counter.dataset.countFor);
  if (!field) return;
  const limit = Number(counter.dataset.countLimit) || 0;
  const show = () => {
    const used = count(field.value);
    counter.textContent = limit ? `${used} / ${limit}` : String(used);
    counter.classList.toggle("is-over", limit > 0 && used > limit);
  };
  field.addEventListener("input", show);
  show();
});
