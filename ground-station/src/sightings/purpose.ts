/** A purpose holds for one incident, one person, one hour. */
export const purposeLastsMs = 3_600_000;

/** Words that say that somebody is looking, not why. Officers were let through with these and stalked people. */
const vague: ReadonlySet<string> = new Set(
  "investigation investigate investigating invest investigative test testing tests check checking checks checked work police law enforcement official business duty case stuff other misc various none unknown na asdf search searching lookup look looking vehicle car plate reads intel info information follow up followup request requested training reason purpose criminal crime suspicious activity just for the and with per see a an of to on in".split(
    " ",
  ),
);

const words = (text: string): string[] => text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
const telling = (text: string): string[] => words(text).filter((word) => word.length >= 3 && !vague.has(word));

export type PurposeSaid = { readonly caseNumber: string; readonly offence: string; readonly text: string };

/** Why the purpose is too vague to open plate reads; undefined where it is good enough to be read by a supervisor. */
export function purposeProblem(
  said: PurposeSaid,
): { field: "caseNumber" | "offence" | "text"; why: string } | undefined {
  if (!/\d{3,}/.test(said.caseNumber.replace(/[\s-]/g, "")))
    return { field: "caseNumber", why: "The case number needs at least three digits, like 26-00417." };
  if (telling(said.offence).length === 0)
    return { field: "offence", why: "Name the offence, like robbery or shooting: this says only that there is work." };
  if (new Set(telling(said.text)).size < 3)
    return {
      field: "text",
      why: "Say in a few words what you are looking for and why here: investigation, test or check is not a reason.",
    };
  return undefined;
}
