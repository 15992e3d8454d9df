/**
 * What a kiosk confirmed from the moment on at which its disk began to fail. People act at it one after the other, so that it
 * can be no more than the one act whose sync was under way.
 */
export const confirmedSince = (
  confirmed: ReadonlySet<string>,
  before: ReadonlySet<string>,
): { acts: ReadonlySet<string>; faults: readonly string[] } => {
  const acts = new Set([...confirmed].filter((id) => !before.has(id)));
  const faults =
    acts.size > 1 ? [`confirmed ${String(acts.size)} acts while its disk failed: one could be under way`] : [];
  return { acts, faults };
};
