import { formatTimer } from "../../ui/staff/duration.ts";
import { useNow } from "../../ui/use-now.ts";

/** The time since an instant, running. Alone in its component, because it is drawn every second. */
export const Timer = ({ since, label }: { readonly since: number; readonly label: string }) => {
  const now = useNow(1_000);
  return (
    <span className="timer">
      <small>{label}</small>
      <time>{formatTimer(now - since)}</time>
    </span>
  );
};
