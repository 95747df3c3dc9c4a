//! Bytes to a receipt or label printer: on the network, behind a queue of the system, or on a serial port. A sale never waits for this: the
//! caller keeps a queue and tries again.
//!
//! What a fault says of the paper is the point: [`PrinterFault::on_paper`] is false only where not one byte of the job left this machine.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::devices;

/// The port that network receipt printers listen on.
pub const RAW_PORT: u16 = 9100;

/// How a printer is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By TCP.
    Network {
        /// `host` or `host:port`; the port is 9100 unless given.
        address: String,
        /// True where the printer answers status questions. Then a job counts as printed only once the printer has said so after its last byte;
        /// otherwise once the network has taken the bytes, which is all that such a printer lets anybody know.
        answers: bool,
    },
    /// By a raw queue of the system: CUPS, or the spooler of Windows. What was queued is the system's to print.
    System {
        /// Its name there.
        queue: String,
    },
    /// By a serial port, which a printer on USB may be too.
    Serial {
        /// `/dev/ttyUSB0`, `COM3`.
        port: String,
        /// Bits a second.
        baud: u32,
        /// As for the network.
        answers: bool,
    },
}

/// How long to wait for each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the connection.
    pub connect: Duration,
    /// For the printer to take more bytes, or to answer.
    pub step: Duration,
    /// For everything together.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), step: Duration::from_secs(5), whole: Duration::from_secs(60) }
    }
}

/// Why nothing, or not everything, was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PrinterFault {
    /// The address is no `host` or `host:port`, or has no such host.
    #[error("{address} is no printer address")]
    BadAddress {
        /// As set.
        address: String,
    },
    /// Something answers there, but no printer listens at that port.
    #[error("the printer refused the connection")]
    Refused,
    /// Nothing answers there: switched off, unplugged, another network.
    #[error("the printer cannot be reached")]
    Unreachable,
    /// This machine has no such queue or port: unplugged, renamed.
    #[error("this machine has no printer {name}")]
    NotThere {
        /// As set.
        name: String,
    },
    /// The system keeps this program from the queue or port: another program holds it, or a right is missing.
    #[error("the system does not give access to {name}: {reason}")]
    NotAllowed {
        /// As set.
        name: String,
        /// What the system said.
        reason: String,
    },
    /// It took some bytes and then no more, or did not answer: busy, jammed, its lid open.
    #[error("the printer stopped after {sent} bytes")]
    Stalled {
        /// Bytes of the job taken before.
        sent: u64,
    },
    /// It hung up before the end.
    #[error("the printer hung up after {sent} bytes")]
    ClosedEarly {
        /// Bytes of the job taken before.
        sent: u64,
    },
    /// The paper is used up.
    #[error("the printer is out of paper")]
    OutOfPaper {
        /// Bytes of the job taken before.
        #[serde(default)]
        sent: u64,
    },
    /// The lid is open.
    #[error("the printer's lid is open")]
    LidOpen {
        /// Bytes of the job taken before.
        #[serde(default)]
        sent: u64,
    },
}

impl PrinterFault {
    /// Whether anything of the job may be on paper. False only where not one byte of it was taken.
    pub fn on_paper(&self) -> bool {
        match self {
            Self::BadAddress { .. } | Self::Refused | Self::Unreachable | Self::NotThere { .. } | Self::NotAllowed { .. } => false,
            Self::Stalled { sent } | Self::ClosedEarly { sent } | Self::OutOfPaper { sent } | Self::LidOpen { sent } => *sent > 0,
        }
    }
}

/// What a printer says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrinterStatus {
    /// The paper sensors.
    pub paper: Paper,
    /// The lid.
    pub lid_open: bool,
}

impl PrinterStatus {
    fn fault(self, sent: u64) -> Option<PrinterFault> {
        match (self.paper, self.lid_open) {
            (_, true) => Some(PrinterFault::LidOpen { sent }),
            (Paper::Out, false) => Some(PrinterFault::OutOfPaper { sent }),
            (Paper::Enough | Paper::NearEnd, false) => None,
        }
    }
}

/// What the paper sensors see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// Enough.
    Enough,
    /// The roll is nearly used up.
    NearEnd,
    /// None.
    Out,
}

/// Sends a job. For a printer that answers, its paper and lid are looked at first and the end of the job is confirmed.
///
/// # Errors
/// A [`PrinterFault`]; see [`PrinterFault::on_paper`].
pub fn print(way: &Way, job: &[u8], patience: Patience) -> Result<(), PrinterFault> {
    let end = Instant::now() + patience.whole;
    match way {
        Way::Network { address, answers } => {
            let mut line = connect(address, patience)?;
            if *answers {
                return converse(&mut line, job, end);
            }
            let sent = send(&mut line, job, end)?;
            hang_up(line, sent)
        }
        Way::Serial { port, baud, answers } => {
            let mut line = devices::open_serial(port, *baud, patience.step)?;
            if *answers { converse(&mut line, job, end) } else { send(&mut line, job, end).map(drop) }
        }
        Way::System { queue } => devices::spool(queue, job),
    }
}

/// Asks a printer on the network how it is.
///
/// # Errors
/// As [`print`]; `Stalled` where the printer does not answer such questions.
pub fn status(address: &str, patience: Patience) -> Result<PrinterStatus, PrinterFault> {
    ask_status(&mut connect(address, patience)?, Instant::now() + patience.whole)
}

fn converse(line: &mut (impl Read + Write), job: &[u8], end: Instant) -> Result<(), PrinterFault> {
    if let Some(fault) = ask_status(line, end)?.fault(0) {
        return Err(fault);
    }
    // GS r 1 waits in line behind the job, unlike DLE EOT, so its answer means that the job went before.
    let done = send(line, job, end).and_then(|sent| {
        let asked = send(line, &[0x1d, b'r', 1], end).map_err(|fault| after(fault, sent));
        asked.and_then(|_| answer(line, sent))
    });
    match done {
        Ok(_) => Ok(()),
        Err(PrinterFault::Stalled { sent }) => {
            // Answered at once even by a printer that has stopped: the roll may have run out in the middle.
            let why = ask_status(line, end).ok().and_then(|status| status.fault(sent));
            Err(why.unwrap_or(PrinterFault::Stalled { sent }))
        }
        Err(fault) => Err(fault),
    }
}

/// The fault, with what had been sent before its own step.
fn after(fault: PrinterFault, sent: u64) -> PrinterFault {
    match fault {
        PrinterFault::Stalled { .. } => PrinterFault::Stalled { sent },
        _ => PrinterFault::ClosedEarly { sent },
    }
}

fn connect(address: &str, patience: Patience) -> Result<TcpStream, PrinterFault> {
    let mut last = PrinterFault::Unreachable;
    for socket in sockets(address)? {
        match TcpStream::connect_timeout(&socket, patience.connect) {
            Ok(line) => {
                let ready = line.set_write_timeout(Some(patience.step)).and_then(|()| line.set_read_timeout(Some(patience.step)));
                return ready.map(|()| line).map_err(|_| PrinterFault::Unreachable);
            }
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => last = PrinterFault::Refused,
            Err(_) => {}
        }
    }
    Err(last)
}

fn sockets(address: &str) -> Result<Vec<SocketAddr>, PrinterFault> {
    let bad = || PrinterFault::BadAddress { address: address.to_owned() };
    let plain = address.trim();
    if plain.is_empty() || plain.contains(char::is_whitespace) || plain.contains('/') {
        return Err(bad());
    }
    let found = match plain.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            let port: u16 = port.parse().map_err(|_| bad())?;
            (host.trim_start_matches('[').trim_end_matches(']'), port).to_socket_addrs()
        }
        Some(_) | None => (plain.trim_start_matches('[').trim_end_matches(']'), RAW_PORT).to_socket_addrs(),
    };
    let found: Vec<SocketAddr> = found.map_err(|_| bad())?.filter(|socket| socket.port() != 0).collect();
    if found.is_empty() { Err(bad()) } else { Ok(found) }
}

/// In small parts, so that a printer that takes a byte now and then does not keep the worker for ever.
const PART: usize = 1024;

fn send(line: &mut impl Write, job: &[u8], end: Instant) -> Result<u64, PrinterFault> {
    let mut rest = job;
    let mut sent = 0;
    while !rest.is_empty() {
        if Instant::now() > end {
            return Err(PrinterFault::Stalled { sent });
        }
        match line.write(&rest[..rest.len().min(PART)]) {
            Ok(0) => return Err(PrinterFault::ClosedEarly { sent }),
            Ok(taken) => {
                rest = &rest[taken..];
                sent += taken as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(fault_of(error.kind(), sent)),
        }
    }
    Ok(sent)
}

fn answer(line: &mut impl Read, sent: u64) -> Result<u8, PrinterFault> {
    let mut byte = [0];
    loop {
        match line.read(&mut byte) {
            Ok(0) => return Err(PrinterFault::ClosedEarly { sent }),
            // XON and XOFF are flow control, not answers.
            Ok(_) if matches!(byte, [0x11 | 0x13]) => {}
            Ok(_) => return Ok(byte[0]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(fault_of(error.kind(), sent)),
        }
    }
}

fn ask_status(line: &mut (impl Read + Write), end: Instant) -> Result<PrinterStatus, PrinterFault> {
    send(line, &[0x10, 4, 2], end).map_err(|fault| after(fault, 0))?;
    let offline = answer(line, 0)?;
    send(line, &[0x10, 4, 4], end).map_err(|fault| after(fault, 0))?;
    let sensors = answer(line, 0)?;
    let paper = match (sensors & 0x60 != 0, sensors & 0x0c != 0) {
        (true, _) => Paper::Out,
        (false, true) => Paper::NearEnd,
        (false, false) => Paper::Enough,
    };
    Ok(PrinterStatus { paper, lid_open: offline & 0x04 != 0 })
}

/// Ends the connection in order. A printer that resets it instead has thrown bytes away; one that keeps it open is content.
fn hang_up(mut line: TcpStream, sent: u64) -> Result<(), PrinterFault> {
    line.shutdown(Shutdown::Write).map_err(|error| fault_of(error.kind(), sent))?;
    loop {
        match line.read(&mut [0; 64]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut => return Ok(()),
                ErrorKind::Interrupted => {}
                kind => return Err(fault_of(kind, sent)),
            },
        }
    }
}

fn fault_of(kind: ErrorKind, sent: u64) -> PrinterFault {
    match kind {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => PrinterFault::Stalled { sent },
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => PrinterFault::Unreachable,
        _ => PrinterFault::ClosedEarly { sent },
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    const SHORT: Patience = Patience { connect: Duration::from_secs(2), step: Duration::from_millis(300), whole: Duration::from_secs(20) };

    fn listener() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        (listener, address)
    }

    fn printer(address: &str, answers: bool) -> Way {
        Way::Network { address: address.into(), answers }
    }

    /// A printer that answers questions with the given bytes, in order, and keeps what else it hears.
    fn talking(answers: &'static [u8]) -> (String, thread::JoinHandle<Vec<u8>>) {
        let (listener, address) = listener();
        let heard = thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            let mut answers = answers.iter();
            let (mut heard, mut byte) = (Vec::new(), [0]);
            while line.read(&mut byte).is_ok_and(|count| count > 0) {
                heard.push(byte[0]);
                let asked = heard.ends_with(&[0x10, 4, 2]) || heard.ends_with(&[0x10, 4, 4]) || heard.ends_with(&[0x1d, b'r', 1]);
                if asked && let Some(answer) = answers.next() {
                    line.write_all(&[*answer]).unwrap();
                }
            }
            heard
        });
        (address, heard)
    }

    #[test]
    fn every_byte_arrives() {
        let (listener, address) = listener();
        let heard = thread::spawn(move || {
            let mut all = Vec::new();
            listener.accept().unwrap().0.read_to_end(&mut all).unwrap();
            all
        });
        let job: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        assert_eq!(print(&printer(&address, false), &job, Patience::default()), Ok(()));
        assert_eq!(heard.join().unwrap(), job);
    }

    #[test]
    fn nobody_at_that_port() {
        let (listener, address) = listener();
        drop(listener);
        assert_eq!(print(&printer(&address, false), b"x", SHORT), Err(PrinterFault::Refused));
    }

    #[test]
    fn a_printer_that_stops_taking_bytes() {
        let (listener, address) = listener();
        let held = thread::spawn(move || listener.accept().unwrap());
        let fault = print(&printer(&address, false), &vec![b'x'; 64 << 20], SHORT);
        let Err(PrinterFault::Stalled { sent }) = fault else { panic!("{fault:?}") };
        assert!(sent > 0 && sent < 64 << 20);
        drop(held.join().unwrap());
    }

    #[test]
    fn a_printer_that_hangs_up() {
        let (listener, address) = listener();
        let gone = thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            line.read_exact(&mut [0; 4]).unwrap();
        });
        let fault = print(&printer(&address, false), &vec![b'x'; 64 << 20], Patience::default());
        assert!(matches!(fault, Err(PrinterFault::ClosedEarly { .. })), "{fault:?}");
        gone.join().unwrap();
    }

    #[test]
    fn half_open_the_bytes_vanish_and_only_a_printer_that_answers_can_tell() {
        let (listener, address) = listener();
        let fault = print(&printer(&address, true), b"job", SHORT);
        assert_eq!(fault, Err(PrinterFault::Stalled { sent: 0 }));
        assert_eq!(print(&printer(&address, false), b"job", SHORT), Ok(()));
        drop(listener);
    }

    #[test]
    fn a_job_is_done_when_the_printer_says_so() {
        let (address, heard) = talking(&[0x12, 0x12, 0x00]);
        assert_eq!(print(&printer(&address, true), b"job", Patience::default()), Ok(()));
        assert_eq!(heard.join().unwrap(), b"\x10\x04\x02\x10\x04\x04job\x1dr\x01");
        let (address, heard) = talking(&[0x12, 0x12]);
        assert_eq!(print(&printer(&address, true), b"job", SHORT), Err(PrinterFault::Stalled { sent: 3 }));
        heard.join().unwrap();
    }

    #[test]
    fn out_of_paper_and_open_lid_send_nothing() {
        for (answers, fault) in [(&[0x12, 0x72], PrinterFault::OutOfPaper { sent: 0 }), (&[0x16, 0x12], PrinterFault::LidOpen { sent: 0 })] {
            let (address, heard) = talking(answers);
            assert_eq!(print(&printer(&address, true), b"job", Patience::default()), Err(fault));
            assert!(!heard.join().unwrap().ends_with(b"job"));
        }
        let (address, heard) = talking(&[0x12, 0x1e]);
        assert_eq!(status(&address, Patience::default()), Ok(PrinterStatus { paper: Paper::NearEnd, lid_open: false }));
        heard.join().unwrap();
    }

    #[test]
    fn addresses_as_people_type_them() {
        for bad in ["", "a b", "http://x", "127.0.0.1:99999", "127.0.0.1:0", "no-such-host.invalid"] {
            assert_eq!(sockets(bad), Err(PrinterFault::BadAddress { address: bad.into() }), "{bad}");
        }
        assert_eq!(sockets(" 127.0.0.1 ").unwrap()[0].port(), 9100);
        assert_eq!(sockets("127.0.0.1:9101").unwrap()[0].port(), 9101);
        assert_eq!(sockets("[::1]:9102").unwrap()[0].to_string(), "[::1]:9102");
        assert_eq!(sockets("::1").unwrap()[0].to_string(), "[::1]:9100");
    }
}
