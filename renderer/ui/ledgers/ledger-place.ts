import { createContext, useContext, type ReactNode } from "react";
import type { Day } from "../../../shared/basics/time.ts";
import type { Actor } from "../../../shared/domain/identity/roles.ts";
import type { LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import type { LedgerEntry } from "../../../shared/domain/ledger/entry.ts";

/** Where ledgers are shown: who acts there, how one gets about, and what that place has besides. */
export interface LedgerPlace {
  readonly actor: Actor;
  /** Goes to a ledger, and to an entry in it. */
  readonly go: (...path: readonly string[]) => void;
  /** The address of an entry for others; null: this place has no addresses. */
  readonly linkOf: (ledgerId: string, entryId: string) => string | null;
  readonly clerkNames: ReadonlyMap<string, string>;
  /** Entries of earlier days and the workbook, where the center gives them out. */
  readonly archive?: (
    definition: LedgerDefinition,
    today: Day,
    onFound: (entries: readonly LedgerEntry[]) => void,
  ) => ReactNode;
  /** What stands beside a ledger that people fill in by themselves. */
  readonly survey?: (definition: LedgerDefinition) => ReactNode;
}

export const LedgerPlaceContext = createContext<LedgerPlace | null>(null);

/** The place of this screen. */
export const useLedgerPlace = (): LedgerPlace => {
  const place = useContext(LedgerPlaceContext);
  if (!place) throw new Error("a ledger was shown outside LedgerPlaceContext");
  return place;
};
