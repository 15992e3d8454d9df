import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { AuditView } from "./audit-view.tsx";
import { FiguresView } from "./figures-view.tsx";
import { ListView } from "./list-view.tsx";
import { OrdersView } from "./orders-view.tsx";
import { ReportsView } from "./reports-view.tsx";
import { SuspectsView } from "./suspects-view.tsx";
import "./reviews.css";

const tabs = ["orders", "suspects", "list", "figures", "reports", "audit"] as const;
type Tab = (typeof tabs)[number];

/** Everything about reviews at the duty desk: orders, doubtful ones, the list, the figures. */
export const ReviewsView = ({ order }: { readonly order: string | null }) => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const [tab, setTab] = useState<Tab>("orders");
  const open = [...hall.rectifications.values()].filter(({ closedAt }) => closedAt === null).length;
  const counts: Readonly<Partial<Record<Tab, number>>> = { orders: open, suspects: hall.suspects.size };
  return (
    <main className="reviews-main">
      <div className="press-row" role="group" aria-label={t("deskReviews:tabs")}>
        {tabs.map((each) => (
          <button key={each} type="button" aria-pressed={tab === each} onClick={() => setTab(each)}>
            {t(`deskReviews:tab.${each}`)}
            {(counts[each] ?? 0) > 0 ? <b>{counts[each]}</b> : null}
          </button>
        ))}
      </div>
      {tab === "orders" ? (
        <OrdersView first={order} />
      ) : tab === "suspects" ? (
        <SuspectsView />
      ) : tab === "list" ? (
        <ListView />
      ) : tab === "figures" ? (
        <FiguresView />
      ) : tab === "reports" ? (
        <ReportsView />
      ) : (
        <AuditView />
      )}
    </main>
  );
};
