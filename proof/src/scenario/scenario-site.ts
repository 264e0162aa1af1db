import { type Config, type FixedCameraConfig, skyConfig } from "@outrider/contract";
import { type StormSite, stormSite } from "../storm/storm-site.js";

const citySeed = 7;
const readerEvery = 2;
const mostReaders = 24;

/** Plate readers about the middle, at every second crossing, each looking down another street. */
function readers(site: StormSite): readonly FixedCameraConfig[] {
  const fromMiddleM = ({ point }: { readonly point: { eastM: number; northM: number } }): number =>
    Math.hypot(point.eastM, point.northM);
  return [...site.world.roads.crossings]
    .sort((a, b) => fromMiddleM(a) - fromMiddleM(b))
    .filter((_, index) => index % readerEvery === 0)
    .slice(0, mostReaders)
    .map(({ point }, index) => ({
      cameraId: `reader-${index + 1}`,
      name: `Reader ${index + 1}`,
      kind: "reader",
      point: site.world.frame.toGeo(point),
      heightAglM: 5,
      azimuthDeg: (index % 4) * 90,
      pitchDeg: -8,
      hfovDeg: 60,
      rangeM: 45,
      shared: true,
      ptz: false,
    }));
}

/** What the simulator serves of the sky (`airData`); the weather stays left out, as in the storm. */
const sky = skyConfig.parse({
  sources: [
    {
      sourceId: "roof-receiver",
      kind: "aircraft-json",
      url: "http://127.0.0.1:8095/data/aircraft.json",
      provenance: "sim",
    },
    {
      sourceId: "notices",
      kind: "tfr",
      url: "http://127.0.0.1:8095/tfr.geojson",
      detailUrl: "http://127.0.0.1:8095/tfr/detail_{notam}.xml",
      everyS: 10,
      maxAgeS: 300,
      provenance: "sim",
    },
  ],
});

/** The storm's small site with plate readers, a receiver for other aircraft and a list of restrictions, and an agency that sends nothing to a protest. */
export function scenarioSite(aircraft: number): StormSite {
  const site = stormSite(citySeed, aircraft);
  const { launch } = site.config;
  const config: Config = {
    ...site.config,
    cameras: [...readers(site)],
    sky,
    notConfigured: site.config.notConfigured.filter(({ gate }) => gate !== "traffic" && gate !== "airspace"),
    launch: {
      ...launch,
      rules: [
        {
          callTypes: ["PROTEST", "ASSEMBLY"],
          kinds: ["call", "cap", "manual"],
          policy: { kind: "never", why: "a lawful assembly" },
          text: "Nothing is sent over a lawful assembly.",
        },
        ...launch.rules,
      ],
    },
  };
  return { ...site, config };
}
