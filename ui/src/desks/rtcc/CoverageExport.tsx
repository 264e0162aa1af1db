import type { ReactNode } from "react";
import type { CoverageChoice } from "./regionScene.js";

const FILES: Readonly<Record<CoverageChoice, readonly (readonly [file: string, what: string])[]>> = {
  couldBe: [],
  timeToArrive: [["time-to-camera", "time to arrive"]],
  whoSees: [
    ["seen", "what each camera sees"],
    ["counts", "how many see"],
  ],
  nobodySees: [["unseen", "what nobody sees"]],
  heat: [["unseen", "what nobody sees"]],
};

/** What the map shows, to take along: GeoJSON (RFC 7946) as every GIS opens it. */
export function CoverageExport({ choice }: { readonly choice: CoverageChoice }): ReactNode {
  const files = FILES[choice];
  if (files.length === 0) return null;
  return (
    <div className="coverage-export">
      {files.map(([file, what]) => (
        <a key={file} href={`/api/v1/coverage/${file}.geojson`} download={`coverage-${file}.geojson`}>
          Save {what}
        </a>
      ))}
    </div>
  );
}
