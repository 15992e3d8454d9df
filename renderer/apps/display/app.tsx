import { useCallback, useEffect, useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { clockOf } from "../../../shared/basics/time.ts";
import { volumeAt, zonesOf } from "../../../shared/domain/board/board-settings.ts";
import { useConnection, useLive, useTerminal } from "../../ui/hooks.ts";
import { dateOf } from "../../ui/public/hall-time.ts";
import { useNotices } from "../../ui/public/hall-notices.tsx";
import { FaultCode } from "../../ui/public/fault-code.tsx";
import { Icon } from "../../ui/public/icons.tsx";
import { Name } from "../../ui/public/local-name.tsx";
import { RowBoundary } from "../../ui/public/row-boundary.tsx";
import {
  PublicSettingsProvider,
  usePublicSettings,
  type PublicSettings,
  type TextScale,
} from "../../ui/public/settings.tsx";
import { useNow } from "../../ui/use-now.ts";
import { BoardArrow } from "./board-arrow.tsx";
import { BoardControls } from "./board-controls.tsx";
import { boardLines, rowPages, scopeOf, shownCall, staleSince, type BoardLine, type BoardRow } from "./board-model.ts";
import { BoardNotices, UrgentNotices } from "./board-notices.tsx";
import { BoardVideo, useVideos } from "./board-video.tsx";
import { NowCalled } from "./now-called.tsx";
import { useAnnouncements } from "./use-announcements.ts";
import { useVoice } from "./use-voice.ts";
import "../../ui/public/public.css";
import "./board.css";

const LOOK_DRAFT = "display.look";
const PAGE_MS = 10_000;
const rowsAPage: Readonly<Record<TextScale, number>> = { 100: 8, 150: 3, 200: 2 };
const linesAPage: Readonly<Record<TextScale, number>> = { 100: 4, 150: 2, 200: 1 };
const linesBesideVideo: Readonly<Record<TextScale, number>> = { 100: 2, 150: 1, 200: 1 };

const lookSchema = z.object({
  theme: z.enum(["standard", "contrast", "dark"]),
  scale: z.union([z.literal(100), z.literal(150), z.literal(200)]),
});

/** The look that was chosen for this board; it stays over restarts, unlike that of a screen that somebody uses. */
const useKeptLook = (): ((part: Partial<PublicSettings>) => void) => {
  const terminal = useTerminal();
  const { settings, change } = usePublicSettings();
  useEffect(() => {
    void terminal.readDraft(LOOK_DRAFT).then(
      (draft) => {
        const look = lookSchema.safeParse(draft);
        if (look.success) change(look.data);
      },
      () => undefined,
    );
  }, [terminal, change]);
  return useCallback(
    (part) => {
      const { theme, scale } = { ...settings, ...part };
      change(part);
      terminal.writeDraft(LOOK_DRAFT, { theme, scale }).catch(() => undefined);
    },
    [terminal, settings, change],
  );
};

const Row = ({ row }: { readonly row: BoardRow }): ReactElement => {
  const { t } = useTranslation();
  return (
    <li>
      <strong>{row.call.number}</strong>
      <BoardArrow />
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

const PageMark = ({ page, pages }: { readonly page: number; readonly pages: number }): ReactElement | null =>
  pages < 2 ? null : <bdi className="board-page">{`${String(page + 1)}/${String(pages)}`}</bdi>;

const Board = (): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const state = useLive(terminal.hall);
  const connection = useConnection();
  const { language, scale } = usePublicSettings().settings;
  const chooseLook = useKeptLook();
  const now = useNow();
  const [startedAt] = useState(() => terminal.now());
  const { plan } = state;
  const offset = plan?.utcOffsetMinutes ?? 480;

  const { name } = useLive(terminal.standing);
  const settings = plan?.settings.board;
  const scope = useMemo(() => scopeOf(plan, zonesOf(settings, name)), [plan, settings, name]);
  const counterNumberOf = useCallback(
    (counterId: string) =>
      terminal.hall.get().plan?.counters.find((counter) => counter.id === counterId)?.number ?? null,
    [terminal],
  );
  const volumeNow = useCallback(
    () => volumeAt(settings, clockOf(terminal.now(), offset)),
    [settings, terminal, offset],
  );
  const voice = useVoice(plan?.settings.voiceLanguages, counterNumberOf, volumeNow);
  const queue = useAnnouncements(voice.speak, scope);

  const videos = useVideos();
  const [unplayable, setUnplayable] = useState<readonly string[] | null>(null);
  const hasVideo = videos.length > 0 && videos !== unplayable;
  const noVideo = useCallback(() => setUnplayable(videos), [videos]);

  const shown = useMemo(() => shownCall(queue, state, scope), [queue, state, scope]);
  const pagesOfRows = useMemo(
    () => rowPages(state, scope, shown?.call.ticketId ?? null, rowsAPage[scale]),
    [state, scope, shown, scale],
  );
  const turn = Math.floor(now / PAGE_MS);
  const rowPage = turn % pagesOfRows.length;
  const lines = useMemo(() => boardLines(state, scope), [state, scope]);
  const linesShown = (hasVideo ? linesBesideVideo : linesAPage)[scale];
  const linePages = Math.max(1, Math.ceil(lines.length / linesShown));
  const linePage = turn % linePages;
  const notices = useNotices("board");
  const stale = staleSince(connection, startedAt, now);

  return (
    <div className="public board" data-stale={stale !== null} data-video={hasVideo}>
      <header>
        <div className="board-header">
          <span className="board-hall">
            {plan === null ? (terminal.info.hallName ?? t("public:hall")) : <Name of={plan} />}
          </span>
          {plan?.sample === true && <span className="sample-mark">{t("public:sample")}</span>}
          <time className="board-clock">
            <span>{dateOf(now, offset, language)}</span> <strong>{clockOf(now, offset)}</strong>
          </time>
        </div>
        {stale !== null && (
          <p className="board-stale" role="alert">
            <Icon name="warning" />
            {connection.link === "rejected"
              ? t("display:rejected")
              : connection.lastHeardAt === null
                ? t("display:neverHeard")
                : t("display:stale", { time: clockOf(stale, offset) })}
            <FaultCode />
          </p>
        )}
        <UrgentNotices notices={notices} />
      </header>
      <main className="board-main">
        <h1 className="visually-hidden">{t("display:title")}</h1>
        <RowBoundary tryAgain={shown?.call.seqKey}>
          <NowCalled row={shown} isAnnouncing={queue.current !== null} />
        </RowBoundary>
        <section className="board-last" aria-labelledby="board-last">
          <h2 id="board-last">
            {t("display:last")} <PageMark page={rowPage} pages={pagesOfRows.length} />
          </h2>
          {shown && pagesOfRows[0]?.length === 0 && <p className="board-last-none">{t("display:noneBefore")}</p>}
          <ul>
            {(pagesOfRows[rowPage] ?? []).map((row) => (
              <RowBoundary key={row.call.ticketId} tryAgain={row.call.seqKey}>
                <Row row={row} />
              </RowBoundary>
            ))}
          </ul>
        </section>
        <div className="board-side">
          {hasVideo && <BoardVideo key={videos.join("/")} videos={videos} onNone={noVideo} />}
          <section className="board-next" aria-labelledby="board-next">
            <h2 id="board-next">
              {t("display:next")} <PageMark page={linePage} pages={linePages} />
            </h2>
            <ul>
              {lines.slice(linePage * linesShown, (linePage + 1) * linesShown).map((line) => (
                <RowBoundary key={line.businessId} tryAgain={line}>
                  <Line line={line} />
                </RowBoundary>
              ))}
            </ul>
          </section>
        </div>
      </main>
      <BoardNotices notices={notices} voice={voice.state} turn={turn} />
      <BoardControls onTouched={voice.unlock} onChosen={chooseLook} />
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
