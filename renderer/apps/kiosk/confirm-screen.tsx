import { useEffect, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import { useLink, useHall } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { useCallHelp } from "../../ui/public/use-help.ts";
import { findEntry, nameOf } from "./catalogue-view.ts";
import type { EntryRef } from "./flow.ts";
import { Page, type LeaveHandlers } from "./page.tsx";
import type { TakeProblem } from "./take-ticket.ts";
import { useServiceState, WaitFacts } from "./wait-facts.tsx";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

const Problem = ({ problem }: { readonly problem: TakeProblem }): ReactElement => {
  const { t } = useTranslation();
  const callHelp = useCallHelp();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div className="kiosk-problem" role="alert" ref={box}>
      <p>
        {problem.kind === "refused"
          ? t([`publicRefusal:${problem.refusal.code}`, "publicRefusal:other"], problem.refusal.params)
          : problem.kind === "noNumbersLeft"
            ? t("kiosk:problem.noNumbersLeft")
            : t("kiosk:problem.notKept")}
      </p>
      <p>{t("kiosk:problem.guideDesk")}</p>
      <button type="button" className="big-button" onClick={callHelp}>
        <Icon name="helper" />
        {t("kiosk:problem.callHelp")}
      </button>
    </div>
  );
};

/** The last touch before the number. Who needs to go first says so here, and nobody asks why. */
export const ConfirmScreen = ({
  catalogue,
  businessId,
  entry: ref,
  isTaking,
  problem,
  onTake,
  ...leave
}: LeaveHandlers & {
  readonly catalogue: Catalogue | null;
  readonly businessId: string;
  readonly entry: EntryRef | null;
  readonly isTaking: boolean;
  readonly problem: TakeProblem | null;
  readonly onTake: (ticketClass: "ordinary" | "priority") => void;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const plan = useHall(planOf);
  const link = useLink();
  const service = useServiceState(businessId);
  const business = plan?.businesses.find((candidate) => candidate.id === businessId);
  const entry = ref === null || catalogue === null ? undefined : findEntry(catalogue, ref);
  const businessName = business === undefined ? businessId : localName(business, language);
  // Without the node the cached counters may be old; the number counts then, and staff sort it out.
  const isClosed = service.counters === "none" && plan?.settings.requireOpenCounter !== false && link !== "offline";
  return (
    <Page
      {...leave}
      isBusy={isTaking}
      title={t("kiosk:confirm.title")}
      below={
        isClosed ? undefined : (
          <div className="confirm-buttons">
            <button
              type="button"
              className="big-button big-button-primary kiosk-next"
              disabled={isTaking}
              onClick={() => onTake("ordinary")}
            >
              <Icon name="ticket" />
              {isTaking ? t("kiosk:confirm.taking") : t("kiosk:confirm.take")}
            </button>
            <button
              type="button"
              className="big-button kiosk-next confirm-priority"
              disabled={isTaking}
              onClick={() => onTake("priority")}
            >
              <Icon name="support" />
              <span>
                <strong>{t("kiosk:confirm.priority")}</strong>
                <span className="tile-note">{t("kiosk:confirm.priorityNote")}</span>
              </span>
            </button>
          </div>
        )
      }
    >
      <div className="guide">
        <section className="card confirm-what">
          <span className="business-letter" aria-hidden="true">
            {businessId}
          </span>
          <div>
            <p className="confirm-business">{businessName}</p>
            {entry !== undefined && <p lang="zh-CN">{nameOf(entry)}</p>}
          </div>
        </section>
        {isClosed && (
          <div className="kiosk-problem" role="status">
            <p>{t("kiosk:confirm.noCounter")}</p>
            <p>{t("kiosk:problem.guideDesk")}</p>
          </div>
        )}
        {problem !== null && <Problem problem={problem} />}
        <section className="card" aria-label={t("kiosk:guide.wait")}>
          <WaitFacts service={service} />
        </section>
      </div>
    </Page>
  );
};
