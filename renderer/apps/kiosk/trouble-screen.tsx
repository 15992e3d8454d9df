import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import { useHall } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { useCallHelp } from "../../ui/public/use-help.ts";
import { Page, type LeaveHandlers } from "./page.tsx";
import type { TakeProblem } from "./take-ticket.ts";
import { troubleKindOf } from "./trouble.ts";

const offersAppointments = (state: {
  readonly plan: { readonly businesses: readonly { readonly appointmentsPerSlot: number }[] } | null;
}): boolean => state.plan?.businesses.some(({ appointmentsPerSlot }) => appointmentsPerSlot > 0) === true;

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** The sentence of a refusal, in the words that the public reads; the business by its name in the reader's language. */
export const useRefusalText = (): ((refusal: Refusal) => string) => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const plan = useHall(planOf);
  return ({ code, params: given }) => {
    const business = plan?.businesses.find(({ name }) => name === given["business"]);
    const params = business === undefined ? given : { ...given, business: localName(business, language) };
    const whenUnknown = params["opens"] === "" ? [`publicRefusal:${code}_unknown`] : [];
    return t([...whenUnknown, `publicRefusal:${code}`, "publicRefusal:other"], params);
  };
};

/** No number: what is the matter, what to do, and where to turn. */
export const TroubleScreen = ({
  problem,
  onBook,
  onReprint,
  ...leave
}: LeaveHandlers & {
  readonly problem: TakeProblem;
  readonly onBook: () => void;
  readonly onReprint: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const callHelp = useCallHelp();
  const refusalText = useRefusalText();
  const canBook = useHall(offersAppointments);
  const kind = troubleKindOf(problem);
  const titles = {
    wrongHour: t("kiosk:trouble.wrongHour"),
    capReached: t("kiosk:trouble.capReached"),
    noCounter: t("kiosk:trouble.noCounter"),
    alreadyWaiting: t("kiosk:trouble.alreadyWaiting"),
    appointment: t("kiosk:trouble.appointment"),
    notKept: t("kiosk:trouble.notKept"),
    other: t("kiosk:trouble.other"),
  };
  const sentence =
    problem.kind === "refused"
      ? refusalText(problem.refusal)
      : problem.kind === "noNumbersLeft"
        ? t("kiosk:problem.noNumbersLeft")
        : t("kiosk:problem.notKept");
  return (
    <Page {...leave} title={titles[kind]}>
      <div className="trouble" role="alert" data-trouble={kind}>
        <Icon name="warning" />
        <p className="trouble-sentence">{sentence}</p>
        {kind !== "alreadyWaiting" && <p>{t("kiosk:problem.guideDesk")}</p>}
        <div className="trouble-ways">
          {kind === "alreadyWaiting" && (
            <button type="button" className="big-button" onClick={onReprint}>
              <Icon name="printer" />
              {t("kiosk:errand.reprint")}
            </button>
          )}
          <button type="button" className="big-button big-button-primary" onClick={callHelp}>
            <Icon name="helper" />
            {t("kiosk:problem.callHelp")}
          </button>
          {canBook && (kind === "wrongHour" || kind === "capReached" || kind === "noCounter") && (
            <button type="button" className="big-button" onClick={onBook}>
              <Icon name="check" />
              {t("kiosk:trouble.book")}
            </button>
          )}
        </div>
      </div>
    </Page>
  );
};
