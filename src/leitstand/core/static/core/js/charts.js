// Draws [data-chart] with ECharts, which is loaded only where a chart is. Colours come from the page's theme.
import { options } from "./chart-options.js";
import { each } from "./page.js";

const charts = new Map();
let library;

const load = () =>
  (library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.echarts;
    script.onload = () => done(window.echarts);
    script.onerror = failed;
    document.head.append(script);
  }));

const paint = (canvas, chart) => {
  const source = document.getElementById(canvas.dataset.chart);
  chart.setOption(options(JSON.parse(source.textContent), chart.getWidth()), true);
};

const fit = (canvas, chart) => {
  if (chart.getWidth() === canvas.clientWidth) return;
  chart.resize();
  paint(canvas, chart);
};

const draw = async (canvas) => {
  if (charts.has(canvas)) return;
  charts.set(canvas, null);
  const echarts = await load();
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  charts.set(canvas, chart);
  paint(canvas, chart);
  new ResizeObserver(() => chart.isDisposed() || fit(canvas, chart)).observe(canvas);
};

const forget = (canvas, chart) => {
  chart?.dispose();
  charts.delete(canvas);
};

document.addEventListener("house:theme", () => {
  charts.forEach((chart, canvas) => (canvas.isConnected ? chart && paint(canvas, chart) : forget(canvas, chart)));
});
document.addEventListener("htmx:afterSwap", () => {
  charts.forEach((chart, canvas) => canvas.isConnected || forget(canvas, chart));
});

each("[data-chart]", draw);
