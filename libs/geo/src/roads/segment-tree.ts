import Flatbush from "flatbush";
import type { EnuPoint } from "../enu/index.js";

/** Boxes of the segments, found by place; the index in the tree is the index in the list, which must not be empty. */
export function segmentTree(segments: readonly { readonly a: EnuPoint; readonly b: EnuPoint }[]): Flatbush {
  const tree = new Flatbush(segments.length);
  for (const { a, b } of segments) {
    tree.add(
      Math.min(a.eastM, b.eastM),
      Math.min(a.northM, b.northM),
      Math.max(a.eastM, b.eastM),
      Math.max(a.northM, b.northM),
    );
  }
  tree.finish();
  return tree;
}
