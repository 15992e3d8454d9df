import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons.tsx";
import { digitRows, latinRows, pressKey, type ScreenKey } from "./keyboard-layout.ts";

const keyOf = (key: ScreenKey): string => ("types" in key ? key.types : key.does);

/** The screen's own keyboard: no settings, no suggestions, no voice; types into `value`. */
export const OnScreenKeyboard = ({
  value,
  onChange,
  maxLength,
  layout = "latin",
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  readonly layout?: "latin" | "digits";
}): ReactElement => {
  const { t } = useTranslation();
  const face = (key: ScreenKey): ReactElement | string => {
    if ("types" in key) return key.types.toUpperCase();
    if (key.does === "backspace") return <Icon name="backspace" />;
    return key.does === "clear" ? t("public:keyboard.clear") : t("public:keyboard.space");
  };
  return (
    <div className="keyboard" role="group" aria-label={t("public:keyboard.label")}>
      {(layout === "latin" ? latinRows : digitRows).map((keys) => (
        <div className="keyboard-row" key={keys.map(keyOf).join("")}>
          {keys.map((key) => (
            <button
              key={keyOf(key)}
              type="button"
              className={"does" in key && layout === "latin" ? "keyboard-wide" : ""}
              aria-label={"does" in key && key.does === "backspace" ? t("public:keyboard.backspace") : undefined}
              // The field keeps the focus, so that a plugged-in keyboard and a screen reader stay in it.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChange(pressKey(value, key, maxLength))}
            >
              {face(key)}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
};
