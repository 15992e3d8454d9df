import { useEffect, type ReactNode } from "react";
import { useTerminal } from "../hooks.ts";
import { IdleLock, type LeaveLocked } from "./idle-lock.tsx";
import "./staff.css";

interface StaffShellProps {
  readonly title: string;
  /** How a clerk is signed out whose screen is locked, where that takes more than to sign out. */
  readonly leave?: LeaveLocked;
  readonly children: ReactNode;
}

/** The frame of every staff screen: the lock over it when nobody is there, and the window's title. */
export const StaffShell = ({ title, leave, children }: StaffShellProps) => {
  const terminal = useTerminal();

  const signOut = async (): Promise<null> => {
    await terminal.logout();
    return null;
  };

  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <>
      {children}
      <IdleLock leave={leave ?? signOut} />
    </>
  );
};
