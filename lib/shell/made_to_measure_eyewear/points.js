// A picture with points that a person may move: by mouse or finger, or by keyboard (Tab to a point, arrow keys, with
// Shift by five). While a point is moved, a glass beside it shows the picture three times as large.
const SVG = "http://www.w3.org/2000/svg";
const GLASS = 3;

function made(name, attributes, parent) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent.appendChild(node);
  return node;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const stage = parentElement.querySelector("svg");
  const says = parentElement.querySelector(".says");
  const focused = stage.contains(document.activeElement) ? document.activeElement : stage.getRootNode().activeElement;
  const kept = focused && focused.dataset ? focused.dataset.point : "";
  stage.replaceChildren();
  stage.setAttribute("viewBox", `0 0 ${data.width} ${data.height}`);
  stage.setAttribute("aria-label", data.label);
  const unit = data.width / 100;
  made("image", { href: data.picture, width: data.width, height: data.height }, stage);
  const lines = made("g", { class: "lines" }, stage);
  const places = structuredClone(data.points);

  function join() {
    lines.replaceChildren();
    for (const run of data.lines) {
      const at = run.filter((name) => places[name]).map((name) => places[name].join(","));
      if (at.length > 1) made("polyline", { points: at.join(" "), "stroke-width": unit * 0.22 }, lines);
    }
  }

  const glass = made("g", { class: "glass", visibility: "hidden" }, stage);
  const clip = made("clipPath", { id: "toile-glass" }, glass);
  const hole = made("circle", { r: unit * 11 }, clip);
  const inside = made("g", { "clip-path": "url(#toile-glass)" }, glass);
  const near = made("image", { href: data.picture, width: data.width * GLASS, height: data.height * GLASS }, inside);
  const ring = made("circle", { r: unit * 11, class: "ring", "stroke-width": unit * 0.3 }, glass);
  const cross = made("path", { class: "cross", "stroke-width": unit * 0.18 }, glass);

  function look(x, y) {
    const cx = x < data.width / 2 ? x + unit * 18 : x - unit * 18;
    const cy = Math.min(Math.max(y, unit * 11), data.height - unit * 11);
    for (const one of [hole, ring]) {
      one.setAttribute("cx", cx);
      one.setAttribute("cy", cy);
    }
    near.setAttribute("x", cx - x * GLASS);
    near.setAttribute("y", cy - y * GLASS);
    cross.setAttribute("d", `M${cx - unit * 2} ${cy}h${unit * 4}M${cx} ${cy - unit * 2}v${unit * 4}`);
    glass.setAttribute("visibility", "visible");
  }

  function send(name) {
    setTriggerValue("moved", { name, x: places[name][0], y: places[name][1], at: Date.now() });
  }

  const dots = [];
  for (const [name, place] of Object.entries(places)) {
    const dot = made(
      "g",
      { class: `dot ${name.split("_")[0]}`, tabindex: 0, role: "button", "aria-label": data.names[name] },
      stage,
    );
    dot.dataset.point = name;
    const halo = made("circle", { r: unit * 2.4, class: "halo" }, dot);
    const mark = made("circle", { r: unit * (name.startsWith("iris") ? 0.55 : 0.8), class: "mark", "stroke-width": unit * 0.25 }, dot);
    const put = (x, y) => {
      place[0] = Math.min(Math.max(x, 0), data.width);
      place[1] = Math.min(Math.max(y, 0), data.height);
      for (const one of [halo, mark]) {
        one.setAttribute("cx", place[0]);
        one.setAttribute("cy", place[1]);
      }
      join();
    };
    put(place[0], place[1]);
    dots.push(dot);

    let from = null;
    dot.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      dot.focus();
      dot.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY, at: [...place], moved: false };
      look(place[0], place[1]);
    });
    dot.addEventListener("pointermove", (event) => {
      if (!from) return;
      const scale = data.width / stage.getBoundingClientRect().width;
      from.moved = true;
      put(from.at[0] + (event.clientX - from.x) * scale, from.at[1] + (event.clientY - from.y) * scale);
      look(place[0], place[1]);
    });
    const done = () => {
      glass.setAttribute("visibility", "hidden");
      if (from && from.moved) send(name);
      from = null;
    };
    dot.addEventListener("pointerup", done);
    dot.addEventListener("pointercancel", done);

    let timer = null;
    dot.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const by = event.shiftKey ? 5 : 1;
      put(place[0] + step[0] * by, place[1] + step[1] * by);
      look(place[0], place[1]);
      says.textContent = `${data.names[name]}: ${Math.round(place[0])}, ${Math.round(place[1])}`;
      clearTimeout(timer);
      timer = setTimeout(() => send(name), 700);
    });
    dot.addEventListener("focus", () => { says.textContent = data.names[name]; });
    dot.addEventListener("pointerenter", () => { says.textContent = data.names[name]; });
    dot.addEventListener("blur", () => glass.setAttribute("visibility", "hidden"));
  }
  stage.appendChild(glass);
  if (!says.textContent) says.textContent = data.hint;
  const again = dots.find((dot) => dot.dataset.point === kept);
  if (again) again.focus();
}
