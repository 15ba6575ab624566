// The picture: who has asked when, which way the text went, and which version there was.
//
// Each kind of request has a form of its own, so that no colour is needed to tell them apart.
import { shape } from "./dom.js";

const LEFT = 54;
const HEIGHT = 236;
/** The server, as a band between its upper and its lower edge. */
const BAND = { top: 98, bottom: 122 };
/** For each editor: the line of the editor, that of the status, and the edge of the band on this side. */
const LANES = [
  { line: 42, label: 22, band: BAND.top },
  { line: 178, label: 206, band: BAND.bottom },
];
const TIME = HEIGHT - 6;

/** Draws every request into `svg`, as many of the last as there is room for. */
export function pictureIn(svg, names) {
  const exchanges = [];
  const draw = () => drawIn(svg, names, exchanges);
  new ResizeObserver(draw).observe(svg);
  return (exchange) => {
    exchanges.push(exchange);
    draw();
    svg.lastElementChild.classList.add("arriving");
  };
}

function drawIn(svg, names, exchanges) {
  const width = Math.max(svg.clientWidth, 200);
  const step = width < 500 ? 36 : 46;
  const shown = exchanges.slice(-Math.floor((width - LEFT) / step));
  const at = (index) => LEFT + step / 2 + index * step;
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.replaceChildren(
    ...versions(exchanges, shown, at, width),
    ...names.flatMap((who, which) => lane(who, LANES[which], width)),
    shape("text", { class: "name", x: 0, y: (BAND.top + BAND.bottom) / 2 + 4 }, "server"),
    ...shown.map((exchange, index) => mark(exchange, LANES[names.indexOf(exchange.who)], at(index))),
  );
}

function lane(who, { line }, width) {
  return [
    shape("path", { class: "lane", d: `M${LEFT} ${line}H${width}` }),
    shape("text", { class: "name", x: 0, y: line + 4 }, who),
  ];
}

/** The band, divided where an answer shows another version than the one before. */
function versions(exchanges, shown, at, width) {
  const earlier = exchanges.slice(0, exchanges.length - shown.length);
  let version = earlier.findLast((exchange) => exchange.version)?.version;
  const parts = [{ version, from: LEFT }];
  shown.forEach((exchange, index) => {
    if (!exchange.version || exchange.version === version) return;
    version = exchange.version;
    parts.push({ version, from: index === 0 ? LEFT : at(index) });
  });
  return parts.flatMap((part, index) => {
    const to = parts[index + 1]?.from ?? width;
    if (!part.version || to <= part.from) return [];
    const band = { x: part.from, y: BAND.top, width: to - part.from, height: BAND.bottom - BAND.top };
    const label = { class: "version", x: part.from + 7, y: (BAND.top + BAND.bottom) / 2 + 4 };
    const isWide = to - part.from > 75;
    return [
      shape("rect", { class: part.version % 2 ? "band odd" : "band", ...band }),
      shape("text", label, isWide ? `version ${part.version}` : `v${part.version}`),
    ];
  });
}

/** One request, between the line of its editor and the band. */
function mark({ kind, status, who, method, reason, at: time }, { line, label, band }, x) {
  const seconds = Math.floor(time / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return shape(
    "g",
    { class: `mark ${kind}` },
    shape("title", {}, `${who}, ${clock}: ${method}, ${status} ${reason}`),
    ...FORMS[kind](x, line, band),
    shape("text", { class: "status", x, y: label }, String(status || "—")),
    shape("text", { class: "time", x, y: TIME }, clock),
  );
}

/** From the server to the editor, or the other way: thick where a text has travelled. */
const FORMS = {
  full: (x, line, band) => {
    const tip = toward(band, line);
    return [
      shape("path", { class: "thick", d: `M${x} ${band}V${line - tip * 10}` }),
      shape("path", { class: "head", d: `M${x} ${line}l-7 ${-tip * 12}h14z` }),
    ];
  },
  hit: (x, line, band) => [
    shape("path", { class: "dashed", d: `M${x} ${line + toward(line, band) * 7}V${band}` }),
    shape("circle", { class: "ring", cx: x, cy: line, r: 6 }),
  ],
  saved: (x, line, band) => {
    const tip = toward(line, band);
    return [shape("path", { class: "hollow", d: `M${x - 2.5} ${line}V${band - tip * 12}h-4.5l7 ${tip * 12}l7 ${-tip * 12}h-4.5V${line}z` })];
  },
  refused: (x, line, band) => {
    const middle = (line + band) / 2;
    return [
      shape("path", { class: "thin", d: `M${x} ${line}V${middle}` }),
      shape("path", { class: "cross", d: `M${x - 6} ${middle - 6}l12 12m0 -12l-12 12` }),
    ];
  },
};

const toward = (from, to) => Math.sign(to - from);
