import type { BenchResult } from "./bench.js";

/** What a figure must hold: at most, at least, or exactly; `told` figures are printed and judge nothing. */
export type Bar = {
  readonly bench: string;
  readonly metric: string;
  readonly must: "atMost" | "atLeast" | "equal";
  readonly value: number;
};

const atMost = (bench: string, metric: string, value: number): Bar => ({ bench, metric, must: "atMost", value });
const atLeast = (bench: string, metric: string, value: number): Bar => ({ bench, metric, must: "atLeast", value });

/** Design section 12. A figure without a line here is told only. */
export const bars: readonly Bar[] = [
  atLeast("frame", "full_ratio", 30),
  atLeast("frame", "state_ratio", 60),
  atLeast("frame", "encode_ratio", 15),
  atLeast("frame", "sign_ratio", 1.5),
  { bench: "frame", metric: "lost", must: "equal", value: 0 },
  atMost("frame", "noise_left_kib", 64),
  atMost("bridge", "cpu_ratio", 1.3),
  atLeast("bridge", "pps_no_loss", 100_000),
  atMost("fanout", "cpu_ratio", 1 / 20),
  atMost("fanout", "bytes_ratio", 1 / 5),
  atMost("fanout", "stalled_ticks", 2),
  atMost("launch", "proposal_p99_ms", 100),
  atMost("launch", "decide_p99_ms", 20),
  atMost("launch", "command_p99_ms", 50),
  atMost("scene", "draw_calls", 60),
  atMost("scene", "js_ms_per_frame", 4),
  atLeast("sim", "aircraft_per_core", 15_000),
  atLeast("sim", "realtime_x_200", 10),
  atMost("sim", "camera_frame_ms", 4),
  { bench: "sim", metric: "replay_equal", must: "equal", value: 1 },
];

const sign = { atMost: "≤", atLeast: "≥", equal: "=" } as const;

export function barText(bar: Bar): string {
  return `${sign[bar.must]} ${Math.round(bar.value * 1000) / 1000}`;
}

/** A figure that is not a number never holds: a bench that measured nothing must not pass. */
export function holds(bar: Bar, value: number | undefined): boolean {
  if (value === undefined || !Number.isFinite(value)) return false;
  if (bar.must === "atMost") return value <= bar.value;
  return bar.must === "atLeast" ? value >= bar.value : value === bar.value;
}

/** One line for each bar of the bench that its result misses. */
export function missed(result: BenchResult): readonly string[] {
  return bars
    .filter((bar) => bar.bench === result.bench && !holds(bar, result.metrics[bar.metric]))
    .map((bar) => `${bar.bench} ${bar.metric} is ${result.metrics[bar.metric] ?? "not measured"}, bar ${barText(bar)}`);
}
