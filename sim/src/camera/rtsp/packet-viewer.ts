import type { DatagramSocket, Datagrams } from "@outrider/contract";

/** One who plays: gets whole pictures, and after a picture that had to be left out nothing before the next key. */
export type PacketViewer = {
  send(report: Uint8Array | undefined, packets: readonly Uint8Array[], key: boolean): void;
  close(): void;
};

/** Bytes a viewer may owe us before pictures are left out for it: a little more than one key picture. */
const mostOwedBytes = 256 * 1024;

export type Pipe = { send(bytes: Uint8Array): void; bufferedBytes(): number };

/** Packets inside the RTSP connection (RFC 2326, 10.12). */
export function interleaved(pipe: Pipe, channel: number): PacketViewer {
  let needsKey = true;
  return {
    send(report, packets, key) {
      if (pipe.bufferedBytes() > mostOwedBytes) needsKey = true;
      else if (key) needsKey = false;
      if (needsKey) return;
      if (report !== undefined) pipe.send(framed(channel + 1, report));
      for (const packet of packets) pipe.send(framed(channel, packet));
    },
    close: () => undefined,
  };
}

function framed(channel: number, packet: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + packet.byteLength);
  bytes.set([0x24, channel, packet.byteLength >> 8, packet.byteLength & 255]);
  bytes.set(packet, 4);
  return bytes;
}

export type UdpPair = { readonly viewer: PacketViewer; readonly serverPorts: readonly [number, number] };

/** Packets by UDP to the address that asked, and to no other: a camera must not be a weapon against third parties. */
export function udpPair(
  to: { readonly host: string; readonly rtpPort: number; readonly rtcpPort: number },
  deps: { readonly datagrams: Datagrams; readonly onHeard: () => void; readonly onProblem: (why: string) => void },
  ready: (pair: UdpPair) => void,
): void {
  let needsKey = true;
  const ports: (number | undefined)[] = [undefined, undefined];
  const bind = (i: number): DatagramSocket =>
    deps.datagrams.bind(
      { port: 0, host: "0.0.0.0" },
      {
        onDatagram: (_bytes, from) => {
          if (from.host === to.host) deps.onHeard();
        },
        onError: (error) => deps.onProblem(error.message),
        onBound: (port) => {
          ports[i] = port;
          const [rtp, rtcp] = ports;
          if (rtp !== undefined && rtcp !== undefined) ready({ viewer, serverPorts: [rtp, rtcp] });
        },
      },
    );
  const viewer: PacketViewer = {
    send(report, packets, key) {
      if (key) needsKey = false;
      if (needsKey) return;
      if (report !== undefined) rtcpSocket.send(report, { host: to.host, port: to.rtcpPort });
      for (const packet of packets) rtpSocket.send(packet, { host: to.host, port: to.rtpPort });
    },
    close() {
      rtpSocket.close();
      rtcpSocket.close();
    },
  };
  const rtpSocket = bind(0);
  const rtcpSocket = bind(1);
}
