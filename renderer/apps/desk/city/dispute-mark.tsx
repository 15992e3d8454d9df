import { useTranslation } from "react-i18next";
import { isRewritten, type Dispute } from "../../../../shared/domain/city/overview.ts";
import "../reviews/reviews.css";

/** That a hall's history parted from the city's copy, in words: red where it was changed afterwards. */
export const DisputeMark = ({ dispute }: { readonly dispute: Dispute }) => {
  const { t } = useTranslation();
  const isBad = isRewritten(dispute);
  return (
    <>
      {" "}
      <span className={isBad ? "reviews-chip reviews-red" : "reviews-chip"}>
        {isBad ? "● " : ""}
        {t(`city:dispute.${dispute.kind}`)}
      </span>
    </>
  );
};
