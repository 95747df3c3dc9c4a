//! A mail server and a webhook on this computer's own loopback: they keep what they took, and misbehave on request.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// How the mail server behaves to whoever connects next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Takes everything.
    Takes,
    /// Refuses name and password.
    WrongPassword,
    /// 451 at the address.
    Later,
    /// 550 at the address.
    NoSuchBox,
    /// 554 after the message.
    Spam,
    /// Says nothing after the greeting.
    Stalls,
    /// Keeps the message and hangs up without a word.
    DropsAfterData,
}

/// A mail server.
pub struct MailHost {
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<String>>>,
}

fn of<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl MailHost {
    pub async fn begin() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (mood, taken) = (Arc::new(Mutex::new(Mood::Takes)), Arc::<Mutex<Vec<String>>>::default());
        let (moods, kept) = (mood.clone(), taken.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mood = *of(&moods);
                // Whoever hangs up in the middle is no trouble of the server's.
                tokio::spawn({
                    let kept = kept.clone();
                    async move { drop(speak(stream, mood, &kept).await) }
                });
            }
        });
        Self { port, mood, taken }
    }

    pub fn be(&self, mood: Mood) {
        *of(&self.mood) = mood;
    }

    /// Every message that was taken, as it came.
    pub fn taken(&self) -> Vec<String> {
        of(&self.taken).clone()
    }
}

async fn speak(stream: TcpStream, mood: Mood, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let (mut signed_in, mut envelope) = (false, String::new());
    write.write_all(b"220 loopback ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer = match (verb.as_str(), mood) {
            ("EHLO", Mood::Stalls) => return std::future::pending().await,
            ("EHLO", _) => "250-loopback\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN",
            ("AUTH", Mood::WrongPassword) => "535 5.7.8 bad credentials",
            // "\0shop\0secret" in base64.
            ("AUTH", _) if line == "AUTH PLAIN AHNob3AAc2VjcmV0" => {
                signed_in = true;
                "235 2.7.0 welcome"
            }
            ("AUTH", _) => "535 5.7.8 bad credentials",
            ("MAIL", _) if !signed_in => "530 5.7.0 sign in first",
            ("RCPT", Mood::Later) => "451 4.7.1 greylisted, try later",
            ("RCPT", Mood::NoSuchBox) => "550 5.1.1 no such box",
            ("MAIL" | "RCPT", _) => {
                envelope.push_str(&line);
                envelope.push('\n');
                "250 2.0.0 ok"
            }
            ("DATA", _) => {
                write.write_all(b"354 go on\r\n").await?;
                let mut text = std::mem::take(&mut envelope);
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
                if mood == Mood::Spam {
                    "554 5.7.1 looks like spam"
                } else {
                    of(kept).push(text);
                    if mood == Mood::DropsAfterData {
                        return Ok(());
                    }
                    "250 2.0.0 queued as 42"
                }
            }
            ("QUIT", _) => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "500 what?",
        };
        write.write_all(answer.as_bytes()).await?;
        write.write_all(b"\r\n").await?;
    }
    Ok(())
}

/// A post to the webhook: its headers and its body.
#[derive(Debug, Clone)]
pub struct Posted {
    pub key: String,
    pub timestamp: String,
    pub signature: String,
    pub body: String,
}

/// A webhook.
pub struct Hook {
    pub address: String,
    status: Arc<Mutex<u16>>,
    posted: Arc<Mutex<Vec<Posted>>>,
}

impl Hook {
    pub async fn begin() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let (status, posted) = (Arc::new(Mutex::new(200)), Arc::<Mutex<Vec<Posted>>>::default());
        let (statuses, kept) = (status.clone(), posted.clone());
        let take = move |headers: HeaderMap, body: Bytes| async move {
            let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
            of(&kept).push(Posted {
                key: header("idempotency-key"),
                timestamp: header("x-banyan-timestamp"),
                signature: header("x-banyan-signature"),
                body: String::from_utf8_lossy(&body).into_owned(),
            });
            (StatusCode::from_u16(*of(&statuses)).expect("a status"), "noted")
        };
        tokio::spawn(async move { drop(axum::serve(listener, Router::new().route("/hook", post(take))).await) });
        Self { address, status, posted }
    }

    pub fn answer(&self, status: u16) {
        *of(&self.status) = status;
    }

    /// Every post, those that were refused as well.
    pub fn posted(&self) -> Vec<Posted> {
        of(&self.posted).clone()
    }
}
