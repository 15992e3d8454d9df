import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons.tsx";
import { CandidateBar } from "./ime/candidate-bar.tsx";
import type { SpelledWord } from "./ime/candidates.ts";
import { codeRows, digitRows, latinRows, pressKey, type ScreenKey } from "./keyboard-layout.ts";
import { usePublicLanguage } from "./settings.tsx";

const rowsOf = { latin: latinRows, codes: codeRows, digits: digitRows };

const keyOf = (key: ScreenKey): string => ("types" in key ? key.types : key.does);

/**
 * The screen's own keyboard: no settings, no voice, nothing kept of what was typed; types into `value`. The letters at
 * the end of the text become Chinese by choosing; who writes Latin switches that off.
 * @param names whose pieces are words here (the catalogue); left out where nobody searches for services
 */
export const OnScreenKeyboard = ({
  value,
  onChange,
  maxLength,
  layout = "latin",
  names = noNames,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  /** `codes`: letters and digits for codes and numbers, without Chinese. */
  readonly layout?: "latin" | "codes" | "digits";
  readonly names?: readonly SpelledWord[];
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const [isChinese, setChinese] = useState(language === "zh-CN");
  const hasChinese = layout === "latin";
  const face = (key: ScreenKey): ReactElement | string => {
    if ("types" in key) return key.types.toUpperCase();
    if (key.does === "backspace") return <Icon name="backspace" />;
    return key.does === "clear" ? t("public:keyboard.clear") : t("public:keyboard.space");
  };
  return (
    // Latin letters and digits stand from left to right whichever way the lines of the screen run.
    <div className="keyboard" dir="ltr" role="group" aria-label={t("public:keyboard.label")}>
      {hasChinese && isChinese && (
        <CandidateBar value={value} onChange={onChange} maxLength={maxLength} names={names} />
      )}
      {rowsOf[layout].map((keys, row, rows) => (
        <div className="keyboard-row" key={keys.map(keyOf).join("")}>
          {hasChinese && row === rows.length - 1 && (
            <button
              type="button"
              className="keyboard-wide"
              aria-pressed={isChinese}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => setChinese(!isChinese)}
            >
              {isChinese ? t("public:keyboard.chinese") : t("public:keyboard.latin")}
            </button>
          )}
          {keys.map((key) => (
            <button
              key={keyOf(key)}
              type="button"
              className={"does" in key && layout !== "digits" ? "keyboard-wide" : ""}
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

const noNames: readonly SpelledWord[] = [];
