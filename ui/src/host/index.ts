/**
 * The only room that knows the window's shell. Everything a screen asks goes through `call`, everything it hears comes through
 * `onTopics` and `onJob`; files are chosen by `chooseFile` and `chooseTarget`.
 */
import type { JobState, Menu, Notice, Topic } from "./bindings";
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
    throw failureFrom(cause, name);
  }
}

/** Hears which topics changed, after each commit. `"everything"` means that some were missed. Returns what stops it. */
export function onTopics(hear: (topics: readonly Topic[] | "everything") => void): () => void {
  return hearing((notice) => {
    if (notice === "everything") hear("everything");
    else if (notice.notice === "topics") hear(notice.topics);
  });
}

/** Hears how long work moves on. Returns what stops it. */
export function onJob(hear: (job: JobState) => void): () => void {
  return hearing((notice) => {
    if (notice !== "everything" && notice.notice === "job") hear(notice.job);
  });
}

/** Hears what the receipt printer says of a receipt: `fault` is `null` where it was taken. Returns what stops it. */
export function onPrinter(hear: (said: { number: string; fault: string | null }) => void): () => void {
  return hearing((notice) => {
    if (notice !== "everything" && notice.notice === "printer") hear(notice);
  });
}

/** Hears that a message to a member waits for a person. Returns what stops it. */
export function onMessageStuck(hear: () => void): () => void {
  return hearing((notice) => {
    if (notice !== "everything" && notice.notice === "message_stuck") hear();
  });
}

/** Hears what the customer is to see; for the customer display alone. Returns what stops it. */
export function onCustomer(hear: (told: Extract<Notice, { notice: "customer" }>) => void): () => void {
  return hearing((notice) => {
    if (notice !== "everything" && notice.notice === "customer") hear(notice);
  }, "customer");
}

/** Asks for a file to read. `null` where the person thought better of it. */
export const chooseFile = (options: OpenOptions = {}): Promise<string | null> => transport().openFile(options);

/** Asks where to write a file. `null` where the person thought better of it. */
export const chooseTarget = (options: SaveOptions = {}): Promise<string | null> => transport().saveFile(options);

/** The one event by which the shell passes on what the house tells. */
const TOLD = "topics";

function hearing(hear: (notice: Notice | "everything") => void, told: string = TOLD): () => void {
  let stopped = false;
  let stop = () => {};
  transport()
    .listen<Notice | "everything">(told, (payload) => {
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
