/** Writes docs/mavlink-differences.md: what only one or two of this codec, node-mavlink and pymavlink know. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { messages } from "@outrider/mavlink";
import {
  ardupilotmega,
  common,
  icarous,
  type MavLinkData,
  type MavLinkDataConstructor,
  minimal,
  standard,
  uavionix,
} from "node-mavlink";
import { differencesPage, type Library } from "../dialect-differences.js";
import { type PeerMessage, peerMessages } from "../peer-facts.js";
import { askPymavlink, pymavlinkMissing, pymavlinkVersion } from "./pymavlink.js";

const file = new URL("../../../../docs/mavlink-differences.md", import.meta.url);
const command = "OUTRIDER_PYMAVLINK=/path/to/python node proof/dist/peers/io/dialect-differences.js";

const missing = pymavlinkMissing();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exit(2);
}

const ours: Library = {
  name: "ours",
  dialect: "generated",
  messages: messages.map(({ id, name, crcExtra, maxLength, fields }) => ({
    id,
    name,
    crcExtra,
    maxLength,
    fields: fields.map(({ source, type, arrayLength }) => [source, type, arrayLength]),
  })),
};

function nodeMessages(): readonly PeerMessage[] {
  const byId = new Map<number, PeerMessage>();
  for (const { REGISTRY } of [minimal, standard, common, ardupilotmega, uavionix, icarous]) {
    const classes: readonly MavLinkDataConstructor<MavLinkData>[] = Object.values(REGISTRY);
    for (const { MSG_ID: id, MSG_NAME: name, MAGIC_NUMBER: crcExtra, PAYLOAD_LENGTH: maxLength, FIELDS } of classes) {
      const fields = FIELDS.map(
        ({ source, type, length }) => [source, type.replace("[]", "").replace("_mavlink_version", ""), length] as const,
      );
      byId.set(id, { id, name, crcExtra, maxLength, fields });
    }
  }
  return [...byId.values()];
}

const libraries: readonly Library[] = [
  ours,
  {
    name: "node-mavlink 2.3.0",
    dialect: "minimal, standard, common, ardupilotmega, uavionix, icarous",
    messages: nodeMessages(),
  },
  {
    name: `pymavlink ${pymavlinkVersion()}`,
    dialect: "all",
    messages: peerMessages(askPymavlink([{ do: "facts" }])[0]),
  },
];
writeFileSync(file, differencesPage(libraries, command));
process.stdout.write(`wrote ${fileURLToPath(file)}\n`);
