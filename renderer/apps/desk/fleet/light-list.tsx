import { useTranslation } from "react-i18next";
import type { TerminalLight } from "../../../../shared/domain/fleet/fleet.ts";

/** Lights of a terminal, told by sign and word as well as by colour. */
export const LightList = ({ lights }: { readonly lights: readonly TerminalLight[] }) => {
  const { t } = useTranslation();
  if (lights.length === 0) return <span data-light="green">✓ {t("home:light.none")}</span>;
  return (
    <ul className="fleet-lights">
      {lights.map(({ id, tone, n }) => (
        <li key={id} data-light={tone}>
          {tone === "red" ? "■" : "▲"} {t(`fleet:light.${id}`, { n })}
        </li>
      ))}
    </ul>
  );
};
