import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppendFile, Connection, Disk } from "@outrider/contract";
import { afterEach, describe, expect, it } from "vitest";
import { byteStreams } from "./byte-streams.js";
import { fileDisk } from "./file-disk.js";
import { udp } from "./udp.js";
import { webSocketDialer, webSocketServer } from "./web-sockets.js";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const opened = (disk: Disk, name: string): Promise<{ content: Uint8Array; file: AppendFile }> =>
  new Promise((resolve, reject) =>
    disk.open(name, (result) => (result.kind === "ok" ? resolve(result) : reject(result.error))),
  );
const appended = (file: AppendFile, text: string): Promise<void> =>
  new Promise((resolve, reject) =>
    file.append(new TextEncoder().encode(text), (error) => (error ? reject(error) : resolve())),
  );

describe("files", () => {
  it("hand over what was durable, append in order and cut to a length", async () => {
    const root = mkdtempSync(join(tmpdir(), "outrider-disk-"));
    cleanups.push(() => rmSync(root, { recursive: true }));
    const disk = fileDisk(root);
    const first = await opened(disk, "deep/journal");
    await Promise.all(["one\n", "two\n", "thr"].map((text) => appended(first.file, text)));
    first.file.close();
    await new Promise<void>((resolve) => disk.truncate("deep/journal", 8, () => resolve()));
    const second = await opened(disk, "deep/journal");
    expect(new TextDecoder().decode(second.content)).toBe("one\ntwo\n");
    await appended(second.file, "three\n");
    expect(readFileSync(join(root, "deep/journal"), "utf8")).toBe("one\ntwo\nthree\n");
    second.file.close();
    await expect(appended(second.file, "late")).rejects.toThrow("closed");
    await new Promise<void>((resolve) => disk.replace("small", new TextEncoder().encode("seal"), () => resolve()));
    expect(readFileSync(join(root, "small"), "utf8")).toBe("seal");
  });
});

describe("datagrams", () => {
  it("go to the peer that they are for and come back with its address", async () => {
    const got = await new Promise<string>((resolve) => {
      const server = udp.bind(
        { port: 0, host: "127.0.0.1" },
        {
          onDatagram: (bytes, from) => server.send(bytes, from),
          onError: () => {},
          onBound: (port) => {
            const client = udp.bind(
              { port: 0, host: "127.0.0.1" },
              {
                onDatagram: (bytes, from) => resolve(`${from.port === port} ${bytes.length}`),
                onError: () => {},
                onBound: () => client.send(Uint8Array.of(1, 2, 3), { host: "127.0.0.1", port }),
              },
            );
            cleanups.push(() => client.close());
          },
        },
      );
      cleanups.push(() => server.close());
    });
    expect(got).toBe("true 3");
  });
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

describe("WebSockets", () => {
  it("carry text and bytes, refuse before the upgrade, and end once", async () => {
    const port = await freePort();
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      const stop = webSocketServer.listen(
        port,
        "127.0.0.1",
        (info, connection) =>
          info.path === "/dock" && info.headers["authorization"] === "Bearer t"
            ? {
                kind: "accept",
                onMessage: (data) => connection.send(data),
                onClose: (reason) => heard.push(`server ${reason}`),
              }
            : { kind: "refuse", status: 404, reason: "no" },
        () => resolve(),
      );
      cleanups.push(stop);
    });
    await new Promise<void>((resolve) => {
      let open: Connection | undefined;
      webSocketDialer.dial(
        `ws://127.0.0.1:${port}/dock`,
        { authorization: "Bearer t" },
        {
          onOpen: (connection) => {
            open = connection;
            connection.send("text");
            connection.send(Uint8Array.of(9));
          },
          onMessage: (data) => {
            heard.push(typeof data === "string" ? data : `bytes ${data.length}`);
            if (heard.length === 2) open?.close(1000, "enough");
          },
          onClose: (reason) => {
            heard.push(reason);
            resolve();
          },
        },
      );
    });
    expect(heard.filter((line) => !line.startsWith("server"))).toEqual(["text", "bytes 1", "1000 enough"]);
    const refused = await new Promise<string>((resolve) => {
      webSocketDialer.dial(
        `ws://127.0.0.1:${port}/other`,
        {},
        { onOpen: () => resolve("open"), onMessage: () => {}, onClose: resolve },
      );
    });
    expect(refused).toContain("404");
  });
});

describe("byte streams", () => {
  it("carry bytes both ways and say when the other end hangs up", async () => {
    const port = await freePort();
    const said: string[] = [];
    const stop = byteStreams.listenTcp(
      { host: "127.0.0.1", port },
      () => ({
        onOpen: (stream) => stream.write(Uint8Array.of(1, 2)),
        onBytes: (bytes) => said.push(`server ${bytes.length}`),
        onClose: () => {},
      }),
      (error) => said.push(error.message),
    );
    cleanups.push(stop);
    await new Promise<void>((resolve) => {
      byteStreams.dialTcp(
        { host: "127.0.0.1", port },
        {
          onOpen: (stream) => stream.write(Uint8Array.of(3, 4, 5)),
          onBytes: (bytes) => {
            said.push(`client ${bytes.length}`);
            setTimeout(stop, 50);
          },
          onClose: () => resolve(),
        },
      );
    });
    expect(said.sort()).toEqual(["client 2", "server 3"]);
  });

  it("say what is wrong with a serial port that is not there", async () => {
    const reason = await new Promise<string>((resolve) => {
      byteStreams.openSerial(
        { path: "/dev/outrider-nothing", baud: 57_600, flowControl: false },
        { onOpen: () => resolve("open"), onBytes: () => {}, onClose: resolve },
      );
    });
    expect(reason).toContain("outrider-nothing");
  });
});
