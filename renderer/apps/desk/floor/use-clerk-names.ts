import { useEffect, useState } from "react";
import { z } from "zod";
import { clerkListSchema, DESK_CLERKS_PATH } from "../../../../shared/contract/desk-floor.ts";
import { useLink, useTerminal } from "../../../ui/hooks.ts";
import { askDesk } from "../ask-desk.ts";

const KEPT = "desk.clerkNames";
const keptSchema = z.array(z.tuple([z.string(), z.string()])).catch([]);

/**
 * Clerk id → name: events carry ids only. Asked again when the line is back; without the node the names that this desk was
 * told last.
 */
export const useClerkNames = (): ReadonlyMap<string, string> => {
  const terminal = useTerminal();
  const link = useLink();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let isCurrent = true;
    void terminal
      .readDraft(KEPT)
      .then((kept) => {
        if (isCurrent) setNames((told) => (told.size > 0 ? told : new Map(keptSchema.parse(kept))));
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [terminal]);
  useEffect(() => {
    if (link !== "online") return undefined;
    let isCurrent = true;
    void askDesk(terminal, DESK_CLERKS_PATH, clerkListSchema).then((answer) => {
      if (!isCurrent || !answer.ok) return;
      const told = answer.value.clerks.map(({ clerkId, name }) => [clerkId, name] as const);
      setNames(new Map(told));
      // Only for a time without the node.
      terminal.writeDraft(KEPT, told).catch(() => undefined);
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, link]);
  return names;
};
