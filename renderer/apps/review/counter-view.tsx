import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CounterScreen } from "../../../shared/domain/queue/counter-screen.ts";
import { useHall } from "../../ui/hooks.ts";
import { Name } from "../../ui/public/local-name.tsx";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** Between reviews: which counter this is, and whom it calls or serves. */
export const CounterView = ({ screen }: { readonly screen: CounterScreen }): ReactElement => {
  const { t } = useTranslation();
  const plan = useHall(planOf);
  const counter = plan?.counters.find((candidate) => candidate.id === screen.counterId);
  const businesses = (counter?.businesses ?? [])
    .map((id) => plan?.businesses.find((business) => business.id === id))
    .filter((business) => business !== undefined);
  const isWithNumber = (screen.state === "called" || screen.state === "serving") && screen.number !== null;
  return (
    <div className="counter-view" data-state={screen.state}>
      <p className="counter-name">
        <span className="counter-number">
          {t("review:counter", { number: screen.counterNumber ?? screen.counterId })}
        </span>
        {counter !== undefined && (
          <span>
            <Name of={counter} />
          </span>
        )}
      </p>
      <div className="counter-state" aria-live="polite">
        {isWithNumber ? (
          <>
            <h1>{screen.state === "called" ? t("review:state.called") : t("review:state.serving")}</h1>
            <p className="counter-ticket">{screen.number}</p>
          </>
        ) : (
          <>
            <h1 className="counter-big">
              {screen.state === "closed"
                ? t("review:state.closed")
                : screen.state === "paused"
                  ? t("review:state.paused")
                  : t("review:state.free")}
            </h1>
            <p>
              {screen.state === "closed"
                ? t("review:state.closedText")
                : screen.state === "paused"
                  ? t("review:state.pausedText")
                  : t("review:state.freeText")}
            </p>
          </>
        )}
      </div>
      {businesses.length > 0 && (
        <ul className="counter-businesses" aria-label={t("review:businesses")}>
          {businesses.map((business) => (
            <li key={business.id}>
              <Name of={business} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
