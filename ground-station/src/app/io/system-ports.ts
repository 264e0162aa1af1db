import { randomBytes } from "node:crypto";
import type { Chance, Clock, Log } from "@outrider/contract";

/** Unix time that never steps: a clock set back in the middle of a flight must not stretch a timer or an age. */
export function wallClock(): Clock {
  const startedMs = Date.now();
  const monotonicMs = performance.now();
  return {
    nowMs: () => startedMs + (performance.now() - monotonicMs),
    after: (delayMs, run) => {
      const timer = setTimeout(run, Math.min(2_147_483_647, Math.max(0, delayMs)));
      return () => clearTimeout(timer);
    },
  };
}

export const systemChance: Chance = {
  unit: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  bytes: (length) => new Uint8Array(randomBytes(length)),
  id: (prefix) => `${prefix}_${randomBytes(16).toString("hex")}`,
};

/** One JSON line on stderr for each event. */
export const stderrLog: Log = (level, what, fields = {}) => {
  if (level === "debug") return;
  const text = JSON.stringify({ at: new Date().toISOString(), level, part: "ground-station", what, ...fields });
  process.stderr.write(`${text.slice(0, 4_000)}\n`);
};
