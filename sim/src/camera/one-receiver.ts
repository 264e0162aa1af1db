import type { Datagrams, Log } from "@outrider/contract";

export type Receiver = {
  readonly datagrams: Datagrams;
  readonly host: string;
  readonly port: number;
  readonly log: Log;
};

/** Sends to one receiver by UDP and hears nothing from it; a socket that fails is told and ends nothing. */
export function toOneReceiver({ datagrams, host, port, log }: Receiver): {
  send(bytes: Uint8Array): void;
  close(): void;
} {
  const socket = datagrams.bind(
    { port: 0, host: host === "127.0.0.1" ? host : "0.0.0.0" },
    {
      onDatagram: () => undefined,
      onError: (error) => log("warn", "camera socket failed", { port, error: error.message }),
      onBound: () => undefined,
    },
  );
  return { send: (bytes) => socket.send(bytes, { host, port }), close: () => socket.close() };
}
