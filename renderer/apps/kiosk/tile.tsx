import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "../../ui/public/icons.tsx";

interface TileProps {
  readonly icon?: IconName;
  /** In the place of an icon: the letter of a business. */
  readonly letter?: string;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
  /** What the tile stands for, as attributes of the button: `data-day` and the like. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
  readonly onClick: () => void;
}

/** One of the large tiles that the kiosk's lists are made of. */
export const Tile = ({
  icon,
  letter,
  title,
  note,
  isPressed,
  isDisabled = false,
  className = "tile",
  data = {},
  onClick,
}: TileProps): ReactElement => (
  <li>
    <button
      type="button"
      className={className}
      aria-pressed={isPressed}
      disabled={isDisabled}
      {...data}
      onClick={onClick}
    >
      {letter !== undefined && (
        <span className="business-letter" aria-hidden="true">
          {letter}
        </span>
      )}
      {icon !== undefined && <Icon name={icon} />}
      <span className="tile-text">
        <span className="tile-title">{title}</span>
        {note !== undefined && <span className="tile-note">{note}</span>}
      </span>
    </button>
  </li>
);

/** The one button that leads on, under the list it belongs to. */
export const NextButton = ({
  icon,
  isBusy,
  onClick,
  children,
}: {
  readonly icon: IconName;
  readonly isBusy: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactElement => (
  <button type="button" className="big-button big-button-primary kiosk-next" disabled={isBusy} onClick={onClick}>
    <Icon name={icon} />
    {children}
  </button>
);
