import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { mayDecideAppeal, type Rectification } from "../../../../shared/domain/rectification/rectification.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { useNow } from "../../../ui/use-now.ts";
import { orderRows, type OrderRow } from "./order-model.ts";
import { AppealBox, AssignBox, NextStep } from "./order-steps.tsx";
import { useDeskAct, type ActFault } from "./use-desk-act.ts";
import { WordsPanel } from "./words-panel.tsx";

/** The sentence of what was not done. */
export const FaultLine = ({ fault }: { readonly fault: ActFault }) => {
  const { t } = useTranslation();
  return (
    <p className="reviews-fault" role="alert">
      {fault === null ? "" : fault === "waits" ? t("desk:waits.text") : t(`refusal:${fault.code}`, fault.params)}
    </p>
  );
};

const LightChip = ({ row }: { readonly row: OrderRow }) => {
  const { t } = useTranslation();
  if (row.order.closedAt !== null) return <span className="reviews-chip">{t("deskReviews:light.closed")}</span>;
  if (row.light === "red") return <span className="reviews-chip reviews-red">● {t("deskReviews:light.red")}</span>;
  if (row.light === "yellow")
    return <span className="reviews-chip reviews-yellow">▲ {t("deskReviews:light.yellow")}</span>;
  if (row.daysLeft === 0) return <span className="reviews-chip">{t("deskReviews:light.today")}</span>;
  return <span className="reviews-chip">{t("deskReviews:light.left", { count: row.daysLeft })}</span>;
};

const Facts = ({ order, offset }: { readonly order: Rectification; readonly offset: number }) => {
  const { t } = useTranslation();
  const at = (ms: number): string => `${dayOf(ms, offset)} ${clockOf(ms, offset)}`;
  const tags = order.tags.map((code) => t(`review:tag.${code}`)).join(t("deskReviews:comma"));
  const facts: readonly (readonly [string, string])[] = [
    [t("deskReviews:fact.level"), t(`review:level.${String(order.level)}`)],
    [t("deskReviews:fact.tags"), tags === "" ? "–" : tags],
    [t("deskReviews:fact.item"), order.itemName ?? order.itemCode ?? "–"],
    [t("deskReviews:fact.counter"), order.counterId ?? "–"],
    [t("deskReviews:fact.department"), order.department],
    [t("deskReviews:fact.openedAt"), at(order.openedAt)],
    [t("deskReviews:fact.dueAt"), at(order.dueAt)],
    [t("deskReviews:fact.named"), order.isNamed ? t("deskReviews:fact.isNamed") : t("deskReviews:fact.isAnonymous")],
    [t("deskReviews:fact.round"), String(order.round)],
  ];
  const done: readonly (readonly [string, string | null])[] = [
    [t("deskReviews:step.cause"), order.cause === null ? null : t(`deskReviews:cause.${order.cause}`)],
    [t("deskReviews:step.finding"), order.finding],
    [t("deskReviews:step.measure"), order.measure],
    [t("deskReviews:step.answer"), order.answer],
    ...(order.appeal?.decision == null
      ? []
      : [
          [
            t("deskReviews:appeal.heading"),
            `${t(order.appeal.decision.isUpheld ? "deskReviews:appeal.upheld" : "deskReviews:appeal.rejected")} ${order.appeal.decision.reason}`,
          ] as const,
        ]),
  ];
  return (
    <>
      <dl className="fact-grid">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ol className="reviews-done">
        {done.map(([name, value]) => (
          <li key={name} data-done={value !== null}>
            <b>{name}</b> {value ?? t("deskReviews:step.open")}
          </li>
        ))}
        {order.callBacks.map((call) => (
          <li key={call.at} data-done="true">
            <b>{t("deskReviews:step.callOutcome")}</b> {t(`deskReviews:call.${call.outcome}`)} {call.note}{" "}
            <small>{at(call.at)}</small>
          </li>
        ))}
      </ol>
    </>
  );
};

/** All work orders about bad reviews, and the one that is being worked on. */
export const OrdersView = ({ first }: { readonly first: string | null }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const now = useNow(10_000);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const rows = orderRows(hall.rectifications.values(), now, hall.plan?.settings.rectification?.callBackTries ?? 3);
  const clerkId = useLive(terminal.clerk)?.clerkId ?? null;
  const [chosen, setChosen] = useState<string | null>(first);
  const { run, fault, isBusy } = useDeskAct();
  const row = rows.find(({ order }) => order.id === chosen) ?? rows[0];
  if (!row) return <p className="desk-empty">{t("deskReviews:orders.none")}</p>;
  const { order } = row;
  const props = { order, run, isBusy };
  return (
    <div className="reviews-split">
      <ul className="row-list reviews-list" aria-label={t("deskReviews:orders.heading")}>
        {rows.map((each) => (
          <li key={each.order.id}>
            <button type="button" aria-pressed={each.order.id === order.id} onClick={() => setChosen(each.order.id)}>
              <b>{each.order.number ?? "–"}</b>
              <LightChip row={each} />
              <span>{t(`review:level.${String(each.order.level)}`)}</span>
              <span>{each.order.department}</span>
              <small>
                {each.order.closedAt !== null
                  ? ""
                  : each.next === null
                    ? t("deskReviews:next.close")
                    : t(`deskReviews:next.${each.next}`)}
              </small>
              {mayDecideAppeal(each.order, clerkId) ? (
                <span className="mark">{t("deskReviews:appeal.open")}</span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      <section
        className="reviews-detail"
        aria-label={t("deskReviews:orders.one", { number: order.number ?? "–" })}
        key={order.id}
      >
        <h2>
          {t("deskReviews:orders.one", { number: order.number ?? "–" })} <LightChip row={row} />
        </h2>
        <Facts order={order} offset={offset} />
        <WordsPanel reviewId={order.id} isNamed={order.isNamed} />
        <FaultLine fault={fault} />
        <section className="desk-card" aria-label={t("deskReviews:step.next")}>
          <h3>{t("deskReviews:step.next")}</h3>
          <NextStep
            key={`${String(order.round)} ${row.next ?? ""} ${String(order.callBacks.length)}`}
            row={row}
            run={run}
            isBusy={isBusy}
          />
        </section>
        {order.closedAt === null ? (
          <>
            <details className="desk-card" open={order.appeal !== null}>
              <summary>{t("deskReviews:appeal.heading")}</summary>
              <AppealBox {...props} />
            </details>
            <details className="desk-card">
              <summary>{t("deskReviews:assign.heading")}</summary>
              <AssignBox {...props} />
            </details>
          </>
        ) : null}
      </section>
    </div>
  );
};
