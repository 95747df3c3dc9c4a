/** ISO 4217 codes offered at the first run, the likeliest first; how many decimals each has is known in the books. */
export const currencies: readonly string[] = [
  "CNY",
  "EUR",
  "USD",
  "GBP",
  "HKD",
  "TWD",
  "MOP",
  "SGD",
  "MYR",
  "JPY",
  "KRW",
  "THB",
  "VND",
  "AUD",
  "CAD",
  "CHF",
];
