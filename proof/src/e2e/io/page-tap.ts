/** What was heard on the page's own socket of one aircraft. */
export type Heard = {
  readonly handle: number;
  readonly linkAgeMs: number;
  readonly ageMs: number;
  /** The page's monotonic clock. */
  readonly atMs: number;
};

export type Tap = {
  readonly rows: Heard[];
  /** Rows by handle since the page was opened. */
  readonly count: Record<number, number>;
  readonly handles: Record<string, number>;
  frames: number;
  welcomes: number;
  lastWelcomeWallMs: number;
  readonly roomsSeen: Record<string, number>;
};

declare global {
  interface Window {
    outriderTap?: Tap;
  }
}

/**
 * Runs in the page before its own scripts: listens beside the screen on the live wire, so that what the screen says
 * can be held against what it was told. It must stand alone, since the browser gets only its text.
 */
export function pageTap(): void {
  const tap: Tap = { rows: [], count: {}, handles: {}, frames: 0, welcomes: 0, lastWelcomeWallMs: 0, roomsSeen: {} };
  window.outriderTap = tap;
  const header = 16;
  const row = 56;
  const bytes = (buffer: ArrayBuffer): void => {
    const view = new DataView(buffer);
    if (buffer.byteLength < header || view.getUint16(0, true) !== 0x4f52 || view.getUint8(3) !== 1) return;
    tap.frames++;
    for (let at = header; at + row <= buffer.byteLength; at += row) {
      const handle = view.getUint16(at, true);
      tap.count[handle] = (tap.count[handle] ?? 0) + 1;
      tap.rows.push({
        handle,
        ageMs: view.getUint16(at + 2, true),
        linkAgeMs: view.getUint16(at + 4, true),
        atMs: performance.now(),
      });
    }
    if (tap.rows.length > 4000) tap.rows.splice(0, 2000);
  };
  const text = (data: string): void => {
    const message = JSON.parse(data);
    if (message.kind === "welcome") {
      tap.welcomes++;
      tap.lastWelcomeWallMs = Date.now();
    }
    if (message.kind === "room") tap.roomsSeen[message.room] = Date.now();
    if (message.kind === "handles") for (const one of message.aircraft) tap.handles[one.uid] = one.handle;
  };
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (event.data instanceof ArrayBuffer) bytes(event.data);
        else if (typeof event.data === "string") text(event.data);
      });
    }
  };
  document.addEventListener("securitypolicyviolation", (event) => {
    const { violatedDirective, blockedURI, sourceFile, lineNumber, columnNumber, sample } = event;
    const where = `${sourceFile}:${lineNumber}:${columnNumber}`;
    console.error(`CSP ${violatedDirective} blocked ${blockedURI} at ${where}, sample ${JSON.stringify(sample)}`);
  });
}
