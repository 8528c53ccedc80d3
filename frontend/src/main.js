import "./main.css";

// ECharts is fetched only by a page that has a chart.
const figures = document.querySelectorAll("figure[data-chart]");
if (figures.length) {
  const { enhance } = await import("./charts.js");
  figures.forEach(enhance);
}
