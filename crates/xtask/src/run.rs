//! From a bare machine to the window.

use std::process::Command;

use crate::home::{Home, cargo, npm};
use crate::machine::{Need, has_display, prepare};
use crate::step::{Steps, show};

/// Installs what is missing, builds, and opens the window; without a display does the main job in the terminal.
///
/// # Errors
/// The first step that failed, in words.
pub fn run(home: &Home, release: bool) -> Result<(), String> {
    if has_display() { run_window(home, release) } else { run_terminal(home, release) }
}

fn run_window(home: &Home, release: bool) -> Result<(), String> {
    let mut steps = Steps::new(5);
    steps.step("what this machine needs", |_| prepare(Need::Window));
    steps.step_after(&["what this machine needs"], "packages of the screens", |_| install_screens(home));
    steps.step_after(&["packages of the screens"], "screens", |_| build_screens(home));
    steps.step_after(&["screens"], "programs", |_| {
        let mut build = cargo();
        build.current_dir(&home.root).args(["build", "--package", "banyan-shell"]);
        show(with_profile(&mut build, release))
    });
    steps.step_after(&["programs"], "window", |_| {
        println!("   the window is open; this ends when it is closed");
        show(&mut Command::new(home.built(release, "banyan-window")))
    });
    steps.first_fault().map_or(Ok(()), Err)
}

fn run_terminal(home: &Home, release: bool) -> Result<(), String> {
    println!("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.");
    println!("The main job is done in the terminal instead: a shop from the sample, a sale, the month's report.");
    let mut steps = Steps::new(3);
    steps.step("what this machine needs", |_| prepare(Need::Terminal));
    steps.step_after(&["what this machine needs"], "programs", |_| {
        let mut build = cargo();
        build.current_dir(&home.root).args(["build", "--package", "banyan-cli", "--bin", "banyan"]);
        show(with_profile(&mut build, release))
    });
    let out = home.room("out");
    steps.step_after(&["programs"], "the main job", |_| {
        std::fs::create_dir_all(&out).map_err(|error| format!("{} cannot be made: {error}", out.display()))?;
        show(Command::new(home.built(release, "banyan")).current_dir(&home.root).arg("tour").arg("--out").arg(&out))
    });
    match steps.first_fault() {
        Some(fault) => Err(fault),
        None => {
            println!("\nThe files lie in {}.", out.display());
            Ok(())
        }
    }
}

/// Installs exactly what the screens' lock file names, unless the same is installed already.
///
/// # Errors
/// npm could not do it.
pub fn install_screens(home: &Home) -> Result<(), String> {
    install_exactly(home, "ui")
}

/// Builds the screens into `ui/dist`.
///
/// # Errors
/// The screens do not build.
pub fn build_screens(home: &Home) -> Result<(), String> {
    show(npm().current_dir(home.room("ui")).args(["run", "build", "--silent"]))
}

/// Installs what the lock file of `room` names, running no package's own scripts; does nothing where the last install
/// was made from the same lock file.
///
/// # Errors
/// npm could not do it.
pub fn install_exactly(home: &Home, room: &str) -> Result<(), String> {
    let room = home.room(room);
    let lock = std::fs::read(room.join("package-lock.json")).map_err(|error| format!("the lock file cannot be read: {error}"))?;
    let kept = room.join("node_modules").join(".installed-from");
    if std::fs::read(&kept).is_ok_and(|installed| installed == lock) {
        println!("   already installed");
        return Ok(());
    }
    show(npm().current_dir(&room).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    std::fs::write(&kept, lock).map_err(|error| format!("{} cannot be written: {error}", kept.display()))
}

fn with_profile(command: &mut Command, release: bool) -> &mut Command {
    if release { command.arg("--release") } else { command }
}
