import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { Icon } from "../../ui/staff/icon.tsx";
import PushpinFilled from "@ant-design/icons-svg/es/asn/PushpinFilled";
import { useTranslation } from "react-i18next";
import type { Ticket } from "../../../shared/domain/queue/ticket.ts";
import { useLink, useLive, useTerminal } from "../../ui/hooks.ts";
import { durationText } from "../../ui/staff/duration.ts";
import { localName } from "../../ui/staff/local-name.ts";
import { TicketMark } from "../../ui/staff/ticket-mark.tsx";
import { useHotkeys } from "../../ui/staff/use-hotkeys.ts";
import { useNow } from "../../ui/use-now.ts";
import { lineModelOf } from "./line-model.ts";

type Tab = "waiting" | "parked" | "missed";
const tabs: readonly Tab[] = ["waiting", "parked", "missed"];

const tabKey = (tab: Tab): string => {
  switch (tab) {
    case "waiting":
      return "window:line.waiting";
    case "parked":
      return "window:line.parked";
    case "missed":
      return "window:line.missed";
  }
};

const emptyKey = (tab: Tab): string => {
  switch (tab) {
    case "waiting":
      return "window:line.nobodyWaiting";
    case "parked":
      return "window:line.nothingParked";
    case "missed":
      return "window:line.nobodyMissed";
  }
};

/** The instant from which a row counts. */
const sinceOf = (ticket: Ticket, tab: Tab): number =>
  tab === "waiting"
    ? ticket.takenAt
    : tab === "missed"
      ? (ticket.endedAt ?? ticket.takenAt)
      : (ticket.servingSince ?? ticket.takenAt);

export type LineAct = "pin" | "cancel" | "resume" | "return";

interface LinePanelProps {
  readonly counterId: string;
  /** A parked one can only be taken up when nobody is at the counter. */
  readonly counterFree: boolean;
  readonly onAct: (act: LineAct, ticket: Ticket) => void;
}

const Rows = ({
  tickets,
  tab,
  selected,
  dimmed,
  onSelect,
}: {
  readonly tickets: readonly Ticket[];
  readonly tab: Tab;
  readonly selected: string | null;
  readonly dimmed: (ticket: Ticket) => boolean;
  readonly onSelect: (ticketId: string) => void;
}) => {
  const { t } = useTranslation();
  const now = useNow(10_000);
  const list = useRef<HTMLUListElement>(null);
  const focusable = tickets.some((ticket) => ticket.id === selected) ? selected : tickets[0]?.id;
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tickets.findIndex((ticket) => ticket.id === focusable);
    const next = tickets[Math.min(tickets.length - 1, Math.max(0, at + step))];
    if (!next) return;
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`[data-ticket="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <ul ref={list} className="line-rows" onKeyDown={move}>
      {tickets.map((ticket) => {
        const wait = durationText(now - sinceOf(ticket, tab));
        return (
          <li key={ticket.id}>
            <button
              type="button"
              className="line-row"
              data-ticket={ticket.id}
              data-dimmed={dimmed(ticket)}
              aria-pressed={ticket.id === selected}
              tabIndex={ticket.id === focusable ? 0 : -1}
              onClick={() => onSelect(ticket.id)}
            >
              <span className="line-number">{ticket.number}</span>
              <span className="line-marks">
                {ticket.pinned ? <Icon of={PushpinFilled} label={t("window:line.pinned")} /> : null}
                <TicketMark ticket={ticket} />
                {ticket.onlyCounterId === null ? null : <span className="mark">{t("window:line.onlyHere")}</span>}
              </span>
              <span className="line-wait">{t(wait.key, wait.params)}</span>
              <span className="line-item" title={ticket.itemName ?? undefined}>
                {ticket.itemName ?? t("window:line.noItem")}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
};

/** The left side: my businesses with their counts, who waits in the order of calling, who is parked, who was missed. */
export const LinePanel = ({ counterId, counterFree, onAct }: LinePanelProps) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const online = useLink() === "online";
  const line = useMemo(() => lineModelOf(hall, counterId), [hall, counterId]);
  const [tab, setTab] = useState<Tab>("waiting");
  const [selected, setSelected] = useState<string | null>(null);
  const panel = useRef<HTMLElement>(null);
  const tickets = line[tab];
  const ticket = tickets.find((each) => each.id === selected);

  const show = (next: Tab): void => {
    setTab(next);
    setSelected(null);
    requestAnimationFrame(() => {
      const find = (selector: string): HTMLElement | null | undefined => panel.current?.querySelector(selector);
      (find(".line-row[tabindex='0']") ?? find("[role='tab'][aria-selected='true']"))?.focus();
    });
  };
  const turn = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? tab;
    setTab(next);
    setSelected(null);
    panel.current?.querySelector<HTMLElement>(`#line-tab-${next}`)?.focus();
  };
  useHotkeys({ "Alt+1": () => show("waiting"), "Alt+2": () => show("parked"), "Alt+3": () => show("missed") });

  // A row that leaves the list takes the focus with it: give it to the row that has come in its place.
  const lastIndex = useRef(0);
  useEffect(() => {
    const index = tickets.findIndex((each) => each.id === selected);
    if (index >= 0) lastIndex.current = index;
    else if (selected !== null) {
      const next = tickets[Math.min(lastIndex.current, tickets.length - 1)];
      setSelected(next?.id ?? null);
      if (document.activeElement === document.body)
        panel.current
          ?.querySelector<HTMLElement>(
            next ? `[data-ticket="${CSS.escape(next.id)}"]` : "[role='tab'][aria-selected='true']",
          )
          ?.focus();
    }
  }, [tickets, selected]);

  return (
    <section ref={panel} className="line-panel" aria-label={t("window:line.label")}>
      <ul className="business-counts" aria-label={t("window:line.businesses")}>
        {line.businesses.map((business) => (
          <li key={business.id}>
            <b>{business.id}</b>
            <span title={localName(business, i18n.language)}>{localName(business, i18n.language)}</span>
            <strong>{business.waiting}</strong>
          </li>
        ))}
      </ul>
      <div className="line-tabs" role="tablist" aria-label={t("window:line.label")} onKeyDown={turn}>
        {tabs.map((each, index) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`line-tab-${each}`}
            aria-selected={tab === each}
            tabIndex={tab === each ? 0 : -1}
            aria-controls="line-list"
            aria-keyshortcuts={`Alt+${String(index + 1)}`}
            title={t("window:line.tabKey", { key: `Alt+${String(index + 1)}` })}
            onClick={() => show(each)}
          >
            {t(tabKey(each))} <b>{line[each].length}</b>
          </button>
        ))}
      </div>
      <div id="line-list" className="line-list" role="tabpanel" aria-labelledby={`line-tab-${tab}`}>
        {!online && tab === "waiting" && tickets.length > 0 ? (
          <p className="line-share">{t("window:line.ownShare", { n: line.ownShare.size })}</p>
        ) : null}
        {tickets.length === 0 ? (
          <p className="line-empty">{t(emptyKey(tab))}</p>
        ) : (
          <Rows
            tickets={tickets}
            tab={tab}
            selected={selected}
            dimmed={(each) => !online && tab === "waiting" && !line.ownShare.has(each.id)}
            onSelect={setSelected}
          />
        )}
      </div>
      <div className="line-acts" aria-live="off">
        {ticket === undefined ? (
          <span className="line-acts-hint">{tickets.length === 0 ? "" : t("window:line.select")}</span>
        ) : (
          <>
            <b>{ticket.number}</b>
            {tab === "waiting" ? (
              <>
                <button
                  type="button"
                  className="small-button"
                  aria-disabled={ticket.pinned}
                  onClick={() => {
                    if (!ticket.pinned) onAct("pin", ticket);
                  }}
                >
                  {t("window:line.pin")}
                </button>
                <button type="button" className="small-button small-danger" onClick={() => onAct("cancel", ticket)}>
                  {t("window:line.cancel")}
                </button>
              </>
            ) : tab === "parked" ? (
              <button
                type="button"
                className="small-button"
                aria-disabled={!counterFree}
                title={counterFree ? undefined : t("window:line.resumeWhenFree")}
                onClick={() => {
                  if (counterFree) onAct("resume", ticket);
                }}
              >
                {t("window:line.resume")}
              </button>
            ) : (
              <button type="button" className="small-button" onClick={() => onAct("return", ticket)}>
                {t("window:line.return")}
              </button>
            )}
          </>
        )}
      </div>
    </section>
  );
};
