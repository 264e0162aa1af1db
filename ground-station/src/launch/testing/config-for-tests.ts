import { type Config, config } from "@outrider/contract";
import { at, flatSite } from "../../app/testing/test-config.js";

export { at, origin } from "../../app/testing/test-config.js";
export const uids = ["aa00000000000001", "aa00000000000002", "aa00000000000003"] as const;
const optionalGates = ["launch-criteria", "remote-id", "airspace", "traffic", "assembly-lock", "lights"] as const;

const launchForTests = {
  ...flatSite.launch,
  rules: [
    {
      callTypes: ["SHOOT"],
      kinds: ["gunshot"],
      policy: { kind: "veto", seconds: 10 },
      text: "Gunshots: launches unless refused.",
    },
    {
      callTypes: ["CANINE"],
      kinds: ["call"],
      policy: { kind: "never", why: "no aircraft for animals" },
      text: "Animals: never.",
    },
    {
      callTypes: ["*"],
      kinds: ["call", "gunshot", "cap", "alpr", "manual"],
      policy: { kind: "approve", seconds: 60 },
      text: "All else: the pilot decides.",
    },
  ],
  mergeWithinM: 200,
  mergeWithinS: 600,
};

/** A site of three docks on flat ground; whatever a test needs otherwise it overrides. */
export function configForTests(change: (base: Config) => Config = (base) => base): Config {
  const base = config.parse({
    ...flatSite,
    aircraft: uids.map((uid, i) => ({
      uid,
      callSign: ["OSPREY", "KESTREL", "HERON"][i],
      dockId: `dock-${i + 1}`,
      type: "quad",
      videoPort: 5600 + i,
    })),
    docks: uids.map((_, i) => ({
      dockId: `dock-${i + 1}`,
      name: `Dock ${i + 1}`,
      point: at(-1500 + i * 1500, 0),
      type: "dock",
    })),
    sources: [
      { sourceId: "shots", kind: "gunshot", key: { env: "K" }, auth: "hmac", provenance: "sim", perMinute: 60 },
    ],
    launch: launchForTests,
    failsafeParameters: { NAV_DLL_ACT: { value: 2, why: "return" }, COM_DL_LOSS_T: { value: 10, why: "ten seconds" } },
    notConfigured: optionalGates.map((gate) => ({ gate, who: "Chief", when: "2026-01-01", why: "not yet" })),
  });
  return change(base);
}
