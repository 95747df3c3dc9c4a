//! The whole check of the house, from a clean clone.

use std::process::Command;

use crate::counts::Counts;
use crate::home::{Home, cargo, npm};
use crate::machine::{Need, prepare};
use crate::run::{build_screens, install_exactly, install_screens};
use crate::step::{Steps, show, watch};
use crate::{bindings, tidy, windows};

/// The driver between the tests and the window; pinned, because newer majors drive other versions of Tauri.
const DRIVER: &str = "=2.1.0";

/// Runs every check and prints, as its last line, how many tests passed and failed. A step that fails stops only the
/// steps that need it.
///
/// # Errors
/// At least one step failed.
pub fn test(home: &Home) -> Result<(), String> {
    let mut steps = Steps::new(14);
    steps.step("what this machine needs", |_| prepare(Need::Tests).and_then(|()| has_room(home)));
    steps.step("format", |_| show(cargo().current_dir(&home.root).args(["fmt", "--all", "--check"])));
    steps.step("tidy", |_| tidy::tidy(home));
    steps.step("packages of the screens", |_| install_screens(home));
    steps.step_after(&["packages of the screens"], "screens", |_| build_screens(home));
    steps.step_after(&["packages of the screens"], "tests of the screens", |counts| {
        watch(npm().current_dir(home.room("ui")).args(["run", "check", "--silent"]), counts)
    });
    // One selection of packages and features for clippy, build and tests: what they share is compiled once.
    steps.step("clippy", |_| show(whole(home).args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])));
    steps.step("programs", |_| show(whole(home).args(["build", "--workspace", "--all-targets"])));
    steps.step_after(&["programs"], "bindings", |_| bindings::check_built(home));
    steps.step("tests of the rooms", |counts| watch(whole(home).args(["test", "--workspace", "--no-fail-fast"]), counts));
    steps.step("Windows, under wine", |counts| windows::part_of_test(home, counts));
    steps.step("driver of the window", |_| install_driver(home));
    steps.step("packages of the window tests", |_| install_exactly(home, "tests/window"));
    let needs = ["screens", "programs", "driver of the window", "packages of the window tests"];
    steps.step_after(&needs, "tests of the window", |counts| test_window(home, counts));

    steps.summary();
    let Counts { passed, failed, .. } = steps.counts();
    println!("\n{passed} passed, {failed} failed");
    if steps.all_done() { Ok(()) } else { std::process::exit(1) }
}

/// Runs the simulation of tills that meet, with as many seeds as asked for, or one seed alone.
///
/// # Errors
/// A word that is not understood, or a seed that fails.
pub fn simulate(home: &Home, words: &[&str]) -> Result<(), String> {
    let mut command = cargo();
    command.current_dir(&home.root).args(["test", "--workspace", "--test", "sync", "tills_agree", "--", "--nocapture"]);
    for pair in words.chunks(2) {
        let name = match pair {
            ["--seeds", _] => "BANYAN_SEEDS",
            ["--seed", _] => "BANYAN_SEED",
            _ => return Err("simulate takes --seeds N and --seed S".into()),
        };
        command.env(name, pair[1]);
    }
    show(&mut command)
}

/// GiB that the whole check fills below the target folder, with room to spare.
const ROOM: u64 = 15;

/// Says so early where the disk cannot hold the check, rather than let it die of it half an hour later.
fn has_room(home: &Home) -> Result<(), String> {
    // Where there is no `df`, the disk has the last word.
    let Ok(said) = Command::new("df").arg("-Pk").arg(&home.root).output() else { return Ok(()) };
    let said = String::from_utf8_lossy(&said.stdout);
    let Some(free) = said.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok()) else { return Ok(()) };
    let free = free / (1024 * 1024);
    println!("   {free} GiB free on the disk of {}", home.root.display());
    if free >= ROOM || home.target.join("debug").exists() {
        return Ok(());
    }
    Err(format!(
        "the check needs about {ROOM} GiB below {}, and {free} are free: make room, or point CARGO_TARGET_DIR at a larger disk",
        home.target.display()
    ))
}

/// Cargo for a build from clean: what only speeds a second build up would take more room than all the rest.
fn whole(home: &Home) -> Command {
    let mut command = cargo();
    command.current_dir(&home.root).env("CARGO_INCREMENTAL", "0");
    command
}

fn install_driver(home: &Home) -> Result<(), String> {
    if home.tool("tauri-driver").exists() {
        println!("   already installed");
        return Ok(());
    }
    let mut install = cargo();
    install.current_dir(&home.root).args(["install", "tauri-driver", "--version", DRIVER, "--locked", "--debug", "--root"]);
    show(install.arg(home.target.join("tools")).arg("--target-dir").arg(home.target.join("tools").join("build")))
}

/// Drives the real window on a screen, a message bus and an unlocked keyring of its own.
fn test_window(home: &Home, counts: &mut Counts) -> Result<(), String> {
    // The tests' own runner reads the keyring's password, an empty line, from its input.
    const KEYRING: &str = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
    let mut command = if cfg!(target_os = "linux") {
        let mut screen = Command::new("xvfb-run");
        screen.args(["-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--", "bash", "-c", KEYRING, "bash", "node"]);
        screen
    } else {
        Command::new("node")
    };
    let room = home.room("tests/window");
    command
        .current_dir(&room)
        .args(["--test", "--test-concurrency=1", "--test-reporter=tap", "--test-timeout=600000"])
        .env("BANYAN_WINDOW", home.built(false, "banyan-window"))
        .env("BANYAN_CLI", home.built(false, "banyan"))
        .env("BANYAN_PICTURES", home.target.join("window"))
        .env("TAURI_DRIVER", home.tool("tauri-driver"));
    watch(&mut command, counts)
}
