//! Crowds, kills and long runs: commands, not for every day. Each prints what it counted.
//!
//! `HEARING_LOAD` questions, `HEARING_SOAK` seconds and `HEARING_KILLS` kills make them longer or shorter.
//!
//! `cargo test --test telegram load:: -- --ignored --nocapture --test-threads 1`

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts are small, and only shown"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use reqwest::Client;
use serde_json::Value;

use crate::crowd::{CHATS, Crowd, Luck, luck_of, update};
use crate::fake_api::TOKEN;
use crate::hook::{SECRET, free_port};
use crate::tester::Program;

const HOUR: Duration = Duration::from_hours(1);
/// How many updates Telegram sends at once (Bot API: setWebhook).
const CONNECTIONS: usize = 40;
const WEBHOOK_SECRET: &str = "a-secret-of-the-tests-with-enough-letters";
/// The most memory that the program may hold under any load, in kilobytes.
const MEMORY: u64 = 256 * 1024;
/// Nobody waits longer for another's fault.
const PATIENCE: Duration = Duration::from_secs(1);
/// No fault keeps an answer back for longer, with others before it in its chat.
const LONGEST_FAULT: Duration = Duration::from_mins(3);

/// A number that can be set for a longer or a shorter run.
fn number(variable: &str, usual: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

fn start(crowd: &Crowd, pace: usize, hook: Option<u16>) -> Program {
    Program::start(|command| {
        command
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", crowd.url())
            .env("HEARING_MESSAGES_PER_SECOND", pace.to_string());
        if let Some(port) = hook {
            command
                .env(
                    "HEARING_WEBHOOK_URL",
                    format!("http://127.0.0.1:{port}/hook"),
                )
                .env("HEARING_WEBHOOK_SECRET", WEBHOOK_SECRET)
                .env("HEARING_LISTEN", format!("127.0.0.1:{port}"));
        }
    })
}

/// Waits until all is over, and gives the most memory that the program held meanwhile.
async fn watch(program: &Program, mut over: impl FnMut() -> bool) -> u64 {
    let begun = Instant::now();
    let mut most = 0;
    while !over() {
        assert!(
            begun.elapsed() < HOUR,
            "it takes too long:\n{}",
            program.log()
        );
        most = most.max(program.memory());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    most.max(program.memory())
}

/// Waits until all questions were taken, and then until each was answered or refused, but not for ever. Gives how long the taking
/// took, and the most memory meanwhile.
async fn answer_all(program: &Program, crowd: &Crowd, questions: usize) -> (Duration, u64) {
    let begun = Instant::now();
    let most = watch(program, || crowd.account().offset > questions).await;
    let (taken, waits_from) = (begun.elapsed(), Instant::now());
    let settled = || waits_from.elapsed() > LONGEST_FAULT || crowd.account().settled(questions);
    (taken, most.max(watch(program, settled).await))
}

async fn stop(program: &mut Program) {
    program.signal("TERM");
    assert_eq!(program.exit_code(Duration::from_mins(1)).await, 0);
}

/// Fails where a question that may be answered was not answered once, and prints what was counted.
fn settle(crowd: &Crowd, questions: usize, faults: bool, what: &str) {
    let mut account = crowd.account();
    let (mut once, mut refused) = (0, 0);
    for question in 1..=questions {
        let luck = if faults {
            luck_of(question)
        } else {
            Luck::Good
        };
        match (account.answered[question], luck) {
            (1, _) => once += 1,
            (0, Luck::Refused | Luck::Blocked) => refused += 1,
            (times, luck) => {
                panic!("{what}: question {question} ({luck:?}) was answered {times} times")
            }
        }
    }
    account.waits.sort_by_key(|(_, wait)| *wait);
    let wait = |part: usize| {
        account
            .waits
            .get(account.waits.len().saturating_sub(1) * part / 1000)
            .map(|(_, wait)| *wait)
    };
    println!(
        "{what}: {questions} questions; {once} answered once, {refused} refused by Telegram, 0 twice, 0 left out, {} out of order, {} \
         before a pause was over; waits in chats without a fault: median {:?}, 99 % {:?}, longest {:?}",
        account.disordered,
        account.too_soon,
        wait(500).unwrap_or_default(),
        wait(990).unwrap_or_default(),
        wait(1000).unwrap_or_default(),
    );
    assert_eq!((account.disordered, account.too_soon), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a load test of some minutes"]
async fn a_hundred_thousand_questions_are_each_answered_once_and_in_order() {
    let questions = number("HEARING_LOAD", 100_000);
    let crowd = Crowd::start(questions, None, true).await;
    let mut program = start(&crowd, 100_000, None);
    let (taken, most) = answer_all(&program, &crowd, questions).await;
    stop(&mut program).await;
    settle(&crowd, questions, true, "polling");
    println!(
        "polling: taken in {taken:?}, {} a second; at most {most} kB",
        questions as f64 / taken.as_secs_f64()
    );
    assert!(most < MEMORY);
}

/// Telegram's side of a webhook: delivers a question until it is taken.
struct Postman {
    crowd: Crowd,
    url: String,
    client: Client,
    again: AtomicUsize,
}

impl Postman {
    fn new(crowd: &Crowd, port: u16) -> Self {
        let client = Client::builder()
            .no_proxy()
            .timeout(Duration::from_mins(1))
            .build();
        Self {
            crowd: crowd.clone(),
            url: format!("http://127.0.0.1:{port}/hook"),
            client: client.expect("a client"),
            again: AtomicUsize::new(0),
        }
    }

    async fn post(&self, secret: &str, body: String) -> Option<(u16, String)> {
        let request = self
            .client
            .post(&self.url)
            .header(SECRET, secret)
            .body(body);
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        Some((status, response.text().await.ok()?))
    }

    /// Of each chat Telegram delivers one update at a time.
    async fn wait_for_the_one_before(&self, question: usize) {
        let Some(before) = question.checked_sub(CHATS) else {
            return;
        };
        while before > 0 && self.crowd.account().answered[before] == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    async fn deliver(&self, question: usize, faults: bool) {
        let body = update(question).to_string();
        match luck_of(question) {
            _ if !faults => (),
            Luck::Good => (),
            Luck::Pause | Luck::Fault => {
                let half = body.get(..body.len() / 2).expect("it is ASCII").to_owned();
                assert_eq!(
                    self.post(WEBHOOK_SECRET, half)
                        .await
                        .map(|(status, _)| status),
                    Some(400)
                );
            }
            Luck::Refused | Luck::Blocked => {
                assert_eq!(
                    self.post("wrong", body.clone())
                        .await
                        .map(|(status, _)| status),
                    Some(401)
                );
            }
            // Telegram gives up in the middle and comes again.
            luck => {
                let moment = Duration::from_micros(
                    200 * (question as u64 % 10) + u64::from(luck == Luck::Slow),
                );
                if let Ok(Some((200, body))) =
                    tokio::time::timeout(moment, self.post(WEBHOOK_SECRET, body.clone())).await
                {
                    return self.read(question, &body);
                }
            }
        }
        loop {
            if let Some((200, body)) = self.post(WEBHOOK_SECRET, body.clone()).await {
                return self.read(question, &body);
            }
            self.again.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn read(&self, question: usize, body: &str) {
        let call: Value = serde_json::from_str(body)
            .unwrap_or_else(|_| panic!("question {question} got no answer: {body:?}"));
        assert_eq!(call["reply_parameters"]["message_id"], question);
        self.crowd.answered(question);
    }
}

/// Delivers questions over forty connections until there are no more, or until `enough`; gives how many were delivered.
async fn deliver_all(
    postman: &Arc<Postman>,
    questions: usize,
    faults: bool,
    enough: &Arc<AtomicBool>,
) -> usize {
    let next = Arc::new(AtomicUsize::new(1));
    let mut connections = tokio::task::JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (postman, next, enough) = (Arc::clone(postman), Arc::clone(&next), Arc::clone(enough));
        connections.spawn(async move {
            while !enough.load(Ordering::Relaxed) {
                let question = next.fetch_add(1, Ordering::Relaxed);
                if question > questions {
                    break;
                }
                postman.wait_for_the_one_before(question).await;
                postman.crowd.handed(question);
                postman.deliver(question, faults).await;
            }
        });
    }
    while let Some(connection) = connections.join_next().await {
        connection.expect("every question is delivered");
    }
    // What a connection took when it was enough was not asked.
    let account = postman.crowd.account();
    account
        .answered
        .iter()
        .rposition(|times| *times > 0)
        .unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a load test of some minutes"]
async fn a_webhook_answers_a_hundred_thousand_questions_once_and_in_order() {
    let questions = number("HEARING_LOAD", 100_000);
    let crowd = Crowd::start(questions, None, true).await;
    let port = free_port();
    let mut program = start(&crowd, 100_000, Some(port));
    program.wait_for_log("sends updates to the webhook").await;
    let postman = Arc::new(Postman::new(&crowd, port));
    let begun = Instant::now();
    let delivering = tokio::spawn({
        let postman = Arc::clone(&postman);
        async move { deliver_all(&postman, questions, true, &Arc::default()).await }
    });
    let most = watch(&program, || delivering.is_finished()).await;
    let taken = begun.elapsed();
    delivering.await.expect("everything is delivered");
    stop(&mut program).await;
    // Every fault is on the way in, so that nothing is refused.
    settle(&crowd, questions, false, "webhook");
    println!(
        "webhook: answered in {taken:?}, {} a second; at most {most} kB",
        questions as f64 / taken.as_secs_f64()
    );
    assert!(most < MEMORY);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a soak of ten minutes"]
async fn over_ten_minutes_nobody_waits_for_the_fault_of_another() {
    let seconds = number("HEARING_SOAK", 600);
    let rate = 20;
    let crowd = Crowd::start(seconds * rate, Some(rate as f64), true).await;
    let mut program = start(&crowd, 30, None);
    program.wait_for_log("/metrics").await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    let early = program.memory();
    let (_, most) = answer_all(&program, &crowd, seconds * rate).await;
    stop(&mut program).await;
    settle(&crowd, seconds * rate, true, "soak");
    println!(
        "soak: {seconds} s at {rate} a second with the usual settings; {early} kB after 20 s, at most {most} kB"
    );
    assert!(most < early + 32 * 1024);
    let waits = &crowd.account().waits;
    let slow: Vec<_> = waits.iter().filter(|(_, wait)| *wait > PATIENCE).collect();
    assert!(slow.is_empty(), "{slow:?}");
}

/// A moment within some time, from the clock.
fn moment(within: u64) -> Duration {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("it is after 1970");
    Duration::from_micros(u64::from(now.subsec_nanos()).wrapping_mul(0x9E37_79B9) % (within * 1000))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "kills the program fifty times"]
async fn killed_at_any_moment_a_webhook_loses_nothing() {
    let kills = number("HEARING_KILLS", 50);
    let crowd = Crowd::start(1_000_000, None, false).await;
    let port = free_port();
    let postman = Arc::new(Postman::new(&crowd, port));
    let enough = Arc::new(AtomicBool::new(false));
    let delivering = tokio::spawn({
        let (postman, enough) = (Arc::clone(&postman), Arc::clone(&enough));
        async move { deliver_all(&postman, 1_000_000, false, &enough).await }
    });
    for _ in 0..kills {
        let program = start(&crowd, 1000, Some(port));
        tokio::time::sleep(moment(1500)).await;
        program.signal("KILL");
    }
    let mut program = start(&crowd, 1000, Some(port));
    program.wait_for_log("sends updates to the webhook").await;
    enough.store(true, Ordering::Relaxed);
    let questions = delivering.await.expect("everything is delivered");
    stop(&mut program).await;
    settle(&crowd, questions, false, "webhook, killed");
    println!(
        "webhook: {kills} kills; delivered again {} times",
        postman.again.load(Ordering::Relaxed)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "kills the program fifty times"]
async fn killed_at_any_moment_polling_loses_no_more_than_what_was_taken() {
    let kills = number("HEARING_KILLS", 50);
    // Half of what it may send, and twice as much.
    for (rate, pace) in [(50, 100), (200, 100)] {
        let room = pace * 8 / 5 * 3;
        let crowd = Crowd::start(1_000_000, Some(f64::from(rate)), false).await;
        for _ in 0..kills {
            let program = start(&crowd, pace, None);
            tokio::time::sleep(moment(1500)).await;
            program.signal("KILL");
        }
        let questions = crowd.freeze();
        let mut program = start(&crowd, pace, None);
        program.wait_for_log("/metrics").await;
        watch(&program, || crowd.account().offset > questions).await;
        stop(&mut program).await;
        let account = crowd.account();
        let times = |wanted: fn(u8) -> bool| {
            account.answered[1..=questions]
                .iter()
                .filter(|times| wanted(**times))
                .count()
        };
        let (lost, twice) = (times(|times| times == 0), times(|times| times > 1));
        println!(
            "polling at {rate} questions a second and {pace} messages: {kills} kills, {questions} questions; {lost} lost \
             ({:.1} a kill, at most {room} may be), {twice} answered twice",
            lost as f64 / kills as f64,
        );
        assert!(lost <= kills * room);
    }
}
