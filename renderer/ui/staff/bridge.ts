import type { StaffBridge } from "../../../shared/contract/ipc.ts";

/** The main process as staff screens see it; undefined in a plain browser, where there is none. */
export const findStaffBridge = (): StaffBridge | undefined =>
  (globalThis as unknown as { terminal?: StaffBridge }).terminal;
