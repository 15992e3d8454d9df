import { useMemo, useState } from "react";
import { TextInput } from "../../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import { allowsAct } from "../../../shared/domain/queue/allowed.ts";
import type { Ticket, TicketState } from "../../../shared/domain/queue/ticket.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import { TicketMark } from "../../ui/staff/ticket-mark.tsx";
import { findTickets } from "./desk-model.ts";

/** So many rows help; more are found by their number. */
const ROWS = 60;

export type TicketWish = "pin" | "cancel" | "return";

const stateKey = (state: TicketState): string => {
  switch (state) {
    case "waiting":
      return "desk:ticket.waiting";
    case "called":
      return "desk:ticket.called";
    case "serving":
      return "desk:ticket.serving";
    case "parked":
      return "desk:ticket.parked";
    case "done":
      return "desk:ticket.done";
    case "missed":
      return "desk:ticket.missed";
    case "cancelled":
      return "desk:ticket.cancelled";
  }
};

const possibleWishes = (ticket: Ticket): readonly TicketWish[] => [
  ...(allowsAct(ticket.state, "PinTicket") && !ticket.pinned ? (["pin"] as const) : []),
  ...(allowsAct(ticket.state, "CancelTicket") ? (["cancel"] as const) : []),
  ...(allowsAct(ticket.state, "ReturnTicket") ? (["return"] as const) : []),
];

const wishKey = (wish: TicketWish): string => {
  switch (wish) {
    case "pin":
      return "desk:ticket.pin";
    case "cancel":
      return "desk:ticket.cancel";
    case "return":
      return "desk:ticket.return";
  }
};

/** Finds a ticket by its number and helps the person who holds it. */
export const TicketsPanel = ({ onWish }: { readonly onWish: (wish: TicketWish, ticket: Ticket) => void }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const [typed, setTyped] = useState("");
  const found = useMemo(() => findTickets(hall, typed), [hall, typed]);
  const counterOf = (id: string | null): string =>
    id === null ? "" : String(hall.plan?.counters.find((counter) => counter.id === id)?.number ?? id);
  return (
    <section className="desk-card desk-tickets" aria-labelledby="desk-tickets">
      <h2 id="desk-tickets">{t("desk:ticket.heading")}</h2>
      <TextInput
        autoFocus
        type="search"
        maxLength={8}
        value={typed}
        aria-label={t("desk:ticket.search")}
        placeholder={t("desk:ticket.search")}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found.length === 0 ? (
        <p className="desk-empty">{typed === "" ? t("desk:ticket.none") : t("desk:ticket.notFound", { typed })}</p>
      ) : (
        <ul className="desk-ticket-rows">
          {found.slice(0, ROWS).map((ticket) => (
            <li key={ticket.id}>
              <b>{ticket.number}</b>
              <span className="desk-ticket-state">
                {t(stateKey(ticket.state))}
                {ticket.counterId !== null && ["called", "serving", "parked"].includes(ticket.state)
                  ? ` · ${t("desk:ticket.atCounter", { counter: counterOf(ticket.counterId) })}`
                  : ""}{" "}
                <TicketMark ticket={ticket} />
              </span>
              <span className="desk-ticket-acts">
                {possibleWishes(ticket).map((wish) => (
                  <button
                    key={wish}
                    type="button"
                    className={wish === "cancel" ? "small-button small-danger" : "small-button"}
                    aria-label={`${ticket.number} ${t(wishKey(wish))}`}
                    onClick={() => onWish(wish, ticket)}
                  >
                    {t(wishKey(wish))}
                  </button>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      {found.length > ROWS ? <p className="desk-more">{t("desk:ticket.more", { n: found.length - ROWS })}</p> : null}
    </section>
  );
};
