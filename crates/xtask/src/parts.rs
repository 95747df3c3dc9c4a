//! What the programs are made of: every crate and every package of the screens, with version, licence and the licence's own words. For whoever must
//! know (CycloneDX), and for whoever wants to read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::home::{Home, cargo};
use crate::step::ask;

/// The programs that are handed out.
const PROGRAMS: [&str; 2] = ["banyan-shell", "banyan-cli"];

/// A crate or a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    kind: &'static str,
    name: String,
    version: String,
    licence: String,
    /// Where its files lie.
    folder: Option<String>,
}

/// Writes `banyan.cdx.json` and `LICENCES.md` into a folder.
///
/// # Errors
/// Cargo does not describe the workspace, the screens' lock file cannot be read, or a file cannot be written.
pub fn parts(home: &Home, folder: &Path) -> Result<(), String> {
    let described = ask(cargo().current_dir(&home.root).args(["metadata", "--format-version", "1", "--locked"]))?;
    let described: Value = serde_json::from_str(&described).map_err(|error| format!("cargo's description cannot be read: {error}"))?;
    let lock = std::fs::read_to_string(home.room("ui/package-lock.json")).map_err(|error| format!("ui/package-lock.json: {error}"))?;
    let lock: Value = serde_json::from_str(&lock).map_err(|error| format!("ui/package-lock.json: {error}"))?;
    let mut all = crates(&described);
    all.extend(packages(&lock, &home.room("ui")));
    let version = described["packages"].as_array().into_iter().flatten().find(|one| one["name"] == PROGRAMS[0]).map(|one| one["version"].clone());
    let bill = bill(&all, version.and_then(|version| version.as_str().map(str::to_owned)).unwrap_or_default().as_str());
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"));
    write("banyan.cdx.json", format!("{bill:#}\n"))?;
    write("LICENCES.md", licences(&all))?;
    println!("{} parts, written to {}", all.len(), folder.display());
    let nameless: Vec<&str> = all.iter().filter(|part| part.licence.is_empty()).map(|part| part.name.as_str()).collect();
    if nameless.is_empty() { Ok(()) } else { Err(format!("these parts name no licence: {}", nameless.join(", "))) }
}

/// Every crate that a program is built from, on any system; what only tests need is no part.
fn crates(described: &Value) -> BTreeSet<Part> {
    let nodes: BTreeMap<&str, &Value> =
        described["resolve"]["nodes"].as_array().into_iter().flatten().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let of: BTreeMap<&str, &Value> =
        described["packages"].as_array().into_iter().flatten().filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let mut open: Vec<&str> = of.iter().filter(|(_, package)| PROGRAMS.iter().any(|name| package["name"] == *name)).map(|(id, _)| *id).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let needed = nodes.get(id).and_then(|node| node["deps"].as_array()).into_iter().flatten();
        let runs = |needed: &&Value| needed["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"] != "dev");
        open.extend(needed.filter(runs).filter_map(|needed| needed["pkg"].as_str()));
    }
    // What comes from no registry is ours.
    let foreign = seen.into_iter().filter_map(|id| of.get(id)).filter(|package| !package["source"].is_null());
    foreign
        .map(|package| part("cargo", &package["name"], package, package["manifest_path"].as_str().and_then(|path| Path::new(path).parent())))
        .collect()
}

/// Every package that the screens are bundled from.
fn packages(lock: &Value, ui: &Path) -> BTreeSet<Part> {
    let all = lock["packages"].as_object().into_iter().flatten();
    let shown =
        all.filter(|(path, package)| path.starts_with("node_modules/") && package["dev"] != json!(true) && package["optional"] != json!(true));
    shown
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            part("npm", &json!(name), package, Some(&ui.join(path)))
        })
        .collect()
}

fn part(kind: &'static str, name: &Value, described: &Value, folder: Option<&Path>) -> Part {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // Crates of before 2018 wrote a stroke for what is "OR" now.
    let licence = text(&described["license"]).replace('/', " OR ");
    Part { kind, name: text(name), version: text(&described["version"]), licence, folder: folder.map(|folder| folder.display().to_string()) }
}

fn bill(parts: &BTreeSet<Part>, version: &str) -> Value {
    let components: Vec<Value> = parts
        .iter()
        .map(|part| {
            let Part { kind, name, version, licence, .. } = part;
            let purl = format!("pkg:{kind}/{}@{version}", name.replace('@', "%40"));
            json!({"type": "library", "bom-ref": purl, "name": name, "version": version, "licenses": [{"expression": licence}], "purl": purl})
        })
        .collect();
    json!({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "name": "Banyan", "version": version}}, "components": components})
}

/// The list, and below it every text of a licence once, with the parts that it comes with.
fn licences(parts: &BTreeSet<Part>) -> String {
    let mut text = String::from("# What Banyan is made of\n\n| part | version | licence |\n| --- | --- | --- |\n");
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in parts {
        text.push_str(&format!("| {} | {} | {} |\n", part.name, part.version, part.licence));
        for found in part.folder.iter().flat_map(|folder| words_in(Path::new(folder))) {
            words.entry(found).or_default().push(format!("{} {}", part.name, part.version));
        }
    }
    for (found, of) in words {
        text.push_str(&format!("\n## {}\n\n```text\n{}\n```\n", of.join(", "), found.replace("```", "'''")));
    }
    text
}

/// The texts of licences that lie in a part's own folder.
fn words_in(folder: &Path) -> Vec<String> {
    let starts = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| starts.iter().any(|start| name.to_string_lossy().to_uppercase().starts_with(start))))
        .collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).map(|text| text.trim().replace("\r\n", "\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_a_program_is_built_from() {
        let package = |name: &str, source: Value| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": source, "manifest_path": format!("/c/{name}/Cargo.toml")});
        let needs = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let described = json!({
            "packages": [package("banyan-shell", Value::Null), package("books", Value::Null), package("sqlx", json!("registry")),
                package("cc", json!("registry")), package("proptest", json!("registry")), package("stranger", json!("registry"))],
            "resolve": {"nodes": [
                {"id": "banyan-shell", "deps": [needs("books", Value::Null), needs("proptest", json!("dev"))]},
                {"id": "books", "deps": [needs("sqlx", Value::Null)]},
                {"id": "sqlx", "deps": [needs("cc", json!("build"))]}]}});
        let found: Vec<(String, String)> = crates(&described).into_iter().map(|part| (part.name, part.licence)).collect();
        let both = "MIT OR Apache-2.0".to_owned();
        assert_eq!(found, [("cc".to_owned(), both.clone()), ("sqlx".to_owned(), both)]);
    }

    #[test]
    fn a_package_of_the_screens_is_no_tool_that_builds_them() {
        let lock = json!({"packages": {"": {"name": "ui"}, "node_modules/react": {"version": "19.3.1", "license": "MIT"},
            "node_modules/vite": {"version": "8.0.0", "license": "MIT", "dev": true},
            "node_modules/@lingui/core/node_modules/small": {"version": "2.0.0", "license": "ISC"}}});
        let found = packages(&lock, Path::new("/ui"));
        let names: Vec<&str> = found.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["react", "small"]);
        let told = bill(&found, "0.1.0");
        assert_eq!(told["components"][0]["purl"], "pkg:npm/react@19.3.1");
        assert!(licences(&found).contains("| small | 2.0.0 | ISC |"));
    }
}
