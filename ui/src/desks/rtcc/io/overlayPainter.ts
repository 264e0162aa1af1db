import type { Overlay, OverlayPin, PicturePin } from "../pictureOverlay.js";

const SVG = "http://www.w3.org/2000/svg";

/** Share of the width from which words go to the left of their pin. */
const TURN_AT = 0.68;

export interface OverlayPainter {
  paint(overlay: Overlay): void;
  clear(): void;
}

/** Draws into one SVG, frame by frame, without React: elements are kept by id and only moved. */
export function overlayPainter(svg: SVGSVGElement): OverlayPainter {
  const kept = new Map<string, SVGGElement>();
  svg.replaceChildren();
  return {
    clear() {
      svg.replaceChildren();
      kept.clear();
    },
    paint(overlay) {
      const seen = new Set<string>();
      const widthPx = svg.clientWidth;
      for (const s of overlay.streets) {
        const g = take(svg, kept, `street:${s.id}`, seen, () => [text(s.text, "picture-street")]);
        g.setAttribute("transform", `translate(${s.x.toFixed(1)} ${s.y.toFixed(1)}) rotate(${s.turnDeg.toFixed(2)})`);
      }
      for (const p of overlay.pins) {
        const g = take(svg, kept, keyOf(p), seen, () => shapesOf(p.pin));
        g.setAttribute("transform", `translate(${p.x.toFixed(1)} ${p.y.toFixed(1)})`);
        // Words on the right edge are written to the left of their pin, or they would be cut off.
        g.setAttribute("class", `${p.pin.mark}${p.x > widthPx * TURN_AT ? " turned" : ""}`);
      }
      for (const [id, g] of kept) {
        if (seen.has(id)) continue;
        g.remove();
        kept.delete(id);
      }
    },
  };
}

const keyOf = (p: OverlayPin): string => `${p.id}:${p.pin.mark}:${p.pin.title}:${p.pin.detail}`;

function take(
  svg: SVGSVGElement,
  kept: Map<string, SVGGElement>,
  id: string,
  seen: Set<string>,
  make: () => readonly SVGElement[],
): SVGGElement {
  seen.add(id);
  const old = kept.get(id);
  if (old !== undefined) return old;
  const g = document.createElementNS(SVG, "g");
  g.append(...make());
  svg.append(g);
  kept.set(id, g);
  return g;
}

function shapesOf(pin: PicturePin): readonly SVGElement[] {
  const name = [text(pin.title, "picture-title", 14, -34), text(pin.detail, "picture-detail", 14, -18)];
  switch (pin.mark) {
    case "camera":
      return [shape("circle", { r: "10", class: "picture-disc" }), text(pin.title, "picture-number", 0, 0.5)];
    case "ghost":
      return [
        shape("rect", { x: "-20", y: "-12", width: "40", height: "24", rx: "5", class: "picture-ghost" }),
        text(pin.title, "picture-title", -20, 30),
        text(pin.detail, "picture-detail", -20, 46),
      ];
    case "seen":
    case "estimated":
    case "asked":
      return [
        shape("path", { d: "M0-30V0", class: `picture-stem ${pin.mark}` }),
        shape("path", { d: "M0-44l7 7-7 7-7-7z", class: `picture-pin ${pin.mark}` }),
        ...name,
      ];
  }
}

function shape(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function text(words: string, kind: string, x = 0, y = 0): SVGElement {
  const element = shape("text", { class: kind, x: String(x), y: String(y) });
  element.textContent = words;
  return element;
}
