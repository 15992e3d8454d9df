import { lazy, Suspense, type ReactNode } from "react";
import { useLive, useTerminal } from "../hooks.ts";

const OutOfService = lazy(async () => ({ default: (await import("./out-of-service.tsx")).OutOfService }));

/** The screen of a terminal, as long as the hall has not put it out of service. What it holds goes on being sent either way. */
export const InService = ({ isPublic, children }: { readonly isPublic: boolean; readonly children: ReactNode }) => {
  const { isLocked } = useLive(useTerminal().standing);
  if (!isLocked) return children;
  return (
    <Suspense fallback={null}>
      <OutOfService isPublic={isPublic} />
    </Suspense>
  );
};
