import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { progressPageUrl } from "../../../shared/domain/kiosk/ticket-page.ts";
import { answerExpectedBy } from "../../../shared/domain/work-order/progress.ts";
import type { OrderProblem } from "../../../shared/domain/work-order/work-order.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { localName } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { PrintButton, usePrint } from "./print-button.tsx";
import { ticketPrintOf } from "./ticket-print.ts";

interface OrderSlipProps extends LeaveHandlers {
  readonly number: string;
  readonly orderId: string;
  readonly problem: OrderProblem;
}

const planOf = ({ plan }: HallState) => plan;

/** The number of what was told, on the screen and on a slip: with when an answer is due and where to see how far it is. */
export const OrderSlip = ({ number, orderId, problem, ...leave }: OrderSlipProps): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const paper = usePrint("printing");
  const [at] = useState(() => terminal.now());
  const day = plan === null ? null : answerExpectedBy(plan, at);
  const qr = plan === null ? null : progressPageUrl(plan, terminal.info.nodeUrl, number);
  const dueText = day === null ? t("cannot:doneNote") : t("cannot:slip.due", { day });
  const print = (): void => {
    if (plan === null) return;
    const sheet = ticketPrintOf(
      { ticketId: orderId, number, takenAt: at },
      {
        language,
        hallName: localName(plan, language),
        sampleNote: plan.sample ? t("public:sample") : null,
        kind: t("cannot:slip.kind"),
        business: t(`cannot:problem.${problem}`),
        item: null,
        lines: [dueText, t("cannot:slip.call"), ...(qr === null ? [] : [t("cannot:slip.scan")])],
        qr,
      },
    );
    paper.print(sheet);
  };
  const isBegun = useRef(false);
  useEffect(() => {
    // Once, whatever React mounts again.
    if (isBegun.current) return;
    isBegun.current = true;
    print();
  });
  return (
    <Page
      {...leave}
      onBack={leave.onHome}
      title={t("cannot:done")}
      below={
        <PrintButton
          state={paper.state}
          idle={t("cannot:slip.again")}
          printed={t("cannot:slip.again")}
          onPrint={print}
        />
      }
    >
      <section className="card" role="status">
        <p className="quiet">{t("cannot:number")}</p>
        <p className="cannot-number" data-testid="order-number">
          {number}
        </p>
        <p>{dueText}</p>
        <p>{t("cannot:slip.call")}</p>
        {paper.state === "printed" ? <p>{t("cannot:slip.take")}</p> : null}
      </section>
    </Page>
  );
};
