/**
 * Draws `n` of the searches by lot. The lot is the day's own: who looks twice on one day sees the same ones, nobody
 * chooses them, and an auditor can draw them again. FNV-1a is enough for an order that nobody can profit from guessing.
 */
export function drawByLot<T extends { readonly seq: number }>(
  searches: readonly T[],
  n: number,
  day: string,
): readonly T[] {
  return [...searches]
    .map((search) => ({ search, rank: hash(`${day}:${search.seq}`) }))
    .sort((a, b) => a.rank - b.rank || a.search.seq - b.search.seq)
    .slice(0, n)
    .map((r) => r.search);
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  // The last mix of MurmurHash3: plain FNV leaves neighbours in order.
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** `2026-11-20` in the desk's own time. */
export function dayOf(tMs: number): string {
  const d = new Date(tMs);
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`;
}
