import type { ComponentProps } from "react";
import "./controls.css";

interface ButtonProps extends Omit<ComponentProps<"button">, "type"> {
  /** The act that the screen is about: one of them in sight. */
  readonly main?: boolean;
  /** Takes something away. */
  readonly danger?: boolean;
  readonly large?: boolean;
  /** As wide as what it stands in. */
  readonly wide?: boolean;
  /** Sends the form that it stands in. */
  readonly submit?: boolean;
  /** What it does is under way: a second press does nothing. It keeps the focus. */
  readonly busy?: boolean;
}

/** A button of a staff screen. */
export const Button = (props: ButtonProps) => {
  const {
    main = false,
    danger = false,
    large = false,
    wide = false,
    submit = false,
    busy = false,
    className = "",
    ...rest
  } = props;
  const { onClick, children, ...others } = rest;
  const classes = [
    "button",
    main && "button-main",
    danger && "button-danger",
    large && "button-large",
    wide && "button-wide",
    className,
  ];
  return (
    <button
      {...others}
      type={submit ? "submit" : "button"}
      className={classes.filter((name) => name !== false && name !== "").join(" ")}
      aria-busy={busy}
      onClick={(event) => {
        // Enter in a field of the form comes here, too.
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span className="button-wait" aria-hidden="true" /> : null}
      {children}
    </button>
  );
};
