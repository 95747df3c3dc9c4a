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

/// Hands a job to a queue of the system as it is; a PDF page through the queue's own filters.
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
        // A page is for the queue's own filters; everything else is the printer's language already.
        let raw: &[&str] = if job.starts_with(b"%PDF-") { &[] } else { &["-o", "raw"] };
        let started = Command::new("lp")
            .args(["-s", "-d", queue])
            .args(raw)
            .args(["--", "-"])
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

#[cfg(all(test, unix))]
mod tests {
    use std::{
        io::{Read, Write},
        thread,
        time::Duration,
    };

    use serialport::{SerialPort, TTYPort};

    use super::*;
    use crate::printer::{Patience, Way, print};

    const SHORT: Patience = Patience { connect: Duration::from_secs(2), step: Duration::from_secs(2), whole: Duration::from_secs(20) };

    #[test]
    fn a_port_that_is_not_there_is_named_and_nothing_is_sent() {
        let fault = print(&Way::Serial { port: "/dev/no-such-port".into(), baud: 9600, answers: false }, b"job", SHORT).unwrap_err();
        assert!(matches!(fault, PrinterFault::NotThere { .. } | PrinterFault::NotAllowed { .. }) && !fault.on_paper(), "{fault:?}");
    }

    #[test]
    fn a_job_goes_through_a_serial_port_and_is_confirmed() {
        let (mut master, slave) = TTYPort::pair().unwrap();
        let port = slave.name().unwrap();
        // The pair's own end stays open, as a plugged-in adapter would.
        let played = thread::spawn(move || {
            master.set_timeout(Duration::from_secs(5)).unwrap();
            let (mut heard, mut byte) = (Vec::new(), [0]);
            while master.read(&mut byte).is_ok_and(|count| count > 0) {
                heard.push(byte[0]);
                if heard.ends_with(&[0x10, 4, 2]) || heard.ends_with(&[0x10, 4, 4]) {
                    master.write_all(&[0x12]).unwrap();
                }
                if heard.ends_with(&[0x1d, b'r', 1]) {
                    master.write_all(&[0]).unwrap();
                    break;
                }
            }
            // The adapter stays plugged in until its answer was read.
            (heard, master)
        });
        assert_eq!(print(&Way::Serial { port, baud: 9600, answers: true }, b"job", SHORT), Ok(()));
        assert_eq!(played.join().unwrap().0, b"\x10\x04\x02\x10\x04\x04job\x1dr\x01");
        drop(slave);
    }
}
