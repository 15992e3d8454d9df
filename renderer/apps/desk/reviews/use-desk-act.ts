import { useCallback, useState } from "react";
import type { PersonalRecord } from "../../../../shared/contract/api.ts";
import type { CommandData, CommandType } from "../../../../shared/domain/hall/commands.ts";
import type { Refusal } from "../../../../shared/domain/hall/refusal.ts";
import type { SendOutcome } from "../../../store/terminal.ts";
import { useTerminal } from "../../../ui/hooks.ts";

/** Why the last act was not done: a refusal, or nobody to ask. */
export type ActFault = Refusal | "waits" | null;

/** Why an act that was sent is not done; null: it is. */
export const faultOf = (outcome: SendOutcome): ActFault => {
  if (outcome.status === "refused") return outcome.refusal;
  return outcome.status === "accepted" || outcome.status === "kept" ? null : "waits";
};

export type RunAct = <T extends CommandType>(
  type: T,
  data: CommandData<T>,
  personal?: readonly PersonalRecord[],
) => Promise<boolean>;

/** Acts of the desk: only the node may say whether they still fit. */
export const useDeskAct = (): { readonly run: RunAct; readonly fault: ActFault; readonly isBusy: boolean } => {
  const terminal = useTerminal();
  const [fault, setFault] = useState<ActFault>(null);
  const [isBusy, setBusy] = useState(false);
  const run = useCallback<RunAct>(
    async (type, data, personal = []) => {
      setBusy(true);
      try {
        const failed = faultOf(await terminal.send(type, data, { mode: "claim", personal }));
        setFault(failed);
        return failed === null;
      } finally {
        setBusy(false);
      }
    },
    [terminal],
  );
  return { run, fault, isBusy };
};
