import { createServer } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import type { Log } from "@outrider/contract";

export type AirDataDoor = {
  /** Answer of a path, `undefined` where nothing is served. */
  page(path: string): { readonly type: string; readonly body: string } | undefined;
  /** SBS-1 lines that are due; asked once a second. */
  sbs(): readonly string[];
};

export type AirDataServer = { close(): void };

const everyMs = 1_000;
/** In an empty sky an empty line, as readsb sends it: whoever listens must tell a quiet receiver from a dead one. */
const quietBeats = 60;
/** A reader that does not read is let go: nothing is kept for it. */
const mostBacklog = 64 * 1024;

/** What an ADS-B receiver and weather services serve, over HTTP and SBS-1 over TCP, on this machine alone. */
export function serveAirData(
  ports: { readonly http: number; readonly sbs: number },
  door: AirDataDoor,
  log: Log,
  ready: (ports: { readonly http: number; readonly sbs: number }) => void = () => undefined,
): AirDataServer {
  const web = createServer((request, response) => {
    const page = door.page((request.url ?? "/").split("?")[0] ?? "/");
    response.writeHead(page === undefined ? 404 : 200, { "content-type": page?.type ?? "text/plain" });
    response.end(page?.body ?? "not served here\n");
  });
  const readers = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    readers.add(socket);
    socket.on("close", () => readers.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  let quiet = 0;
  const beat = setInterval(() => {
    const lines = door.sbs();
    quiet = lines.length === 0 ? quiet + 1 : 0;
    if (quiet > 0 && quiet < quietBeats) return;
    quiet = 0;
    const text = lines.length === 0 ? "\r\n" : lines.map((line) => `${line}\r\n`).join("");
    for (const socket of readers) {
      if (socket.writableLength > mostBacklog) socket.destroy();
      else socket.write(text);
    }
  }, everyMs);
  const failed = (error: Error): void => log("error", "air data is not served", { error: error.message });
  web.on("error", failed);
  tcp.on("error", failed);
  web.listen(ports.http, "127.0.0.1", () =>
    tcp.listen(ports.sbs, "127.0.0.1", () => ready({ http: portOf(web.address()), sbs: portOf(tcp.address()) })),
  );
  return {
    close() {
      clearInterval(beat);
      for (const socket of readers) socket.destroy();
      tcp.close();
      web.close();
      web.closeAllConnections();
    },
  };
}

function portOf(address: string | { readonly port: number } | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
