import type { ShownLamp } from "./paint-signals.js";
import type { Picture } from "./picture.js";

/** From this half width on, in pixels, colour of half the picture's resolution shows a lens by itself. */
const coloursItselfPx = 2;
const widestGlowPx = 16;

/**
 * What a lens and the air about it make of a lit lamp, laid over the finished picture: a halo at night, and by day its
 * colour for a lamp of so few pixels that every second one of each row could miss it.
 */
export function glow(picture: Picture, { x, y, halfPx, facing, colour }: ShownLamp, night: boolean): void {
  if (!night && halfPx * facing >= coloursItselfPx) return;
  const radius = Math.min(widestGlowPx, Math.max(1.5, halfPx * (night ? 3 : 1.2 * facing)));
  const left = Math.max(0, Math.floor((x - radius) / 2));
  const right = Math.min(picture.width / 2 - 1, Math.floor((x + radius) / 2));
  const top = Math.max(0, Math.floor((y - radius) / 2));
  const bottom = Math.min(picture.height / 2 - 1, Math.floor((y + radius) / 2));
  const share = (px: number, py: number): number => {
    const off = 1 - ((px - x) * (px - x) + (py - y) * (py - y)) / (radius * radius);
    return off <= 0 ? 0 : 0.8 * off * off;
  };
  for (let row = top; row <= bottom; row++)
    for (let col = left; col <= right; col++) {
      const half = row * (picture.width / 2) + col;
      const tint = share(2 * col + 1, 2 * row + 1);
      picture.u[half] = towards(picture.u[half] ?? 128, colour.u, tint);
      picture.v[half] = towards(picture.v[half] ?? 128, colour.v, tint);
      for (const [px, py] of [
        [2 * col, 2 * row],
        [2 * col + 1, 2 * row],
        [2 * col, 2 * row + 1],
        [2 * col + 1, 2 * row + 1],
      ] as const) {
        const own = picture.y[py * picture.width + px] ?? 16;
        // Light adds to what is there and never darkens it.
        if (colour.y > own) picture.y[py * picture.width + px] = towards(own, colour.y, share(px + 0.5, py + 0.5));
      }
    }
}

const towards = (from: number, to: number, share: number): number => Math.round(from + (to - from) * share);
