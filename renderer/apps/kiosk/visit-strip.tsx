import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import { useHall } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { findEntry, nameOf } from "./catalogue-view.ts";
import type { ChosenService } from "./flow.ts";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** What this visit has gathered so far, above every step, so that nobody loses what was chosen. */
export const VisitStrip = ({
  services,
  isGreen,
  catalogue,
  onRemove,
}: {
  readonly services: readonly ChosenService[];
  readonly isGreen: boolean;
  readonly catalogue: Catalogue | null;
  readonly onRemove: (index: number) => void;
}): ReactElement | null => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const plan = useHall(planOf);
  if (services.length === 0 && !isGreen) return null;
  const nameOfService = ({ businessId, entry: ref }: ChosenService): string => {
    const entry = ref === null || catalogue === null ? undefined : findEntry(catalogue, ref);
    const business = plan?.businesses.find((candidate) => candidate.id === businessId);
    return entry !== undefined ? nameOf(entry) : business === undefined ? businessId : localName(business, language);
  };
  return (
    <div className="visit-strip" role="status">
      {isGreen && (
        <p>
          <Icon name="check" />
          {t("kiosk:green.open")}
        </p>
      )}
      {services.length > 0 && (
        <>
          <p>{t("kiosk:visit.chosen", { count: services.length })}</p>
          <ul>
            {services.map((service, index) => (
              <li key={`${service.businessId}${service.entry?.id ?? ""}${String(index)}`}>
                <span>{nameOfService(service)}</span>
                <button
                  type="button"
                  className="big-button"
                  aria-label={t("kiosk:visit.remove", { name: nameOfService(service) })}
                  onClick={() => onRemove(index)}
                >
                  <Icon name="backspace" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};
