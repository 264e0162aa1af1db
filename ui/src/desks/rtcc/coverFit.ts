/** How a picture lies in a box that it covers: what is too wide or too high is cut off on both sides alike. */
export interface CoverFit {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Upper left corner of the whole picture in the box; never positive. */
  readonly leftPx: number;
  readonly topPx: number;
}

export function coverFit(boxW: number, boxH: number, aspect: number): CoverFit {
  const widthPx = Math.max(boxW, boxH * aspect);
  const heightPx = widthPx / aspect;
  return { widthPx, heightPx, leftPx: (boxW - widthPx) / 2, topPx: (boxH - heightPx) / 2 };
}

/** Place in the picture (0..1) to px in the box. */
export function toBox(fit: CoverFit, u: number, v: number): { readonly x: number; readonly y: number } {
  return { x: fit.leftPx + u * fit.widthPx, y: fit.topPx + v * fit.heightPx };
}

/** Px in the box to place in the picture. */
export function toPicture(fit: CoverFit, x: number, y: number): { readonly u: number; readonly v: number } {
  return { u: (x - fit.leftPx) / fit.widthPx, v: (y - fit.topPx) / fit.heightPx };
}
