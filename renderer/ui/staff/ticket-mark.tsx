import { useTranslation } from "react-i18next";
import type { Ticket } from "../../../shared/domain/queue/ticket.ts";

/** Why somebody goes first, as a word with a colour; nothing for an ordinary ticket. */
export const TicketMark = ({ ticket }: { readonly ticket: Pick<Ticket, "class"> }) => {
  const { t } = useTranslation();
  switch (ticket.class) {
    case "green":
      return <span className="mark mark-green">{t("staff:class.green")}</span>;
    case "appointment":
      return <span className="mark mark-appointment">{t("staff:class.appointment")}</span>;
    case "priority":
      return <span className="mark mark-priority">{t("staff:class.priority")}</span>;
    case "pickup":
      return <span className="mark mark-pickup">{t("staff:class.pickup")}</span>;
    case "ordinary":
    case "withheld":
      return null;
  }
};
