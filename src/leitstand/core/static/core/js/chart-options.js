// From the figures of {% chart %} to ECharts options (https://echarts.apache.org/en/option.html). Pure, no page needed
// but its colours.
import { day, figure, rows, tick } from "./chart-words.js";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--house-${name}`).trim();

const palette = () => [1, 2, 3, 4, 5, 6].map((number) => colour(`chart-${number}`));

const isBar = (data) => data.kind === "stacked";
const counts = (data) => data.series.every((one) => one.values.every((value) => Number.isInteger(value ?? 0)));

const series = (data) => (one) => ({
  name: one.name,
  data: data.days ? one.values.map((value, at) => [`${data.days[at]}T00:00`, value]) : one.values,
  type: isBar(data) ? "bar" : "line",
  stack: isBar(data) ? "all" : undefined,
  showSymbol: one.values.filter((value) => value != null).length < 2,
  symbolSize: 6,
  barMaxWidth: 28,
  color: one.state ? colour(`${one.state}-ink`) : undefined,
  lineStyle: { width: 2, type: one.dashed ? "dashed" : "solid" },
  itemStyle: isBar(data) ? { borderRadius: 3 } : {},
  areaStyle: data.kind === "area" ? { opacity: 0.12 } : undefined,
  yAxisIndex: one.apart ? 1 : 0,
});

// Lines over days lie on true time: days without a value take their room, too.
const onDays = { type: "time", axisPointer: { label: { formatter: ({ value }) => day(value) } } };

const axes = (data) => {
  const rule = { lineStyle: { color: colour("line") } };
  const label = { color: colour("muted"), hideOverlap: true };
  const names = { ...(data.days ? onDays : { type: "category", data: data.labels }), axisLine: rule, axisTick: { show: false } };
  names.axisLabel = data.days ? { ...label, formatter: day } : label;
  const values = { type: "value", minInterval: counts(data) ? 1 : 0, splitLine: rule, axisLabel: { ...label, formatter: tick(data.unit) } };
  names.boundaryGap = isBar(data);
  const right = { ...values, position: "right", splitLine: { show: false } };
  return { xAxis: names, yAxis: data.series.some((one) => one.apart) ? [values, right] : values };
};

const box = () => ({
  backgroundColor: colour("surface"),
  borderColor: colour("line"),
  textStyle: { color: colour("ink"), fontFamily: "inherit" },
});

const legend = (shown) => ({ show: shown, bottom: 0, icon: "roundRect", itemHeight: 8, textStyle: { color: colour("ink") } });

const plot = (data, width) => {
  const many = data.series.length > 1;
  const below = many ? 10 + 24 * rows(data.series.map((one) => one.name), width) : 4;
  const grid = { left: 4, right: 12, top: 14, bottom: below, outerBoundsMode: "same" };
  return {
    ...axes(data),
    grid,
    legend: legend(many),
    tooltip: { trigger: "axis", ...box(), valueFormatter: figure(data.unit) },
    series: data.series.map(series(data)),
  };
};

export const options = (data, width) => ({
  color: palette(),
  animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  animationDuration: 350,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
  ...plot(data, width),
});
