/** How a face is coloured once its pixels are known. */
export const faceKinds = { sky: 0, ground: 1, wall: 2, flat: 3, roof: 4, lamp: 5 } as const;
export const faceFields = 12;
const capacity = 60_000;

/**
 * The faces of one frame in columns. Face 0 is the sky, face 1 all ground: where it lies follows from depth alone.
 * Fields of a wall: east, north of its start, direction east, north, foot height, height, Y, U, V, seed, glow.
 * Fields of flat, roof and lamp: Y, U, V.
 */
export class FaceTable {
  readonly kind = new Uint8Array(capacity);
  /** 0, or 1 + index of the vehicle that the face belongs to. */
  readonly owner = new Uint16Array(capacity);
  readonly fields = new Float32Array(capacity * faceFields);
  count = 2;

  begin(): void {
    this.count = 2;
    this.kind[1] = faceKinds.ground;
  }

  /** Number of a new face; the last one again when the table is full, so that a crowded frame is wrong, not broken. */
  add(kind: number, owner: number): number {
    const at = this.count < capacity ? this.count++ : capacity - 1;
    this.kind[at] = kind;
    this.owner[at] = owner;
    return at;
  }

  flat(kind: number, owner: number, y: number, u: number, v: number): number {
    const at = this.add(kind, owner);
    const f = at * faceFields;
    this.fields[f] = y;
    this.fields[f + 1] = u;
    this.fields[f + 2] = v;
    return at;
  }
}
