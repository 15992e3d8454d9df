import { useCallback, useState } from "react";
import type { PersonalRecord } from "../../../shared/contract/api.ts";
import type { CommandData } from "../../../shared/domain/hall/commands.ts";
import type { LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import { divideValues } from "../../../shared/domain/ledger/values.ts";
import type { LedgerValues, SealedValues } from "../../../shared/domain/ledger/entry.ts";
import { useTerminal } from "../hooks.ts";
import type { Written } from "./entry-fields.tsx";

type LedgerCommandType = "OpenLedgerEntry" | "MoveLedgerEntry" | "AmendLedgerEntry";

export type WriteStep = <T extends LedgerCommandType>(
  type: T,
  definition: LedgerDefinition,
  written: Written,
  make: (values: LedgerValues, sealed: SealedValues) => CommandData<T>,
) => Promise<boolean>;

/**
 * Writes into a ledger: what people did has happened, so it is a record and works without the node. Personal fields go sealed beside
 * it, all of one act in one record.
 */
export const useLedgerAct = (): { readonly write: WriteStep; readonly fault: string | null } => {
  const terminal = useTerminal();
  const [fault, setFault] = useState<string | null>(null);
  const write = useCallback<WriteStep>(
    async (type, definition, written, make) => {
      const { open, personal } = divideValues(definition, written);
      const recordId = terminal.newId();
      const fields = Object.keys(personal);
      const records: PersonalRecord[] =
        fields.length === 0 ? [] : [{ id: recordId, kind: "ledger", value: JSON.stringify(personal) }];
      const sealed = Object.fromEntries(fields.map((id) => [id, recordId]));
      const outcome = await terminal.send(type, make(open, sealed), { mode: "record", personal: records });
      const isDone = outcome.status === "accepted" || outcome.status === "kept";
      setFault(isDone ? null : outcome.status === "refused" ? `refusal:${outcome.refusal.code}` : "ledgers:notKept");
      return isDone;
    },
    [terminal],
  );
  return { write, fault };
};
