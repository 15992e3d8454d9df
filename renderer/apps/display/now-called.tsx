import { useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import { usePublicSettings, type PublicLanguage } from "../../ui/public/settings.tsx";
import { BoardArrow } from "./board-arrow.tsx";
import type { BoardRow } from "./board-model.ts";

/** The board's second language, when calls are spoken in two. */
const useSecondLanguage = (): PublicLanguage | null => {
  const { language } = usePublicSettings().settings;
  const { i18n } = useTranslation();
  const languages = useLive(useTerminal().hall).plan?.settings.voiceLanguages ?? [];
  const second = languages.find((candidate) => candidate !== language) ?? null;
  const [loaded, setLoaded] = useState<PublicLanguage | null>(null);
  useEffect(() => {
    if (second === null) return;
    void i18n.loadLanguages(second).then(() => setLoaded(second));
  }, [i18n, second]);
  return second !== null && second === loaded ? second : null;
};

/** The upper part of the board: the call being announced, or the newest one. */
export const NowCalled = ({
  row,
  isAnnouncing,
}: {
  readonly row: BoardRow | null;
  readonly isAnnouncing: boolean;
}): ReactElement => {
  const { t, i18n } = useTranslation();
  const second = useSecondLanguage();
  if (row === null)
    return (
      <section className="board-now board-now-empty" aria-label={t("display:now")}>
        <p>{t("display:nobodyCalled")}</p>
      </section>
    );
  const { call, counterNumber } = row;
  const inSecond = second === null ? null : i18n.getFixedT(second, "display");
  const isAgain = call.times > 1;
  return (
    <section
      // A re-call is a new call: the blinking starts again.
      key={call.seqKey}
      className={isAnnouncing ? "board-now board-now-live" : "board-now"}
      data-again={isAgain}
      data-long={call.number.length > 4}
      aria-label={t("display:now")}
      aria-live="assertive"
    >
      <div className="board-now-number">
        <span className="board-label">
          {isAgain ? t("display:calledAgain") : t("display:called")}{" "}
          {inSecond !== null && (
            <bdi lang={second ?? undefined}>
              {isAgain ? inSecond("display:calledAgain") : inSecond("display:called")}
            </bdi>
          )}
        </span>
        <strong>{call.number}</strong>
      </div>
      <BoardArrow />
      <div className="board-now-counter">
        <span className="board-label">
          {t("display:counter")}{" "}
          {inSecond !== null && <bdi lang={second ?? undefined}>{inSecond("display:counter")}</bdi>}
        </span>
        <strong>{counterNumber}</strong>
      </div>
    </section>
  );
};
