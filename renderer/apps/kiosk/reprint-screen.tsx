import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PrintOutcome } from "../../../shared/contract/ipc.ts";
import { reprintBlockOf } from "../../../shared/domain/kiosk/reprint.ts";
import { TICKET_NUMBER } from "../../../shared/domain/queue/ticket-number.ts";
import type { Ticket } from "../../../shared/domain/queue/ticket.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { CodeEntry } from "./code-entry.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { ticketPrintOf } from "./ticket-print.ts";
import { useServiceState } from "./wait-facts.tsx";
import { aheadLine } from "./wait-lines.ts";

const LONGEST = 7;
const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

const findByNumber = (tickets: ReadonlyMap<string, Ticket>, number: string): Ticket | undefined => {
  for (const ticket of tickets.values()) if (ticket.number === number) return ticket;
  return undefined;
};

const Found = ({
  ticket,
  onPrinted,
}: {
  readonly ticket: Ticket;
  readonly onPrinted: (outcome: PrintOutcome) => void;
}) => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const service = useServiceState(ticket.businessId, ticket.id);
  const [isPrinting, setPrinting] = useState(false);
  const business = plan?.businesses.find(({ id }) => id === ticket.businessId);
  const businessName = business === undefined ? ticket.businessId : localName(business, language);
  const print = (): void => {
    if (isPrinting || plan === null) return;
    setPrinting(true);
    const sheet = ticketPrintOf(
      { ticketId: ticket.id, number: ticket.number, takenAt: ticket.takenAt },
      {
        language,
        hallName: localName(plan, language),
        sampleNote: plan.sample ? t("public:sample") : null,
        kind: t("kiosk:print.kindReprint"),
        business: business === undefined ? ticket.businessId : localName(business, language),
        item: null,
        lines: [aheadLine(t, service.wait.peopleAhead), t("kiosk:print.keep")],
        // The secret of the page went with the person: a second paper cannot be followed on a phone.
        qr: null,
      },
    );
    const done = (outcome: PrintOutcome): void => {
      terminal
        .send(
          "RecordPrint",
          {
            ticketId: ticket.id,
            outcome: outcome.ok ? "printed" : outcome.error.code === "unknown" ? "unknown" : "failed",
            reprint: true,
          },
          { mode: "record" },
        )
        .catch(() => undefined);
      onPrinted(outcome);
    };
    terminal.print(sheet).then(done, () => done({ ok: false, error: { code: "failed" } }));
  };
  return (
    <div className="guide">
      <section className="card confirm-what">
        <p className="reprint-number">{ticket.number}</p>
        <p className="confirm-business">{businessName}</p>
      </section>
      <button type="button" className="big-button big-button-primary kiosk-next" disabled={isPrinting} onClick={print}>
        <Icon name="printer" />
        {isPrinting ? t("kiosk:number.printing") : t("kiosk:reprint.print")}
      </button>
      <p className="quiet">{t("kiosk:reprint.mark")}</p>
    </div>
  );
};

/** A second paper for somebody who lost the first: the same number, marked 补打, and noted. */
export const ReprintScreen = (leave: LeaveHandlers): ReactElement => {
  const { t } = useTranslation();
  const tickets = useHall((state) => state.tickets);
  const [number, setNumber] = useState("");
  const [outcome, setOutcome] = useState<PrintOutcome | null>(null);
  const isWhole = TICKET_NUMBER.test(number);
  const ticket = isWhole ? findByNumber(tickets, number) : undefined;
  const block = reprintBlockOf(ticket);
  const blockTexts = {
    unknown: t("kiosk:reprint.unknown"),
    over: t("kiosk:reprint.over"),
    tooMany: t("kiosk:reprint.tooMany"),
  };
  return (
    <Page {...leave} title={t("kiosk:reprint.title")}>
      {outcome !== null ? (
        <p role="status" className="number-print-state" data-reprint={outcome.ok ? "printed" : outcome.error.code}>
          <Icon name={outcome.ok ? "check" : "warning"} />
          {outcome.ok
            ? t("kiosk:number.printed")
            : outcome.error.code === "unknown"
              ? t("kiosk:reprint.notSure")
              : t("kiosk:reprint.failed")}
        </p>
      ) : ticket !== undefined && block === null ? (
        <Found ticket={ticket} onPrinted={setOutcome} />
      ) : (
        <CodeEntry
          label={t("kiosk:reprint.label")}
          note={isWhole && block !== null ? blockTexts[block] : t("kiosk:reprint.note")}
          isWrong={isWhole && block !== null}
          value={number}
          maxLength={LONGEST}
          layout="codes"
          onChange={setNumber}
        />
      )}
    </Page>
  );
};
