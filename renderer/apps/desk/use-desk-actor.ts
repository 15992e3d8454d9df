import { useMemo } from "react";
import type { Actor } from "../../../shared/domain/identity/roles.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";

/** Who acts at this desk: what the node takes it for, so that buttons and refusals go by the same rules. */
export const useDeskActor = (): Actor => {
  const terminal = useTerminal();
  const department = useLive(terminal.department);
  const clerk = useLive(terminal.clerk);
  const clerkId = clerk?.clerkId ?? null;
  const duty = clerk?.duty ?? "clerk";
  return useMemo(
    () => ({
      role: "desk",
      deviceId: terminal.info.credentials?.deviceId ?? null,
      clerkId,
      counterId: null,
      department,
      duty,
    }),
    [terminal, department, clerkId, duty],
  );
};
