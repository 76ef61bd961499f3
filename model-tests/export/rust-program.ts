/**
 * The part of a reproducer in Rust that listens to the calls, and gives the verdict.
 *
 * The program runs itself a second time to make the calls: so a crash, an abort, a panic and a call that
 * never comes back are seen on every system, with nothing but the standard library.
 */
export const RUST_PROGRAM: string = String.raw`
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Alloc,
    AllocZeroed,
    Realloc,
    Dealloc,
    DoubleFree,
    ForeignPointer,
    InteriorPointer,
    WrongLayout,
}

struct Step {
    kind: Kind,
    block: usize,
    size: usize,
    align: usize,
    offset: usize,
    text: &'static str,
}

const fn step(
    kind: Kind,
    block: usize,
    size: usize,
    align: usize,
    offset: usize,
    text: &'static str,
) -> Step {
    Step { kind, block, size, align, offset, text }
}

/// A block, live or not; since is the call that placed it, counted from 1, and 0 before any has.
#[derive(Clone, Copy)]
struct Block {
    start: usize,
    size: usize,
    align: usize,
    seed: usize,
    since: usize,
    /// Its place among the live blocks.
    place: usize,
    is_live: bool,
}

/// The process that makes the calls. What it does, and what it finds, it says line by line.
struct Caller {
    blocks: Vec<Block>,
    live: Vec<usize>,
    seeds: usize,
    turn: usize,
}

fn main() {
    if env::args().any(|word| word == "--make-calls") {
        let nothing =
            Block { start: 0, size: 0, align: 1, seed: 0, since: 0, place: 0, is_live: false };
        let blocks = vec![nothing; BLOCK_COUNT];
        Caller { blocks, live: Vec::new(), seeds: 0, turn: 0 }.make_calls();
    } else {
        listen();
    }
}

/// Listens to the process that makes the calls, and says how it ended.
fn listen() -> ! {
    let program = env::current_exe().expect("the program knows where it is");
    let mut child = Command::new(program)
        .arg("--make-calls")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program can run itself");
    let output = child.stdout.take().expect("its output is a pipe");
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines() {
            if line.map(|text| sender.send(text).is_err()).unwrap_or(true) {
                break;
            }
        }
    });
    let mut call = 0;
    let mut touching = String::from("call-returns");
    loop {
        match lines.recv_timeout(CALL_LIMIT) {
            Ok(line) => {
                let words: Vec<&str> = line.split('\t').collect();
                match (words[0], words.get(1), words.get(2)) {
                    ("ask", Some(index), _) => {
                        call = index.parse().unwrap_or(call);
                        touching.clear();
                    }
                    ("touch", Some(rule), _) => touching = rule.to_string(),
                    ("broken", Some(rule), Some(fact)) => broken(call, rule, fact),
                    ("kept", _, _) => kept("every rule that is checked here is kept"),
                    _ => {}
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) if touching.is_empty() => {
                child.kill().ok();
                child.wait().ok();
                broken(call, "call-terminates", "it does not return");
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let is_crash = child.wait().map(is_crash).unwrap_or(true);
                lost(call, &touching, is_crash);
            }
        }
    }
}

/// The process ended without a verdict: in a call, or while it used a block.
fn lost(call: usize, touching: &str, is_crash: bool) -> ! {
    let how = if is_crash { "it crashes" } else { "it panics, aborts or ends the program" };
    if !touching.is_empty() {
        broken(call, touching, "a byte of a live block cannot be used");
    }
    match STEPS[call].kind {
        Kind::Alloc | Kind::AllocZeroed | Kind::Realloc => broken(call, "call-returns", how),
        Kind::Dealloc if RULE == "live-block-freeable" => broken(call, RULE, how),
        Kind::Dealloc => broken(call, "call-returns", how),
        _ if is_crash => broken(call, "misuse-rejected", "it crashes, and is not rejected"),
        _ => kept("the misuse is rejected"),
    }
}

/// Whether the process was ended by a fault in memory, and not on purpose.
#[cfg(unix)]
fn is_crash(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(signal) => signal == 11 || signal == 7 || signal == 10 || signal == 8,
        None => false,
    }
}

#[cfg(not(unix))]
fn is_crash(_: ExitStatus) -> bool {
    false
}

/// Exit 1 if the rule is the one that decides, 2 if it is another.
fn broken(call: usize, rule: &str, fact: &str) -> ! {
    let is_decisive = RULE.is_empty() || rule == RULE;
    let verdict = if is_decisive { "reproduced" } else { "not decided, another rule is broken" };
    println!("{}: call {} ({}) breaks {}: {}", verdict, call + 1, STEPS[call].text, rule, fact);
    process::exit(if is_decisive { 1 } else { 2 })
}

fn kept(how: &str) -> ! {
    println!("not reproduced: {}", how);
    process::exit(0)
}
`;
