//! The types that the screens share with the menu, generated from the Rust types of `app`.

use std::path::PathBuf;
use std::process::Command;

use crate::home::{Home, cargo};
use crate::step::ask;

/// Where the generated types are kept.
pub const FILE: &str = "ui/src/host/bindings.ts";

/// Writes the types anew.
///
/// # Errors
/// `app` does not build, or the file cannot be written.
pub fn write(home: &Home) -> Result<(), String> {
    let fresh = generate(&mut build_and_run(home))?;
    let file = path(home);
    std::fs::write(&file, fresh).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    println!("{FILE} is written");
    Ok(())
}

/// Compares the kept types with fresh ones, building the generator if need be.
///
/// # Errors
/// They differ, with the first line that does.
pub fn check(home: &Home) -> Result<(), String> {
    compare(home, &generate(&mut build_and_run(home))?)
}

/// Compares the kept types with those of a generator that is built already.
///
/// # Errors
/// They differ, with the first line that does.
pub fn check_built(home: &Home) -> Result<(), String> {
    let generator = home.built(false, "examples/bindings");
    compare(home, &generate(Command::new(generator).current_dir(&home.root))?)
}

fn build_and_run(home: &Home) -> Command {
    let mut command = cargo();
    command.current_dir(&home.root).args(["run", "--quiet", "--package", "banyan-app", "--example", "bindings"]);
    command
}

fn generate(command: &mut Command) -> Result<String, String> {
    // Amounts are integers in minor units below 2^53, so they cross as numbers.
    ask(command.env("TS_RS_LARGE_INT", "number"))
}

fn compare(home: &Home, fresh: &str) -> Result<(), String> {
    let kept = std::fs::read_to_string(path(home)).map_err(|error| format!("{FILE} cannot be read: {error}"))?;
    first_difference(&kept, fresh)
        .map_or(Ok(()), |line| Err(format!("{FILE} differs from the menu at line {line}; write it anew with: cargo xtask bindings")))
}

/// The number of the first line in which two texts differ; line ends of either system count as the same.
fn first_difference(kept: &str, fresh: &str) -> Option<usize> {
    let (mut kept, mut fresh) = (kept.lines(), fresh.lines());
    (1..).find_map(|number| match (kept.next(), fresh.next()) {
        (None, None) => Some(None),
        (one, other) if one == other => None,
        (Some(_) | None, Some(_) | None) => Some(Some(number)),
    })?
}

fn path(home: &Home) -> PathBuf {
    home.room(FILE)
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\r\nb"), None);
        assert_eq!(first_difference("a\nb\nc", "a\nx\nc"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
    }
}
