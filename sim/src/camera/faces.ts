/** How a face is coloured once its pixels are known. */
export const faceKinds = { sky: 0, ground: 1, wall: 2, flat: 3, roof: 4, lamp: 5 } as const;
/** What a thing is made of, where its warmth is not told by its kind alone. */
export const materials = { plain: 0, cloth: 1, skin: 2, leaf: 3, cabin: 4 } as const;
export const faceFields = 12;
export const mostFaces = 60_000;

/**
 * The faces of one frame in columns. Face 0 is the sky. Ground has no fields: its place is all that there is to know.
 * Fields of a wall: east, north of its start, direction east, north, foot height, height, Y, U, V, seed, glow, bays to
 * the metre.
 * Fields of flat, roof and lamp: Y, U, V.
 */
export class FaceTable {
  readonly kind = new Uint8Array(mostFaces);
  /** 0, or 1 + index of the vehicle that the face belongs to. */
  readonly owner = new Uint16Array(mostFaces);
  /** One of `materials`: what the painter at work has set. */
  readonly material = new Uint8Array(mostFaces);
  readonly fields = new Float32Array(mostFaces * faceFields);
  count = 1;
  /** What the next faces are made of. */
  madeOf: number = materials.plain;

  begin(): void {
    this.count = 1;
    this.madeOf = materials.plain;
  }

  /** Number of a new face; the last one again when the table is full, so that a crowded frame is wrong, not broken. */
  add(kind: number, owner: number): number {
    const at = this.count < mostFaces ? this.count++ : mostFaces - 1;
    this.kind[at] = kind;
    this.owner[at] = owner;
    this.material[at] = this.madeOf;
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
