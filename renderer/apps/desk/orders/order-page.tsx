import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { OrderWords } from "../../../../shared/contract/work-orders.ts";
import { mayName } from "../../../../shared/domain/identity/permissions.ts";
import { stagesOf, workOrderRulesOf } from "../../../../shared/domain/work-order/rules.ts";
import { orderPaper } from "../../../../shared/domain/work-order/paper.ts";
import { isPaused, type WorkOrder } from "../../../../shared/domain/work-order/work-order.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import { useClerkNames } from "../floor/use-clerk-names.ts";
import { useDeskActor } from "../use-desk-actor.ts";
import { exportOrders, printOrderPaper, readOrderWords, saveOrderPaper } from "./order-api.ts";
import { PaperButtons } from "../paper-buttons.tsx";
import type { OrderRow } from "./order-rows.ts";

const atText = (ms: number, offset: number): string => `${dayOf(ms, offset)} ${clockOf(ms, offset)}`;

/** The light of an order in words, never by colour alone. */
export const OrderLight = ({ row }: { readonly row: OrderRow }) => {
  const { t } = useTranslation();
  const { order, light, daysLeft } = row;
  if (order.status === "closed" || order.status === "outOfScope")
    return <span className="reviews-chip">{t(`orders:status.${order.status}`)}</span>;
  if (isPaused(order)) return <span className="reviews-chip">⏸ {t("orders:light.paused")}</span>;
  if (light === "red") return <span className="reviews-chip reviews-red">● {t("orders:light.red")}</span>;
  if (light === "yellow") return <span className="reviews-chip reviews-yellow">▲ {t("orders:light.yellow")}</span>;
  return (
    <span className="reviews-chip">
      {daysLeft === 0 ? t("orders:light.today") : t("orders:light.left", { count: daysLeft ?? 0 })}
    </span>
  );
};

/** The person's own words and number. Not shown until somebody asks for them, and it is noted who did. */
const Words = ({ order }: { readonly order: WorkOrder }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [words, setWords] = useState<OrderWords | null>(null);
  const [isFailed, setFailed] = useState(false);
  if (order.wordsId === null && order.contactId === null) return null;
  const look = (reveals: boolean): void =>
    void readOrderWords(terminal, order.id, reveals).then((answer) => {
      setFailed(!answer.ok);
      if (answer.ok) setWords(answer.value);
    });
  return (
    <section className="reviews-words" aria-label={t("orders:words.heading")}>
      <div className="reviews-words-acts">
        <button type="button" className="small-button" onClick={() => look(false)}>
          {t("orders:words.look")}
        </button>
        {order.contactId === null ? null : (
          <button type="button" className="small-button" onClick={() => look(true)}>
            {t("orders:words.reveal")}
          </button>
        )}
        <small>{t("orders:words.noted")}</small>
      </div>
      <div aria-live="polite">
        {isFailed ? <p className="reviews-fault">{t("orders:words.failed")}</p> : null}
        {words === null ? null : (
          <blockquote>
            {/* As written, always as text. */}
            <p>{words.words ?? t("orders:words.none")}</p>
            {words.contact === null ? null : (
              <p className="reviews-phone">
                {words.contact.name} {words.contact.phone}
              </p>
            )}
          </blockquote>
        )}
      </div>
    </section>
  );
};

const Facts = ({ row, offset }: { readonly row: OrderRow; readonly offset: number }) => {
  const { t, i18n } = useTranslation();
  const plan = useLive(useTerminal().hall).plan;
  const rules = workOrderRulesOf(plan);
  const { order } = row;
  const cause = rules.causes.find(({ id }) => id === order.answer?.cause);
  const facts: readonly (readonly [string, string | null])[] = [
    [t("orders:fact.item"), order.itemName ?? "–"],
    [t("orders:fact.problem"), t(`orders:problem.${order.problem}`)],
    [t("orders:fact.channel"), t(`orders:channel.${order.channel}`) + (order.externalId ? ` ${order.externalId}` : "")],
    [t("orders:fact.openedAt"), atText(order.openedAt, offset)],
    [t("orders:fact.department"), order.department ?? t("orders:fact.nobody")],
    [t("orders:fact.level"), order.level === null ? null : t(`orders:level.${String(order.level)}`)],
    [
      t(`orders:fact.due.${order.clock.kind}`),
      order.clock.due === null ? t("orders:light.paused") : dayOf(order.clock.due.dueAt, offset),
    ],
    [t("orders:fact.status"), t(`orders:status.${order.status}`)],
    [t("orders:fact.round"), order.round > 1 ? String(order.round) : null],
    [t("orders:fact.summary"), order.summary],
    [t("orders:fact.answer"), order.answer && `${t(`orders:result.${order.answer.result}`)}：${order.answer.text}`],
    [t("orders:fact.cause"), cause ? localName(cause, i18n.language) : null],
    [t("orders:fact.guideChange"), order.answer?.guideChange ?? null],
    [t("orders:fact.guideDone"), order.answer?.guideDone?.what ?? null],
    [t("orders:fact.turnTo"), order.outOfScope && `${order.outOfScope.reason} → ${order.outOfScope.turnTo}`],
    [t("orders:fact.city"), order.city && `${order.city.reason}${order.city.answer ? ` → ${order.city.answer}` : ""}`],
  ];
  return (
    <>
      {order.asked === null ? null : (
        <p className="said-before">
          {t("orders:fact.asked", { number: order.asked.number, day: order.asked.day })}
          <b>{order.asked.reason}</b>
        </p>
      )}
      <dl className="fact-grid">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {order.meetings.map((meeting) => (
        <details key={meeting.id}>
          <summary>{t("orders:meeting.of", { day: meeting.day })}</summary>
          <p>{t("orders:meeting.who", { who: meeting.participants.join("、") })}</p>
          <p>{meeting.minutes}</p>
          <p>
            <b>{meeting.decision}</b>
          </p>
        </details>
      ))}
    </>
  );
};

const Ladder = ({ order }: { readonly order: WorkOrder }) => {
  const { t, i18n } = useTranslation();
  const plan = useLive(useTerminal().hall).plan;
  return (
    <ol className="orders-ladder" aria-label={t("orders:ladder")}>
      {stagesOf(workOrderRulesOf(plan), order.flow).map((stage) => (
        <li key={stage.id} aria-current={stage.id === order.stage ? "step" : undefined}>
          {localName(stage, i18n.language)}
        </li>
      ))}
    </ol>
  );
};

const Timeline = ({ order, offset }: { readonly order: WorkOrder; readonly offset: number }) => {
  const { t } = useTranslation();
  const clerkNames = useClerkNames();
  const isNamed = mayName(useDeskActor(), "workOrders");
  return (
    <ol className="orders-times" aria-label={t("orders:timeline")}>
      {[...order.notes].reverse().map((note, index) => (
        <li key={`${String(note.at)} ${note.type} ${String(index)}`}>
          <time>{atText(note.at, offset)}</time>
          <b>{t(`orders:note.${note.type.replace(".", "_")}`)}</b>
          <p>
            {note.department === null ? "" : `${note.department} `}
            {note.text ?? ""} {isNamed && note.by !== null ? <small>{clerkNames.get(note.by) ?? ""}</small> : null}
          </p>
        </li>
      ))}
    </ol>
  );
};

/** What stands of an order, and its paper and workbook. */
export const OrderFacts = ({ row }: { readonly row: OrderRow }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { plan } = useLive(terminal.hall);
  const offset = plan?.utcOffsetMinutes ?? 480;
  const { order } = row;
  const what = { kind: "order", orderId: order.id } as const;
  const print = async (): Promise<string | null> => {
    if (plan === null) return null;
    const own = orderPaper(order, plan, terminal.clerk.get()?.name ?? "", dayOf(terminal.now(), offset));
    return printOrderPaper(terminal, what, own);
  };
  const save = (): Promise<string | null> => saveOrderPaper(terminal, what);
  const take = async (): Promise<string | null> => {
    const kept = await exportOrders(terminal, what, `work-order-${order.number}`);
    return kept.ok ? (kept.value ? "orders:paper.kept" : null) : "orders:paper.failed";
  };
  return (
    <>
      <h2>
        {t("orders:one", { number: order.number })} <OrderLight row={row} />
        {order.supervision !== null && order.supervision.struck === null ? (
          <span className="reviews-chip reviews-red">{t("orders:supervised")}</span>
        ) : null}
      </h2>
      <div className="orders-bar">
        <Ladder order={order} />
        <span className="status-gap" />
        <PaperButtons
          acts={[
            ["orders:paper.print", print],
            ["orders:paper.pdf", save],
            ["orders:paper.export", take],
          ]}
        />
      </div>
      <Facts row={row} offset={offset} />
      <Words order={order} />
    </>
  );
};

export const OrderTimeline = ({ order }: { readonly order: WorkOrder }) => {
  const { t } = useTranslation();
  const { plan } = useLive(useTerminal().hall);
  return (
    <details className="desk-card" open>
      <summary>{t("orders:timeline")}</summary>
      <Timeline order={order} offset={plan?.utcOffsetMinutes ?? 480} />
    </details>
  );
};
