// A figure made by the server (SVG beside its data table) becomes interactive. Its data stands in a JSON script
// named by data-chart: {"unit", "categories": [{"label", "url"}], "series": [{"label", "colour", "values": []}]}
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// The canvas renderer and rich-text tooltips write no style attribute, which the security policy forbids.
use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const ROW = 34;
const FRAME = 70;

export function enhance(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const rows = figure.querySelector(".bars-rows");
  const place = document.createElement("div");
  place.className = "bars-canvas";
  place.style.height = `${data.categories.length * ROW + FRAME}px`;
  place.setAttribute("aria-hidden", "true");
  rows.after(place);
  const chart = init(place, null, { renderer: "canvas" });
  chart.setOption(options(data));
  chart.on("click", ({ dataIndex }) => {
    const { url } = data.categories[dataIndex];
    if (url) location.assign(url);
  });
  new ResizeObserver(() => chart.resize()).observe(figure);
}

function options({ unit, categories, series }) {
  const font = getComputedStyle(document.body).fontFamily;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !still,
    textStyle: { fontFamily: font },
    aria: { enabled: true },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", valueFormatter: (value) => `${value} ${unit}` },
    legend: { top: 0, left: 0, itemGap: 16 },
    grid: { top: 40, bottom: 24, left: 8, right: 24, containLabel: true },
    xAxis: { type: "value", minInterval: 1 },
    yAxis: {
      type: "category",
      inverse: true,
      data: categories.map((category) => category.label),
      axisTick: { show: false },
      axisLabel: { width: 180, overflow: "truncate" },
    },
    series: series.map(({ label, colour, values }) => ({
      name: label,
      type: "bar",
      stack: "all",
      barMaxWidth: 20,
      itemStyle: { color: colour },
      label: { show: true, formatter: ({ value }) => (value ? String(value) : "") },
      data: values,
    })),
  };
}
