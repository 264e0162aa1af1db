import type { Cancel } from "@outrider/contract";

export type ByteStream = {
  /** False when the bytes were dropped because the other end does not take them. */
  write(bytes: Uint8Array): boolean;
  close(): void;
};

export type StreamHandlers = {
  onOpen(stream: ByteStream, peer: string): void;
  onBytes(bytes: Uint8Array): void;
  /** Once, whatever way it ended: unplugged, hung up, or not taking bytes any more. */
  onClose(reason: string): void;
};

/** Byte streams to radios and gateways. The real ones are in `app/io`; tests hand in their own. */
export type Streams = {
  dialTcp(at: { host: string; port: number }, handlers: StreamHandlers): Cancel;
  /** `accept` is called for each caller and returns the handlers of that connection. */
  listenTcp(
    at: { host: string; port: number },
    accept: () => StreamHandlers,
    failed: (error: Error) => void,
    listening?: () => void,
  ): Cancel;
  openSerial(at: { path: string; baud: number; flowControl: boolean }, handlers: StreamHandlers): Cancel;
};
