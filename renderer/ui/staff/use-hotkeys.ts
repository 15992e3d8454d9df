import { useEffectEvent, useLayoutEffect } from "react";
import { judgeKey, type HotkeyName } from "./hotkeys.ts";

/** True while a dialog lies over the screen: its keys come first. */
const isDialogOpen = (): boolean => document.querySelector("dialog[open]") !== null;

/** Binds keys to acts as long as the screen is shown. A null act only keeps the browser from using the key. */
export const useHotkeys = (acts: Readonly<Record<HotkeyName, (() => void) | null>>): void => {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { verdict, name } = judgeKey(event, new Set(Object.keys(acts)), isDialogOpen());
    if (verdict === "leave" || name === null) return;
    event.preventDefault();
    if (verdict === "run") acts[name]?.();
  });
  // Not a moment later than the screen is there: whoever sees it may press.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
};
