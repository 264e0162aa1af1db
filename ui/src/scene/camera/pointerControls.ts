import { type CameraPose, orbited, panned, zoomed } from "../../map/index.js";

export interface PointerHost {
  pose(): CameraPose;
  move(pose: CameraPose): void;
  /** A press that did not move: where, in CSS px of the view. */
  onTap(xPx: number, yPx: number): void;
  onHold(held: boolean): void;
  readonly farthestM: number;
}

interface Finger {
  x: number;
  y: number;
}

const TAP_PX = 5;

/**
 * Mouse: drag moves the ground, right button or Ctrl turns, wheel zooms. Touch: one finger moves, two zoom and turn.
 * The camera never moves by itself while a button is held.
 */
export function attachPointer(view: HTMLElement, host: PointerHost): () => void {
  const fingers = new Map<number, Finger>();
  let travelled = 0;
  const down = (e: PointerEvent): void => {
    fingers.set(e.pointerId, { x: e.offsetX, y: e.offsetY });
    view.setPointerCapture(e.pointerId);
    travelled = 0;
    host.onHold(true);
  };
  const move = (e: PointerEvent): void => {
    const finger = fingers.get(e.pointerId);
    if (finger === undefined) return;
    const dx = e.offsetX - finger.x;
    const dy = e.offsetY - finger.y;
    travelled += Math.hypot(dx, dy);
    if (fingers.size === 2) pinch(host, fingers, e.pointerId, dx, dy);
    else if (e.buttons === 2 || e.ctrlKey || e.shiftKey) host.move(orbited(host.pose(), dx, dy));
    else if (travelled > TAP_PX) host.move(panned(host.pose(), dx, dy, view.clientHeight));
    finger.x = e.offsetX;
    finger.y = e.offsetY;
  };
  const up = (e: PointerEvent): void => {
    if (!fingers.delete(e.pointerId)) return;
    if (fingers.size > 0) return;
    host.onHold(false);
    if (travelled <= TAP_PX && e.type === "pointerup" && e.button === 0) host.onTap(e.offsetX, e.offsetY);
  };
  const wheel = (e: WheelEvent): void => {
    e.preventDefault();
    host.move(zoomed(host.pose(), Math.exp(Math.max(-120, Math.min(120, e.deltaY)) * 0.0016), host.farthestM));
  };
  const menu = (e: Event): void => e.preventDefault();
  view.addEventListener("pointerdown", down);
  view.addEventListener("pointermove", move);
  view.addEventListener("pointerup", up);
  view.addEventListener("pointercancel", up);
  view.addEventListener("wheel", wheel, { passive: false });
  view.addEventListener("contextmenu", menu);
  return () => {
    view.removeEventListener("pointerdown", down);
    view.removeEventListener("pointermove", move);
    view.removeEventListener("pointerup", up);
    view.removeEventListener("pointercancel", up);
    view.removeEventListener("wheel", wheel);
    view.removeEventListener("contextmenu", menu);
  };
}

function pinch(host: PointerHost, fingers: ReadonlyMap<number, Finger>, id: number, dx: number, dy: number): void {
  const other = [...fingers].find(([key]) => key !== id)?.[1];
  const mine = fingers.get(id);
  if (other === undefined || mine === undefined) return;
  const before = Math.hypot(mine.x - other.x, mine.y - other.y);
  const after = Math.hypot(mine.x + dx - other.x, mine.y + dy - other.y);
  const turn =
    Math.atan2(mine.y + dy - other.y, mine.x + dx - other.x) - Math.atan2(mine.y - other.y, mine.x - other.x);
  const p = zoomed(host.pose(), before / Math.max(1, after), host.farthestM);
  host.move({ ...p, bearingDeg: (p.bearingDeg - (turn * 180) / Math.PI + 360) % 360 });
}
