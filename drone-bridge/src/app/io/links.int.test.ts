import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createReadStream, createWriteStream, existsSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Link, type LinkConfig, makeLink } from "../../link/index.js";
import { type FarEnd, type LinkRig, linkContract } from "../../link/testing/index.js";
import { byteStreams } from "./byte-streams.js";
import { systemChance } from "./system-chance.js";
import { udp } from "./udp.js";
import { wallClock } from "./wall-clock.js";

const socatMissing = spawnSync("socat", ["-V"]).error !== undefined;
if (socatMissing)
  console.info("serial links are not tested over a line: socat is not installed (apt-get install socat)");

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: string, test: () => boolean, withinMs: number): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!test()) {
    if (performance.now() > endMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(20);
  }
}

const linkOf = (config: LinkConfig): Link =>
  makeLink(config, 0, "127.0.0.1", { clock: wallClock(), chance: systemChance, datagrams: udp, streams: byteStreams });

const freeTcpPort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const at = probe.address();
      probe.close(() => resolve(typeof at === "object" && at !== null ? at.port : 0));
    });
  });
const freeUdpPort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createSocket("udp4").bind(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** An aircraft on UDP: its own port, and where it speaks to. */
function udpFar(ownPort: number, toPort: () => number): FarEnd & { close(): void } {
  const heard: number[] = [];
  let socket: UdpSocket | undefined;
  const close = (): void => {
    socket?.close();
    socket = undefined;
  };
  return {
    heard,
    appear: () =>
      new Promise((resolve) => {
        socket = createSocket("udp4");
        socket.on("message", (bytes) => heard.push(...bytes));
        socket.bind(ownPort, "127.0.0.1", () => resolve());
      }),
    vanish: close,
    say: (bytes) => socket?.send(bytes, toPort(), "127.0.0.1"),
    close,
  };
}

async function udpServerRig(): Promise<LinkRig> {
  const port = await freeUdpPort();
  const far = udpFar(0, () => port);
  return { link: linkOf({ kind: "udp-server", port }), far, until, end: () => far.close() };
}

async function udpClientRig(): Promise<LinkRig> {
  const [port, localPort] = [await freeUdpPort(), await freeUdpPort()];
  const far = udpFar(port, () => localPort);
  return {
    link: linkOf({ kind: "udp-client", host: "localhost", port, localPort }),
    far,
    until,
    end: () => far.close(),
  };
}

async function tcpServerRig(): Promise<LinkRig> {
  const port = await freeTcpPort();
  const heard: number[] = [];
  let socket: Socket | undefined;
  const far: FarEnd = {
    heard,
    appear: () => {},
    vanish() {
      socket?.destroy();
      socket = undefined;
    },
    say(bytes) {
      if (socket === undefined) {
        socket = connect(port, "127.0.0.1");
        socket.on("error", () => {
          socket = undefined;
        });
        socket.on("data", (got) => heard.push(...got));
      }
      socket.write(bytes);
    },
  };
  return { link: linkOf({ kind: "tcp-server", port }), far, until, end: () => far.vanish() };
}

async function tcpClientRig(): Promise<LinkRig> {
  const port = await freeTcpPort();
  const heard: number[] = [];
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const far: FarEnd = {
    heard,
    appear: () =>
      new Promise((resolve) => {
        server = createServer((socket) => {
          sockets.add(socket);
          socket.on("error", () => undefined);
          socket.on("data", (got) => heard.push(...got));
        }).listen(port, "127.0.0.1", () => resolve());
      }),
    vanish() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      server?.close();
    },
    say: (bytes) => {
      for (const socket of sockets) socket.write(bytes);
    },
  };
  return { link: linkOf({ kind: "tcp-client", host: "127.0.0.1", port }), far, until, end: () => far.vanish() };
}

/** Two ends of one serial line, as socat makes them: one for the bridge, one for the aircraft. */
class Line {
  readonly folder = mkdtempSync(join(tmpdir(), "outrider-line-"));
  readonly path = join(this.folder, "bridge");
  readonly heard: number[] = [];
  #socat: ChildProcess | undefined;
  #write: NodeJS.WritableStream | undefined;

  async plug(): Promise<void> {
    const other = join(this.folder, "aircraft");
    this.#socat = spawn("socat", [`pty,raw,echo=0,link=${this.path}`, `pty,raw,echo=0,link=${other}`]);
    await until("the line is there", () => existsSync(this.path) && existsSync(other), 5_000);
    const read = createReadStream("", { fd: openSync(other, "r") });
    read.on("data", (bytes) => this.heard.push(...Buffer.from(bytes)));
    read.on("error", () => undefined);
    this.#write = createWriteStream("", { fd: openSync(other, "w") });
    this.#write.on("error", () => undefined);
  }

  unplug(): void {
    this.#socat?.kill("SIGCONT");
    this.#socat?.kill("SIGTERM");
    this.#socat = undefined;
    this.#write = undefined;
  }

  /** Stops taking and giving, and says nothing of it. */
  freeze(): void {
    this.#socat?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#socat?.kill("SIGCONT");
  }

  say(bytes: Uint8Array): void {
    this.#write?.write(bytes);
  }

  end(): void {
    this.unplug();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function serialRig(): LinkRig & { line: Line } {
  const line = new Line();
  const far: FarEnd = {
    heard: line.heard,
    appear: () => line.plug(),
    vanish: () => line.unplug(),
    say: (bytes) => line.say(bytes),
  };
  const link = linkOf({ kind: "serial", path: line.path, baud: 57_600, flowControl: false });
  return { link, far, until, end: () => line.end(), line };
}

const ends = { seesEnds: true, knowsPeers: true };
linkContract("real udp-server", { seesEnds: false, knowsPeers: false }, udpServerRig);
linkContract("real udp-client", { seesEnds: false, knowsPeers: true }, udpClientRig);
linkContract("real tcp-server", ends, tcpServerRig);
linkContract("real tcp-client", ends, tcpClientRig);

describe.skipIf(socatMissing)("over a line of its own", () => {
  linkContract("real serial", ends, serialRig);

  it("a serial port that stopped without a word is given up by what it does not take, and found again", async () => {
    const { link, line } = serialRig();
    await line.plug();
    const states: string[] = [];
    link.open({
      onBytes: () => {},
      onPeerGone: () => {},
      onState: (state, reason) => states.push(`${state} ${reason}`),
    });
    await until("it is open", () => states.at(-1)?.startsWith("open ") === true, 10_000);
    line.freeze();
    let taken = 0;
    // The line's own buffer fills first; then nothing more may wait than half a second of it.
    while (link.send(new Uint8Array(512), line.path) && taken < 1_000) {
      taken++;
      await sleep(1);
    }
    expect(taken * 512).toBeLessThan(64 * 1024);
    await until("it is given up", () => states.some((state) => state.includes("does not take")), 8_000);
    line.thaw();
    await until("it is open again", () => states.at(-1)?.startsWith("open ") === true, 10_000);
    link.close();
    line.end();
  });
});

describe("a TCP reader that stalls", () => {
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  it("is cut off with what waited for it, while another goes on", async () => {
    const port = await freeTcpPort();
    const link = linkOf({ kind: "tcp-server", port });
    const peers: string[] = [];
    const gone: string[] = [];
    link.open({
      onBytes: (_bytes, peer) => {
        if (!peers.includes(peer)) peers.push(peer);
      },
      onState: () => {},
      onPeerGone: (peer) => gone.push(peer),
    });
    let got = 0;
    for (const stalls of [true, false]) {
      const socket = connect(port, "127.0.0.1");
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.write("x");
      if (stalls) socket.pause();
      else socket.on("data", (bytes) => (got += bytes.length));
      await until("it is heard", () => peers.length === (stalls ? 1 : 2), 5_000);
    }
    const [stalled = "", reading = ""] = peers;
    let [refused, sent] = [0, 0];
    const endMs = performance.now() + 12_000;
    while (gone.length === 0 && performance.now() < endMs) {
      for (let n = 0; n < 40; n++) {
        if (!link.send(new Uint8Array(4_096), stalled)) refused++;
        if (link.send(new Uint8Array(64), reading)) sent++;
      }
      await sleep(10);
    }
    expect(refused).toBeGreaterThan(0);
    expect(gone).toEqual([stalled]);
    await until("the other got everything", () => got === sent * 64, 3_000);
    link.close();
  });
});
