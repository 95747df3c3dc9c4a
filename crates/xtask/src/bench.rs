//! Speed, measured: builds the bench and what it looks at, and runs it.

use std::path::PathBuf;
use std::process::Command;

use crate::home::{Home, cargo, npm};
use crate::machine::{Need, has_display, prepare};
use crate::run::{build_screens, install_screens};
use crate::step::{Steps, show};

/// Built as fast as the release, in a fraction of its time (see `Cargo.toml`).
const PROFILE: &str = "bench-run";

/// Builds and measures; `words` are the options that the person gave. The table is printed, and kept as JSON below the target folder.
///
/// # Errors
/// Something could not be built, or the bench broke off. A goal that is missed is no error: it is said in the table.
pub fn bench(home: &Home, words: &[&str]) -> Result<(), String> {
    let options = options(words)?;
    let with_window = options.goal.as_deref().is_none_or(|goal| goal == "13") && cfg!(target_os = "linux");
    let with_duck = options.goal.as_deref().is_none_or(|goal| goal == "6" || goal == "7");
    let mut steps = Steps::new(6);
    // What one goal needs and cannot be had must not keep the others from being measured: the table says what is missing.
    steps.step("what this machine needs", |_| prepare(if with_window { Need::Tests } else { Need::Terminal }));
    if with_duck {
        steps.step("DuckDB, as its own package", |_| install_duck(home));
    }
    if with_window {
        steps.step("screens", |_| install_screens(home).and_then(|()| build_screens(home)));
        steps.step_after(&["screens"], "windows", |_| {
            let mut build = build();
            show(build.current_dir(&home.root).args([
                "--package",
                "banyan-shell",
                "--bin",
                "banyan-window",
                "--example",
                "bare_window",
                "--features",
                "bare-window",
            ]))
        });
    }
    steps.step("bench", |_| show(build().current_dir(&home.root).args(["--package", "banyan-bench"])));
    steps.step_after(&["bench"], "measuring", |_| {
        let out = home.target.join("bench");
        std::fs::create_dir_all(&out).map_err(|error| format!("{} cannot be made: {error}", out.display()))?;
        let mut measure = on_a_screen(with_window, &program(home, "banyan-bench"));
        measure
            .current_dir(&home.root)
            .args(words)
            .arg("--root")
            .arg(&home.root)
            .arg("--out")
            .arg(out)
            .env("BANYAN_WINDOW", program(home, "banyan-window"))
            .env("BANYAN_BARE", program(home, "examples/bare_window"));
        show(&mut measure)
    });
    match steps.first_fault() {
        Some(fault) if !steps.done("measuring") => Err(fault),
        Some(fault) => {
            println!("\nNot everything could be prepared: {fault}");
            Ok(())
        }
        None => Ok(()),
    }
}

/// DuckDB's package names a build of itself for each system, and npm keeps only this system's in the lock: `npm ci` calls that out of step, so the pinned
/// package is installed without writing anything down.
fn install_duck(home: &Home) -> Result<(), String> {
    let mut install = npm();
    install.current_dir(home.room("crates/bench/duckdb"));
    show(install.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

struct Options {
    goal: Option<String>,
}

fn options(words: &[&str]) -> Result<Options, String> {
    let mut options = Options { goal: None };
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match (*word, rest.len()) {
            ("--quick", _) => {}
            ("--goal", 1..) => options.goal = rest.next().map(|goal| (*goal).to_owned()),
            ("--members", 1..) => {
                let members = rest.next().copied().unwrap_or_default();
                members.parse::<usize>().map_err(|_| "--members needs a number".to_owned())?;
            }
            (other, _) => return Err(format!("bench has no option `{other}`, or it lacks its value; it has --goal N, --members N and --quick")),
        }
    }
    Ok(options)
}

fn build() -> Command {
    let mut build = cargo();
    build.args(["build", "--profile", PROFILE]);
    build
}

fn program(home: &Home, name: &str) -> PathBuf {
    home.target.join(PROFILE).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Where the window is measured it gets a screen, a message bus and an unlocked keyring of its own, as the tests of the window do.
fn on_a_screen(with_window: bool, program: &std::path::Path) -> Command {
    const KEYRING: &str = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
    if !with_window || crate::step::ask(Command::new("xvfb-run").arg("--help")).is_err() && !has_display() {
        return Command::new(program);
    }
    let mut screen = Command::new("xvfb-run");
    screen.args(["-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--", "bash", "-c", KEYRING, "bash"]);
    screen.arg(program);
    screen
}

#[cfg(test)]
mod tests {
    use super::options;

    #[test]
    fn options_are_checked_before_anything_is_built() {
        assert_eq!(options(&["--goal", "9", "--quick"]).ok().and_then(|options| options.goal).as_deref(), Some("9"));
        assert!(options(&["--members", "1000"]).is_ok());
        for wrong in [&["--goal"][..], &["--members", "many"], &["fast"]] {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }
}
