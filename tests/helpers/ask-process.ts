import type { ChildProcess } from "node:child_process";

/** The next thing that a process tells. @throws when it ends before that */
export const toldBy = <T>(child: ChildProcess): Promise<T> =>
  new Promise<T>((done, fail) => {
    const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
      child.off("message", told);
      fail(new Error(`the process ended: ${String(code ?? signal)}`));
    };
    const told = (message: unknown): void => {
      child.off("exit", ended);
      done(message as T);
    };
    child.once("message", told);
    child.once("exit", ended);
  });

/** Asks a process something and waits for its answer. @throws when it has ended, or ends before it answers */
export const ask = async <T>(child: ChildProcess, question: object): Promise<T> => {
  if (!child.connected) throw new Error("the process is gone");
  const answer = toldBy<T>(child);
  // It may end while it is asked; that is what the answer then says.
  child.send(question, () => undefined);
  return answer;
};
