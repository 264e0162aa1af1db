/** One part of a form: its name and what it holds. */
export type FormPart = { readonly name: string; readonly type: string | undefined; readonly bytes: Uint8Array };
export type FormRead =
  | { readonly kind: "ok"; readonly parts: readonly FormPart[] }
  | { readonly kind: "bad"; readonly problem: string };

/** A reader sends its JSON and a picture or two. */
const mostParts = 8;
const mostHeaderChars = 1024;

/** The boundary of `multipart/form-data` (RFC 2046 section 5.1.1); undefined: it is something else, or has none. */
export function formBoundary(contentType: string | undefined): string | undefined {
  const found = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    (contentType ?? "").slice(0, 300),
  );
  const boundary = found?.[1] ?? found?.[2];
  return boundary !== undefined && /^[\w'()+,./:=? -]*[\w'()+,./:=?-]$/.test(boundary) ? boundary : undefined;
}

/**
 * Cuts `multipart/form-data` into its parts (RFC 7578). The body may come from anybody: parts and headers are limited
 * and nothing is copied before it is found.
 */
export function readForm(body: Uint8Array, boundary: string): FormRead {
  const bad = (problem: string): FormRead => ({ kind: "bad", problem });
  // One character a byte: places in the text are places in the body.
  const text = new TextDecoder("latin1").decode(body);
  const mark = `--${boundary}`;
  if (!text.startsWith(mark)) return bad("the form does not begin with its boundary");
  const parts: FormPart[] = [];
  let at = mark.length;
  while (!text.startsWith("--", at)) {
    if (parts.length === mostParts) return bad(`the form has more than ${mostParts} parts`);
    if (!text.startsWith("\r\n", at)) return bad("a boundary is not followed by a line end");
    const headEnd = text.indexOf("\r\n\r\n", at);
    const end = text.indexOf(`\r\n${mark}`, at + 2);
    if (headEnd < 0 || end < 0 || headEnd > end) return bad("a part has no end: the form is cut off");
    if (headEnd - at > mostHeaderChars) return bad(`a part has more than ${mostHeaderChars} characters of headers`);
    const head = text.slice(at, headEnd);
    const name = /^content-disposition:\s*form-data\s*;(?:.*;)?\s*name="([^"]{1,60})"/im.exec(head)?.[1];
    if (name === undefined) return bad("a part has no name");
    const type = /^content-type:\s*([\w.+-]+\/[\w.+-]+)/im.exec(head)?.[1]?.toLowerCase();
    parts.push({ name, type, bytes: body.subarray(headEnd + 4, Math.max(headEnd + 4, end)) });
    at = end + 2 + mark.length;
  }
  return { kind: "ok", parts };
}
