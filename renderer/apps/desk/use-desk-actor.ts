import { useMemo } from "react";
import type { Actor } from "../../../shared/domain/identity/roles.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";

/** Who acts at this desk: what the node takes it for, so that buttons and refusals go by the same rules. */
export const useDeskActor = (): Actor => {
  const terminal = useTerminal();
  const department = useLive(terminal.department);
  const clerkId = useLive(terminal.clerk)?.clerkId ?? null;
  return useMemo(
    () => ({
      role: "desk",
      deviceId: terminal.info.credentials?.deviceId ?? null,
      clerkId,
      counterId: null,
      department,
    }),
    [terminal, department, clerkId],
  );
};
