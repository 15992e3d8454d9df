import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayIssue } from "../../../../shared/domain/identity/permissions.ts";
import { workOrderRulesOf } from "../../../../shared/domain/work-order/rules.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import { useNow } from "../../../ui/use-now.ts";
import { FaultLine } from "../floor/fault-line.tsx";
import { useDeskAct } from "../reviews/use-desk-act.ts";
import { useDeskActor } from "../use-desk-actor.ts";
import { OrderActs } from "./order-acts.tsx";
import { OrderFacts, OrderLight, OrderTimeline } from "./order-page.tsx";
import { countRows, findRows, orderFilters, orderRows, type OrderFilter, type OrderRow } from "./order-rows.ts";
import { OrderFiguresView } from "./figures-view.tsx";
import { RaiseForm } from "../../../ui/orders/raise-form.tsx";
import { OrderReportsView } from "./reports-view.tsx";
import "../reviews/reviews.css";
import "./order-view.css";

const tabs = ["orders", "raise", "reports", "figures"] as const;
type Tab = (typeof tabs)[number];

const ListEntry = ({ row, isChosen, onChoose }: { row: OrderRow; isChosen: boolean; onChoose: () => void }) => {
  const { t, i18n } = useTranslation();
  const { order, stage, next } = row;
  return (
    <li>
      <button type="button" aria-pressed={isChosen} onClick={onChoose}>
        <b>{order.number}</b>
        <OrderLight row={row} />
        <span>{order.itemName ?? t(`orders:problem.${order.problem}`)}</span>
        <span>{order.department ?? t("orders:fact.nobody")}</span>
        <small>
          {stage === undefined ? "" : `${localName(stage, i18n.language)} · `}
          {next === null ? t(`orders:status.${order.status}`) : t(`orders:next.${next}`)}
        </small>
      </button>
    </li>
  );
};

const OrderPage = ({ row }: { readonly row: OrderRow }) => {
  const { t } = useTranslation();
  const { run, fault, isBusy } = useDeskAct();
  const { order } = row;
  return (
    <section className="reviews-detail" aria-label={t("orders:one", { number: order.number })}>
      <OrderFacts row={row} />
      <FaultLine fault={fault} />
      {/* A step that is done makes way for the next one, with empty fields. */}
      <OrderActs key={String(order.notes.length)} row={row} run={run} isBusy={isBusy} />
      <OrderTimeline order={order} />
    </section>
  );
};

const OrderList = ({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string) => void }) => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const now = useNow(10_000);
  const [filter, setFilter] = useState<OrderFilter>("open");
  const [word, setWord] = useState("");
  const rows = orderRows(hall.workOrders.values(), now, workOrderRulesOf(hall.plan));
  const counts = countRows(rows);
  const shown = findRows(rows, filter, word);
  // The one that is worked on stays in sight though a filter or its own new state takes it off the list.
  const row = rows.find(({ order }) => order.id === chosen) ?? shown[0];
  return (
    <div className="reviews-split">
      <div className="orders-side">
        <div className="press-row orders-chips" role="group" aria-label={t("orders:filters")}>
          {orderFilters.map((each) => (
            <button key={each} type="button" aria-pressed={filter === each} onClick={() => setFilter(each)}>
              {t(`orders:filter.${each}`)} {counts[each]}
            </button>
          ))}
        </div>
        <input
          className="orders-find"
          type="search"
          aria-label={t("orders:find")}
          placeholder={t("orders:find")}
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
        {shown.length === 0 ? (
          <p className="desk-empty">{rows.length === 0 ? t("orders:empty") : t("orders:none")}</p>
        ) : null}
        <ul className="row-list reviews-list" aria-label={t("orders:heading")}>
          {shown.map((each) => (
            <ListEntry
              key={each.order.id}
              row={each}
              isChosen={each.order.id === row?.order.id}
              onChoose={() => onChoose(each.order.id)}
            />
          ))}
        </ul>
      </div>
      {row === undefined ? null : <OrderPage key={row.order.id} row={row} />}
    </div>
  );
};

/** What could not be done (办不成事): the orders, raising one, the weekly reports, the figures. A department sees its own. */
export const OrdersView = ({ first }: { readonly first: string | null }) => {
  const { t } = useTranslation();
  const actor = useDeskActor();
  const [tab, setTab] = useState<Tab>("orders");
  const [chosen, setChosen] = useState<string | null>(first);
  const mayRaise = mayIssue(actor, "RaiseWorkOrder");
  return (
    <main className="reviews-main">
      <div className="press-row" role="group" aria-label={t("orders:tabs")}>
        {tabs.map((each) =>
          each === "raise" && !mayRaise ? null : (
            <button key={each} type="button" aria-pressed={tab === each} onClick={() => setTab(each)}>
              {t(`orders:tab.${each}`)}
            </button>
          ),
        )}
      </div>
      {tab === "orders" ? (
        <OrderList chosen={chosen} onChoose={setChosen} />
      ) : tab === "raise" ? (
        <RaiseForm
          channel="desk"
          onRaised={(orderId) => {
            setChosen(orderId);
            setTab("orders");
          }}
        />
      ) : tab === "reports" ? (
        <OrderReportsView />
      ) : (
        <OrderFiguresView />
      )}
    </main>
  );
};
