/** Asks the floor's server from a real renderer, one question at a time, at the pace of people. */
interface Round {
  readonly ms: number;
  readonly commitMs: number;
}

let socket: WebSocket;

const open = async (url: string): Promise<void> => {
  socket = new WebSocket(url);
  await new Promise((done) => socket.addEventListener("open", done, { once: true }));
};

const ask = async (commit: boolean): Promise<Round> => {
  const since = performance.now();
  const answer = new Promise<string>((done) =>
    socket.addEventListener("message", ({ data }) => done(String(data)), { once: true }),
  );
  socket.send(JSON.stringify({ commit, body: "x".repeat(280) }));
  const text = await answer;
  const ms = performance.now() - since;
  return { ms, commitMs: (JSON.parse(text) as Partial<Round>).commitMs ?? 0 };
};

const measure = async (commit: boolean, count: number, gapMs: number): Promise<Round[]> => {
  for (let index = 0; index < 20; index += 1) await ask(commit);
  const rounds: Round[] = [];
  for (let index = 0; index < count; index += 1) {
    rounds.push(await ask(commit));
    await new Promise((done) => setTimeout(done, gapMs));
  }
  return rounds;
};

/** Writes texts one after the other, each in a transaction of its own that is on the disk before the next begins; milliseconds. */
const writeStrictly = async (count: number, bytes: number): Promise<number> => {
  const database = await new Promise<IDBDatabase>((done, fail) => {
    const opening = indexedDB.open("floor");
    opening.onupgradeneeded = () => opening.result.createObjectStore("texts", { autoIncrement: true });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => fail(new Error("IndexedDB does not open"));
  });
  const text = "x".repeat(bytes);
  const since = performance.now();
  for (let index = 0; index < count; index += 1)
    await new Promise<void>((done, fail) => {
      const transaction = database.transaction("texts", "readwrite", { durability: "strict" });
      transaction.oncomplete = () => done();
      transaction.onerror = () => fail(new Error("IndexedDB does not write"));
      transaction.objectStore("texts").add(text);
      transaction.commit();
    });
  return performance.now() - since;
};

const page = { open, measure, writeStrictly };
export type FloorPage = typeof page;
Object.assign(globalThis, { bench: page });
