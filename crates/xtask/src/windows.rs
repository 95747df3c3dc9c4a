//! Windows, tried on Linux: cross-built with Debian's packages, run under wine, packed into an installer. A check, no proof for Microsoft's linker or a
//! real Windows; `docs/platforms.md` says what a person with one does.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::counts::Counts;
use crate::home::{Home, cargo};
use crate::machine::answers;
use crate::step::{Steps, ask, show, watch};

const TARGET: &str = "x86_64-pc-windows-gnu";

/// What is run under wine: every room without a window, and the house as a whole. The bench measures, the house keeper runs on the builder's machine, and
/// the command line has a step of its own.
const HEADLESS: &[&str] =
    &["--workspace", "--exclude", "banyan-shell", "--exclude", "banyan-bench", "--exclude", "banyan-xtask", "--exclude", "banyan-cli"];

/// Seconds that the crash loop may take: wine forgets at times to tell that a process which was killed has ended, and then nothing goes on.
const KILLS: &str = "900";

/// What this machine lacks for the check, in words that say how to get it.
pub fn lacking() -> Vec<&'static str> {
    let mut lacking = Vec::new();
    if !answers("x86_64-w64-mingw32-gcc", "--version") || !answers("x86_64-w64-mingw32-g++", "--version") {
        lacking.push("apt-get install gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64");
    }
    if !answers("wine", "--version") {
        lacking.push("apt-get install wine wine64");
    }
    if !answers("makensis", "-VERSION") {
        lacking.push("apt-get install nsis");
    }
    let targets = ask(Command::new("rustc").args(["--print", "sysroot"])).map(|root| Path::new(root.trim()).join("lib/rustlib").join(TARGET));
    if !targets.is_ok_and(|folder| folder.exists()) {
        lacking.push("rustup target add x86_64-pc-windows-gnu");
    }
    lacking
}

/// Builds everything for Windows, runs the main job and the headless tests under wine, makes the installer, installs and uninstalls it.
///
/// # Errors
/// What is missing here, or what failed.
pub fn windows(home: &Home) -> Result<(), String> {
    let lacking = lacking();
    if !lacking.is_empty() {
        return Err(format!("Windows cannot be tried on this machine. It needs:\n  {}", lacking.join("\n  ")));
    }
    let mut steps = Steps::new(7);
    steps.step("wine", |_| prepare_wine(home));
    steps.step("programs for Windows", |_| build(home));
    steps.step_after(&["wine", "programs for Windows"], "the main job under wine", |_| tour(home));
    steps.step_after(&["wine", "programs for Windows"], "tests under wine", |counts| tests(home, HEADLESS, counts));
    steps.step_after(&["wine", "programs for Windows"], "kills under wine", |counts| kills(home, counts));
    steps.step_after(&["programs for Windows"], "installer", |_| installer(home));
    steps.step_after(&["wine", "installer"], "installed and uninstalled", |_| install(home));
    steps.summary();
    let Counts { passed, failed, .. } = steps.counts();
    println!("\n{passed} passed, {failed} failed");
    if steps.all_done() { Ok(()) } else { std::process::exit(1) }
}

/// The part of the check that the whole test run does where the tools are there: the rules, the books and the main job.
///
/// # Errors
/// What failed.
pub fn part_of_test(home: &Home, counts: &mut Counts) -> Result<(), String> {
    let lacking = lacking();
    if !lacking.is_empty() {
        println!("   not tried on this machine; it would need: {}", lacking.join("; "));
        return Ok(());
    }
    prepare_wine(home)?;
    show(to_windows(home).args(["build", "--package", "banyan-cli"]))?;
    tour(home)?;
    tests(home, &["--package", "banyan-domain", "--package", "banyan-books"], counts)
}

/// Cargo for Windows, from clean and without debugger's words: they would fill the disk, and nobody steps through what runs under wine.
fn to_windows(home: &Home) -> Command {
    let mut command = cargo();
    command
        .current_dir(&home.root)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_BUILD_TARGET", TARGET)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_TEST_DEBUG", "0")
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "wine");
    in_wine(home, &mut command);
    command
}

fn in_wine<'c>(home: &Home, command: &'c mut Command) -> &'c mut Command {
    command.env("WINEPREFIX", prefix(home)).env("WINEDEBUG", "-all")
}

fn prefix(home: &Home) -> PathBuf {
    home.target.join("wine")
}

fn built(home: &Home) -> PathBuf {
    home.target.join(TARGET).join("debug")
}

/// A folder of wine's own, with what every Windows has and Debian's wine lacks: one library, and letters for Chinese.
fn prepare_wine(home: &Home) -> Result<(), String> {
    let folder = prefix(home);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    ask(in_wine(home, Command::new("wine").args(["wineboot", "--init"])))?;
    let system = folder.join("drive_c/windows");
    if let Ok(letters) = ask(Command::new("fc-match").args(["--format", "%{file}", "sans:lang=zh-cn"])) {
        let letters = Path::new(letters.trim());
        let copied = std::fs::create_dir_all(system.join("Fonts"))
            // Under the name of the letters that every Windows has.
            .and_then(|()| std::fs::copy(letters, system.join("Fonts").join("msyh.ttc")));
        copied.map_err(|error| format!("{} cannot be copied: {error}", letters.display()))?;
    }
    let library = system.join("system32/bcryptprimitives.dll");
    if library.exists() {
        return Ok(());
    }
    let mut compiler = Command::new("x86_64-w64-mingw32-gcc");
    compiler.args(["-shared", "-o"]).arg(&library).arg(home.room("packaging/windows/prng.c")).arg("-ladvapi32");
    show(&mut compiler)
}

fn build(home: &Home) -> Result<(), String> {
    show(to_windows(home).args(["build", "--workspace", "--exclude", "banyan-bench", "--exclude", "banyan-xtask"]))
}

/// A sample shop, a sale with its receipt, and the month's report, in locked books.
fn tour(home: &Home) -> Result<(), String> {
    let mut tour = Command::new("wine");
    tour.arg(built(home).join("banyan.exe")).arg("tour").env("BANYAN_PIN", "2580").env("BANYAN_PASSPHRASE", "a passphrase for wine");
    show(in_wine(home, &mut tour))
}

fn tests(home: &Home, which: &[&str], counts: &mut Counts) -> Result<(), String> {
    watch(to_windows(home).args(["test", "--no-fail-fast"]).args(which), counts)
}

/// The command line's tests, among them those that kill it at any moment.
fn kills(home: &Home, counts: &mut Counts) -> Result<(), String> {
    let cargo = to_windows(home);
    let mut within = Command::new("timeout");
    within.args(["--kill-after", "10", KILLS]).arg(cargo.get_program()).args(["test", "--no-fail-fast", "--package", "banyan-cli"]);
    within.current_dir(&home.root).envs(cargo.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let ended = watch(&mut within, counts);
    if ended.is_err() {
        // What hangs in wine would hang in the next step too.
        drop(ask(in_wine(home, Command::new("wineserver").arg("--kill"))));
    }
    ended
}

fn setup(home: &Home) -> PathBuf {
    built(home).join("Banyan-setup.exe")
}

fn installer(home: &Home) -> Result<(), String> {
    let mut pack = Command::new("makensis");
    pack.arg("-V2")
        .arg(format!("-DPROGRAMS={}", built(home).display()))
        .arg(format!("-DVERSION={}", env!("CARGO_PKG_VERSION")))
        .arg(format!("-DOUT={}", setup(home).display()))
        .arg(home.room("packaging/windows/banyan.nsi"));
    show(&mut pack)?;
    let bytes = std::fs::metadata(setup(home)).map_err(|error| format!("the installer is not there: {error}"))?.len();
    println!("   {} MiB, unstripped", bytes / (1024 * 1024));
    Ok(())
}

/// Installs without questions, looks, puts a shop's file where the books lie, uninstalls without questions: the program goes, the books stay.
fn install(home: &Home) -> Result<(), String> {
    let users = prefix(home).join("drive_c/users");
    let user = std::fs::read_dir(&users)
        .map_err(|error| format!("{}: {error}", users.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|folder| folder.join("AppData").exists())
        .ok_or("wine has no person with a folder")?;
    let programs = user.join("AppData/Local/Banyan");
    let books = user.join("AppData/Roaming/shop.banyan.desktop/shop.banyan");
    ask(in_wine(home, Command::new("wine").arg(setup(home)).arg("/S")))?;
    wait_for(&programs.join("banyan-window.exe"), true)?;
    ask(in_wine(home, Command::new("wine").arg(programs.join("banyan.exe")).arg("--version")))?;
    let folder = books.parent().unwrap_or(&users);
    std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&books, b"books")).map_err(|error| format!("{}: {error}", books.display()))?;
    ask(in_wine(home, Command::new("wine").arg(programs.join("uninstall.exe")).arg("/S")))?;
    wait_for(&programs.join("banyan-window.exe"), false)?;
    if books.exists() { Ok(()) } else { Err("the uninstaller deleted the books without a person who said so".into()) }
}

/// The installers go on in a process of their own after the first one ended.
fn wait_for(file: &Path, there: bool) -> Result<(), String> {
    for _ in 0..600 {
        if file.exists() == there {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Err(format!("{} is {}", file.display(), if there { "not there" } else { "still there" }))
}
