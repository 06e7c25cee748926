// From the figures of {% chart %} to ECharts options (https://echarts.apache.org/en/option.html). Pure, no page needed
// but its colours.
import { language } from "./page.js";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--house-${name}`).trim();

const palette = () => [1, 2, 3, 4, 5, 6].map((number) => colour(`chart-${number}`));

const figure = (unit) => (value) =>
  value == null ? "–" : `${new Intl.NumberFormat(language()).format(value)}${unit ? ` ${unit}` : ""}`;

// On an axis only a short unit (%, €) is repeated at each figure; a word stands in the title.
const tick = (unit) => figure(unit && unit.length <= 2 ? unit : "");

// 2026-11-23 as people write it.
const day = (label) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(label)) return label;
  return new Date(`${label}T00:00`).toLocaleDateString(language(), { day: "numeric", month: "short" });
};

const isBar = (kind) => ["bar", "stacked", "row"].includes(kind);

const lines = (data) => {
  const value = { position: "insideEndTop", formatter: figure(data.unit)(data.target) };
  const level = data.target == null ? [] : [{ yAxis: data.target, label: value }];
  const marks = (data.marks ?? []).map((mark) => ({ xAxis: mark.at, name: mark.name, label: { formatter: mark.name } }));
  if (!level.length && !marks.length) return undefined;
  const style = { color: colour("amber-ink"), type: "dashed" };
  return { symbol: "none", silent: true, data: [...level, ...marks], lineStyle: style, label: { color: colour("muted") } };
};

const series = (data) => (one, index) => ({
  name: one.name,
  data: one.values,
  type: isBar(data.kind) ? "bar" : "line",
  stack: data.kind === "stacked" ? "all" : undefined,
  smooth: data.kind === "spark" ? 0.3 : false,
  showSymbol: one.values.filter((value) => value != null).length < 2,
  symbolSize: 6,
  barMaxWidth: 28,
  color: one.state ? colour(`${one.state}-ink`) : undefined,
  lineStyle: { width: 2, type: one.dashed ? "dashed" : "solid" },
  itemStyle: isBar(data.kind) ? { borderRadius: 3 } : {},
  areaStyle: ["area", "spark"].includes(data.kind) ? { opacity: 0.12 } : undefined,
  markLine: index === 0 ? lines(data) : undefined,
});

const axes = (data) => {
  const bare = data.kind === "spark";
  const rule = { lineStyle: { color: colour("line") } };
  const label = { color: colour("muted"), hideOverlap: true };
  const names = { type: "category", data: data.labels, show: !bare, axisLine: rule, axisTick: { show: false }, axisLabel: { ...label, formatter: day } };
  const values = { type: "value", show: !bare, splitLine: rule, axisLabel: { ...label, formatter: tick(data.unit) }, scale: bare };
  names.boundaryGap = isBar(data.kind);
  if (data.kind !== "row") return { xAxis: names, yAxis: values };
  return { xAxis: values, yAxis: { ...names, inverse: true } };
};

const box = () => ({
  backgroundColor: colour("surface"),
  borderColor: colour("line"),
  textStyle: { color: colour("ink"), fontFamily: "inherit" },
});

const legend = (shown) => ({ show: shown, type: "scroll", bottom: 0, icon: "roundRect", itemHeight: 8, textStyle: { color: colour("ink") } });

const donut = (data) => ({
  tooltip: { trigger: "item", ...box(), valueFormatter: figure(data.unit) },
  legend: legend(true),
  series: data.series.map((one) => ({
    type: "pie",
    radius: ["52%", "74%"],
    center: ["50%", "44%"],
    label: { show: false },
    itemStyle: { borderColor: colour("surface"), borderWidth: 2 },
    data: data.labels.map((name, at) => ({ name, value: one.values[at] })),
  })),
});

const plot = (data) => {
  const bare = data.kind === "spark";
  const many = data.series.length > 1;
  const grid = { left: 4, right: 12, top: 14, bottom: many ? 34 : 4, outerBoundsMode: "same" };
  return {
    ...axes(data),
    grid: bare ? { left: 2, right: 2, top: 2, bottom: 2 } : grid,
    legend: legend(many && !bare),
    tooltip: { trigger: "axis", ...box(), valueFormatter: figure(data.unit), show: !bare },
    series: data.series.map(series(data)),
  };
};

export const options = (data) => ({
  color: palette(),
  animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  animationDuration: 350,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
  ...(data.kind === "donut" ? donut(data) : plot(data)),
});
