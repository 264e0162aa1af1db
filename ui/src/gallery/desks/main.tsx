import type { CityFile, RoomViews, SessionView } from "@outrider/contract";
import type { ComponentType } from "react";
import { createRoot } from "react-dom/client";
import "../../base.css";
import "../../parts.css";
import "../../scene.css";
import "../../desk.css";
import { DESKS, type DeskProps } from "../../desks/index.js";
import { LiveClient, LiveContext } from "../../live/index.js";
import { applyTheme, type ThemeName } from "../../theme/index.js";
import { cityFromFile } from "../../world/index.js";
import { sampleAnswers } from "./sampleAnswers.js";
import { SAMPLE_NOW_MS, SAMPLE_STREAMS, sampleFleet, sampleIncident, sampleSite } from "./sampleIncident.js";
import { samplePilot } from "./samplePilot.js";
import { samplePoses } from "./samplePoses.js";
import { sampleHealth, sampleSky, sampleTroubles } from "./sampleSky.js";
import { samplePorts } from "./sampleStation.js";
import { sampleSupervisor, sampleTrainer } from "./sampleTraining.js";

/** Every desk with fixed data: `?desk=rtcc&theme=night`; `&health=key` or `sources`, `&empty`, `&nowatch`, `&asks=2`. For pictures and accessibility checks, never in the product. */
async function show(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const entry = DESKS.find((d) => d.id === query.get("desk")) ?? DESKS[0];
  if (entry === undefined) throw new Error("no desk");
  const asked = query.get("theme");
  const theme: ThemeName = asked === "day" || asked === "dim" || asked === "night" ? asked : entry.theme;
  applyTheme(document.documentElement, theme);
  const file = (await (await fetch("/city.json")).json()) as CityFile; // The gallery's own test data.
  const city = cityFromFile(file);
  const session: SessionView = {
    personId: "me",
    name: query.get("name") ?? "Operator 1",
    roles: ["pic", "rtcc", "trainer", "supervisor"],
    demo: true,
    watchId: undefined,
  };
  const incident = sampleIncident(city);
  const empty = query.has("empty");
  const rooms: Record<string, RoomViews[keyof RoomViews]> = {
    incidents: { incidents: empty ? [] : [incident] },
    "incident:i1": query.has("purpose") ? { ...incident, purposeNeeded: false } : incident,
    fleet: sampleFleet(city),
    site: sampleSite(city),
    sightings: { hits: incident.hits, listAgeS: 7800, readsLastHour: 812 },
    health: healthOf(query),
    ...(empty ? {} : { sky: sampleSky(city) }),
    "pilot:me": samplePilot(
      city,
      query.has("nowatch") ? "none" : empty ? "empty" : "card",
      Number(query.get("asks") ?? 0),
    ),
    cameras: { turning: [] },
    trainer: sampleTrainer(city, empty),
    supervisor: sampleSupervisor(empty),
  };
  globalThis.fetch = sampleAnswers(globalThis.fetch.bind(globalThis), file, SAMPLE_NOW_MS);
  const cameras = SAMPLE_STREAMS.map((s) => ({ handle: s.handle, cameraId: s.cameraId }));
  const live = new LiveClient(
    samplePorts({ session, nowMs: SAMPLE_NOW_MS, rooms, cameras }, query.has("novideo") ? "" : "/sample"),
  );
  samplePoses(city, live.samples);
  live.start();
  const Desk: ComponentType<DeskProps> = await entry.load();
  const alone = entry.path !== undefined;
  createRoot(document.getElementById("root") ?? document.body).render(
    <LiveContext.Provider value={live}>
      <Desk
        session={alone ? undefined : session}
        city={alone ? undefined : city}
        cityProblem=""
        theme={theme}
        units="imperial"
        onTheme={() => undefined}
        menu={null}
      />
    </LiveContext.Provider>,
  );
}

function healthOf(query: URLSearchParams): RoomViews["health"] {
  const asked = query.get("health");
  const troubled = asked === "sources";
  const links = sampleHealth(asked === "forged" || asked === "key" ? asked : "well");
  const streams = SAMPLE_STREAMS.map((s) =>
    troubled && s.cameraId === "cam-2"
      ? { ...s, state: "frozen" as const, why: "No packets for 41 s.", ageMs: 41_000 }
      : s,
  );
  return { ...links, ...(troubled ? sampleTroubles : {}), streams: query.has("novideo") ? [] : streams };
}

void show();
