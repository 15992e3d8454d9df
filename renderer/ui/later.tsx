import { useLayoutEffect, useState, type ComponentType, type ReactNode } from "react";

/**
 * A part of a screen that is loaded when it is first shown, or sooner by whoever calls `load` too. React's own `lazy` keeps what has come back for 300 ms once its
 * place was drawn empty (decision 0128).
 * @param load throws in the part's place, for the boundary around it, when it cannot be loaded; tried again when it is shown anew
 * @param empty stands in its place meanwhile
 */
export const later = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  empty: ReactNode = null,
): ((props: Props) => ReactNode) => {
  let loaded: ComponentType<Props> | null = null;
  return (props) => {
    const [Part, show] = useState(() => loaded);
    const [failure, fail] = useState<{ readonly error: unknown } | null>(null);
    useLayoutEffect(() => {
      if (Part !== null) return;
      let isGone = false;
      load().then(
        (part) => {
          loaded = part;
          if (!isGone) show(() => part);
        },
        (error: unknown) => {
          if (!isGone) fail({ error });
        },
      );
      return () => {
        isGone = true;
      };
    }, [Part]);
    if (failure !== null) throw failure.error;
    return Part === null ? empty : <Part {...props} />;
  };
};
