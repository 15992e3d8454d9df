import { useTranslation } from "react-i18next";
import { orderProblems } from "../../../shared/domain/work-order/problems.ts";
import type { OrderProblem } from "../../../shared/domain/work-order/work-order.ts";
import { Radios } from "../staff/radios.tsx";

/** Why it could not be done, in the words of the field. */
export const ProblemRadios = ({
  value,
  onChange,
}: {
  readonly value: OrderProblem;
  readonly onChange: (problem: OrderProblem) => void;
}) => {
  const { t } = useTranslation();
  return (
    <Radios
      legend={t("orders:fact.problem")}
      values={orderProblems}
      value={value}
      nameOf={(each) => t(`orders:problem.${each}`)}
      onChange={onChange}
    />
  );
};
