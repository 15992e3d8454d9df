import { useTranslation } from "react-i18next";
import { clockOf } from "../../../shared/basics/time.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { offlineLineOf } from "../../../shared/domain/queue/offline-line.ts";
import { useLink, useHall, useLive, useTerminal } from "../../ui/hooks.ts";
import { NoticeCard, RefusalCard, TerminalNotices } from "../../ui/staff/notices.tsx";
import { StartNotices } from "../../ui/staff/start-notices.tsx";
import { useNow } from "../../ui/use-now.ts";
import { lastReviewOf, undoableEndOf } from "./line-model.ts";
import type { ClerkActs, Saying } from "./use-clerk-acts.ts";

const openHelpOf = (state: HallState) =>
  [...state.help.values()].filter((help) => !help.answered).sort((left, right) => left.at - right.at);

const sayingKeys = (saying: Saying): { readonly title: string; readonly text: string } => {
  switch (saying) {
    case "notKept":
      return { title: "window:say.notKeptTitle", text: "window:say.notKept" };
    case "needsNode":
      return { title: "window:say.needsNodeTitle", text: "window:say.needsNode" };
    case "onItsWay":
      return { title: "window:say.onItsWayTitle", text: "window:say.onItsWay" };
    case "nobodyOffline":
      return { title: "window:say.nobodyOfflineTitle", text: "window:say.nobodyOffline" };
    case "offlineCalled":
      return { title: "window:say.offlineCalledTitle", text: "window:say.offlineCalled" };
    case "holdsTicket":
      return { title: "window:say.holdsTicketTitle", text: "window:say.holdsTicket" };
  }
};

/** While the node is out of reach: what goes on, and what is limited. Goes away by itself with the outage. */
const OfflineNotice = ({ counterId }: { readonly counterId: string }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const link = useLink();
  const hall = useLive(terminal.hall);
  if (link === "rejected")
    return (
      <NoticeCard tone="alarm" title={t("window:offline.rejectedTitle")}>
        {t("window:offline.rejected")}
      </NoticeCard>
    );
  if (link !== "offline") return null;
  const n = offlineLineOf(hall, counterId).length;
  return (
    <NoticeCard tone="alarm" title={t("window:offline.title")}>
      {n === 0 ? t("window:offline.textNone") : t("window:offline.text", { n })}
    </NoticeCard>
  );
};

/** What a clerk may know of the review: asked for, and over. */
const ReviewNotice = ({ counterId }: { readonly counterId: string }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const now = useNow(1_000);
  const review = lastReviewOf(hall, counterId, now);
  if (review === null) return null;
  return (
    <p className="review-news">
      {review.state === "invited"
        ? t("window:review.invited", { number: review.number ?? "" })
        : t("window:review.over", { number: review.number ?? "" })}
    </p>
  );
};

/** For the moments after an end: a mis-click is taken back, and the service goes on since when it began. */
const UndoEnd = ({ counterId, acts }: { readonly counterId: string; readonly acts: ClerkActs }) => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const now = useNow(1_000);
  const ticket = undoableEndOf(hall, counterId, now);
  if (ticket === null) return null;
  return (
    <p className="review-news">
      {t("window:undo.ended", { number: ticket.number })}{" "}
      <button
        type="button"
        className="small-button"
        onClick={() => void acts.run("ReopenService", { ticketId: ticket.id, counterId })}
      >
        {t("window:undo.take")}
      </button>
    </p>
  );
};

/** The upper right: everything a clerk should know now; what needs an answer is first. */
export const SideNotices = ({ counterId, acts }: { readonly counterId: string; readonly acts: ClerkActs }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const help = useHall(openHelpOf);
  const offset = useLive(terminal.hall).plan?.utcOffsetMinutes ?? 480;
  return (
    <section className="side-notices" aria-label={t("window:notices.label")} aria-live="polite">
      <OfflineNotice counterId={counterId} />
      {acts.openCall === null ? null : (
        <NoticeCard
          tone="alarm"
          title={t("window:unanswered.title")}
          actions={
            <button type="button" className="small-button" onClick={acts.askAboutOpenCall}>
              {t("window:unanswered.decide")}
            </button>
          }
        >
          {t("window:unanswered.text")}
        </NoticeCard>
      )}
      {help.map((request) => (
        <NoticeCard
          key={request.id}
          tone="warn"
          title={t("window:help.title", {
            place: request.place === "" ? t("window:help.somewhere") : request.place,
            time: clockOf(request.at, offset),
          })}
          actions={
            <button
              type="button"
              className="small-button"
              onClick={() => void acts.run("AnswerHelp", { helpId: request.id })}
            >
              {t("window:help.go")}
            </button>
          }
        >
          {t("window:help.text")}
        </NoticeCard>
      ))}
      {acts.sayings.map((saying) => {
        const { title, text } = sayingKeys(saying);
        return (
          <NoticeCard key={saying} tone="warn" title={t(title)} onClose={() => acts.unsay(saying)}>
            {t(text)}
          </NoticeCard>
        );
      })}
      {acts.refusals.map(({ id, at, type, refusal }) => (
        <RefusalCard key={id} act={type} at={at} refusal={refusal} onClose={() => acts.closeRefusal(id)} />
      ))}
      <TerminalNotices />
      <StartNotices />
      <UndoEnd counterId={counterId} acts={acts} />
      <ReviewNotice counterId={counterId} />
    </section>
  );
};
