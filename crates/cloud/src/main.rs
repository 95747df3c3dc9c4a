//! `banyan-cloud serve`: the meeting place as a program. With nothing set up it keeps its entries in `banyan-cloud.sqlite` beside where it was started.

mod tls;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use axum::extract::connect_info::Connected;
use clap::{Parser, Subcommand};
use cloud::{
    Store, api,
    backup::{backup, restore},
    serve::{Place, now_ms, routes},
};
use tokio::net::TcpListener;

/// Where a shop's tills meet.
#[derive(Debug, Parser)]
#[command(name = "banyan-cloud", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Serves until it is told to stop.
    Serve {
        /// Address to listen on; port 0 takes a free one. The address is printed.
        #[arg(long, default_value = "127.0.0.1:7400")]
        listen: SocketAddr,
        /// A file, or postgres://…
        #[arg(long, default_value = "banyan-cloud.sqlite")]
        database: String,
        /// The word that making a new shop asks for; anyone may where there is none.
        #[arg(long)]
        opening: Option<String>,
        /// Certificate chain, PEM; without it plain HTTP is spoken, for a proxy in front.
        #[arg(long, requires = "key")]
        certificate: Option<PathBuf>,
        /// The certificate's key, PEM.
        #[arg(long, requires = "certificate")]
        key: Option<PathBuf>,
    },
    /// Writes a whole copy to a file, also while the place serves.
    Backup {
        /// A file that is not there yet.
        file: PathBuf,
        /// A file, or postgres://…
        #[arg(long, default_value = "banyan-cloud.sqlite")]
        database: String,
    },
    /// Lists the shops of this place.
    Shops {
        /// A file, or postgres://…
        #[arg(long, default_value = "banyan-cloud.sqlite")]
        database: String,
    },
    /// Makes a token by which another system reads a shop's entries as JSON (`/api/v1/openapi.json`). It is shown once.
    Token {
        /// The shop, as `shops` lists it.
        shop: uuid::Uuid,
        /// Who reads.
        name: String,
        /// Names, telephones and whatever was typed are told, too.
        #[arg(long)]
        personal: bool,
        /// A file, or postgres://…
        #[arg(long, default_value = "banyan-cloud.sqlite")]
        database: String,
    },
    /// Ends a reader's tokens.
    EndToken {
        /// The shop.
        shop: uuid::Uuid,
        /// Who read.
        name: String,
        /// A file, or postgres://…
        #[arg(long, default_value = "banyan-cloud.sqlite")]
        database: String,
    },
    /// Puts a copy into an empty database, of either kind.
    Restore {
        /// The copy.
        file: PathBuf,
        /// A file, or postgres://…
        #[arg(long, default_value = "banyan-cloud.sqlite")]
        database: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().task).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Where a request comes from, through TLS or not.
#[derive(Debug, Clone, Copy)]
struct Peer(SocketAddr);

impl Connected<axum::serve::IncomingStream<'_, tls::Tls>> for Peer {
    fn connect_info(stream: axum::serve::IncomingStream<'_, tls::Tls>) -> Self {
        Self(*stream.remote_addr())
    }
}

async fn run(task: Task) -> Result<(), Box<dyn std::error::Error>> {
    let (listen, database, opening, certificate, key) = match task {
        Task::Serve { listen, database, opening, certificate, key } => (listen, database, opening, certificate, key),
        Task::Shops { database } => {
            let store = Store::open(&database).await?;
            for (shop, name, entries) in api::shops(&store).await? {
                println!("{shop}  {entries:>8} entries  {name}");
            }
            store.close().await;
            return Ok(());
        }
        Task::Token { shop, name, personal, database } => {
            let store = Store::open(&database).await?;
            println!("{}", api::make_token(&store, shop, &name, personal, now_ms()).await?);
            store.close().await;
            return Ok(());
        }
        Task::EndToken { shop, name, database } => {
            let store = Store::open(&database).await?;
            let ended = api::end_tokens(&store, shop, &name, now_ms()).await?;
            store.close().await;
            return if ended == 0 { Err(format!("{name} has no token here").into()) } else { Ok(()) };
        }
        Task::Backup { file, database } => {
            let store = Store::open(&database).await?;
            let rows = backup(&store, &file, now_ms()).await?;
            println!("{}: {rows} rows", file.display());
            store.close().await;
            return Ok(());
        }
        Task::Restore { file, database } => {
            let store = Store::open(&database).await?;
            let rows = restore(&store, &file).await?;
            println!("{database}: {rows} rows");
            store.close().await;
            return Ok(());
        }
    };
    let store = Store::open(&database).await?;
    let app = routes(Place::by(store.clone(), opening, certificate.is_some(), Box::new(now_ms)));
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    match (certificate, key) {
        (Some(certificate), Some(key)) => {
            let listener = tls::Tls::listen(listener, &certificate, &key)?;
            println!("https://{address}");
            let app = app.layer(axum::middleware::from_fn(|mut request: axum::extract::Request, next: axum::middleware::Next| async move {
                if let Some(axum::extract::ConnectInfo(Peer(address))) = request.extensions().get::<axum::extract::ConnectInfo<Peer>>().copied() {
                    request.extensions_mut().insert(axum::extract::ConnectInfo(address));
                }
                next.run(request).await
            }));
            axum::serve(listener, app.into_make_service_with_connect_info::<Peer>()).with_graceful_shutdown(asked_to_stop()).await?;
        }
        _ => {
            println!("http://{address}");
            axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(asked_to_stop()).await?;
        }
    }
    store.close().await;
    Ok(())
}

/// Ctrl+C, or what a service manager sends. Live channels would keep the door for ever: they get two seconds.
async fn asked_to_stop() {
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let set = ctrlc::set_handler(move || {
        // A second word says nothing new.
        let _ = told.send(());
        std::thread::spawn(|| {
            std::thread::sleep(std::time::Duration::from_secs(2));
            std::process::exit(0);
        });
    });
    match set {
        Ok(()) => drop(heard.recv().await),
        Err(_) => std::future::pending().await,
    }
}
