import { type ReactNode } from "react";
import { useLive, useTerminal } from "../hooks.ts";
import { later } from "../later.tsx";

const OutOfService = later(async () => (await import("./out-of-service.tsx")).OutOfService);

/** The screen of a terminal, as long as the hall has not put it out of service. What it holds goes on being sent either way. */
export const InService = ({ isPublic, children }: { readonly isPublic: boolean; readonly children: ReactNode }) => {
  const { isLocked } = useLive(useTerminal().standing);
  if (!isLocked) return children;
  return <OutOfService isPublic={isPublic} />;
};
