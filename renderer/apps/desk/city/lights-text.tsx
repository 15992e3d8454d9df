import { useTranslation } from "react-i18next";
import type { HallLine } from "../../../../shared/domain/city/overview.ts";

/** Red and yellow lights with their numbers, told by sign and word as well as by colour. */
export const LightsText = ({ lights }: { readonly lights: HallLine["lights"] }) => {
  const { t } = useTranslation();
  if (lights.red + lights.yellow === 0) return <span>✓ {t("home:light.none")}</span>;
  return (
    <>
      {lights.red > 0 ? <b data-light="red">■ {t("home:light.red", { n: lights.red })} </b> : null}
      {lights.yellow > 0 ? <b data-light="yellow">▲ {t("home:light.yellow", { n: lights.yellow })} </b> : null}
    </>
  );
};
