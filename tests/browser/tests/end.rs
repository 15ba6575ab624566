//! What becomes of the browser: nothing of it is left, however a test ends.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use etag_browser::Browser;

/// The processes that this folder is mentioned in the command line or the environment of.
fn processes_of(folder: &Path) -> Vec<PathBuf> {
    let folder = folder.as_os_str().as_encoded_bytes();
    let mentions = |file: &Path| fs::read(file).is_ok_and(|text| text.windows(folder.len()).any(|part| part == folder));
    let processes = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path());
    processes.filter(|process| ["cmdline", "environ"].iter().any(|file| mentions(&process.join(file)))).collect()
}

/// The folder of the browser's profile and home.
fn folder_of(browser: &Browser) -> PathBuf {
    let capabilities = browser.client().capabilities().unwrap();
    let profile = capabilities["chrome"]["userDataDir"].as_str().unwrap();
    Path::new(profile).parent().unwrap().to_owned()
}

fn wait_for_nothing_of(folder: &Path) {
    let begin = Instant::now();
    while !processes_of(folder).is_empty() || folder.exists() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{:?} in {}", processes_of(folder), folder.display());
        sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn nothing_is_left_when_it_is_dropped() {
    let browser = Browser::start().await;
    let folder = folder_of(&browser);
    // With all of them found here, that none is found below says something.
    assert!(processes_of(&folder).len() > 3, "{:?}", processes_of(&folder));
    drop(browser);
    assert_eq!(processes_of(&folder), [] as [PathBuf; 0]);
    assert!(!folder.exists());
}

#[tokio::test]
async fn nothing_is_left_when_a_test_panics() {
    let task = tokio::spawn(async {
        let browser = Browser::start().await;
        std::panic::panic_any(folder_of(&browser));
    });
    let folder = *task.await.unwrap_err().into_panic().downcast::<PathBuf>().unwrap();
    wait_for_nothing_of(&folder);
}

/// Runs this program again, which does nothing but this test, and kills it.
#[tokio::test]
async fn nothing_is_left_when_the_tests_are_killed() {
    if std::env::var_os(VICTIM).is_some() {
        let browser = Browser::start().await;
        write_line(&folder_of(&browser));
        std::future::pending::<()>().await;
    }
    let mut victim = Command::new(std::env::current_exe().unwrap());
    victim.args(["--exact", "nothing_is_left_when_the_tests_are_killed", "--nocapture"]).env(VICTIM, "");
    let mut victim = victim.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(victim.stdout.take().unwrap()).lines();
    let folder = lines.map_while(Result::ok).find_map(|line| Some(PathBuf::from(line.strip_prefix("folder: ")?)));
    let folder = folder.expect("the other one has no browser");
    assert!(processes_of(&folder).len() > 3, "{:?}", processes_of(&folder));
    victim.kill().unwrap();
    victim.wait().unwrap();
    wait_for_nothing_of(&folder);
}

const VICTIM: &str = "ETAG_BROWSER_TO_BE_KILLED";

#[expect(clippy::print_stdout, reason = "it is how one test process talks to another")]
fn write_line(folder: &Path) {
    println!("folder: {}", folder.display());
}
