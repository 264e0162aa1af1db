/** Measured in a browser with WASM, workers, WebCodecs, WebGL2 and a socket of the same origin (docs/security.md). */
const csp = (script: string): string =>
  [
    "default-src 'none'",
    `script-src ${script}`,
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");

const deskCsp = csp("'self' 'wasm-unsafe-eval'");
/** Pages for people outside the house need no WASM, so they may not run any. */
const outsideCsp = csp("'self'");

const always: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=(), gamepad=(self), fullscreen=(self), screen-wake-lock=(self)",
};

const isOutside = (path: string): boolean => /^\/(o|public)(\/|$)/.test(path);

/** Headers of every answer, without exception: also of errors, of workers' scripts and of machine routes. */
export function securityHeaders(path: string, tls: boolean): Readonly<Record<string, string>> {
  return {
    ...always,
    "content-security-policy": isOutside(path) ? outsideCsp : deskCsp,
    ...(tls ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
