import { type FaceTable, faceKinds } from "./faces.js";
import type { Rows } from "./rows.js";

/** Wider sky straight under ground is what a camera upside down sees. */
const widestCrack = 32;

/**
 * The runs of a finished picture in order of their faces: what a face's pixels have in common is worked out once, and
 * pixels of one kind are coloured in one go, which the processor guesses better than kinds in turn.
 */
export class FaceRuns {
  /** Each face's last run; 0 where the picture does not show it. */
  declare readonly last: Int32Array;
  /** The run of the same face before this one; 0 where there is none. */
  declare readonly before: Int32Array;
  declare readonly row: Uint16Array;
  /** First pixel × 65536 + the one after the last. */
  declare readonly ends: Int32Array;

  constructor(width: number, height: number, mostFaces: number) {
    this.last = new Int32Array(mostFaces + 1);
    this.before = new Int32Array(width * height + 1);
    this.row = new Uint16Array(width * height + 1);
    this.ends = new Int32Array(width * height + 1);
  }

  gather(rows: Rows, faces: FaceTable): void {
    const { last, before, row, ends } = this;
    const { entries, counts, starts, height } = rows;
    last.fill(0, 0, faces.count + 1);
    let run = 1;
    for (let y = 0; y < height; y++) {
      const start = starts[y] ?? 0;
      const end = start + (counts[y] ?? 0);
      let entry = entries[start] ?? 0;
      for (let k = start; k < end; k++) {
        const next = entries[k + 1] ?? 0;
        let face = entry & 0xffff;
        if (face === 0 && y > 0) face = mendCrack(rows, faces, y, k);
        before[run] = last[face] ?? 0;
        last[face] = run;
        row[run] = y;
        ends[run] = (entry & ~0xffff) | (next >> 16);
        run++;
        entry = next;
      }
    }
  }
}

/**
 * Where coarse and fine ground meet, a pixel may fall between them. Sky straight under ground cannot be: such a run
 * becomes the ground above it. Gives that ground's face, 0 where it is sky indeed.
 */
export function mendCrack(rows: Rows, faces: FaceTable, y: number, k: number): number {
  const { entries } = rows;
  const from = (entries[k] ?? 0) >> 16;
  if (((entries[k + 1] ?? 0) >> 16) - from > widestCrack) return 0;
  const above = rows.faceAt(from, y - 1);
  if (faces.kind[above] !== faceKinds.ground) return 0;
  entries[k] = (from << 16) | above;
  return above;
}
