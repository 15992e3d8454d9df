import { useEffectEvent, useId, useLayoutEffect, useRef, type ReactNode } from "react";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** Where the focus goes when what had it is gone: the screen's main act. */
export const focusHome = (): void => document.querySelector<HTMLElement>("[data-home-focus]")?.focus();

/**
 * A dialog over the screen. The browser's own <dialog> keeps the focus inside, closes with Esc and costs nothing at
 * start; what had the focus before gets it back.
 */
export const Dialog = ({ title, onClose, children, wide = false }: DialogProps) => {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = useEffectEvent(onClose);

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const before = document.activeElement;
    const onCancel = (event: Event): void => {
      event.preventDefault();
      close();
    };
    dialog.addEventListener("cancel", onCancel);
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog.removeEventListener("cancel", onCancel);
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else focusHome();
    };
  }, []);

  return (
    <dialog ref={ref} className={wide ? "staff-dialog staff-dialog-wide" : "staff-dialog"} aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
};
