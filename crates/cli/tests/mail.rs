//! Mail to members over TLS, from the command line to a real server on the loopback: a certificate that the machine trusts is taken, any other refused
//! before name, password or message are told. Only on systems whose trusted certificates are files: the others ask a store of their own, which a test must
//! not touch.

#![cfg(target_os = "linux")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::{Arc, Mutex},
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How the server's line becomes safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// From the first byte on.
    AtOnce,
    /// When the client asks for it.
    Starttls,
}

/// A mail server with a certificate of its own; everything that it was told.
struct Host {
    port: u16,
    certificate: String,
    told: Arc<Mutex<Vec<String>>>,
}

impl Host {
    fn begin(line: Line) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a configuration");
        let listener = TcpListener::bind("localhost:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let told = Arc::<Mutex<Vec<String>>>::default();
        let (config, kept) = (Arc::new(config), told.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let (config, kept) = (config.clone(), kept.clone());
                // Whoever hangs up, because the certificate is not trusted, is no trouble of the server's.
                std::thread::spawn(move || drop(serve(stream, line, config, &kept)));
            }
        });
        Self { port, certificate: made.cert.pem(), told }
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().expect("a lock").clone()
    }
}

fn serve(mut stream: TcpStream, line: Line, config: Arc<ServerConfig>, told: &Mutex<Vec<String>>) -> std::io::Result<()> {
    if line == Line::Starttls {
        stream.write_all(b"220 loopback ESMTP\r\n")?;
        let mut lines = BufReader::new(stream.try_clone()?);
        loop {
            let mut said = String::new();
            if lines.read_line(&mut said)? == 0 {
                return Ok(());
            }
            told.lock().expect("a lock").push(said.trim().to_owned());
            match said.split([' ', '\r']).next().unwrap_or_default() {
                "EHLO" => stream.write_all(b"250-loopback\r\n250 STARTTLS\r\n")?,
                "STARTTLS" => break stream.write_all(b"220 go on\r\n")?,
                _ => stream.write_all(b"530 5.7.0 STARTTLS first\r\n")?,
            }
        }
    }
    let tls = ServerConnection::new(config).map_err(std::io::Error::other)?;
    speak(StreamOwned::new(tls, stream), line == Line::AtOnce, told)
}

fn speak(stream: impl Read + Write, greets: bool, told: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    if greets {
        stream.get_mut().write_all(b"220 loopback ESMTP\r\n")?;
    }
    let mut message = false;
    loop {
        let mut said = String::new();
        if stream.read_line(&mut said)? == 0 {
            return Ok(());
        }
        told.lock().expect("a lock").push(format!("safe: {}", said.trim()));
        let answer: &[u8] = match said.split([' ', '\r', ':']).next().unwrap_or_default() {
            _ if message && said != ".\r\n" => continue,
            "EHLO" => b"250-loopback\r\n250 AUTH PLAIN\r\n",
            "AUTH" => b"235 2.7.0 welcome\r\n",
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            "." => b"250 2.0.0 queued as 42\r\n",
            _ => b"250 2.0.0 ok\r\n",
        };
        message = answer.starts_with(b"354");
        stream.get_mut().write_all(answer)?;
    }
}

struct Shop {
    folder: TempDir,
}

impl Shop {
    fn run(&self, trusted: &str, arguments: &[&str]) -> Value {
        let trust = self.folder.path().join("trusted.pem");
        std::fs::write(&trust, trusted).expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_banyan"));
        command.args(arguments).current_dir(self.folder.path()).env("SSL_CERT_FILE", trust).env_remove("SSL_CERT_DIR");
        command.env("BANYAN_SHOP", self.folder.path().join("shop.banyan")).env("BANYAN_PIN", "2580");
        command.env("BANYAN_PASSPHRASE", "seven plain words to open it").env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        let output = command.env_remove("DISPLAY").env_remove("XDG_RUNTIME_DIR").output().expect("banyan runs");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON on standard output")
    }
}

#[test]
fn a_certificate_that_is_trusted_is_taken_and_any_other_refused_before_anything_is_told() {
    let shop = Shop { folder: tempfile::tempdir().expect("a folder") };
    let draft = json!({"name": "青禾茶舍", "currency": "CNY", "language": "zh-CN", "owner": "王芳", "pin": "2580", "sample": false});
    let stranger = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate").cert.pem();
    shop.run(&stranger, &["setup", &draft.to_string()]);
    for (line, word) in [(Line::AtOnce, "tls"), (Line::Starttls, "starttls")] {
        let host = Host::begin(line);
        let mail = json!({"host": "localhost", "port": host.port, "security": word, "user": "shop", "sender": "shop@example.com", "sender_name": ""});
        let draft = json!({"server": {"mail": mail, "webhook": null, "patience_seconds": 10}, "password": "do not tell", "secret": null,
            "channel": "email", "to": "me@example.com"});
        let told = shop.run(&stranger, &["ask", "try_message", &draft.to_string()]);
        assert_eq!(told["fault"]["code"], "tls", "{told}");
        assert!(host.told().iter().all(|said| !said.contains("AUTH") && !said.contains("MAIL")), "{:?}", host.told());
        let told = shop.run(&host.certificate, &["ask", "try_message", &draft.to_string()]);
        assert_eq!(told, json!({"answer": told["answer"], "fault": null}), "{word}");
        assert!(told["answer"].as_str().is_some_and(|answer| answer.contains("queued as 42")));
        // "\0shop\0do not tell" in base64, on the safe line alone.
        assert_eq!(host.told().iter().filter(|said| said.contains("AUTH PLAIN AHNob3AAZG8gbm90IHRlbGw=")).count(), 1);
        assert!(host.told().iter().all(|said| !said.contains("AUTH") || said.starts_with("safe: ")));
    }
}
