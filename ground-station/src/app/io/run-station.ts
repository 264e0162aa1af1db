import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Log, RunClock } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { type CoverageEngine, CoverageWork, steppedEngine, threadEngine } from "../../coverage/index.js";
import { authHashes, soapPost, tcpDialer, tokenDigest } from "../../feeds/index.js";
import { type Listening, listenHttp, readStaticFolder } from "../../http/io/index.js";
import { argon2Check } from "../../people/io/index.js";
import { nodeDisk, takeLock } from "../../record/io/index.js";
import { hotlistFilesUnder } from "../../sightings/io/index.js";
import { skyHttp } from "../../sky/io/index.js";
import { PgQueries } from "../../supervision/index.js";
import { pgliteSql } from "../../supervision/io/index.js";
import { whepPort } from "../../viewers/io/index.js";
import { createStation, type Station } from "../station.js";
import type { PartMaker } from "../station-deps.js";
import { loadStation } from "./load.js";
import { nodeDatagrams } from "./node-datagrams.js";
import { systemChance, wallClock } from "./system-ports.js";

export type RunningStation = { readonly station: Station; readonly port: number; close(done: () => void): void };

const builtScreens = fileURLToPath(new URL("../../../../ui/dist/web", import.meta.url));

/**
 * Starts a station from its configuration file: real disk, real clock, one HTTP port for pages, acts and sockets.
 * Rejects with a text that says what is wrong and where.
 */
export async function runStation(
  configPath: string,
  options: { log: Log; version: string; screens?: string; extraParts?: readonly PartMaker[]; port?: number },
): Promise<RunningStation> {
  const loaded = loadStation(configPath);
  const { config } = loaded;
  const recordDir = resolve(loaded.dir, config.record.dir);
  const disk = nodeDisk(recordDir);
  const unlock = takeLock(join(recordDir, "lock"), process.pid);
  const wall = wallClock();
  const run = new RunClock(wall, { runId: "live", epochMs: wall.nowMs(), rate: 1, paused: false });
  let port = options.port ?? config.listen.http;
  const origins = (): readonly string[] =>
    config.listen.origins ?? [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  const world = worldFromCity(loaded.city);
  const coverage: CoverageEngine = threadEngine({
    config,
    cityBytes: loaded.cityBytes,
    twin: () => steppedEngine(new CoverageWork({ config, world, attribution: loaded.city.attribution }), wall),
    log: options.log,
  });
  const station = createStation({
    ...loaded,
    world,
    coverage,
    clocks: { run, wall },
    chance: systemChance,
    disk,
    log: options.log,
    passwordCheck: argon2Check,
    files: readStaticFolder(options.screens ?? builtScreens),
    origins,
    tls: origins().some((origin) => origin.startsWith("https://")),
    version: options.version,
    datagrams: nodeDatagrams(),
    cameras: { dialer: tcpDialer(), hashes: authHashes, logins: loaded.cameraLogins },
    turning: { post: soapPost(), digest: tokenDigest, hashes: authHashes, logins: loaded.onvifLogins },
    sky: { http: skyHttp, dialer: tcpDialer() },
    whep: whepPort(config.listen.host),
    hotlistFiles: hotlistFilesUnder(loaded.dir),
    queries: (done) =>
      pgliteSql((opened) => done(opened.kind === "ok" ? { kind: "ok", value: new PgQueries(opened.value) } : opened)),
    extraParts: options.extraParts ?? [],
  });
  try {
    await begin(station);
    const proxied = origins().some((origin) => origin.startsWith("https://"));
    const listening = await listen(station, config.listen.host, port, options.log, proxied);
    port = listening.port;
    return {
      station,
      port,
      close: (done) => {
        station.close();
        coverage.close();
        listening.close(() => {
          unlock();
          done();
        });
      },
    };
  } catch (error) {
    station.close();
    coverage.close();
    unlock();
    throw error;
  }
}

const begin = (station: Station): Promise<void> =>
  new Promise((done, fail) =>
    station.start((result) => (result.kind === "ready" ? done() : fail(new Error(result.why)))),
  );

const listen = (station: Station, host: string, port: number, log: Log, proxied: boolean): Promise<Listening> =>
  new Promise((done, fail) =>
    listenHttp(
      { host, port, http: station.http, accept: (info, connection) => station.accept(info, connection), log, proxied },
      (result) => (result.kind === "ok" ? done(result.listening) : fail(result.error)),
    ),
  );
