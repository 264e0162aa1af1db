/** The part of a WebSocket that the live client needs; tests hand in a simulated one. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  onOpen(): void;
  onText(text: string): void;
  onBytes(bytes: Uint8Array): void;
  onClose(why: string): void;
}

/** Everything of the outside world that the client touches. */
export interface LivePorts {
  open(events: SocketEvents): LiveSocket;
  /** A single-use ticket for one socket; asked anew for each attempt. */
  ticket(
    done: (
      answer:
        | { readonly kind: "ok"; readonly ticket: string }
        | { readonly kind: "refused"; readonly why: string }
        | { readonly kind: "unreachable" },
    ) => void,
  ): void;
  /** Monotonic milliseconds. */
  nowMs(): number;
  after(ms: number, run: () => void): () => void;
  visible(): boolean;
}

/** Browser's own ports: same-origin socket, monotonic clock, timers. */
export function browserPorts(askTicket: LivePorts["ticket"]): LivePorts {
  return {
    ticket: askTicket,
    nowMs: () => performance.now(),
    visible: () => document.visibilityState === "visible",
    after(ms, run) {
      const id = setTimeout(run, ms);
      return () => clearTimeout(id);
    },
    open(events) {
      const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
      socket.binaryType = "arraybuffer";
      socket.addEventListener("open", () => events.onOpen());
      socket.addEventListener("close", (e) => events.onClose(e.reason === "" ? `closed (${e.code})` : e.reason));
      socket.addEventListener("message", (e) => {
        if (typeof e.data === "string") events.onText(e.data);
        else if (e.data instanceof ArrayBuffer) events.onBytes(new Uint8Array(e.data));
      });
      return {
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close: () => socket.close(),
      };
    },
  };
}
