import { useEffect, useRef, type ReactElement } from "react";
import { CountdownDialog } from "./countdown-dialog.tsx";

/** Lies over a public screen that rests; there is nothing to press, it goes away by itself. */
export const PauseDialog = ({ secondsLeft }: { readonly secondsLeft: number }): ReactElement => {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return <CountdownDialog about="pause" secondsLeft={secondsLeft} title={title} />;
};
