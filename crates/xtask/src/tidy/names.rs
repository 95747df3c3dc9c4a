//! Names that say nothing: a helper lives beside its only user.

use super::Finding;
use super::source::Source;

const EMPTY: &[&str] = &["common", "utils", "util", "core", "shared", "models", "services", "managers", "helpers"];

/// A folder or file whose name says nothing about what is in it.
pub fn look(source: &Source) -> Vec<Finding> {
    let parts = source.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
    let empty = parts.filter(|part| EMPTY.contains(&part.to_lowercase().as_str()));
    empty
        .map(|part| Finding {
            file: source.path.clone(),
            line: 0,
            what: format!("`{part}` says nothing; name it by its noun and put it beside its user"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::told;
    use super::look;

    #[test]
    fn empty_names_are_refused_wherever_they_stand() {
        assert_eq!(told(look, "crates/books/src/utils.rs", "").len(), 1);
        assert_eq!(told(look, "ui/src/shared/Button.tsx", "").len(), 1);
        assert_eq!(told(look, "crates/core/Cargo.toml", "").len(), 1);
        assert_eq!(told(look, "crates/books/src/score.rs", "").len(), 0);
    }
}
