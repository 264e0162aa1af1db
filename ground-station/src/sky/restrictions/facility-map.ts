import type { GeoPoint, SkySource } from "@outrider/contract";
import { metresFromFeet } from "@outrider/geo";
import { isNode } from "../../intake/index.js";
import { AskedSource } from "../asked-source.js";
import type { SourceDeps } from "../sources.js";
import { type Shape, shapesOf } from "./geojson-shapes.js";
import { noticeWords } from "./notice-list.js";

/** One cell of the facility map. A ceiling is guidance: it authorises nobody. */
export type MapCell = { readonly shapes: readonly Shape[]; readonly ceilingAglM: number; readonly airport: string };
export type FacilityMap = { readonly cells: readonly MapCell[]; readonly snapshotMs: number };

type Read =
  | { readonly kind: "cells"; readonly cells: readonly MapCell[] }
  | { readonly kind: "bad"; readonly problem: string };
const bad = (problem: string): Read => ({ kind: "bad", problem });

/** Cells as the feature server gives them (GeoJSON). A map with a hole in it is none. */
export function readFacilityMap(body: string): Read {
  let root: unknown;
  try {
    root = JSON.parse(body);
  } catch {
    return bad("its answer is no JSON");
  }
  if (!isNode(root) || root["type"] !== "FeatureCollection" || !Array.isArray(root["features"]))
    return bad("its answer is no GeoJSON collection");
  const more = isNode(root["properties"]) ? root["properties"] : root;
  if (more["exceededTransferLimit"] === true) return bad("it gives a part of its cells only");
  const features: readonly unknown[] = root["features"];
  const cells: MapCell[] = [];
  for (const feature of features) {
    const properties = isNode(feature) && isNode(feature["properties"]) ? feature["properties"] : undefined;
    if (!isNode(feature) || properties === undefined) return bad("its map holds what is no cell");
    const { shapes, doubt } = shapesOf(feature["geometry"]);
    if (doubt !== undefined) return bad(`a cell of its map cannot be read: ${doubt}`);
    const ceiling = properties["CEILING"] ?? 0;
    if (typeof ceiling !== "number" || !(ceiling >= 0 && ceiling <= 400))
      return bad(`a cell has a ceiling of ${ceiling}`);
    if ((properties["UNIT"] ?? "Feet") !== "Feet") return bad("its ceilings are not in feet");
    const airport = noticeWords(properties["APT1_ICAO"] ?? properties["APT1_FAAID"], 8);
    cells.push({ shapes, ceilingAglM: metresFromFeet(ceiling), airport });
  }
  return { kind: "cells", cells };
}

export type MapDeps = SourceDeps & {
  /** Whose cells are wanted. */
  readonly jurisdiction: readonly GeoPoint[];
  onMap(map: FacilityMap): void;
};

const ANSWER_WITHIN_MS = 15_000;
const AGAIN_S = 2;
const SILENT_AGAIN_S = 60;

/** The facility map over the jurisdiction, asked about once a day. */
export class FacilityMapSource extends AskedSource {
  readonly source: Extract<SkySource, { kind: "uasfm" }>;
  readonly #wanted: MapDeps;
  #run = 0;

  constructor(source: Extract<SkySource, { kind: "uasfm" }>, deps: MapDeps) {
    super(deps);
    this.source = source;
    this.#wanted = deps;
  }

  tick(): void {
    if (!this.due(this.source.everyS, AGAIN_S, SILENT_AGAIN_S)) return;
    const snapshotMs = this.deps.run.nowMs();
    const run = this.#run;
    const url = `${this.source.url}/query?${queryOf(this.#wanted.jurisdiction)}`;
    this.askFor(url, { withinMs: ANSWER_WITHIN_MS }, (answer) => {
      if (run !== this.#run) return;
      if (answer.kind === "error") return this.fail(`no answer: ${answer.error.message}`);
      const read = answer.status === 200 ? readFacilityMap(answer.body) : bad(`it answers with HTTP ${answer.status}`);
      if (read.kind === "cells") {
        this.health.ok(`cells of the map: ${read.cells.length}`);
        return this.#wanted.onMap({ cells: read.cells, snapshotMs });
      }
      this.deps.onRefused(1);
      this.fail(read.problem);
    });
  }

  override newRun(): void {
    super.newRun();
    this.#run++;
  }

  protected answered(): void {
    // Its answer is taken where it is asked for.
  }
}

function queryOf(jurisdiction: readonly GeoPoint[]): string {
  const lats = jurisdiction.map((one) => one.latDeg);
  const lons = jurisdiction.map((one) => one.lonDeg);
  const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  return new URLSearchParams({
    ...{ where: "1=1", geometry: box.join(","), geometryType: "esriGeometryEnvelope", inSR: "4326", outSR: "4326" },
    ...{ spatialRel: "esriSpatialRelIntersects", outFields: "CEILING,UNIT,APT1_ICAO,APT1_FAAID", f: "geojson" },
  }).toString();
}
