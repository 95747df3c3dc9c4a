//! Safe graphics: WebKitGTK shows a blank or very slow window with NVIDIA's driver and its DMA-BUF renderer.

use std::path::Path;

/// WebKitGTK's own switch; whoever has set it, to any value, has decided.
const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Starts this program again with safe graphics where they are needed, waits for it and returns its exit code.
/// Returns nothing where this process can go on. The environment of a running process is not changed, because
/// threads may already read it.
#[must_use]
pub fn restart_if_needed() -> Option<i32> {
    if !cfg!(target_os = "linux") || std::env::var_os(SWITCH).is_some() || !has_nvidia(Path::new("/proc"), Path::new("/sys")) {
        return None;
    }
    let program = std::env::current_exe().ok()?;
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1)).env(SWITCH, "1");
    become_or_wait(again)
}

#[cfg(unix)]
fn become_or_wait(mut again: std::process::Command) -> Option<i32> {
    use std::os::unix::process::CommandExt;
    // Returns only when the program could not be replaced; then the window opens without safe graphics.
    let error = again.exec();
    eprintln!("safe graphics could not be switched on: {error}");
    None
}

#[cfg(not(unix))]
fn become_or_wait(mut again: std::process::Command) -> Option<i32> {
    again.status().ok().map(|status| status.code().unwrap_or(1))
}

/// Whether NVIDIA's own driver is loaded, below the given roots of the two system folders.
fn has_nvidia(proc: &Path, sys: &Path) -> bool {
    proc.join("driver/nvidia/version").exists() || sys.join("module/nvidia").exists()
}

#[cfg(test)]
mod tests {
    use super::has_nvidia;

    #[test]
    fn the_driver_is_found_by_either_of_its_traces() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let (proc, sys) = (folder.path().join("proc"), folder.path().join("sys"));
        assert!(!has_nvidia(&proc, &sys));
        std::fs::create_dir_all(sys.join("module/nvidia")).expect("a trace of the driver");
        assert!(has_nvidia(&proc, &sys));
        std::fs::create_dir_all(proc.join("driver/nvidia/version")).expect("the other trace");
        assert!(has_nvidia(&proc, &folder.path().join("elsewhere")));
    }
}
