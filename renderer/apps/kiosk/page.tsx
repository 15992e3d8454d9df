import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/public/icons.tsx";
import { ScrollArea } from "../../ui/public/scroll-area.tsx";

export interface LeaveHandlers {
  readonly onBack: () => void;
  readonly onHome: () => void;
}

/** A step of the kiosk: a question, what answers it, and the ways back, at the bottom where everybody reaches them. */
export const Page = ({
  title,
  note,
  children,
  below,
  isBusy = false,
  onBack,
  onHome,
}: LeaveHandlers & {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  /** Stays in sight under the scrolling part. */
  readonly below?: ReactNode;
  readonly isBusy?: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <>
      <div className="kiosk-title">
        <h1>{title}</h1>
        {note}
      </div>
      <ScrollArea label={title}>{children}</ScrollArea>
      {below}
      <div className="kiosk-leave">
        <button type="button" className="big-button" disabled={isBusy} onClick={onBack}>
          <Icon name="back" />
          {t("kiosk:back")}
        </button>
        <button type="button" className="big-button" disabled={isBusy} onClick={onHome}>
          <Icon name="home" />
          {t("kiosk:home")}
        </button>
      </div>
    </>
  );
};
