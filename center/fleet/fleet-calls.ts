/** Wakes whoever waits for something new about the terminals of a hall, in this process. */
export class FleetCalls {
  private readonly waiting = new Map<string, Set<() => void>>();

  wake(hallId: string): void {
    const all = this.waiting.get(hallId);
    this.waiting.delete(hallId);
    for (const done of all ?? []) done();
  }

  wakeAll(): void {
    for (const hallId of [...this.waiting.keys()]) this.wake(hallId);
  }

  /** Waits for the next call of a hall. */
  next(hallId: string): { readonly called: Promise<void>; readonly forget: () => void } {
    const all = this.waiting.get(hallId) ?? new Set();
    this.waiting.set(hallId, all);
    let done = (): void => undefined;
    const called = new Promise<void>((resolve) => (done = resolve));
    all.add(done);
    return {
      called,
      forget: () => {
        all.delete(done);
        if (all.size === 0 && this.waiting.get(hallId) === all) this.waiting.delete(hallId);
      },
    };
  }
}
