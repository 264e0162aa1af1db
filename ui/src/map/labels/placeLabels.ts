/** x, y, width, height in CSS px. */
export type Box = readonly [number, number, number, number];

export interface LabelWish {
  readonly id: string;
  /** Anchor on screen. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Higher is placed first: incident, selected, aircraft, dock, zone. */
  readonly priority: number;
}

export interface PlacedLabel {
  readonly id: string;
  /** Upper-left corner relative to the anchor. */
  readonly dx: number;
  readonly dy: number;
  readonly w: number;
  readonly h: number;
  /** Which of the twelve places; kept until it collides. */
  readonly place: number;
  /** The label was pushed away more than 15 px: draw a leader. */
  readonly leader: boolean;
}

export interface LabelInput {
  readonly wishes: readonly LabelWish[];
  readonly width: number;
  readonly height: number;
  readonly keepOut: readonly Box[];
  readonly previous: ReadonlyMap<string, number>;
}

const MARGIN = 6;
const GAP = 4;
const LEADER_PX = 15;

/** The twelve places around an anchor, in order of liking: offset of the label's upper-left corner. */
function places(w: number, h: number): readonly (readonly [number, number])[] {
  return [
    [16, -h / 2],
    [-16 - w, -h / 2],
    [-w / 2, -h - 18],
    [-w / 2, 18],
    [18, -h - 12],
    [18, 12],
    [-18 - w, -h - 12],
    [-18 - w, 12],
    [34, -h - 40],
    [-34 - w, -h - 40],
    [40, 40],
    [-40 - w, 40],
  ];
}

export function overlaps(a: Box, b: Box, gap = 0): boolean {
  return a[0] < b[0] + b[2] + gap && b[0] < a[0] + a[2] + gap && a[1] < b[1] + b[3] + gap && b[1] < a[1] + a[3] + gap;
}

/**
 * Places labels so that none overlaps another or a kept-out box; what finds no place is left out, least important
 * first. A label keeps the side it had last time while that side is free, so that names do not jump.
 */
export function placeLabels(input: LabelInput): {
  readonly placed: readonly PlacedLabel[];
  readonly used: readonly Box[];
} {
  const used: Box[] = [...input.keepOut];
  const placed: PlacedLabel[] = [];
  const order = [...input.wishes].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  for (const wish of order) {
    const found = firstFree(wish, input, used);
    if (found === undefined) continue;
    const { dx, dy, place } = found;
    used.push([wish.x + dx, wish.y + dy, wish.w, wish.h]);
    const nearX = Math.max(dx, Math.min(dx + wish.w, 0));
    const nearY = Math.max(dy, Math.min(dy + wish.h, 0));
    placed.push({ id: wish.id, dx, dy, w: wish.w, h: wish.h, place, leader: Math.hypot(nearX, nearY) > LEADER_PX });
  }
  return { placed, used };
}

function firstFree(
  wish: LabelWish,
  input: LabelInput,
  used: readonly Box[],
): { dx: number; dy: number; place: number } | undefined {
  if (wish.x < 0 || wish.y < 0 || wish.x > input.width || wish.y > input.height) return undefined;
  const all = places(wish.w, wish.h);
  const kept = input.previous.get(wish.id);
  const order = kept === undefined ? all.map((_, i) => i) : [kept, ...all.map((_, i) => i).filter((i) => i !== kept)];
  for (const place of order) {
    const at = all[place];
    if (at === undefined) continue;
    const box: Box = [wish.x + at[0], wish.y + at[1], wish.w, wish.h];
    const inside =
      box[0] >= MARGIN &&
      box[1] >= MARGIN &&
      box[0] + box[2] <= input.width - MARGIN &&
      box[1] + box[3] <= input.height - MARGIN;
    if (inside && !used.some((u) => overlaps(box, u, GAP))) return { dx: at[0], dy: at[1], place };
  }
  return undefined;
}
