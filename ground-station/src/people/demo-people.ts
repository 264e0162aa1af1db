import type { Config, Role } from "@outrider/contract";

export type DemoRole = "pic" | "rtcc" | "trainer" | "supervisor" | "all";

const rolesOf: Readonly<Record<DemoRole, readonly Role[]>> = {
  pic: ["pic"],
  rtcc: ["rtcc"],
  trainer: ["trainer"],
  supervisor: ["supervisor"],
  all: ["pic", "rtcc", "trainer", "supervisor"],
};
const namesOf: Readonly<Record<DemoRole, string>> = {
  pic: "Pilot",
  rtcc: "Operator",
  trainer: "Trainer",
  supervisor: "Supervisor",
  all: "Duty desk",
};

/** Why demo logins cannot exist here; undefined where they may. They never stand beside anything live or reachable. */
export function demoImpossible(config: Config): string | undefined {
  if (!config.demo) return "demo is off in outrider.yaml";
  if (config.site.provenance !== "sim") return "the site is live";
  if (config.listen.host !== "127.0.0.1") return `the station listens on ${config.listen.host}`;
  if (config.sources.some((source) => source.provenance === "live")) return "a live source is configured";
  return undefined;
}

/** The nth person of a demo role; a second browser is a second pilot, so that a hand-over can be tried. */
export function demoPerson(role: DemoRole, n: number): { personId: string; name: string; roles: readonly Role[] } {
  const tail = n === 1 ? "" : ` ${n}`;
  return { personId: `demo-${role}${n === 1 ? "" : `-${n}`}`, name: `${namesOf[role]}${tail}`, roles: rolesOf[role] };
}
