import type { ReactElement } from "react";
import { useConnectionPart } from "../hooks.ts";

/**
 * What the hall's technician has to know of a line that is down and the public need not read: T1, what answers at the node's
 * address is not whom this terminal believes. docs/operations.md says what to do about each code.
 */
export const FaultCode = (): ReactElement | null =>
  useConnectionPart("isNodeDistrusted") ? (
    <span className="public-code" aria-hidden="true" data-fault="T1">
      T1
    </span>
  ) : null;
