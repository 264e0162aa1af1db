import { z } from "zod";

/** Why somebody flies or looks into a privacy zone all the same. Structured, so that it can be counted and audited. */
export const privacyReason = z.enum(["danger", "sought", "asked"]);
export type PrivacyReason = z.infer<typeof privacyReason>;

export const privacyReasonWords: Readonly<Record<PrivacyReason, string>> = {
  danger: "Somebody there is in danger",
  sought: "Who or what is sought went in",
  asked: "The people there asked for it",
};
