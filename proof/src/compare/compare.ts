import type { Figure } from "./figure.js";
import { measure } from "./measure.js";
import type { Story } from "./story.js";
import type { Moment, Track } from "./track.js";

/** One line of the comparison. `id` names it for the list of known differences. */
export type Row = {
  readonly id: string;
  readonly capture: string;
  readonly what: string;
  readonly px4: string;
  readonly ours: string;
  readonly difference: string;
  readonly within: boolean;
};

/** Times and speeds may differ by this share, modes, texts and answers not at all. */
export const share = 0.15;

const severityNames = ["emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"];

/** What the computer under PX4 says, and not the aircraft. */
const hostTexts = [/^\[logger\]/, /^System does not support shutdown/];

/** The lines of one recording. */
export function compare(story: Story, px4: Track, ours: Track): readonly Row[] {
  const { capture } = story;
  const lists: readonly [string, readonly string[], readonly string[]][] = [
    ["modes", px4.turns.map(whatOf), ours.turns.map(whatOf)],
    ["landed states", px4.landed.map(whatOf), ours.landed.map(whatOf)],
    ["texts", textsOf(px4), textsOf(ours)],
    ["mission items reached", px4.reached.map(whatOf), ours.reached.map(whatOf)],
    ["answers to commands", answersOf(px4), answersOf(ours)],
    ["answers to plans", px4.planAnswers.map(whatOf), ours.planAnswers.map(whatOf)],
  ];
  const manners = lists.flatMap(([what, theirs, own]) =>
    theirs.length + own.length === 0 ? [] : [listRow(capture, what, theirs, own)],
  );
  const kinds = story.dynamics ? ["motion", "reaction"] : ["reaction"];
  const figures = measure(px4).filter((one) => kinds.includes(one.kind));
  const own = new Map(measure(ours).map((one) => [one.what, one]));
  return [...manners, ...figures.map((one) => figureRow(capture, one, own.get(one.what)))];
}

const whatOf = (moment: Moment): string => moment.what;

function textsOf(track: Track): readonly string[] {
  const own = track.texts.filter((text) => !hostTexts.some((host) => host.test(text.what)));
  return own.map(({ what, severity }) => (severity === undefined ? what : `${severityNames[severity]}: ${what}`));
}

/** In the order of the commands' numbers: answers to different commands overtake one another. */
function answersOf(track: Track): readonly string[] {
  return track.answers
    .map(({ command, result }, i) => ({ command, text: `${command}: ${result}`, i }))
    .sort((a, b) => a.command - b.command || a.i - b.i)
    .map(({ text }) => text);
}

function listRow(capture: string, what: string, px4: readonly string[], ours: readonly string[]): Row {
  const { missing, extra } = differences(px4, ours);
  const difference = [...missing.map((one) => `− ${one}`), ...extra.map((one) => `+ ${one}`)].join("; ");
  return {
    id: `${capture}: ${what}`,
    capture,
    what,
    px4: what === "modes" ? px4.join(" → ") : `${px4.length}`,
    ours: difference === "" ? "the same" : `${ours.length}`,
    difference,
    within: difference === "",
  };
}

/** What must be taken out of and put into one list to make the other (longest common subsequence). */
export function differences(
  px4: readonly string[],
  ours: readonly string[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } {
  const best: number[][] = Array.from({ length: px4.length + 1 }, () => Array(ours.length + 1).fill(0));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const equal = (i: number, j: number): boolean => sameText(px4[i] ?? "", ours[j] ?? "");
  for (let i = px4.length - 1; i >= 0; i--) {
    const row = best[i];
    for (let j = ours.length - 1; row !== undefined && j >= 0; j--)
      row[j] = equal(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const missing: string[] = [];
  const extra: string[] = [];
  let [i, j] = [0, 0];
  while (i < px4.length || j < ours.length) {
    if (i < px4.length && j < ours.length && equal(i, j)) {
      i++;
      j++;
    } else if (j >= ours.length || (i < px4.length && at(i + 1, j) >= at(i, j + 1))) missing.push(px4[i++] ?? "");
    else extra.push(ours[j++] ?? "");
  }
  return { missing, extra };
}

const number = /-?\d+(?:\.\d+)?/g;

/** Equal words; heights within them may differ by 2 m, since both come from a measured home. */
export function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  if (!/\d m\b|meters/.test(a) || a.replace(number, "#") !== b.replace(number, "#")) return false;
  const [left, right] = [a.match(number) ?? [], b.match(number) ?? []];
  return left.every((value, i) => Math.abs(Number(value) - Number(right[i])) <= 2);
}

function figureRow(capture: string, px4: Figure, ours: Figure | undefined): Row {
  const show = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ${px4.unit}`;
  const off = ours === undefined ? Number.POSITIVE_INFINITY : ours.value - px4.value;
  return {
    id: `${capture}: ${px4.what}`,
    capture,
    what: px4.what,
    px4: show(px4.value),
    ours: ours === undefined ? "none" : show(ours.value),
    difference: Math.abs(off) <= px4.noise ? signed(off, show) : percent(off, px4.value),
    within: Math.abs(off) <= Math.max(px4.noise, share * Math.abs(px4.value)),
  };
}

function percent(off: number, of: number): string {
  if (!Number.isFinite(off)) return "missing";
  return signed(Math.round((100 * off) / Math.max(Math.abs(of), 1e-9)), (value) => `${value} %`);
}

function signed(off: number, show: (value: number) => string): string {
  const text = show(Math.abs(off));
  return /[1-9]/.test(text) ? `${off > 0 ? "+" : "−"}${text}` : "none";
}
