/** Every feature's catalogue of this language, in one piece. */
const found = import.meta.glob<Record<string, string>>("../../**/locales/en.po", { eager: true, import: "messages" });

export default Object.assign({}, ...Object.values(found)) as Record<string, string>;
