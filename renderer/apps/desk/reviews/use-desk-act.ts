import { useCallback, useState } from "react";
import type { CommandData } from "../../../../shared/domain/hall/commands.ts";
import type { Refusal } from "../../../../shared/domain/hall/refusal.ts";
import type { rectificationCommandSchemas } from "../../../../shared/domain/rectification/commands.ts";
import { useTerminal } from "../../../ui/hooks.ts";

export type ReviewAct = Exclude<keyof typeof rectificationCommandSchemas, "EscalateRectification">;

/** Why the last act was not done: a refusal, or nobody to ask. */
export type ActFault = Refusal | "waits" | null;

export type RunAct = <T extends ReviewAct>(type: T, data: CommandData<T>) => Promise<boolean>;

/** Acts on orders and doubtful reviews: only the node may say whether they still fit. */
export const useDeskAct = (): { readonly run: RunAct; readonly fault: ActFault; readonly isBusy: boolean } => {
  const terminal = useTerminal();
  const [fault, setFault] = useState<ActFault>(null);
  const [isBusy, setBusy] = useState(false);
  const run = useCallback<RunAct>(
    async (type, data) => {
      setBusy(true);
      try {
        const outcome = await terminal.send(type, data, { mode: "claim" });
        setFault(
          outcome.status === "refused"
            ? outcome.refusal
            : outcome.status === "accepted" || outcome.status === "kept"
              ? null
              : "waits",
        );
        return outcome.status === "accepted" || outcome.status === "kept";
      } finally {
        setBusy(false);
      }
    },
    [terminal],
  );
  return { run, fault, isBusy };
};
