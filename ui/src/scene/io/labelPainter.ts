import type { LabelPainter, PlacedLabel } from "../../map/index.js";

interface Node {
  readonly box: HTMLDivElement;
  readonly title: HTMLElement;
  readonly detail: HTMLElement;
  readonly leader: SVGLineElement;
  placed: PlacedLabel | undefined;
}

const SVG = "http://www.w3.org/2000/svg";

export function labelPainter(host: HTMLElement): LabelPainter {
  const svg = host.appendChild(document.createElementNS(SVG, "svg"));
  svg.setAttribute("class", "scene-names");
  const leaders = svg.appendChild(document.createElementNS(SVG, "g"));
  const streets = svg.appendChild(document.createElementNS(SVG, "g"));
  streets.setAttribute("class", "scene-streets");
  const marks = host.appendChild(document.createElement("div"));
  const nodes = new Map<string, Node>();
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map<string, number>();
  const width = (font: string, text: string): number => {
    const key = `${font}|${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    if (pen !== null) pen.font = font;
    const w = pen === null ? text.length * 7.6 : pen.measureText(text).width * 1.06;
    if (widths.size > 2000) widths.clear();
    widths.set(key, w);
    return w;
  };
  const family = '"Atkinson Hyperlegible Next Variable", sans-serif';
  return {
    measure(text) {
      const w = Math.max(
        width(`700 14px ${family}`, text.title),
        text.detail === "" ? 0 : width(`400 13px ${family}`, text.detail),
      );
      return { w: Math.ceil(w) + 6, h: (text.title === "" ? 2 : 18) + (text.detail === "" ? 0 : 16) };
    },
    setLabels(labels) {
      const keep = new Set(labels.map((l) => l.id));
      for (const [id, node] of nodes) if (!keep.has(id)) removeNode(nodes, id, node);
      for (const label of labels) {
        const node = nodes.get(label.id) ?? addNode(nodes, host, leaders, label.id);
        node.placed = label;
        write(node.title, label.text.title);
        write(node.detail, label.text.detail);
        node.box.dataset["tone"] = label.text.tone;
      }
    },
    move(id, x, y, visible) {
      const node = nodes.get(id);
      if (node?.placed === undefined) return;
      const { dx, dy, w, h, leader } = node.placed;
      node.box.style.visibility = visible ? "visible" : "hidden";
      node.leader.style.visibility = visible && leader ? "visible" : "hidden";
      if (!visible) return;
      node.box.style.transform = `translate(${(x + dx).toFixed(1)}px, ${(y + dy).toFixed(1)}px)`;
      if (!leader) return;
      node.leader.setAttribute("x1", x.toFixed(1));
      node.leader.setAttribute("y1", y.toFixed(1));
      node.leader.setAttribute("x2", Math.max(x + dx, Math.min(x + dx + w, x)).toFixed(1));
      node.leader.setAttribute("y2", Math.max(y + dy, Math.min(y + dy + h, y)).toFixed(1));
    },
    setStreets(names) {
      resize(streets, names.length, () => document.createElementNS(SVG, "text"));
      names.forEach((name, i) => {
        const text = streets.children[i];
        if (text === undefined) return;
        if (text.textContent !== name.text) text.textContent = name.text;
        text.setAttribute(
          "transform",
          `translate(${name.x.toFixed(1)} ${name.y.toFixed(1)}) rotate(${((name.turnRad * 180) / Math.PI).toFixed(1)})`,
        );
        text.setAttribute("opacity", name.opacity.toFixed(2));
      });
    },
    setMarks(list) {
      resize(marks, list.length, () => Object.assign(document.createElement("div"), { className: "scene-mark" }));
      list.forEach((mark, i) => {
        const node = marks.children[i];
        if (!(node instanceof HTMLElement)) return;
        if (node.textContent !== mark.text) node.textContent = mark.text;
        node.style.transform = `translate(${(mark.x - 16).toFixed(1)}px, ${(mark.y - 9).toFixed(1)}px)`;
      });
    },
    showStreets(on) {
      streets.style.visibility = on ? "visible" : "hidden";
      marks.style.visibility = on ? "visible" : "hidden";
    },
    dispose() {
      svg.remove();
      marks.remove();
      for (const [id, node] of nodes) removeNode(nodes, id, node);
    },
  };
}

function write(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

function addNode(nodes: Map<string, Node>, host: HTMLElement, leaders: SVGGElement, id: string): Node {
  const box = document.createElement("div");
  box.className = "scene-label";
  const title = box.appendChild(document.createElement("b"));
  const detail = box.appendChild(document.createElement("small"));
  const leader = leaders.appendChild(document.createElementNS(SVG, "line"));
  host.appendChild(box);
  const node: Node = { box, title, detail, leader, placed: undefined };
  nodes.set(id, node);
  return node;
}

function removeNode(nodes: Map<string, Node>, id: string, node: Node): void {
  node.box.remove();
  node.leader.remove();
  nodes.delete(id);
}

function resize(parent: Element, count: number, make: () => Element): void {
  while (parent.children.length > count) parent.lastElementChild?.remove();
  while (parent.children.length < count) parent.appendChild(make());
}
