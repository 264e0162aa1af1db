import type { FactData } from "@outrider/contract";
import type { JournalFact } from "./record.js";

/** A recording that the journal knows to lie on the disk; without a hash it was never sealed. */
export type KnownRecording = {
  readonly file: string;
  readonly uid: string;
  readonly launchId: string | undefined;
  readonly sha256: string | undefined;
  readonly bytes: number;
};

/** Takes one fact into what is known of recordings, oldest first. */
export function learnRecording(known: Map<string, KnownRecording>, { type, data }: JournalFact): void {
  switch (type) {
    case "RecordingBegan": {
      // The name of a fact is the type of its data (contract, flight-facts).
      const { file, uid, launchId } = data as FactData<"RecordingBegan">;
      known.set(file, { file, uid, launchId, sha256: undefined, bytes: 0 });
      return;
    }
    case "RecordingSealed": {
      const { file, uid, launchId, sha256, bytes } = data as FactData<"RecordingSealed">;
      known.set(file, { file, uid, launchId, sha256, bytes });
      return;
    }
    case "RecordingDeleted":
      known.delete((data as FactData<"RecordingDeleted">).file);
      return;
    default:
      return;
  }
}
