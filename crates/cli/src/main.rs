//! `banyan`: the shop for scripts and scheduled jobs. Every command goes through the same menu as the window; answers are JSON on standard output,
//! progress and refusals go to standard error. Exit codes: 0 done, 1 broken, 2 refused or not valid, 3 the books differ from their journal.

mod arguments;
mod secrets;
mod tour;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use app::{
    Failure, House, Notice, Seat, World,
    jobs::JobEnd,
    keyring::SystemKeyring,
    secrets::{Keeper, MemoryKeeper},
};
use arguments::{Arguments, PlanTask, Task, json_of, text_of};
use clap::Parser;
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(code) => code,
        Err(Failure::Refused { refusal, message }) => {
            eprintln!("{message}");
            println!("{}", json!({ "refused": refusal }));
            ExitCode::from(2)
        }
        Err(Failure::Broken { trace }) => {
            eprintln!("{trace}");
            ExitCode::from(1)
        }
    }
}

async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    if let Task::Tour { out, language } = &arguments.task {
        return tour::tour(out, language).await;
    }
    // A plan or a sale in a file needs no shop: nothing is opened, and the keyring is left alone.
    let keeper: Arc<dyn Keeper> = if arguments.task.needs_shop() { Arc::new(SystemKeyring) } else { Arc::new(MemoryKeeper::default()) };
    let shop = if arguments.task.needs_shop() { arguments.shop()? } else { PathBuf::new() };
    let house = House::open(shop, keeper, World::real()).await?.with_press(press::Typesetter);
    let desk = Desk { house, seat: Seat::default() };
    let outcome = desk.work(&arguments).await;
    desk.house.close().await?;
    outcome
}

/// One run of the command line, sitting at the shop.
struct Desk {
    house: Arc<House>,
    seat: Seat,
}

impl Desk {
    async fn ask(&self, name: &str, question: Value) -> Result<Value, Failure> {
        self.house.serve(&self.seat, name, question).await
    }

    /// Runs a job and shows how far it is on standard error; the answer is the job's result.
    async fn job(&self, name: &str, question: Value) -> Result<Value, Failure> {
        let mut notices = self.house.notices();
        let number = self.ask(name, question).await?;
        let mut told = String::new();
        loop {
            // Falling behind only loses progress lines; the list below has the end.
            if let Ok(Notice::Job { job }) = notices.recv().await
                && json!(job.job) == number
            {
                let line = if job.total > 0 { format!("{} {}%", job.step, job.done * 100 / job.total) } else { job.step.clone() };
                if line != told {
                    eprintln!("{name}: {line}");
                    told = line;
                }
            }
            let jobs = self.house.jobs.list();
            match jobs.into_iter().find(|job| json!(job.job) == number).and_then(|job| job.end) {
                Some(JobEnd::Done { result }) => return Ok(result),
                Some(JobEnd::Failed { failure }) => return Err(failure),
                Some(JobEnd::Cancelled) => return Err(Failure::Broken { trace: format!("{name} was stopped") }),
                None => {}
            }
        }
    }

    /// Signs in as the person named by `--as`, or the only one there is, with the PIN of the environment.
    async fn sign_in(&self, arguments: &Arguments) -> Result<(), Failure> {
        let people = self.ask("people", Value::Null).await?;
        let people: Vec<&Value> = people.as_array().into_iter().flatten().filter(|person| person["archived"] == json!(false)).collect();
        let person = match &arguments.person {
            Some(name) => people.into_iter().find(|person| person["name"] == json!(name)),
            None => people.first().copied(),
        };
        let person = person.ok_or_else(|| Failure::Broken { trace: "nobody of that name works here".into() })?;
        let pin = std::env::var("BANYAN_PIN").unwrap_or_default();
        self.ask("sign_in", json!({"person": person["person"], "pin": pin})).await?;
        Ok(())
    }

    async fn work(&self, arguments: &Arguments) -> Result<ExitCode, Failure> {
        if arguments.task.needs_shop() {
            secrets::open(self).await?;
        }
        let answer = match &arguments.task {
            Task::Unlock => json!({"shop": self.ask("setup_state", Value::Null).await?["shop"]}),
            Task::Restore { from } => {
                let draft = json!({"path": from, "recovery_key": secrets::recovery_key(None)?});
                match self.ask("setup_state", Value::Null).await?["shop"].is_null() {
                    true => self.ask("bring_books", draft).await?,
                    false => {
                        self.sign_in(arguments).await?;
                        self.ask("restore_backup", draft).await?
                    }
                }
            }
            Task::Setup { draft } => self.ask("create_shop", json_of(draft)?).await?,
            Task::Plan { task: PlanTask::Run { scenario } } => self.ask("plan_run", json!(text_of(scenario)?)).await?,
            Task::Plan { task: PlanTask::Check { plan, jurisdiction, catalogue, facts } } => {
                let part = |path: &Option<PathBuf>| path.as_deref().map(text_of).transpose();
                let question = json!({"plan": text_of(plan)?, "jurisdiction": jurisdiction, "catalogue": part(catalogue)?, "shop": part(facts)?});
                self.ask("plan_check", question).await?
            }
            Task::Quote { file } => self.ask("quote_file", json!(text_of(file)?)).await?,
            Task::Tour { .. } => return Ok(ExitCode::SUCCESS),
            Task::Ask { command, question } => {
                self.sign_in(arguments).await?;
                self.ask(command, question.as_deref().map(json_of).transpose()?.unwrap_or(Value::Null)).await?
            }
            Task::Sell { draft } => {
                self.sign_in(arguments).await?;
                self.ask("record_sale", json_of(draft)?).await?
            }
            Task::Import { kind, path, system, earn, dry_run } => {
                self.sign_in(arguments).await?;
                let source = json!({"path": path, "kind": kind, "options": {"encoding": null, "delimiter": null, "sheet": null}});
                let preview = self.ask("import_preview", source.clone()).await?;
                let draft = json!({"source": source, "mapping": preview["mapping"], "system": system, "earn": earn});
                self.job(if *dry_run { "import_dry_run" } else { "import_run" }, draft).await?
            }
            Task::Report { month, to } => {
                self.sign_in(arguments).await?;
                let filter = json!({"month": month, "sort": "amount", "descending": true});
                match to {
                    Some(path) => self.job("export_month", json!({"filter": filter, "path": path})).await?,
                    None => self.report(&filter).await?,
                }
            }
            Task::Close { month, release } => {
                self.sign_in(arguments).await?;
                let told = self.job("try_close", json!(month)).await?;
                match release {
                    true => self.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await?,
                    false => told,
                }
            }
            Task::Backup { to } => {
                self.sign_in(arguments).await?;
                self.job("backup", json!(to)).await?
            }
            Task::VerifyStatement { paper, hash } => {
                self.sign_in(arguments).await?;
                let question = match hash {
                    Some(hash) => json!({"by": "printed", "number": paper, "hash": hash}),
                    None => json!({"by": "file", "path": paper}),
                };
                let verdict = self.ask("verify_statement", question).await?;
                println!("{verdict}");
                return Ok(if verdict["genuine"] == json!(true) { ExitCode::SUCCESS } else { ExitCode::from(3) });
            }
            Task::Verify => {
                self.sign_in(arguments).await?;
                let verdict = self.job("verify", Value::Null).await?;
                let whole = verdict["first_difference"].is_null();
                println!("{verdict}");
                return Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(3) });
            }
        };
        println!("{answer}");
        Ok(ExitCode::SUCCESS)
    }

    /// The whole report of a month, page by page.
    async fn report(&self, filter: &Value) -> Result<Value, Failure> {
        let mut offset = 0;
        let mut rows: Vec<Value> = Vec::new();
        loop {
            let mut part = self.ask("month", json!({"filter": filter, "window": {"offset": offset, "limit": 200}})).await?;
            let page = part["page"]["rows"].as_array().cloned().unwrap_or_default();
            offset += page.len();
            let done = page.is_empty();
            rows.extend(page);
            if done {
                part["page"]["rows"] = Value::Array(rows);
                return Ok(part);
            }
        }
    }
}
