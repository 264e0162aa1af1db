import { bsonOf, type FlightLog, ulogOf } from "./flight-log.js";
import type { Card, CardEntry } from "./ftp-server.js";
import type { Vehicle } from "./vehicle.js";

const root = "/fs/microsd";

/** The vehicle's memory card, made from what it is when it is asked: its parameters, and one log for each flight. */
export function cardOf(v: Vehicle): Card {
  const files = (): ReadonlyMap<string, () => Uint8Array> => {
    const all = new Map<string, () => Uint8Array>([[`${root}/parameters_backup.bson`, () => bsonOf(v.params.all)]]);
    for (const flight of v.logs.flights) all.set(logPath(flight), () => ulogOf(flight, v.bootMs));
    return all;
  };
  return {
    read: (path) => files().get(plain(path))?.(),
    list: (path) => entriesOf(files(), plain(path)),
  };
}

/** PX4's name for a log when it knows the time: a folder for each day. */
function logPath({ unixMs }: FlightLog): string {
  const [day = "", time = ""] = new Date(unixMs).toISOString().split("T");
  return `${root}/log/${day}/${time.slice(0, 8).replaceAll(":", "_")}.ulg`;
}

const plain = (path: string): string =>
  `/${path
    .split("/")
    .filter((part) => part !== "")
    .join("/")}`;

function entriesOf(files: ReadonlyMap<string, () => Uint8Array>, folder: string): readonly CardEntry[] | undefined {
  const within = folder === "/" ? "/" : `${folder}/`;
  const entries = new Map<string, CardEntry>();
  for (const [path, content] of files) {
    if (!path.startsWith(within)) continue;
    const [entryName = "", ...below] = path.slice(within.length).split("/");
    const isFolder = below.length > 0;
    if (!entries.has(entryName))
      entries.set(entryName, { folder: isFolder, entryName, size: isFolder ? 0 : content().length });
  }
  // The log folder is made at power-up, before there is a log in it.
  if (folder === root && !entries.has("log")) entries.set("log", { folder: true, entryName: "log", size: 0 });
  return entries.size > 0 || folder === `${root}/log` ? [...entries.values()] : undefined;
}
