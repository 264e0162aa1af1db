import type { Config } from "@outrider/contract";
import type { SourceSecrets } from "../intake/index.js";
import { fromHex } from "../record/index.js";

const isLoopback = (host: string): boolean => host === "127.0.0.1" || host === "::1" || host === "localhost";

/** What is wrong with a configuration that its schema cannot say. The station does not start with any of it. */
export function configProblems(config: Config, secrets: SourceSecrets): readonly string[] {
  const problems: string[] = [];
  const say = (field: string, text: string): void => void problems.push(`${field}: ${text}`);
  const { site, listen } = config;
  if (config.demo && site.provenance === "live") say("demo", "demo logins cannot exist beside a live site");
  if (config.demo && listen.host !== "127.0.0.1") say("listen.host", "a demo listens on 127.0.0.1 only");
  if (config.sim?.enabled && site.provenance === "live")
    say("sim.enabled", "a simulator never stands beside a live site");
  const tls = listen.origins?.every((origin) => origin.startsWith("https://")) ?? false;
  if (!isLoopback(listen.host) && !tls)
    say("listen.host", "plain HTTP is for this machine only; put TLS in front and name its origins in listen.origins");
  for (const [i, source] of config.sources.entries()) {
    if (source.provenance !== site.provenance)
      say(`sources.${i}.provenance`, "live and simulated things never meet: it must be that of the site");
    const held = secrets.get(source.sourceId) ?? [];
    if (held.length === 0) say(`sources.${i}.key`, "is empty");
    for (const { secret } of held)
      if (source.auth === "hmac" && (fromHex(secret)?.byteLength ?? 0) < 32)
        say(`sources.${i}.key`, "must be at least 64 hex digits (256 bits)");
      else if (source.auth === "apiKey" && secret.length < 24)
        say(`sources.${i}.key`, "must be at least 24 characters");
  }
  for (const [i, source] of (config.sky?.sources ?? []).entries())
    if (source.provenance !== site.provenance)
      say(`sky.sources.${i}.provenance`, "live and simulated things never meet: it must be that of the site");
  for (const id of repeated((config.sky?.sources ?? []).map((one) => one.sourceId)))
    say("sky.sources", `${id} stands there twice`);
  for (const uid of repeated(config.aircraft.map((one) => one.uid))) say("aircraft", `${uid} stands there twice`);
  for (const id of repeated(config.sources.map((one) => one.sourceId))) say("sources", `${id} stands there twice`);
  for (const id of repeated(config.people.map((one) => one.personId))) say("people", `${id} stands there twice`);
  for (const one of config.aircraft) {
    if (!config.docks.some((dock) => dock.dockId === one.dockId))
      say(`aircraft ${one.callSign}`, `there is no dock ${one.dockId}`);
    if (config.aircraftTypes[one.type] === undefined) say(`aircraft ${one.callSign}`, `there is no type ${one.type}`);
  }
  return problems;
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];
}
