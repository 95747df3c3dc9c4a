// Runs before the screens, after `languages` is named: the session's languages, best first.
Object.defineProperty(Navigator.prototype, "languages", { get: () => languages, configurable: true });
Object.defineProperty(Navigator.prototype, "language", { get: () => languages[0], configurable: true });
