/** A key as screens name it: `F2`, `Alt+1`. */
export type HotkeyName = string;

/** The part of a KeyboardEvent that matters here. */
export interface KeyPress {
  readonly key: string;
  /** The physical key: with Alt, some layouts give another character. */
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  /** The key is being held down. */
  readonly repeat: boolean;
  /** An input method is composing a word (Chinese input uses digits and function keys of its own). */
  readonly isComposing: boolean;
}

/** The name of the pressed key when it can be a hotkey: function keys alone, or Alt with a letter or digit. */
export const hotkeyOf = (press: KeyPress): HotkeyName | null => {
  if (press.ctrlKey || press.metaKey || press.shiftKey || press.isComposing) return null;
  if (/^F([1-9]|1[0-2])$/.test(press.key)) return press.altKey ? null : press.key;
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(press.code)?.[1];
  return press.altKey && letter !== undefined ? `Alt+${letter}` : null;
};

/**
 * What to do with a pressed key: `run` the act, only `swallow` what the browser would do with it (reload, find, help),
 * or `leave` it to the browser. Nothing runs from a held key or behind an open dialog.
 */
export const judgeKey = (
  press: KeyPress,
  bound: ReadonlySet<HotkeyName>,
  dialogOpen: boolean,
): { readonly verdict: "run" | "swallow" | "leave"; readonly name: HotkeyName | null } => {
  const name = hotkeyOf(press);
  if (name === null || !bound.has(name)) return { verdict: "leave", name };
  return { verdict: dialogOpen || press.repeat ? "swallow" : "run", name };
};
