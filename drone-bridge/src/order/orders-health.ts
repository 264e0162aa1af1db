import type { BridgeToStation } from "@outrider/contract";
import type { OwnLimits } from "../limits/index.js";
import type { OrderGuard } from "./order-guard.js";
import type { SaidDesk } from "./said-desk.js";

type OrdersHealth = NonNullable<Extract<BridgeToStation, { kind: "health" }>["orders"]>;

/** What this bridge holds orders against, for the station's health: nothing that is missing is silent. */
export function ordersHealth(
  guard: OrderGuard,
  limits: OwnLimits,
  { notVerified, refused }: { readonly notVerified: number; readonly refused: SaidDesk["refused"] },
): OrdersHealth {
  const { signed, keyTrouble } = guard;
  const held = keyTrouble ?? (signed === "yes" ? "orders are verified" : "orders are not signed");
  return { signed, notVerified, limits: limits.source, refused, text: `${held}; ${limits.text}` };
}
