//! Where entries are kept: one SQLite file, or PostgreSQL. One text serves both; no transaction touches two shops.

#[cfg(feature = "postgres")]
use sqlx::{PgPool, postgres::PgPoolOptions};
use sqlx::{
    SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/cloud/sqlite");
#[cfg(feature = "postgres")]
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/cloud/postgres");

/// An open database.
#[derive(Debug, Clone)]
pub enum Store {
    /// One file on this machine.
    Sqlite(SqlitePool),
    /// A server, or several of them behind one address.
    #[cfg(feature = "postgres")]
    Postgres(PgPool),
}

/// Runs the same body over either kind of database.
macro_rules! on {
    ($store:expr, |$pool:ident| $body:block) => {
        match $store {
            $crate::store::Store::Sqlite($pool) => $body,
            #[cfg(feature = "postgres")]
            $crate::store::Store::Postgres($pool) => $body,
        }
    };
}
pub(crate) use on;

impl Store {
    /// Opens `postgres://…`, or a file, and brings it to this version's format.
    ///
    /// # Errors
    /// The database's.
    pub async fn open(database: &str) -> Result<Self, sqlx::Error> {
        if database.starts_with("postgres://") || database.starts_with("postgresql://") {
            return Self::open_postgres(database).await;
        }
        // As in the books: what SQLite is built with is not to tidy up under the feet of its threads.
        openssl_sys::init();
        let options = SqliteConnectOptions::new()
            .filename(database)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(std::time::Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        SQLITE.run(&pool).await?;
        Ok(Self::Sqlite(pool))
    }

    #[cfg(feature = "postgres")]
    async fn open_postgres(database: &str) -> Result<Self, sqlx::Error> {
        let pool = PgPoolOptions::new().max_connections(16).connect(database).await?;
        POSTGRES.run(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    #[cfg(not(feature = "postgres"))]
    async fn open_postgres(_: &str) -> Result<Self, sqlx::Error> {
        Err(sqlx::Error::Configuration("this program was built without PostgreSQL; build it with --features postgres".into()))
    }

    /// What makes a transaction see one moment of everything, where it does not by itself.
    pub(crate) fn one_sight(&self) -> Option<&'static str> {
        match self {
            Self::Sqlite(_) => None,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Some("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
        }
    }

    /// The pool over SQLite, where that is the database.
    pub fn sqlite(&self) -> Option<&SqlitePool> {
        match self {
            Self::Sqlite(pool) => Some(pool),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => None,
        }
    }

    /// A database that goes away with the program, for simulations.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn in_memory() -> Result<Self, sqlx::Error> {
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).connect("sqlite::memory:").await?;
        SQLITE.run(&pool).await?;
        Ok(Self::Sqlite(pool))
    }

    /// Waits for what is running and closes.
    pub async fn close(&self) {
        on!(self, |pool| { pool.close().await });
    }
}
