const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, "nothing listens at its address"],
  [/ENOTFOUND|EAI_AGAIN/, "its name leads nowhere; is the network up?"],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|timed? ?out|abort/i, "no way to it, or it is too slow"],
  [/ECONNRESET|EPIPE|socket hang up/i, "it hung up"],
  [/CERT|SSL|TLS/, "its certificate is not trusted"],
];

/** A network's error in a tired person's words; other texts stay as they are. */
export function plainCause(text: string): string {
  const found = CAUSES.find(([sign]) => sign.test(text));
  if (found === undefined || !/no answer/.test(text)) return text;
  return `${text.slice(0, text.indexOf("no answer"))}${found[1]}`;
}
