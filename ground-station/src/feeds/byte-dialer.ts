import type { Cancel } from "@outrider/contract";

/** One open byte stream (TCP or TLS in production). */
export type ByteStream = { send(bytes: Uint8Array): void; close(): void };

export type ByteHandlers = {
  onOpen(stream: ByteStream): void;
  onBytes(bytes: Uint8Array): void;
  /** Once, whoever ended it. `problem` is the system's own word, e.g. `ECONNREFUSED`; empty where the peer said goodbye. */
  onClose(problem: string): void;
};

export type ByteDialer = {
  dial(at: { readonly host: string; readonly port: number; readonly tls: boolean }, handlers: ByteHandlers): Cancel;
};
