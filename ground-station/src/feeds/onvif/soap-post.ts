import type { Cancel } from "@outrider/contract";

export type SoapAsk = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type SoapReply =
  | {
      readonly kind: "reply";
      readonly status: number;
      /** Names in lower case, in the order they came. */
      readonly headers: readonly (readonly [string, string])[];
      readonly text: string;
    }
  /** `text` is in words for a person. */
  | { readonly kind: "failed"; readonly cause: "unreachable" | "timeout" | "tooLong"; readonly text: string };

/** Posts once: no redirect is followed, nothing is repeated, time and length are bounded. Not answered after a cancel. */
export type SoapPost = (ask: SoapAsk, done: (reply: SoapReply) => void) => Cancel;
