//! PostgreSQL from the machine's own package, in a folder that goes away.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// A server of our own.
pub struct Server {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Server {
    /// Starts it, or says why not.
    pub fn start() -> Result<Self, String> {
        let programs = newest().ok_or("no /usr/lib/postgresql")?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map_err(|error| error.to_string())?.port();
        let server = Self { folder, programs, port };
        // PostgreSQL refuses to run as root: its package's own user does.
        if root() {
            run(Command::new("chown").arg("postgres").arg(server.folder.path()))?;
        }
        let data = server.data();
        run(server.program("initdb").args(["--auth=trust", "--username=postgres", "--no-sync", "--pgdata"]).arg(&data))?;
        let options = format!("-h 127.0.0.1 -p {port} -k {}", server.folder.path().display());
        run(server
            .program("pg_ctl")
            .args(["--wait", "--silent", "--options", &options, "--log"])
            .arg(data.join("log"))
            .arg("--pgdata")
            .arg(&data)
            .arg("start"))?;
        Ok(server)
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        if !root() {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["--user", "postgres", "--"]).arg(program);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        // The folder goes away in any case.
        drop(run(self.program("pg_ctl").args(["--mode", "immediate", "--silent", "--pgdata"]).arg(data).arg("stop")));
    }
}

fn newest() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let programs = versions.filter_map(Result::ok).map(|version| version.path().join("bin"));
    programs.filter(|programs| programs.join("pg_ctl").exists()).max()
}

fn root() -> bool {
    Path::new("/root").metadata().is_ok_and(|_| Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n")))
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/").status().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} said {status}")) }
}
