import type { PlacedLabel } from "./placeLabels.js";
import type { StreetName } from "./streetNames.js";

export interface LabelText {
  readonly title: string;
  readonly detail: string;
  readonly tone: "normal" | "late" | "computed";
}

/** Draws names as HTML over the canvas: crisp, themeable, and free of draw calls. Nodes are reused. */
export interface LabelPainter {
  measure(text: LabelText): { readonly w: number; readonly h: number };
  /** New set of placed labels with their words. */
  setLabels(labels: readonly (PlacedLabel & { readonly text: LabelText })[]): void;
  /** Moves one label to its anchor. */
  move(id: string, x: number, y: number, visible: boolean): void;
  setStreets(names: readonly StreetName[]): void;
  setMarks(
    marks: readonly { readonly id: string; readonly text: string; readonly x: number; readonly y: number }[],
  ): void;
  showStreets(on: boolean): void;
  dispose(): void;
}
