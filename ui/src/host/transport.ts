import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { open, save } from "@tauri-apps/plugin-dialog";

/** What this room needs from whatever holds the books. There is one: the window's shell. Tests put their own in its place. */
export interface Transport {
  serve(name: string, question: unknown): Promise<unknown>;
  listen<T>(event: string, hear: (payload: T) => void): Promise<() => void>;
  openFile(options: OpenOptions): Promise<string | null>;
  saveFile(options: SaveOptions): Promise<string | null>;
}

/** A kind of file in a file dialog; extensions without the dot. */
export interface FileKind {
  name: string;
  extensions: string[];
}

export interface OpenOptions {
  title?: string;
  kinds?: FileKind[];
}

export interface SaveOptions extends OpenOptions {
  /** Name proposed to the person. */
  name?: string;
}

const shell: Transport = {
  serve: (name, question) => invoke("serve", { name, question }),
  listen: (event, hear) => listen<never>(event, (heard) => hear(heard.payload)),
  openFile: ({ title, kinds }) => open({ title, filters: kinds, multiple: false, directory: false }),
  saveFile: ({ title, kinds, name }) => save({ title, filters: kinds, defaultPath: name }),
};

let current: Transport = shell;

/** The transport in use. */
export const transport = (): Transport => current;

/** Puts another transport in its place; the tests use it. Returns what undoes it. */
export function replaceTransport(other: Transport): () => void {
  current = other;
  return () => {
    current = shell;
  };
}
