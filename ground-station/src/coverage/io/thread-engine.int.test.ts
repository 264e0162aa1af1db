import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Clock } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { afterEach, describe, expect, it } from "vitest";
import { at, testCity, testConfig } from "../../app/testing/test-config.js";
import { type CoverageEngine, type CoverageNews, steppedEngine } from "../coverage-engine.js";
import { CoverageWork } from "../coverage-work.js";
import { threadEngine } from "./thread-engine.js";

const script = new URL("../../../dist/coverage/io/coverage-worker.js", import.meta.url);
const built = existsSync(fileURLToPath(script));
if (!built) console.warn("the coverage thread is not built (tsc -b ground-station): it is not tested");

const wall: Clock = {
  nowMs: () => Date.now(),
  after: (_delayMs, run) => {
    const turn = setImmediate(run);
    return () => clearImmediate(turn);
  },
};
const config = testConfig((base) => ({
  ...base,
  cameras: [
    {
      cameraId: "c1",
      name: "Corner",
      kind: "camera",
      point: at(0, 0),
      heightAglM: 7,
      azimuthDeg: 0,
      pitchDeg: -10,
      hfovDeg: 70,
      rangeM: 120,
      shared: true,
      ptz: false,
    },
  ],
}));
const cityBytes = new TextEncoder().encode(JSON.stringify(testCity));
const { attribution } = testCity;
const twin = (): CoverageEngine =>
  steppedEngine(new CoverageWork({ config, world: worldFromCity(testCity), attribution }), wall);

let open: CoverageEngine | undefined;
afterEach(() => open?.close());

/** Everything that one engine tells of the site, and its answer to one question. */
function all(engine: CoverageEngine): Promise<readonly CoverageNews[]> {
  open = engine;
  return new Promise((done) => {
    const news: CoverageNews[] = [];
    const uids = config.aircraft.map((one) => one.uid);
    engine.start((one) => {
      news.push(one);
      if (one.kind === "site") engine.ask({ kind: "times", askId: 7, wind: { speedMps: 3, fromDeg: 250 }, uids });
      if (one.kind === "times") done(news);
    });
  });
}

/** Structured clones of bytes may be of another kind of array: compared as text. */
const plain = (news: readonly CoverageNews[]) =>
  news.map((one) =>
    JSON.parse(JSON.stringify(one, (_key, v) => (v instanceof Uint8Array ? Buffer.from(v).toString() : v))),
  );

describe("coverage in a thread of its own", () => {
  it.skipIf(!built)("tells byte for byte what its twin in the loop tells", async () => {
    const logs: string[] = [];
    const log = (_level: string, what: string, fields?: object): void =>
      void logs.push(`${what} ${JSON.stringify(fields)}`);
    const told = await all(threadEngine({ startAfterMs: 0, config, cityBytes, twin, log, script }));
    open?.close();
    expect(told.map((one) => one.kind)).toEqual(["sees", "site", "times"]);
    expect(plain(told)).toEqual(plain(await all(twin())));
    expect(logs).toEqual([]);
  });

  it("is taken over by its twin where the thread cannot start", async () => {
    const logs: string[] = [];
    const log = (_level: string, what: string, fields?: object): void =>
      void logs.push(`${what} ${JSON.stringify(fields)}`);
    const told = await all(
      threadEngine({
        startAfterMs: 0,
        config,
        cityBytes,
        twin,
        log,
        script: new URL("file:///nowhere/coverage-worker.js"),
      }),
    );
    expect(told.map((one) => one.kind)).toEqual(["sees", "site", "times"]);
    expect(logs).toHaveLength(1);
  });
});
