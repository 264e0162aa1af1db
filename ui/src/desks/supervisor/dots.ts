/** One call on the axis of seconds, stacked upwards where several took the same time. */
export interface Dot {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface DotAxis {
  readonly fromS: number;
  readonly toS: number;
  readonly ticks: readonly number[];
}

export const DOT_PX = 11;

/** Whole quarter minutes around what was measured: never fewer than two minutes wide, so that few calls look few. */
export function dotAxis(seconds: readonly number[]): DotAxis {
  const least = seconds.reduce((a, b) => Math.min(a, b), seconds[0] ?? 60);
  const most = seconds.reduce((a, b) => Math.max(a, b), seconds[0] ?? 120);
  const step = [15, 30, 60, 120, 300, 600].find((s) => (most - least) / s <= 8) ?? 1200;
  const fromS = Math.floor(least / step) * step;
  const toS = Math.max(fromS + 4 * step, Math.ceil((most + 1) / step) * step);
  return {
    fromS,
    toS,
    ticks: Array.from({ length: Math.round((toS - fromS) / step) + 1 }, (_, i) => fromS + i * step),
  };
}

export const xOf = (axis: DotAxis, seconds: number, widthPx: number): number =>
  ((seconds - axis.fromS) / (axis.toS - axis.fromS)) * widthPx;

const LABEL_PX = 46;

/** Ticks that may carry their time without touching the next: on a phone only some of them. */
export function labelledTicks(axis: DotAxis, widthPx: number): readonly number[] {
  const gapPx = widthPx / Math.max(1, axis.ticks.length - 1);
  const every = Math.max(1, Math.ceil(LABEL_PX / gapPx));
  return axis.ticks.filter((_, i) => i % every === 0);
}

/** Every call as a dot: none is hidden behind another, and none is moved by more than half a dot. */
export function stackDots(
  times: readonly { readonly id: string; readonly seconds: number }[],
  axis: DotAxis,
  widthPx: number,
): readonly Dot[] {
  const columns = new Map<number, number>();
  return [...times]
    .sort((a, b) => a.seconds - b.seconds)
    .map((t) => {
      const column = Math.round(xOf(axis, t.seconds, widthPx) / DOT_PX);
      const n = columns.get(column) ?? 0;
      columns.set(column, n + 1);
      return { id: t.id, x: column * DOT_PX, y: n * DOT_PX };
    });
}
