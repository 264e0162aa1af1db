import { z } from "zod";

const port = z.int().min(0).max(65535);

const kinds = {
  "udp-server": { kind: z.literal("udp-server"), port },
  "udp-client": {
    kind: z.literal("udp-client"),
    host: z.string(),
    port,
    /** Port of this machine, the same after every restart; without it one by the place in the list. */
    localPort: port.optional(),
  },
  "tcp-client": { kind: z.literal("tcp-client"), host: z.string(), port },
  "tcp-server": { kind: z.literal("tcp-server"), port },
  serial: { kind: z.literal("serial"), path: z.string(), baud: z.int().positive(), flowControl: z.boolean() },
  /** A .tlog played back, `rate` times as fast as it was; at the pace of its time where left out. */
  replay: { kind: z.literal("replay"), file: z.string(), rate: z.number().positive().max(100).optional() },
} as const;

/** One way to aircraft. */
export const linkConfig = z.discriminatedUnion("kind", [
  z.strictObject(kinds["udp-server"]),
  z.strictObject(kinds["udp-client"]),
  z.strictObject(kinds["tcp-client"]),
  z.strictObject(kinds["tcp-server"]),
  z.strictObject(kinds.serial),
  z.strictObject(kinds.replay),
]);

/** `reading`, `everything`, a MAVLink message by its name or its number. */
const messageRule = z
  .string()
  .regex(
    /^(reading|everything|[A-Z][A-Z0-9_]*|\d{1,8})$/,
    'is "reading", "everything", the name of a MAVLink message such as COMMAND_LONG, or its number in quotes',
  );

const filters = {
  /** What this station may send to aircraft; without it `[reading]`. */
  allow: z.array(messageRule).optional(),
  /** What it may not send, whatever `allow` says. */
  block: z.array(messageRule).optional(),
  /** What aircraft send that it gets; without it everything. */
  allowOut: z.array(messageRule).optional(),
  blockOut: z.array(messageRule).optional(),
  /** Call signs of the aircraft that it shares; without it all. */
  aircraft: z.array(z.string()).min(1).optional(),
} as const;

/** Where another ground station or a companion computer shares the aircraft. */
export const forwardConfig = z.discriminatedUnion("kind", [
  z.strictObject({ ...kinds["udp-server"], ...filters }),
  z.strictObject({ ...kinds["udp-client"], ...filters }),
  z.strictObject({ ...kinds["tcp-client"], ...filters }),
  z.strictObject({ ...kinds["tcp-server"], ...filters }),
  z.strictObject({ ...kinds.serial, ...filters }),
]);
export type ForwardConfig = z.infer<typeof forwardConfig>;

/** Messages with which a station only asks; of commands, `reading` lets those through that only ask. */
export const readingMessages: ReadonlySet<string> = new Set([
  "HEARTBEAT",
  "PING",
  "TIMESYNC",
  "PARAM_REQUEST_READ",
  "PARAM_REQUEST_LIST",
  "PARAM_EXT_REQUEST_READ",
  "PARAM_EXT_REQUEST_LIST",
  "MISSION_REQUEST_LIST",
  "MISSION_REQUEST",
  "MISSION_REQUEST_INT",
  "MISSION_ACK",
  "FILE_TRANSFER_PROTOCOL",
  "REQUEST_EVENT",
]);

/** Rules of a forwarding endpoint by which more than reading gets through. */
export const actingRules = (forward: ForwardConfig): readonly string[] =>
  (forward.allow ?? []).filter((rule) => rule !== "reading" && !readingMessages.has(rule));

type BridgeSection = {
  readonly links: readonly z.infer<typeof linkConfig>[];
  readonly forward?: readonly ForwardConfig[] | undefined;
  readonly allowForeignStation: boolean;
};
type Problem = { readonly path: (string | number)[]; readonly message: string };

/** What no field shows by itself: who may act, and one port for two ends. */
export function forwardProblems(bridge: BridgeSection): readonly Problem[] {
  const problems: Problem[] = [];
  const taken = new Map<string, string>();
  bridge.links.forEach((link, index) => {
    const own = ownEnd(link, 14_560 + index);
    if (own !== undefined) taken.set(own, `links.${index}`);
  });
  bridge.forward?.forEach((forward, index) => {
    const acting = actingRules(forward);
    if (acting.length > 0 && !bridge.allowForeignStation)
      problems.push({
        path: ["forward", index, "allow"],
        message: `${acting.join(", ")} would let another ground station act on aircraft, but bridge.allowForeignStation is false: leave only "reading" here, or set that to true`,
      });
    const own = ownEnd(forward, 14_660 + index);
    if (own === undefined) return;
    const by = taken.get(own);
    if (by !== undefined)
      problems.push({
        path: ["forward", index, forward.kind === "serial" ? "path" : "port"],
        message: `${own} is used by bridge.${by} already: give it one of its own`,
      });
    taken.set(own, `forward.${index}`);
  });
  return problems;
}

/** A recording is never beside anything that flies or that acts: whoever looks must not take one for the other. */
export function replayProblems(
  bridge: Pick<BridgeSection, "links" | "forward"> & { readonly signing?: unknown },
  provenance: "live" | "sim",
): readonly Problem[] {
  const at = bridge.links.findIndex((link) => link.kind === "replay");
  if (at < 0) return [];
  const path = ["links", at, "kind"];
  const problems: Problem[] = [];
  if (provenance === "live")
    problems.push({ path, message: "a recording is played only where site.provenance is sim" });
  if (bridge.links.length > 1)
    problems.push({ path, message: "a recording is the only link of its bridge: take the other links out" });
  if ((bridge.forward ?? []).length > 0)
    problems.push({ path, message: "a recording is not forwarded to other ground stations: take bridge.forward out" });
  if (bridge.signing !== undefined)
    problems.push({ path, message: "recordings carry no signatures: take bridge.signing out to play one" });
  return problems;
}

/** What of this machine a link takes for itself; `clientPort` is what a UDP client takes where no port is named. */
function ownEnd(link: z.infer<typeof linkConfig> | ForwardConfig, clientPort: number): string | undefined {
  switch (link.kind) {
    case "udp-server":
      return link.port === 0 ? undefined : `UDP port ${link.port}`;
    case "tcp-server":
      return link.port === 0 ? undefined : `TCP port ${link.port}`;
    case "udp-client":
      return `UDP port ${link.localPort ?? clientPort}`;
    case "serial":
      return link.path;
    case "tcp-client":
    case "replay":
      return undefined;
  }
}
