import type { DebriefBreach, DebriefLine, DebriefMeasure, DebriefView, JudgedExpectation } from "@outrider/contract";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const cell = (text: string | number | undefined): string =>
  `<td>${escaped(text === undefined ? "–" : String(text))}</td>`;
const row = (...cells: readonly (string | number | undefined)[]): string => `<tr>${cells.map(cell).join("")}</tr>`;
const table = (heads: readonly string[], rows: readonly string[]): string =>
  rows.length === 0
    ? "<p>None.</p>"
    : `<table><thead><tr>${heads.map((head) => `<th>${escaped(head)}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;

/** Time of the run, from its start: 4:07. */
export function clockOf(tMs: number, fromMs: number): string {
  const s = Math.max(0, Math.floor((tMs - fromMs) / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

const seconds = (value: number | undefined): string => (value === undefined ? "–" : `${value} s`);

const kinds: Readonly<Record<DebriefMeasure["kind"], string>> = {
  decision: "Decision",
  launch: "Launch",
  camera: "Camera on target",
  verification: "Hit verified",
  alarm: "Alarm read",
  told: "Officers told",
};
export const breachWord: Readonly<Record<DebriefBreach["kind"], string>> = {
  ceiling: "Above the ceiling",
  fence: "Outside the fence",
  exclusion: "Inside an exclusion zone",
  "privacy-seen": "Camera into a privacy zone",
  separation: "Too near to another of ours",
  stranger: "Too near to an aircraft of others",
  restriction: "Inside a flight restriction",
};
const sides: Readonly<Record<DebriefLine["side"], string>> = {
  simulator: "World",
  trainer: "Trainer",
  trainee: "Trainee",
  system: "System",
};

const style =
  "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#14181c}" +
  "h1{margin:.2rem 0}.sim{background:repeating-linear-gradient(135deg,#14181c 0 12px,#fff 12px 24px);height:10px}" +
  ".word{font-weight:800;letter-spacing:.14em;border:2px solid #14181c;display:inline-block;padding:.1rem .5rem}" +
  "table{border-collapse:collapse;width:100%;margin:.4rem 0 1.4rem}th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #d5dade;vertical-align:top}" +
  ".late td,.missed td{color:#8a3b00}.simulator td:nth-child(2){color:#6a1b9a}.trainee td{font-weight:600}@media print{body{margin:0}}";

/** The debrief as one file that any browser opens and prints: no script, nothing fetched. Every page of it says SIMULATION. */
export function debriefPage(view: DebriefView): string {
  const at = (tMs: number | undefined): string => (tMs === undefined ? "–" : clockOf(tMs, view.fromMs));
  const parts = [
    `<div class="sim"></div><p class="word">SIMULATION</p><h1>${escaped(view.title)}</h1>`,
    `<p>${escaped(view.site)}, ${new Date(view.fromMs).toISOString().slice(0, 16).replace("T", " ")} UTC, ${at(view.toMs)} long, seed ${view.seed}${view.over ? "" : ", still going on"}. Nothing in it happened: aircraft, calls and people on the ground were simulated.</p>`,
    view.branch === undefined
      ? ""
      : `<p>A branch of run ${escaped(view.branch.parent)}, from ${clockOf(view.branch.toS * 1000, 0)}.</p>`,
    `<h2>Score ${view.score ?? "–"} of 100</h2><p>A run is passed from ${view.passScore} without a breach, unless its trainer says otherwise.</p>`,
    `<h2>What should have happened</h2>${table(
      ["", "Expected", "Took", "Within", "Deadline", "At"],
      view.expectations.map((one) => expected(one, at)),
    )}`,
    `<h2>Trainees</h2>${table(
      ["Name", "Decisions", "Median", "Refusals", "Hits verified", "Trainer's word"],
      view.trainees.map((one) =>
        row(
          one.name,
          one.decisions,
          seconds(one.decisionMedianS),
          one.refusals,
          one.verified,
          one.grade === undefined
            ? "–"
            : `${one.grade.passed ? "Passed" : "Not passed"}${one.grade.points === undefined ? "" : `, ${one.grade.points}`}. ${one.grade.text} (${one.grade.by})`,
        ),
      ),
    )}`,
    `<h2>Limits broken</h2>${table(
      ["What", "Aircraft", "Where", "From", "To", ""],
      view.breaches.map((one) =>
        row(breachWord[one.kind], one.callSign, one.where, at(one.fromMs), at(one.toMs), one.worst),
      ),
    )}`,
    `<h2>Times</h2>${table(
      ["What", "Of", "Took", "Outcome", "By"],
      view.measures.map((one) => row(kinds[one.kind], one.what, seconds(one.tookS), one.outcome, one.by)),
    )}`,
    `<p>Acts that the product refused: ${view.refusedActs}.</p>`,
    `<h2>Both sides</h2>${table(
      ["At", "Side", "What", "", "By", "Fact"],
      view.timeline.map(
        (one) =>
          `<tr class="${one.side}">${[at(one.tMs), sides[one.side], one.title, one.text, one.by, one.seq].map(cell).join("")}</tr>`,
      ),
    )}`,
    `<p>Facts ${view.fromSeq} to ${view.toSeq} of the record; head ${escaped(view.rootHash)}.</p><div class="sim"></div>`,
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>SIMULATION: ${escaped(view.title)}</title><style>${style}</style></head><body>${parts.join("\n")}</body></html>`;
}

function expected(one: JudgedExpectation, at: (tMs: number | undefined) => string): string {
  const came = one.tookS === undefined ? undefined : one.settledMs;
  const cells = [one.state, one.text, seconds(one.tookS), `${one.withinS} s`, at(one.dueMs), at(came)];
  return `<tr class="${one.state}">${cells.map(cell).join("")}</tr>`;
}
