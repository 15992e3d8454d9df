import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../shared/basics/time.ts";
import { useConnection, useLive, useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { LanguageChooser } from "../../ui/public/language-chooser.tsx";
import { Name } from "../../ui/public/local-name.tsx";
import { RowBoundary } from "../../ui/public/row-boundary.tsx";
import {
  nextScale,
  PublicSettingsProvider,
  usePublicSettings,
  type PublicLanguage,
  type PublicTheme,
} from "../../ui/public/settings.tsx";
import { useHelp } from "../../ui/public/use-help.ts";
import { useNow } from "../../ui/use-now.ts";
import { boardLines, lastCalls, shownCall, staleSince, type BoardLine, type BoardRow } from "./board-model.ts";
import { useAnnouncements } from "./use-announcements.ts";
import { useVoice } from "./use-voice.ts";
import type { VoiceState } from "./web-audio-port.ts";
import "../../ui/public/public.css";
import "./board.css";

const THEME_DRAFT = "display.theme";
const ROWS_SHOWN = 9;
const LINES_A_PAGE = 4;
const PAGE_MS = 10_000;
const CONTROLS_MS = 10_000;

const isTheme = (draft: unknown): draft is PublicTheme =>
  draft === "standard" || draft === "dark" || draft === "contrast";
const nextTheme: Readonly<Record<PublicTheme, PublicTheme>> = {
  standard: "dark",
  dark: "contrast",
  contrast: "standard",
};

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

const NowCalled = ({
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
        <span className="board-label">{isAgain ? t("display:calledAgain") : t("display:called")}</span>
        <strong>{call.number}</strong>
      </div>
      <svg className="board-arrow" viewBox="0 0 60 40" aria-hidden="true">
        <path d="M2 14h32V3l24 17-24 17V26H2z" fill="currentColor" />
      </svg>
      <div className="board-now-counter">
        <span className="board-label">
          {t("display:counter")}
          {inSecond !== null && <span lang={second ?? undefined}> {inSecond("display:counter")}</span>}
        </span>
        <strong>{counterNumber}</strong>
      </div>
    </section>
  );
};

const Row = ({ row }: { readonly row: BoardRow }): ReactElement => {
  const { t } = useTranslation();
  return (
    <li>
      <strong>{row.call.number}</strong>
      <svg className="board-arrow" viewBox="0 0 60 40" aria-hidden="true">
        <path d="M2 14h32V3l24 17-24 17V26H2z" fill="currentColor" />
      </svg>
      <span className="board-row-counter">{t("display:counterNumber", { number: row.counterNumber })}</span>
    </li>
  );
};

const Line = ({ line }: { readonly line: BoardLine }): ReactElement => {
  const { t } = useTranslation();
  return (
    <li>
      <p className="board-line-name">
        <span className="board-letter">{line.businessId}</span>
        <span className="board-line-text">
          <Name of={line} />
        </span>
        <span className="board-line-count">{t("display:waiting", { count: line.waiting })}</span>
      </p>
      <p className="board-line-next">
        {line.next.length === 0 ? (
          <span className="board-line-none">{t("display:nobodyWaiting")}</span>
        ) : (
          line.next.map((number) => <strong key={number}>{number}</strong>)
        )}
      </p>
    </li>
  );
};

const Notices = ({ voice, now }: { readonly voice: VoiceState; readonly now: number }): ReactElement => {
  const { t } = useTranslation();
  const notices = [t("display:notices.listen"), t("display:notices.missed"), t("display:notices.help")];
  const shown = notices[Math.floor(now / PAGE_MS) % notices.length];
  return (
    <footer className="board-notices">
      <span>{shown}</span>
      {(voice === "blocked" || voice === "none") && (
        <span className="board-mute" role="status">
          <Icon name="warning" />
          {voice === "blocked" ? t("display:voice.blocked") : t("display:voice.none")}
        </span>
      )}
    </footer>
  );
};

/** For whoever sets the board up, or stands before it: shown on a touch, gone by themselves. */
const Controls = ({ onTouched }: { readonly onTouched: () => void }): ReactElement | null => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { settings, change } = usePublicSettings();
  const help = useHelp(terminal.info.terminalName ?? t("display:place"));
  const [isShown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const show = (): void => {
      onTouched();
      setShown(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setShown(false), CONTROLS_MS);
    };
    window.addEventListener("pointerdown", show);
    window.addEventListener("keydown", show);
    return () => {
      window.removeEventListener("pointerdown", show);
      window.removeEventListener("keydown", show);
      clearTimeout(timer.current);
    };
  }, [onTouched]);
  const changeTheme = (): void => {
    const theme = nextTheme[settings.theme];
    change({ theme });
    terminal.writeDraft(THEME_DRAFT, theme).catch(() => undefined);
  };
  const themes: Readonly<Record<PublicTheme, string>> = {
    standard: t("display:theme.standard"),
    dark: t("display:theme.dark"),
    contrast: t("display:theme.contrast"),
  };
  if (!isShown) return null;
  return (
    <nav className="service-bar board-controls" aria-label={t("public:bar.label")}>
      <LanguageChooser />
      <button
        type="button"
        aria-pressed={settings.scale !== 100}
        onClick={() => change({ scale: nextScale[settings.scale] })}
      >
        <Icon name="textSize" />
        {t("public:bar.textSize", { percent: settings.scale })}
      </button>
      <button type="button" onClick={changeTheme}>
        <Icon name="contrast" />
        {themes[settings.theme]}
      </button>
      <button type="button" className="service-bar-help" onClick={help.call}>
        <Icon name="helper" />
        {help.status === "none"
          ? t("public:bar.help")
          : help.status === "asked"
            ? t("public:help.asked")
            : help.status === "answered"
              ? t("public:help.answered")
              : help.status === "undelivered"
                ? t("public:help.undelivered")
                : t("public:help.failed")}
      </button>
    </nav>
  );
};

const Board = (): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const state = useLive(terminal.hall);
  const connection = useConnection();
  const { change } = usePublicSettings();
  const now = useNow();
  const [startedAt] = useState(() => terminal.now());
  const { plan } = state;

  useEffect(() => {
    void terminal
      .readDraft(THEME_DRAFT)
      .then((draft) => {
        if (isTheme(draft)) change({ theme: draft });
      })
      .catch(() => undefined);
  }, [terminal, change]);

  const counterNumberOf = useCallback(
    (counterId: string) =>
      terminal.hall.get().plan?.counters.find((counter) => counter.id === counterId)?.number ?? null,
    [terminal],
  );
  const voice = useVoice(plan?.settings.voiceLanguages, counterNumberOf);
  const queue = useAnnouncements(voice.speak);

  const shown = useMemo(() => shownCall(queue, state), [queue, state]);
  const rows = useMemo(
    () => lastCalls(state, ROWS_SHOWN).filter((row) => row.call.ticketId !== shown?.call.ticketId),
    [state, shown],
  );
  const lines = useMemo(() => boardLines(state), [state]);
  const pages = Math.max(1, Math.ceil(lines.length / LINES_A_PAGE));
  const page = Math.floor(now / PAGE_MS) % pages;
  const offset = plan?.utcOffsetMinutes ?? 480;
  const stale = staleSince(connection, startedAt, now);
  const isNeverHeard = connection.lastHeardAt === null;

  return (
    <div className="public board" data-stale={stale !== null}>
      <header>
        <div className="board-header">
          <span className="board-hall">
            {plan === null ? (terminal.info.hallName ?? t("public:hall")) : <Name of={plan} />}
          </span>
          {plan?.sample === true && <span className="sample-mark">{t("public:sample")}</span>}
          <time className="board-clock">
            <span>{dayOf(now, offset)}</span> <strong>{clockOf(now, offset)}</strong>
          </time>
        </div>
        {stale !== null && (
          <p className="board-stale" role="alert">
            <Icon name="warning" />
            {connection.link === "rejected"
              ? t("display:rejected")
              : isNeverHeard
                ? t("display:neverHeard")
                : t("display:stale", { time: clockOf(stale, offset) })}
          </p>
        )}
      </header>
      <main className="board-main">
        <h1 className="visually-hidden">{t("display:title")}</h1>
        <RowBoundary tryAgain={shown?.call.seqKey}>
          <NowCalled row={shown} isAnnouncing={queue.current !== null} />
        </RowBoundary>
        <section className="board-last" aria-labelledby="board-last">
          <h2 id="board-last">{t("display:last")}</h2>
          <ul>
            {rows.map((row) => (
              <RowBoundary key={row.call.ticketId} tryAgain={row.call.seqKey}>
                <Row row={row} />
              </RowBoundary>
            ))}
          </ul>
        </section>
        <section className="board-next" aria-labelledby="board-next">
          <h2 id="board-next">{t("display:next")}</h2>
          <ul>
            {lines.slice(page * LINES_A_PAGE, (page + 1) * LINES_A_PAGE).map((line) => (
              <RowBoundary key={line.businessId} tryAgain={line}>
                <Line line={line} />
              </RowBoundary>
            ))}
          </ul>
        </section>
      </main>
      <Notices voice={voice.state} now={now} />
      <Controls onTouched={voice.unlock} />
    </div>
  );
};

/** The board of the waiting area: calls large and spoken, the last ones, and who is next. */
export const App = (): ReactElement | null => {
  const { ready } = useTranslation(["public", "display"]);
  return ready ? (
    <PublicSettingsProvider>
      <Board />
    </PublicSettingsProvider>
  ) : null;
};
