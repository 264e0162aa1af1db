import { expect, it } from "vitest";
import { uids } from "../launch/testing/index.js";
import { openAlarms, rig } from "../tasking/testing/rig.js";

const [osprey] = uids;

it("an aircraft that does not say who it is stands on the pilot's desk until it does, by its latest reason", () => {
  const { bench } = rig();
  const at = { endpoint: "udp-server:14550 10.0.0.7:14550", sysid: 3 };
  const heard = { ...at, compid: 1, sinceMs: 5 };
  const causes = (): string[] => {
    bench.bridge.run(2);
    return openAlarms(bench).map(({ alarmId }) => alarmId.split(":")[1] ?? "");
  };
  bench.bridge.fact("AircraftUnidentified", { ...heard, reason: "silent" });
  expect(causes()).toEqual(["unidentified"]);
  expect(causes()).toEqual(["unidentified"]);
  bench.bridge.fact("AircraftUnidentified", { ...heard, reason: "noUid" });
  expect(causes()).toEqual(["noUid"]);
  bench.bridge.fact("AircraftUnidentifiedOver", { ...at, why: "identified" });
  expect(causes()).toEqual([]);
  bench.bridge.fact("DuplicateSysid", { sysid: 1, uids: [osprey] });
  expect(causes()).toEqual(["sysidShared"]);
  bench.bridge.fact("DuplicateSysidOver", { uid: osprey });
  expect(causes()).toEqual([]);
});
