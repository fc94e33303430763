// Line charts as inline SVG, with labeled axes.

import {localTime} from "./page.js";

const WIDTH = 360, HEIGHT = 180, LEFT = 56, RIGHT = 8, TOP = 10, BOTTOM = 24;
const MAX_POINTS = 200;

function svg(name, attributes, ...children) {
  const created = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => created.setAttribute(key, value));
  created.append(...children);
  return created;
}

/** A round number that is not smaller. */
function roundUp(number) {
  const power = 10 ** Math.floor(Math.log10(number || 1));
  return [1, 2, 5, 10].map(step => step * power).find(round => round >= number);
}

/**
 * Draws values over time.
 *
 * @param points [time, value], oldest first
 * @param format the text of a value
 * @param titleId the id of the element that names the chart
 */
export function chart(points, format, titleId) {
  if (points.length < 2) {
    const empty = document.createElement("p");
    empty.className = "muted";
    empty.textContent = "A chart needs at least two.";
    return empty;
  }
  const shown = points.filter((point, i) => i % Math.ceil(points.length / MAX_POINTS) === 0 || i === points.length - 1);
  const first = shown[0][0], last = shown.at(-1)[0];
  const top = roundUp(Math.max(...shown.map(([, value]) => value)));
  const x = time => LEFT + (time - first) / (last - first || 1) * (WIDTH - LEFT - RIGHT);
  const y = value => HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
  const drawing = svg("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-labelledby": titleId});
  for (const value of [0, top / 2, top]) {
    drawing.append(
      svg("line", {x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value), class: "axis"}),
      svg("text", {x: LEFT - 6, y: y(value) + 4, "text-anchor": "end"}, format(value)));
  }
  const day = time => localTime(time).slice(0, last - first < 864e5 ? 16 : 10);
  drawing.append(
    svg("text", {x: LEFT, y: HEIGHT - 6}, day(first)),
    svg("text", {x: WIDTH - RIGHT, y: HEIGHT - 6, "text-anchor": "end"}, day(last)),
    svg("polyline", {class: "curve", points: shown.map(([time, value]) => `${x(time)},${y(value)}`).join(" ")}));
  for (const [time, value] of shown) {
    drawing.append(svg("circle", {class: "point", cx: x(time), cy: y(value), r: 2.5},
      svg("title", {}, `${day(time)}: ${format(value)}`)));
  }
  return drawing;
}
