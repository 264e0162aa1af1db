import type { IncomingMessage, ServerResponse } from "node:http";
import { problemResponse } from "../problem.js";

export const lingering = { mostBytes: 32 * 1024 * 1024, mostMs: 2_000 } as const;

/**
 * Answers 413 and then swallows the rest for a moment. A socket that is closed over unread bytes is reset, and a reset
 * throws away the very answer that says what was wrong; whoever sends on beyond that is cut off.
 */
export function refuseLarge(request: IncomingMessage, response: ServerResponse, mostBytes: number): void {
  const refusal = problemResponse(413, "Too large", `The body is larger than ${mostBytes} bytes.`);
  let swallowed = 0;
  const timer = setTimeout(() => request.destroy(), lingering.mostMs);
  timer.unref();
  request.on("data", (chunk: Buffer) => {
    swallowed += chunk.byteLength;
    if (swallowed > lingering.mostBytes) request.destroy();
  });
  request.once("end", () => response.end());
  request.once("close", () => clearTimeout(timer));
  response.writeHead(413, {
    ...refusal.headers,
    connection: "close",
    "content-length": Buffer.byteLength(refusal.body),
  });
  response.write(refusal.body);
}
