import type { BridgeFactName, FactData } from "@outrider/contract";

/** Where every part of the bridge says what it saw or did. Type and data are checked against each other. */
export type FactSink = <N extends BridgeFactName>(type: N, data: FactData<N>) => void;
