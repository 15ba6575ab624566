//! Clusters come, crash, come back, and leave nothing behind.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]
#![allow(clippy::print_stdout, reason = "a child tells its parent")]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use etag_postgres::{Cluster, Durability};
use rustix::process::{Pid, test_kill_process};

/// The folder of the cluster, from its address.
fn folder(cluster: &Cluster) -> PathBuf {
    cluster.url("postgres").split_once("?host=").unwrap().1.into()
}

fn is_running(pid: i32) -> bool {
    test_kill_process(Pid::from_raw(pid).unwrap()).is_ok()
}

#[test]
fn databases_are_apart() {
    let cluster = Cluster::shared();
    let (one, two) = (cluster.create_another_database(), cluster.create_another_database());
    assert_ne!(one, two);
    let [one, two] = [one, two].map(|url| url.split(['/', '?']).nth(3).unwrap().to_owned());
    cluster.execute(&one, "CREATE TABLE notes AS SELECT 7 AS id, 'text' AS note");
    assert_eq!(cluster.execute(&one, "SELECT * FROM notes"), "7|text\n");
    assert_eq!(cluster.execute(&two, "SELECT to_regclass('notes') IS NULL"), "t\n");
}

#[test]
#[should_panic(expected = "syntax error")]
fn mistakes_are_told() {
    Cluster::shared().execute("postgres", "SELEKT 1");
}

/// What is committed survives, at the same address, and what is not committed does not.
#[test]
fn crash() {
    let mut cluster = Cluster::start(Durability::Durable);
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(cluster.execute("postgres", &format!("SHOW {setting}")), "on\n");
    }
    let url = cluster.create_database("crash");
    cluster.execute("crash", "CREATE TABLE notes (id INTEGER)");
    for round in 1..=3 {
        cluster.execute("crash", &format!("INSERT INTO notes VALUES ({round})"));
        let pid = cluster.pid().unwrap();
        cluster.kill9();
        assert!(!is_running(pid) && cluster.pid().is_none());
        cluster.restart();
        assert_ne!(cluster.pid(), Some(pid));
        assert_eq!(cluster.url("crash"), url);
        assert_eq!(cluster.execute("crash", "SELECT count(*), max(id) FROM notes"), format!("{round}|{round}\n"));
    }
    cluster.stop();
    cluster.restart();
    assert_eq!(cluster.execute("crash", "SELECT count(*) FROM notes"), "3\n");
}

#[test]
fn nothing_is_left_of_one_that_is_dropped() {
    let mut cluster = Cluster::start(Durability::Fast);
    let (pid, folder) = (cluster.pid().unwrap(), folder(&cluster));
    assert!(is_running(pid) && folder.exists());
    let segment = || {
        let table = std::fs::read_to_string("/proc/sysvipc/shm").unwrap_or_default();
        let creators: Vec<_> = table.lines().filter_map(|line| line.split_whitespace().nth(4)?.parse().ok()).collect();
        creators.contains(&pid)
    };
    assert_eq!(segment(), cfg!(target_os = "linux"));
    cluster.kill9();
    drop(cluster);
    assert!(!is_running(pid) && !folder.exists() && !segment());
}

/// Nor of one that nobody drops, in whatever way its process ends.
#[test]
fn nothing_is_left_of_one_whose_process_ends() {
    if let Ok(end) = std::env::var("END") {
        return child(&end);
    }
    for end in ["return", "panic", "exit", "kill"] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["nothing_is_left_of_one_whose_process_ends", "--exact", "--nocapture"])
            .env("END", end)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut lines = lines.lines().map(Result::unwrap);
        let line = lines.find_map(|line| Some(line.split_once("cluster ")?.1.to_owned())).unwrap();
        let (pid, folder) = line.split_once(' ').unwrap();
        let (pid, folder) = (pid.parse().unwrap(), PathBuf::from(folder));
        if end == "kill" {
            assert!(is_running(pid) && folder.exists());
            child.kill().unwrap();
        }
        child.wait().unwrap();
        let begin = Instant::now();
        while is_running(pid) || folder.exists() {
            assert!(begin.elapsed() < Duration::from_secs(20), "{end}: {pid} or {} is left", folder.display());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The process that ends: this program once more, with this test only.
fn child(end: &str) {
    let cluster = Cluster::shared();
    println!("cluster {} {}", cluster.pid().unwrap(), folder(cluster).display());
    match end {
        "return" => {}
        "panic" => panic!("as asked"),
        "exit" => std::process::exit(1),
        _ => std::thread::sleep(Duration::from_secs(60)),
    }
}
