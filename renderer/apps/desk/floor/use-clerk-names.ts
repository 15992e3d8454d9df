import { useEffect, useState } from "react";
import { clerkListSchema, DESK_CLERKS_PATH } from "../../../../shared/contract/desk-floor.ts";
import { useLink, useTerminal } from "../../../ui/hooks.ts";
import { askDesk } from "../ask-desk.ts";

/** Clerk id → name: events carry ids only. Empty until the node has answered; asked again when the line is back. */
export const useClerkNames = (): ReadonlyMap<string, string> => {
  const terminal = useTerminal();
  const link = useLink();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (link !== "online") return undefined;
    let isCurrent = true;
    void askDesk(terminal, DESK_CLERKS_PATH, clerkListSchema).then((answer) => {
      if (isCurrent && answer.ok) setNames(new Map(answer.value.clerks.map(({ clerkId, name }) => [clerkId, name])));
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, link]);
  return names;
};
