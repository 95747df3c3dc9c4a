//! What this machine must have, what it lacks, and how it gets it.

use std::process::Command;

use crate::home::{cargo, npm};
use crate::step::{ask, show};

/// What the next steps will do on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Compile the programs without a window.
    Terminal,
    /// Compile and open the window.
    Window,
    /// All of it, and drive the window by the tests.
    Tests,
}

/// Debian's and Ubuntu's packages for compiling anything that contains C; Perl configures the OpenSSL that locks the books.
const COMPILE: &[&str] = &["build-essential", "pkg-config", "perl"];

/// What the window is compiled against and shown with, Chinese letters included.
const WINDOW: &[&str] = &["libwebkit2gtk-4.1-dev", "libgtk-3-dev", "fonts-noto-cjk"];

/// What the window tests run in: a driver, a screen, a message bus and a keyring.
const TESTS: &[&str] = &["webkit2gtk-driver", "xvfb", "xauth", "dbus", "gnome-keyring", "at-spi2-core", "fonts-dejavu-core"];

/// The oldest Node that the screens are built with: 20.19.
const NODE: (u32, u32) = (20, 19);

/// Looks at what the machine lacks for `need`, installs what may be installed without asking, and returns when all is there.
///
/// # Errors
/// Something is missing that only a person can install; the message names each piece and how to get it.
pub fn prepare(need: Need) -> Result<(), String> {
    let mut missing = Vec::new();
    match std::env::consts::OS {
        "linux" => missing.extend(prepare_linux(need).err()),
        "macos" => missing.extend(look_at_macos().err()),
        "windows" => missing.extend(look_at_windows(need)),
        other => {
            println!("   {other} is not a system the house knows; going on with what is there")
        }
    }
    if need != Need::Terminal {
        missing.extend(look_at_node().err());
    }
    if need == Need::Tests {
        missing.extend(prepare_rust().err());
    }
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n")) }
}

/// Whether a window can be shown here.
#[must_use]
pub fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn prepare_linux(need: Need) -> Result<(), String> {
    let wanted: Vec<&str> = match need {
        Need::Terminal => COMPILE.to_vec(),
        Need::Window => [COMPILE, WINDOW].concat(),
        Need::Tests => [COMPILE, WINDOW, TESTS].concat(),
    };
    if !answers("dpkg-query", "--version") {
        println!("   this system has no dpkg; it needs what Debian calls {}", wanted.join(" "));
        return Ok(());
    }
    let lacking: Vec<&str> = wanted.into_iter().filter(|package| !has_package(package)).collect();
    if lacking.is_empty() {
        println!("   all system packages are there");
        return Ok(());
    }
    println!("   missing: {}", lacking.join(" "));
    let by_hand = format!("Please install the missing packages: sudo apt-get install {}", lacking.join(" "));
    let Some(prefix) = rights() else {
        return Err(format!("The system packages {} are missing, and this account may not install them.\n{by_hand}", lacking.join(" ")));
    };
    println!("   installing them with apt-get");
    let apt = |words: &[&str]| {
        let words = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=500"], words].concat();
        let mut command = Command::new(words.first().copied().unwrap_or("apt-get"));
        command.args(words.get(1..).unwrap_or_default());
        show(&mut command).map_err(|why| format!("apt-get did not finish ({why}).\n{by_hand}"))
    };
    apt(&["update", "-q"])?;
    apt(&[&["install", "-y", "-q", "--no-install-recommends"], lacking.as_slice()].concat())
}

fn has_package(package: &str) -> bool {
    let mut question = Command::new("dpkg-query");
    question.args(["--show", "--showformat", "${db:Status-Status}", package]);
    ask(&mut question).is_ok_and(|status| status.trim() == "installed")
}

/// What must stand before apt-get so that it may install: nothing for root, sudo where it asks for no password or a
/// person is at the terminal to give one; nothing at all where neither helps.
fn rights() -> Option<&'static [&'static str]> {
    use std::io::IsTerminal;
    if ask(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    if ask(Command::new("sudo").args(["-n", "true"])).is_ok() {
        return Some(&["sudo"]);
    }
    let may_ask = answers("sudo", "--version") && std::io::stdin().is_terminal();
    may_ask.then_some(&["sudo"])
}

/// Formatter and linter of the pinned toolchain; a lean installation of Rust comes without them.
fn prepare_rust() -> Result<(), String> {
    let lacking: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(word, _)| ask(cargo().args([word, "--version"])).is_err())
        .map(|(_, component)| component)
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    println!("   adding {} to the toolchain", lacking.join(" and "));
    show(Command::new("rustup").args(["component", "add"]).args(&lacking)).map_err(|why| {
        format!("The toolchain lacks {} ({why}). Install them with: rustup component add {}", lacking.join(" and "), lacking.join(" "))
    })
}

fn look_at_macos() -> Result<(), String> {
    match ask(Command::new("xcode-select").arg("-p")) {
        Ok(_) => Ok(()),
        Err(_) => Err("Apple's command line tools are missing. Install them with: xcode-select --install".into()),
    }
}

fn look_at_windows(need: Need) -> Vec<String> {
    let mut missing = Vec::new();
    if !has_msvc() {
        missing.push(
            "Microsoft's C++ build tools are missing. Install them with:\n  winget install Microsoft.VisualStudio.2022.BuildTools \
             --override \"--wait --quiet --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"\n\
             or choose \"Desktop development with C++\" in https://visualstudio.microsoft.com/visual-cpp-build-tools/"
                .into(),
        );
    }
    if !answers("perl", "-v") {
        missing.push(
            "Perl is missing; it configures the OpenSSL that locks the books. Install it with:\n  winget install StrawberryPerl.StrawberryPerl"
                .into(),
        );
    }
    if need != Need::Terminal && !has_webview2() {
        missing.push(
            "The WebView2 runtime is missing (Windows 11 brings it). Install it with:\n  winget install Microsoft.EdgeWebView2Runtime\n\
             or from https://developer.microsoft.com/microsoft-edge/webview2/"
                .into(),
        );
    }
    missing
}

fn has_msvc() -> bool {
    let installer = std::env::var("ProgramFiles(x86)").unwrap_or_else(|_| r"C:\Program Files (x86)".into());
    let finder = format!(r"{installer}\Microsoft Visual Studio\Installer\vswhere.exe");
    let mut question = Command::new(finder);
    question.args(["-latest", "-products", "*", "-requires", "Microsoft.VisualStudio.Component.VC.Tools.x86.x64", "-property", "installationPath"]);
    ask(&mut question).is_ok_and(|path| !path.trim().is_empty())
}

fn has_webview2() -> bool {
    const RUNTIME: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [r"HKLM\SOFTWARE\WOW6432Node\", r"HKLM\SOFTWARE\", r"HKCU\Software\"]
        .iter()
        .any(|root| ask(Command::new("reg").args(["query", &format!("{root}{RUNTIME}"), "/v", "pv"])).is_ok())
}

fn look_at_node() -> Result<(), String> {
    let how = format!(
        "Install Node {}.{} or newer (with npm) from https://nodejs.org or with the system's version manager; \
         Debian 12 and Ubuntu 24.04 carry an older one.",
        NODE.0, NODE.1
    );
    let Ok(version) = ask(Command::new("node").arg("--version")) else {
        return Err(format!("Node is missing. {how}"));
    };
    let version = version.trim();
    if node_version(version).is_none_or(|found| found < NODE) {
        return Err(format!("Node {version} is too old. {how}"));
    }
    if ask(npm().arg("--version")).is_err() {
        return Err(format!("npm is missing beside Node {version}. {how}"));
    }
    println!("   Node {version}");
    Ok(())
}

/// Major and minor of `v20.19.4`.
fn node_version(printed: &str) -> Option<(u32, u32)> {
    let mut parts = printed.trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Whether a program is there and answers.
pub fn answers(program: &str, question: &str) -> bool {
    ask(Command::new(program).arg(question)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{NODE, node_version};

    #[test]
    fn versions_of_node_are_compared_as_numbers() {
        assert_eq!(node_version("v20.19.4"), Some((20, 19)));
        assert!(node_version("v20.9.0").is_some_and(|found| found < NODE));
        assert!(node_version("v22.1.0").is_some_and(|found| found > NODE));
        assert_eq!(node_version("not a version"), None);
    }
}
