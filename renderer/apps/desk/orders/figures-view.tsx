import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, dayOf } from "../../../../shared/basics/time.ts";
import type { GuideChange, OrderCount, OrderFigures } from "../../../../shared/domain/work-order/figures.ts";
import { workOrderRulesOf } from "../../../../shared/domain/work-order/rules.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { ColumnHeads } from "../../../ui/staff/column-heads.tsx";
import { localName } from "../../../ui/staff/local-name.ts";
import { SentenceForm } from "../act-form.tsx";
import { FaultLine } from "../floor/fault-line.tsx";
import { useClerkNames } from "../floor/use-clerk-names.ts";
import type { ActFault } from "../reviews/use-desk-act.ts";
import { exportOrders, readOrderFigures } from "./order-api.ts";
import { recordGuideChange } from "./record-guide-change.ts";
import { DayRange } from "../reviews/day-range.tsx";

const columns = ["raised", "closed", "onTime", "overdue"] as const;

const Counts = ({
  heading,
  counts,
  nameOf,
}: {
  readonly heading: string;
  readonly counts: readonly OrderCount[];
  readonly nameOf: (count: OrderCount) => string;
}) => {
  const { t } = useTranslation();
  return (
    <section className="desk-card">
      <h3>{heading}</h3>
      {counts.length === 0 ? (
        <p className="form-hint">{t("orders:figures.none")}</p>
      ) : (
        <table className="reviews-table">
          <ColumnHeads titles={[heading, ...columns.map((key) => t(`orders:total.${key}`))]} />
          <tbody>
            {counts.map((count) => (
              <tr key={count.key}>
                <th scope="row">{nameOf(count)}</th>
                {columns.map((key) => (
                  <td key={key}>{count[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

/** One change of the guide's text: still to be made, or made, by whom and when. */
const GuideChangeLine = ({ change, onDone }: { readonly change: GuideChange; readonly onDone: () => void }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const offset = useLive(terminal.hall).plan?.utcOffsetMinutes ?? 480;
  const clerkNames = useClerkNames();
  const [fault, setFault] = useState<ActFault>(null);
  const [isBusy, setBusy] = useState(false);
  const { done, openOrders } = change;
  const record = async (what: string): Promise<boolean> => {
    setBusy(true);
    const told = await recordGuideChange(terminal, openOrders, what);
    setBusy(false);
    setFault(told.fault);
    if (told.hasAnswer) onDone();
    return told.fault === null;
  };
  return (
    <li>
      <span className={openOrders.length > 0 ? "reviews-chip reviews-yellow" : "reviews-chip"}>
        {openOrders.length > 0 ? `▲ ${t("orders:figures.toChange")}` : `✓ ${t("orders:figures.changed")}`}
      </span>{" "}
      {change.change}
      {done === null ? null : (
        <p>
          {t("orders:figures.changedTo", {
            day: dayOf(done.at, offset),
            name: clerkNames.get(done.by ?? "") ?? "–",
            what: done.what,
          })}
        </p>
      )}
      {openOrders.length === 0 ? null : (
        <details>
          <summary>{t("orders:act.guideDone")}</summary>
          <FaultLine fault={fault} />
          <SentenceForm
            label={t("orders:act.guideDoneWhy")}
            confirm={t("orders:act.guideDone")}
            isBusy={isBusy}
            onSend={record}
          />
        </details>
      )}
    </li>
  );
};

/** Orders by department, matter and cause, and what of the guide has to change because things fail on it. */
export const OrderFiguresView = () => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const plan = useLive(terminal.hall).plan;
  const today = dayOf(terminal.now(), plan?.utcOffsetMinutes ?? 480);
  const [days, setDays] = useState({ from: addDays(today, -90), to: today });
  const [figures, setFigures] = useState<OrderFigures | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [times, setTimes] = useState(0);
  const { causes } = workOrderRulesOf(plan);
  const causeName = (key: string): string => {
    const cause = causes.find(({ id }) => id === key);
    return cause === undefined ? key : localName(cause, i18n.language);
  };
  const { from, to } = days;
  useEffect(() => {
    let isCurrent = true;
    void readOrderFigures(terminal, { from, to }).then((read) => {
      if (!isCurrent) return;
      setFigures(read.ok ? read.value : null);
      setSaid(read.ok ? null : t("orders:figures.failed"));
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, from, to, times, t]);
  const take = async (): Promise<void> => {
    const kept = await exportOrders(terminal, { kind: "figures", from, to }, `work-orders-${from}-${to}`);
    setSaid(kept.ok ? null : t("orders:paper.failed"));
  };
  return (
    <div className="reviews-scroll">
      <DayRange days={days} today={today} onChange={setDays}>
        <button type="button" className="small-button" onClick={() => void take()}>
          {t("orders:paper.export")}
        </button>
        <span role="status">{said}</span>
      </DayRange>
      {figures === null ? null : (
        <>
          <p>
            {columns.map((key) => `${t(`orders:total.${key}`)} ${String(figures.all[key])}`).join("　")}
            {"　"}
            {t("orders:figures.rest", {
              online: figures.online,
              outOfScope: figures.outOfScope,
              supervised: figures.supervised,
              satisfied: figures.calledBack.satisfied,
              asked: figures.calledBack.asked,
            })}
          </p>
          <div className="reviews-tiles">
            <section className="desk-card">
              <h3>{t("orders:figures.guide")}</h3>
              {figures.guideFaults.length === 0 ? (
                <p className="form-hint">{t("orders:figures.noGuide")}</p>
              ) : (
                <ol className="orders-faults">
                  {figures.guideFaults.map((fault) => (
                    <li key={`${fault.itemCode ?? fault.itemName ?? ""} ${fault.cause}`}>
                      <b>{fault.itemName ?? "–"}</b>{" "}
                      {t("orders:figures.fault", { cause: causeName(fault.cause), count: fault.orders.length })}
                      <ul>
                        {fault.changes.map((change) => (
                          <GuideChangeLine key={change.change} change={change} onDone={() => setTimes(times + 1)} />
                        ))}
                      </ul>
                      <small>{fault.orders.join("、")}</small>
                    </li>
                  ))}
                </ol>
              )}
            </section>
            <Counts
              heading={t("orders:figures.byCause")}
              counts={figures.byCause}
              nameOf={({ key }) => causeName(key)}
            />
            <Counts
              heading={t("orders:figures.byDepartment")}
              counts={figures.byDepartment}
              nameOf={({ key }) => key}
            />
            <Counts
              heading={t("orders:figures.byItem")}
              counts={figures.byItem}
              nameOf={({ key, name }) => name ?? key}
            />
            <Counts
              heading={t("orders:figures.byProblem")}
              counts={figures.byProblem}
              nameOf={({ key }) => t(`orders:problem.${key}`)}
            />
          </div>
        </>
      )}
    </div>
  );
};
