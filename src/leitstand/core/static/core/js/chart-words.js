// How figures and days are written in charts, in the language of the page.
import { language } from "./page.js";

export const figure = (unit) => (value) =>
  value == null ? "–" : `${new Intl.NumberFormat(language()).format(value)}${unit ? ` ${unit}` : ""}`;

// On an axis only a short unit (%, €) is repeated at each figure; a word stands in the title.
export const tick = (unit) => figure(unit && unit.length <= 2 ? unit : "");

// How many rows a legend takes at that width: a legend wraps, and its room is taken from the plot.
export const rows = (names, width) => {
  const wide = names.map((name) => 45 + 7.5 * name.length);
  const wrap = ([count, used], one) => (used && used + one > width ? [count + 1, one] : [count, used + one]);
  return wide.reduce(wrap, [1, 0])[0];
};

// A moment in milliseconds as people write its day.
export const day = (moment) => new Date(moment).toLocaleDateString(language(), { day: "numeric", month: "short" });
