export interface DoneSale {
  sale: string;
  number: string;
  due_minor: number;
  change_minor: number;
  points_earned: number;
  rows: ReceiptRow[];
  printed: PrintState;
}
export interface ReceiptRow {
  text: string;
  strong: boolean;
}
export type PrintState = "none" | "printed" | "failed";
