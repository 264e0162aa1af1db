/** A stable number in 0..1 for an index: gives neighbours different shades, the same on every screen and every day. */
export function shadeOf(n: number): number {
  const s = Math.sin(n * 127.1) * 43758.5453;
  return s - Math.floor(s);
}
