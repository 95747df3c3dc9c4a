/** Address and code of what the owner's till shows as a QR code; nothing where it is another text. */
export function invitationOf(text: string): { address: string; code: string } | null {
  const found = /^banyan:join\?(.*)$/.exec(text.trim());
  if (!found) return null;
  const parts = new URLSearchParams(found[1]);
  const address = parts.get("at");
  const code = parts.get("code");
  return address && code ? { address, code } : null;
}
