/**
 * The only room that knows the window's shell. Everything a screen asks goes through `call`, everything it hears comes through
 * `onTopics` and `onJob`; files are chosen by `chooseFile` and `chooseTarget`.
 */
import type { Menu } from "./bindings";
import { failureFrom } from "./failure";
import { type OpenOptions, type SaveOptions, transport } from "./transport";

export type * from "./bindings";
export { Broken, type Failure, failureFrom, Refused } from "./failure";
export type { FileKind, OpenOptions, SaveOptions } from "./transport";

/** The name of anything a person can do. */
export type Command = keyof Menu;
export type Question<N extends Command> = Menu[N]["question"];
export type Answer<N extends Command> = Menu[N]["answer"];

/** Asks the books one thing. Rejects with `Refused` or `Broken`, nothing else. */
export async function call<N extends Command>(name: N, question: Question<N>): Promise<Answer<N>> {
  try {
    return (await transport().serve(name, question)) as Answer<N>;
  } catch (cause) {
    throw failureFrom(cause);
  }
}

/** Hears which topics changed, after each commit. Returns what stops it. */
export function onTopics(hear: (topics: string[]) => void): () => void {
  return hearing<string[] | { topics: string[] }>("topics", (heard) => hear(Array.isArray(heard) ? heard : heard.topics));
}

/** How a long piece of work stands. */
export interface JobNews {
  id: string;
  /** What it is: `import_sales`, `export_month` … The shell has the words. */
  kind: string;
  state: "running" | "done" | "failed" | "cancelled";
  /** Steps done and steps in all; `of` is 0 where it cannot be known. */
  done: number;
  of: number;
  /** A file that came out of it. */
  result?: string | null;
  failure?: unknown;
}

/** Hears how long work moves on. Returns what stops it. */
export function onJob(hear: (job: JobNews) => void): () => void {
  return hearing<JobNews>("job", hear);
}

/** Asks for a file to read. `null` where the person thought better of it. */
export const chooseFile = (options: OpenOptions = {}): Promise<string | null> => transport().openFile(options);

/** Asks where to write a file. `null` where the person thought better of it. */
export const chooseTarget = (options: SaveOptions = {}): Promise<string | null> => transport().saveFile(options);

function hearing<T>(event: string, hear: (payload: T) => void): () => void {
  let stopped = false;
  let stop = () => {};
  transport()
    .listen<T>(event, (payload) => {
      if (!stopped) hear(payload);
    })
    .then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    })
    .catch(() => {
      // Without the shell there is nothing to hear.
    });
  return () => {
    stopped = true;
    stop();
  };
}
