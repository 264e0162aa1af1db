import { median } from "../bench.js";

export type Work = () => void | Promise<void>;

/** CPU milliseconds of this process, all of its threads: garbage collection is part of the price. */
export async function cpuMsOf(work: Work): Promise<number> {
  const before = process.cpuUsage();
  const going = work();
  if (going !== undefined) await going;
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / 1000;
}

/**
 * Median CPU time of two ways to do the same work, in turns, so that a machine that slows down slows both. Each runs
 * `warm` times before anything is counted.
 */
export async function inTurns(
  ours: Work,
  peer: Work,
  options: { readonly rounds: number; readonly warm: number },
): Promise<{ readonly oursMs: number; readonly peerMs: number; readonly ratio: number }> {
  const oursMs: number[] = [];
  const peerMs: number[] = [];
  for (let round = -options.warm; round < options.rounds; round++) {
    const first = await cpuMsOf(ours);
    const second = await cpuMsOf(peer);
    if (round < 0) continue;
    oursMs.push(first);
    peerMs.push(second);
  }
  const ratio = median(peerMs) / median(oursMs);
  return { oursMs: median(oursMs), peerMs: median(peerMs), ratio };
}
