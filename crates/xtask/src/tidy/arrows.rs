//! Who may know whom: arrows run down only.

use super::Finding;
use super::source::{Kind, Source};

/// Each room and the rooms it may know.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("books", &["domain"]),
    ("sync", &["domain"]),
    ("paper", &["domain"]),
    ("press", &["paper"]),
    ("app", &["domain", "books", "sync", "paper"]),
    ("cloud", &["domain", "sync"]),
    ("cli", &["app", "press", "domain", "books", "sync", "paper"]),
    ("shell", &["app", "press", "domain"]),
    ("bench", &["app", "domain", "books", "paper"]),
    ("xtask", &[]),
];

/// What the rules of the shop never touch: they have no clock, no network, no files and no chance.
const OUTSIDE: &[&str] = &["SystemTime", "Instant::now", "std::net", "std::fs", "std::env", "sqlx", "tokio", "now_v7", "new_v4"];

/// A manifest that points upwards, a rule that looks outside, a screen that knows the shell.
pub fn look(source: &Source) -> Vec<Finding> {
    match source.kind {
        Kind::Manifest => manifest(source),
        Kind::Rust if source.path.starts_with("crates/domain/src/") => outside(source),
        Kind::Script if source.path.starts_with("ui/src/") && !source.path.starts_with("ui/src/host/") => shell(source),
        Kind::Rust | Kind::Script | Kind::Style => Vec::new(),
    }
}

fn manifest(source: &Source) -> Vec<Finding> {
    let Some(room) = room_of(&source.path) else {
        return Vec::new();
    };
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![finding(source, 0, format!("the room `{room}` has no place in the order of rooms"))];
    };
    let mut section = String::new();
    let mut findings = Vec::new();
    for (line, number) in source.code.iter().zip(1..) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
            // `[dependencies.books]` names its dependency in the heading.
            if let Some((_, named)) = section.split_once("dependencies.") {
                findings.extend(arrow(source, number, room, allowed, named));
            }
        } else if section.ends_with("dependencies") {
            let named = line.split(['.', '=', ' ']).next().unwrap_or_default();
            findings.extend(arrow(source, number, room, allowed, named));
        }
    }
    findings
}

fn arrow(source: &Source, line: usize, room: &str, allowed: &[&str], named: &str) -> Option<Finding> {
    let other = named.trim().trim_matches('"').trim_start_matches("banyan-");
    let is_room = ROOMS.iter().any(|(name, _)| *name == other);
    (is_room && !allowed.contains(&other)).then(|| finding(source, line, format!("`{room}` must not know `{other}`")))
}

fn room_of(path: &str) -> Option<&str> {
    match path.strip_suffix("/Cargo.toml")? {
        "src-tauri" => Some("shell"),
        folder => folder.strip_prefix("crates/"),
    }
}

fn outside(source: &Source) -> Vec<Finding> {
    let lines = source.running().filter_map(|(number, line)| OUTSIDE.iter().find(|word| line.contains(**word)).map(|word| (number, word)));
    lines.map(|(number, word)| finding(source, number, format!("`{word}`: rules have no clock, network, file or chance; pass it in"))).collect()
}

fn shell(source: &Source) -> Vec<Finding> {
    let lines = source.running().filter(|(_, line)| line.contains("@tauri-apps"));
    lines.map(|(number, _)| finding(source, number, "only ui/src/host knows the shell".into())).collect()
}

fn finding(source: &Source, line: usize, what: String) -> Finding {
    Finding { file: source.path.clone(), line, what }
}

#[cfg(test)]
mod tests {
    use super::super::told;
    use super::look;

    #[test]
    fn arrows_run_down_only() {
        let books = "[dependencies]\ndomain.workspace = true\nserde = \"1\"\napp = { path = \"../app\" }\n[dev-dependencies.paper]\nworkspace = true";
        assert_eq!(told(look, "crates/books/Cargo.toml", books), ["4: `books` must not know `app`", "5: `books` must not know `paper`"]);
        assert_eq!(told(look, "crates/app/Cargo.toml", "[dependencies]\nbooks.workspace = true\nbanyan-paper = \"1\""), [""; 0]);
        assert_eq!(told(look, "crates/app/Cargo.toml", "[dependencies]\npress.workspace = true"), ["2: `app` must not know `press`"]);
        assert_eq!(told(look, "src-tauri/Cargo.toml", "[dependencies]\nbooks.workspace = true"), ["2: `shell` must not know `books`"]);
        assert_eq!(told(look, "crates/domain/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nsync = \"1\""), ["2: `domain` must not know `sync`"]);
    }

    #[test]
    fn a_new_room_must_find_its_place() {
        assert_eq!(told(look, "crates/helpers/Cargo.toml", ""), ["0: the room `helpers` has no place in the order of rooms"]);
        assert_eq!(told(look, "Cargo.toml", "[workspace.dependencies]\nbooks = \"1\""), [""; 0]);
    }

    #[test]
    fn rules_look_at_nothing_outside() {
        let rule = "// Instant::now\nfn a() { Instant::now(); }\n#[cfg(test)]\nmod tests { use std::fs; }";
        assert_eq!(told(look, "crates/domain/src/sale.rs", rule), ["2: `Instant::now`: rules have no clock, network, file or chance; pass it in"]);
        assert_eq!(told(look, "crates/books/src/sale.rs", rule), [""; 0]);
    }

    #[test]
    fn one_room_of_the_screens_knows_the_shell() {
        let text = "import { invoke } from \"@tauri-apps/api/core\";";
        assert_eq!(told(look, "ui/src/features/sales/Till.tsx", text), ["1: only ui/src/host knows the shell"]);
        assert_eq!(told(look, "ui/src/host/transport.ts", text), [""; 0]);
    }
}
