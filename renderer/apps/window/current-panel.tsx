import { Icon } from "../../ui/staff/icon.tsx";
import BellOutlined from "@ant-design/icons-svg/es/asn/BellOutlined";
import CheckCircleOutlined from "@ant-design/icons-svg/es/asn/CheckCircleOutlined";
import PauseCircleOutlined from "@ant-design/icons-svg/es/asn/PauseCircleOutlined";
import PlayCircleOutlined from "@ant-design/icons-svg/es/asn/PlayCircleOutlined";
import SoundOutlined from "@ant-design/icons-svg/es/asn/SoundOutlined";
import SwapOutlined from "@ant-design/icons-svg/es/asn/SwapOutlined";
import InboxOutlined from "@ant-design/icons-svg/es/asn/InboxOutlined";
import UserDeleteOutlined from "@ant-design/icons-svg/es/asn/UserDeleteOutlined";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../shared/domain/hall/plan.ts";
import type { CounterState, Ticket } from "../../../shared/domain/queue/ticket.ts";
import { KeyButton } from "../../ui/staff/key-button.tsx";
import { localName } from "../../ui/staff/local-name.ts";
import { TicketMark } from "../../ui/staff/ticket-mark.tsx";
import { keyOf, type WindowAct } from "./keys.ts";
import { Timer } from "./timer.tsx";

/** So many calls without an answer suggest a no-show (field.md: three calls, then missed). */
const CALLS_BEFORE_MISS = 3;

interface CurrentPanelProps {
  readonly plan: HallPlan | null;
  readonly counter: CounterState;
  readonly ticket: Ticket | undefined;
  readonly next: Ticket | undefined;
  readonly waiting: number;
  readonly possible: ReadonlySet<WindowAct>;
  readonly busyAct: WindowAct | null;
  readonly busy: boolean;
  readonly onAct: (act: WindowAct) => void;
  readonly onCancel: (ticket: Ticket) => void;
}

const buttons: readonly { readonly act: WindowAct; readonly icon: ReactNode; readonly key: string }[] = [
  { act: "callNext", icon: <Icon of={BellOutlined} />, key: "window:act.callNext" },
  { act: "recall", icon: <Icon of={SoundOutlined} />, key: "window:act.recall" },
  { act: "begin", icon: <Icon of={PlayCircleOutlined} />, key: "window:act.begin" },
  { act: "end", icon: <Icon of={CheckCircleOutlined} />, key: "window:act.end" },
  { act: "miss", icon: <Icon of={UserDeleteOutlined} />, key: "window:act.miss" },
  { act: "park", icon: <Icon of={InboxOutlined} />, key: "window:act.park" },
  { act: "transfer", icon: <Icon of={SwapOutlined} />, key: "window:act.transfer" },
  { act: "pause", icon: <Icon of={PauseCircleOutlined} />, key: "window:act.pause" },
];

/** The act that usually comes next is the large blue one. */
const mainActOf = (counter: CounterState, ticket: Ticket | undefined): WindowAct =>
  ticket?.state === "serving"
    ? "end"
    : ticket?.state === "called"
      ? "begin"
      : counter.state === "paused"
        ? "pause"
        : "callNext";

const Nobody = ({ counter, next, waiting }: Pick<CurrentPanelProps, "counter" | "next" | "waiting">) => {
  const { t } = useTranslation();
  if (counter.state === "paused")
    return (
      <div className="current-nobody">
        <p className="current-big">{t("window:current.paused")}</p>
        <p>{t("window:current.pausedHint", { key: keyOf.pause })}</p>
      </div>
    );
  return (
    <div className="current-nobody">
      <p className="current-big">{t("window:current.free")}</p>
      {next === undefined ? (
        <p>{t("window:current.nobody")}</p>
      ) : (
        <p>{t("window:current.next", { number: next.number, waiting, key: keyOf.callNext })}</p>
      )}
    </div>
  );
};

const Person = ({
  plan,
  ticket,
  onCancel,
}: {
  plan: HallPlan | null;
  ticket: Ticket;
  onCancel: (ticket: Ticket) => void;
}) => {
  const { t, i18n } = useTranslation();
  const business = plan?.businesses.find((each) => each.id === ticket.businessId);
  const serving = ticket.state === "serving";
  return (
    <div className="current-person" data-state={ticket.state}>
      <p className="current-state">
        <span className={serving ? "state-chip state-serving" : "state-chip state-called"}>
          {serving ? t("window:current.serving") : t("window:current.called")}
        </span>
        <TicketMark ticket={ticket} />
        {ticket.returns > 0 ? <span className="mark">{t("window:current.returned")}</span> : null}
        {ticket.print === "failed" ? <span className="mark">{t("window:current.notPrinted")}</span> : null}
      </p>
      <p className="current-number">{ticket.number}</p>
      <p className="current-business">
        {business === undefined ? ticket.businessId : localName(business, i18n.language)}
      </p>
      <p className="current-item">{ticket.itemName ?? t("window:line.noItem")}</p>
      <p className="current-times">
        {serving && ticket.servingSince !== null ? (
          <Timer since={ticket.servingSince} label={t("window:current.servingFor")} />
        ) : ticket.lastCallAt !== null ? (
          <Timer since={ticket.lastCallAt} label={t("window:current.calledFor")} />
        ) : null}
        <span className="timer">
          <small>{t("window:current.callsLabel")}</small>
          <b>{t("window:current.calls", { n: ticket.calls })}</b>
        </span>
      </p>
      {ticket.state === "called" && ticket.calls >= CALLS_BEFORE_MISS ? (
        <p className="current-hint">{t("window:current.callHint", { n: ticket.calls, key: keyOf.miss })}</p>
      ) : null}
      {ticket.state === "called" ? (
        <button type="button" className="staff-link current-cancel" onClick={() => onCancel(ticket)}>
          {t("window:current.cancel")}
        </button>
      ) : null}
    </div>
  );
};

/** The centre: the person at hand, and every act with its key, always in the same place. */
export const CurrentPanel = (props: CurrentPanelProps) => {
  const { plan, counter, ticket, next, waiting, possible, busyAct, busy, onAct, onCancel } = props;
  const { t } = useTranslation();
  const main = mainActOf(counter, ticket);
  return (
    <section className="current-panel" aria-label={t("window:current.label")}>
      <div className="current-view" aria-live="polite">
        {ticket === undefined ? (
          <Nobody counter={counter} next={next} waiting={waiting} />
        ) : (
          <Person plan={plan} ticket={ticket} onCancel={onCancel} />
        )}
      </div>
      <div className="current-acts" role="group" aria-label={t("window:act.label")}>
        {buttons.map(({ act, icon, key }) => (
          <KeyButton
            key={act}
            hotkey={keyOf[act]}
            icon={icon}
            label={act === "pause" && counter.state === "paused" ? t("window:act.resume") : t(key)}
            tone={act === main ? "main" : act === "miss" ? "danger" : "plain"}
            off={!possible.has(act) || (busy && busyAct !== act)}
            busy={busyAct === act}
            home={act === main}
            onPress={() => onAct(act)}
          />
        ))}
      </div>
    </section>
  );
};
