import type { LabelPainter, LabelText, PlacedLabel, StreetName } from "../../map/index.js";

interface Node {
  readonly box: HTMLDivElement;
  readonly title: HTMLElement;
  readonly detail: HTMLElement;
  readonly leader: SVGLineElement;
  placed: PlacedLabel | undefined;
}

const FAMILY = '"Atkinson Hyperlegible Next Variable", sans-serif';
const SVG = "http://www.w3.org/2000/svg";

export function labelPainter(host: HTMLElement): LabelPainter {
  return new HtmlLabels(host);
}

class HtmlLabels implements LabelPainter {
  readonly #host: HTMLElement;
  readonly #svg = document.createElementNS(SVG, "svg");
  readonly #leaders = document.createElementNS(SVG, "g");
  readonly #streets = document.createElementNS(SVG, "g");
  readonly #marks = document.createElement("div");
  readonly #nodes = new Map<string, Node>();
  readonly #ruler = new TextRuler();

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#svg.setAttribute("class", "scene-names");
    this.#streets.setAttribute("class", "scene-streets");
    this.#svg.append(this.#leaders, this.#streets);
    host.append(this.#svg, this.#marks);
  }

  measure(text: LabelText): { readonly w: number; readonly h: number } {
    const detail = text.detail === "" ? 0 : this.#ruler.width(`400 13px ${FAMILY}`, text.detail);
    const w = Math.max(this.#ruler.width(`700 14px ${FAMILY}`, text.title), detail);
    return { w: Math.ceil(w) + 6, h: (text.title === "" ? 2 : 18) + (text.detail === "" ? 0 : 16) };
  }

  setLabels(labels: readonly (PlacedLabel & { readonly text: LabelText })[]): void {
    const keep = new Set(labels.map((l) => l.id));
    for (const [id, node] of this.#nodes) if (!keep.has(id)) removeNode(this.#nodes, id, node);
    for (const label of labels) {
      const node = this.#nodes.get(label.id) ?? addNode(this.#nodes, this.#host, this.#leaders, label.id);
      node.placed = label;
      write(node.title, label.text.title);
      write(node.detail, label.text.detail);
      node.box.dataset["tone"] = label.text.tone;
    }
  }

  move(id: string, x: number, y: number, visible: boolean): void {
    const node = this.#nodes.get(id);
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
  }

  setStreets(names: readonly StreetName[]): void {
    resize(this.#streets, names.length, () => document.createElementNS(SVG, "text"));
    names.forEach((name, i) => {
      const text = this.#streets.children[i];
      if (text === undefined) return;
      if (text.textContent !== name.text) text.textContent = name.text;
      const turn = ((name.turnRad * 180) / Math.PI).toFixed(1);
      text.setAttribute("transform", `translate(${name.x.toFixed(1)} ${name.y.toFixed(1)}) rotate(${turn})`);
      text.setAttribute("opacity", name.opacity.toFixed(2));
    });
  }

  setMarks(
    list: readonly { readonly id: string; readonly text: string; readonly x: number; readonly y: number }[],
  ): void {
    resize(this.#marks, list.length, () => Object.assign(document.createElement("div"), { className: "scene-mark" }));
    list.forEach((mark, i) => {
      const node = this.#marks.children[i];
      if (!(node instanceof HTMLElement)) return;
      write(node, mark.text);
      node.style.transform = `translate(${(mark.x - 16).toFixed(1)}px, ${(mark.y - 9).toFixed(1)}px)`;
    });
  }

  showStreets(on: boolean): void {
    this.#streets.style.visibility = on ? "visible" : "hidden";
    this.#marks.style.visibility = on ? "visible" : "hidden";
  }

  dispose(): void {
    this.#svg.remove();
    this.#marks.remove();
    for (const [id, node] of this.#nodes) removeNode(this.#nodes, id, node);
  }
}

/** Widths of texts as the browser will draw them, remembered. */
class TextRuler {
  readonly #pen = document.createElement("canvas").getContext("2d");
  readonly #widths = new Map<string, number>();

  width(font: string, text: string): number {
    const key = `${font}|${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#pen !== null) this.#pen.font = font;
    // Letter spacing and halo make the drawn text a little wider than the measured one.
    const w = this.#pen === null ? text.length * 7.6 : this.#pen.measureText(text).width * 1.06;
    if (this.#widths.size > 2000) this.#widths.clear();
    this.#widths.set(key, w);
    return w;
  }
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
