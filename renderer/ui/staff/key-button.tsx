import type { ReactNode } from "react";

interface KeyButtonProps {
  /** Shown on the button; the screen binds it by useHotkeys. */
  readonly hotkey: string;
  readonly icon?: ReactNode;
  readonly label: string;
  readonly tone?: "main" | "plain" | "danger";
  /** Not possible now. The button keeps the focus all the same, so that a keyboard user is never thrown out. */
  readonly off?: boolean;
  readonly busy?: boolean;
  readonly home?: boolean;
  readonly onPress: () => void;
}

/** A big act of the screen with its key written on it. */
export const KeyButton = ({ hotkey, icon, label, tone = "plain", off, busy, home, onPress }: KeyButtonProps) => (
  <button
    type="button"
    className={`key-button key-button-${tone}`}
    aria-disabled={off === true || busy === true}
    aria-keyshortcuts={hotkey}
    aria-busy={busy === true}
    {...(home === true ? { "data-home-focus": true } : {})}
    onClick={() => {
      if (off !== true && busy !== true) onPress();
    }}
  >
    <kbd>{hotkey}</kbd>
    {icon === undefined ? null : (
      <span className="key-button-icon" aria-hidden="true">
        {icon}
      </span>
    )}
    <span className="key-button-label">{label}</span>
  </button>
);
