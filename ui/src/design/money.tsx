import { createContext, type ReactNode, useContext } from "react";

/** The currency that every amount on the screen is in. */
export interface Currency {
  code: string;
  /** Decimals of the currency: 2 for CNY, 0 for JPY. */
  digits: number;
}

const Held = createContext<Currency>({ code: "CNY", digits: 2 });

/** Says which currency the amounts below are in. */
export function CurrencyIs({ currency, children }: { currency: Currency; children: ReactNode }) {
  return <Held value={currency}>{children}</Held>;
}

/** The shop's currency. */
export const useCurrency = (): Currency => useContext(Held);
