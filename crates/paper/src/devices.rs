//! What differs between systems: serial ports and the system's own queues. The one file of this room that asks which system it is on.

use std::{io::ErrorKind, time::Duration};

use serialport::SerialPort;

use crate::printer::PrinterFault;

/// Queues that the system knows, by name, in its order. Empty where it has none or no spooler runs.
pub fn queues() -> Vec<String> {
    system::queues()
}

/// Serial ports that something is plugged into.
pub fn serial_ports() -> Vec<String> {
    let mut ports: Vec<String> = serialport::available_ports().unwrap_or_default().into_iter().map(|port| port.port_name).collect();
    // Every Linux machine lists serial ports of its board that lead nowhere; a printer is on USB there, or typed in.
    ports.retain(|port| !port.starts_with("/dev/ttyS"));
    ports.sort();
    ports
}

/// Hands a job to a queue of the system as it is.
///
/// # Errors
/// `NotThere`, `NotAllowed`: nothing was queued.
pub(crate) fn spool(queue: &str, job: &[u8]) -> Result<(), PrinterFault> {
    system::spool(queue, job)
}

/// Opens a serial port: eight bits, no parity, one stop bit.
///
/// # Errors
/// `NotThere`, `NotAllowed`
pub(crate) fn open_serial(port: &str, baud: u32, step: Duration) -> Result<Box<dyn SerialPort>, PrinterFault> {
    serialport::new(port, baud).timeout(step).open().map_err(|error| match error.kind() {
        serialport::ErrorKind::NoDevice | serialport::ErrorKind::Io(ErrorKind::NotFound) => PrinterFault::NotThere { name: port.to_owned() },
        _ => PrinterFault::NotAllowed { name: port.to_owned(), reason: error.to_string() },
    })
}

#[cfg(not(windows))]
mod system {
    use std::{
        io::{ErrorKind, Write},
        process::{Command, Stdio},
    };

    use crate::printer::PrinterFault;

    /// CUPS is asked by its own programs, which Linux and macOS both carry.
    pub(super) fn queues() -> Vec<String> {
        let listed = Command::new("lpstat").arg("-e").stdin(Stdio::null()).output();
        let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        listed.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    pub(super) fn spool(queue: &str, job: &[u8]) -> Result<(), PrinterFault> {
        let refused = |reason: String| PrinterFault::NotAllowed { name: queue.to_owned(), reason };
        let started = Command::new("lp")
            .args(["-s", "-d", queue, "-o", "raw", "--", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut lp = started.map_err(|error| match error.kind() {
            ErrorKind::NotFound => refused("CUPS is not installed".into()),
            _ => refused(error.to_string()),
        })?;
        // What `lp` could not read to its end is not queued: it says so itself.
        let fed = lp.stdin.take().map(|mut feed| feed.write_all(job));
        let output = lp.wait_with_output().map_err(|error| refused(error.to_string()))?;
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        match fed {
            Some(Ok(())) if output.status.success() => Ok(()),
            _ if said.contains("does not exist") || said.contains("No such file") => Err(PrinterFault::NotThere { name: queue.to_owned() }),
            _ => Err(refused(said)),
        }
    }
}

#[cfg(windows)]
mod system {
    use printers::common::base::job::PrinterJobOptions;

    use crate::printer::PrinterFault;

    pub(super) fn queues() -> Vec<String> {
        printers::get_printers().into_iter().map(|printer| printer.system_name).collect()
    }

    /// The spooler takes the bytes as they are: `RAW` is what the crate asks it for.
    pub(super) fn spool(queue: &str, job: &[u8]) -> Result<(), PrinterFault> {
        let named = printers::get_printers().into_iter().find(|printer| printer.system_name == queue || printer.name == queue);
        let printer = named.ok_or_else(|| PrinterFault::NotThere { name: queue.to_owned() })?;
        let options = PrinterJobOptions { name: Some("Banyan"), ..PrinterJobOptions::none() };
        match printer.print(job, options) {
            Ok(_) => Ok(()),
            Err(error) => Err(PrinterFault::NotAllowed { name: queue.to_owned(), reason: error.message }),
        }
    }
}
