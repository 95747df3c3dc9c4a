//! The house keeper: runs the shop, tests the house and keeps it tidy.
//!
//! Invariant: it is built from the standard library and one JSON reader alone, so it is ready in seconds on a machine
//! that has nothing but Rust, and can then fetch the rest.

mod bench;
mod bindings;
mod counts;
mod home;
mod machine;
mod parts;
mod run;
mod step;
mod test;
mod tidy;
mod windows;

use std::process::ExitCode;

use home::Home;

const HELP: &str = "\
The house keeper of Banyan. Usage: cargo xtask <command>

  run [--release]    install what is missing, build, and open the window;
                     without a display: do the main job in the terminal
  test               check everything from a clean clone, as the build machine does
  tidy               check the rules of the house: arrows, names, lengths, colours, floats
  bindings [--check] write the types that the screens share with the menu, or compare them
  bench [--goal N] [--members N] [--quick]
                     measure every goal of speed against its floor; the table is in docs/speed.md
  parts FOLDER       write what the programs are made of: a CycloneDX list, and every licence's words
  simulate [--seeds N] [--seed S]
                     tills, the meeting place and every fault between them, by seed
  windows            cross-build for Windows, run the main job and the tests under wine, make and try an installer
  help               this text";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = Home::find().and_then(|home| match words.as_slice() {
        ["run"] => run::run(&home, false),
        ["run", "--release"] => run::run(&home, true),
        ["test"] => test::test(&home),
        ["tidy"] => tidy::tidy(&home),
        ["bench", rest @ ..] => bench::bench(&home, rest),
        ["parts", folder] => parts::parts(&home, std::path::Path::new(folder)),
        ["simulate", rest @ ..] => test::simulate(&home, rest),
        ["windows"] => windows::windows(&home),
        ["bindings"] => bindings::write(&home),
        ["bindings", "--check"] => bindings::check(&home),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        [..] => Err(format!("there is no command `{}`\n\n{HELP}", words.join(" "))),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}
