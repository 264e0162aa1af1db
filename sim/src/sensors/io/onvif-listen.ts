import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { OnvifCamera } from "../onvif/onvif-camera.js";
import type { DigestOf } from "../onvif/username-token.js";

const mostBodyBytes = 64 * 1024;

/** Password digest of a WS-UsernameToken: the nonce is hashed as the bytes that it stands for. */
export const tokenDigest: DigestOf = (nonceBase64, text) =>
  createHash("sha1").update(Buffer.from(nonceBase64, "base64")).update(text, "utf8").digest("base64");

export type OnvifListenDeps = {
  /** The camera whose services lie under a path such as `/cam-03/onvif`. */
  readonly cameraAt: (path: string) => OnvifCamera | undefined;
  readonly runMs: () => number;
  readonly wallMs: () => number;
};

/** Serves ONVIF over HTTP for the cameras of one port until the returned function is called. */
export function listenOnvif(
  at: { readonly host: string; readonly port: number },
  deps: OnvifListenDeps,
  ready: (result: { kind: "ok"; port: number } | { kind: "error"; error: Error }) => void,
): () => void {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").replace(/\?.*$/, "").replace(/\/\w+_service$/, "");
    const camera = deps.cameraAt(path);
    const end = (status: number, body: string, type = "text/plain"): void => {
      response.writeHead(status, { "content-type": type });
      response.end(body);
    };
    if (camera === undefined) return end(404, "no camera here\n");
    if (request.method !== "POST") return end(405, "SOAP is posted\n");
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on("data", (part: Buffer) => {
      bytes += part.byteLength;
      if (bytes <= mostBodyBytes) parts.push(part);
    });
    request.on("error", () => undefined);
    request.on("end", () => {
      if (bytes > mostBodyBytes) return end(413, "too long\n");
      const base = `http://${request.headers.host ?? `${at.host}:${at.port}`}${path}`;
      const body = Buffer.concat(parts).toString("utf8");
      const answer = camera.answer({ body, base, runMs: deps.runMs(), wallMs: deps.wallMs() });
      end(answer.status, answer.body, "application/soap+xml; charset=utf-8");
    });
  });
  server.maxConnections = 64;
  server.on("error", (error) => ready({ kind: "error", error }));
  server.listen(at.port, at.host, () => {
    const address = server.address();
    ready({ kind: "ok", port: typeof address === "object" && address !== null ? address.port : at.port });
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
