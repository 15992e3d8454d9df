import { useTranslation } from "react-i18next";
import type { ActFault } from "../reviews/use-desk-act.ts";

/** Why the last act was not done, where it was tried. */
export const FaultLine = ({ fault }: { readonly fault: ActFault }) => {
  const { t } = useTranslation();
  return (
    <div aria-live="assertive">
      {fault === null ? null : (
        <p className="floor-fault">
          {fault === "waits" ? t("desk:waits.text") : t(`refusal:${fault.code}`, fault.params)}
        </p>
      )}
    </div>
  );
};
