import type { AnyMessageInit } from "@outrider/mavlink";

const chunkLength = 50;

/** STATUSTEXT in chunks of 50; a text that fits one chunk keeps an id too, as PX4 sends it. */
export function statusTexts(severity: number, text: string, id: number): AnyMessageInit[] {
  const messages: AnyMessageInit[] = [];
  for (let chunk = 0; chunk * chunkLength < text.length; chunk++) {
    messages.push({
      name: "STATUSTEXT",
      severity,
      text: text.slice(chunk * chunkLength, (chunk + 1) * chunkLength),
      id,
      chunkSeq: chunk,
    });
  }
  return messages;
}
