import { useTranslation } from "react-i18next";
import type { Rate } from "../../../../shared/domain/city/coverage.ts";
import type { Share } from "../../../../shared/domain/review/figures.ts";

const percent = (share: number): string => String(Math.round(share * 100));

/** A share with what it is worth: its interval and of how many; or that it is of too few. */
export const ShareText = ({ share, of }: { readonly share: Share | null; readonly of: number }) => {
  const { t } = useTranslation();
  if (share === null) return <span className="city-few">{t("city:tooFew", { n: of })}</span>;
  return (
    <span title={t("city:interval", { from: percent(share.from), to: percent(share.to), n: of })}>
      {percent(share.share)} % <small>{t("city:between", { from: percent(share.from), to: percent(share.to) })}</small>
    </span>
  );
};

/** A rate of whole counts: nothing of it is chance, so it has no interval; or that nobody has given its figures. */
export const RateText = ({ rate }: { readonly rate: Rate | null }) => {
  const { t } = useTranslation();
  if (rate === null) return <span className="city-few">{t("city:rate.none")}</span>;
  return (
    <>
      {(Math.floor(rate.share * 1000) / 10).toFixed(1)} %{" "}
      <small>{t("city:rate.of", { part: rate.part, of: rate.of })}</small>
    </>
  );
};
