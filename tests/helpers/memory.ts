/** Bytes in use after everything that can be thrown away has been; needs `--expose-gc`, else a rough figure. */
export const memoryInUse = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
};
