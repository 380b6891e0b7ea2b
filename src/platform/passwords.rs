//! Passwords: which are good enough, and Argon2id off the async threads with a bound on how many run at once.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};
use tokio::sync::Semaphore;

/// Shortest and longest password, in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// The commonest passwords of at least twelve characters, one a line, lower case.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Under twelve characters.
    TooShort,
    /// Over 128 characters.
    TooLong,
    /// Among the commonest thousands, or made from one in an obvious way.
    Common,
}

/// Checks a new password. Any characters are welcome; length and being uncommon is what counts.
///
/// # Errors
/// The first weakness found.
pub fn check(password: &str) -> Result<(), Weakness> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Err(Weakness::TooShort);
    }
    if length > *LENGTH.end() {
        return Err(Weakness::TooLong);
    }
    if is_common(password) { Err(Weakness::Common) } else { Ok(()) }
}

fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let characters: HashSet<char> = lower.chars().collect();
    // "aaaaaaaaaaaa", "121212121212": long, yet guessed first.
    if characters.len() <= 2 || is_run(&lower) || is_repetition(&lower) {
        return true;
    }
    let core = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    COMMON.contains(lower.as_str()) || (core.len() >= 4 && COMMON.contains(core))
}

/// "123456789012", "abcdefghijkl" and the same backwards.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = |step: i64| codes.windows(2).all(|pair| matches!(pair, [a, b] if b - a == step || (b - a).abs() == 9));
    steps(1) || steps(-1)
}

/// A short common word written again and again: "passwordpassword".
fn is_repetition(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    (1..=characters.len() / 2).filter(|size| characters.len().is_multiple_of(*size)).any(|size| {
        let mut chunks = characters.chunks(size);
        chunks.next().is_some_and(|first| {
            chunks.all(|chunk| chunk == first)
                && (size <= 4 || COMMON.contains(first.iter().collect::<String>().as_str()))
        })
    })
}

/// Hashing could not be done.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    /// The library refused its input.
    #[error("argon2: {0}")]
    Argon2(String),
    /// The worker thread ended, which happens only at shutdown.
    #[error("the hashing thread ended")]
    Ended,
}

/// Hashes and verifies; each run takes about 19 MiB and 25 ms of one core.
#[derive(Clone, Debug)]
pub struct Hasher {
    running: Arc<Semaphore>,
    /// Compared against for unknown names, so that they cost as much as known ones.
    decoy: Arc<tokio::sync::OnceCell<String>>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new(2)
    }
}

impl Hasher {
    /// At most `at_once` runs at the same time; further ones wait their turn.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { running: Arc::new(Semaphore::new(at_once)), decoy: Arc::default() }
    }

    /// The PHC string to keep for a password.
    ///
    /// # Errors
    /// When the library or the thread fails; never because of the password.
    pub async fn hash(&self, password: &str) -> Result<String, HashingError> {
        let password = password.to_owned();
        self.run(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|problem| HashingError::Argon2(problem.to_string()))
        })
        .await?
    }

    /// Whether the password is the one behind `hash`. Without a hash (unknown name, invited person) the same work is
    /// done and the answer is no.
    ///
    /// # Errors
    /// When the library or the thread fails.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, HashingError> {
        let known = hash.is_some();
        let hash = match hash {
            Some(hash) => hash.to_owned(),
            None => self.decoy.get_or_try_init(|| self.hash("a password that nobody has")).await?.clone(),
        };
        let password = password.to_owned();
        let matches = self
            .run(move || {
                let parsed = PasswordHash::new(&hash).map_err(|problem| HashingError::Argon2(problem.to_string()))?;
                Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
            })
            .await?;
        matches.map(|matches| matches && known)
    }

    async fn run<R: Send + 'static>(&self, work: impl FnOnce() -> R + Send + 'static) -> Result<R, HashingError> {
        let _turn = self.running.acquire().await.map_err(|_| HashingError::Ended)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| HashingError::Ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_passwords_are_refused() {
        for (password, expected) in [
            ("short", Err(Weakness::TooShort)),
            ("a".repeat(129).as_str(), Err(Weakness::TooLong)),
            ("aaaaaaaaaaaa", Err(Weakness::Common)),
            ("123456789012", Err(Weakness::Common)),
            ("abcdefghijklm", Err(Weakness::Common)),
            ("passwordpassword", Err(Weakness::Common)),
            ("qwertyuiop123", Err(Weakness::Common)),
            ("Password12345!", Err(Weakness::Common)),
            ("correct horse battery staple", Ok(())),
            ("九月的风吹过启明科技的楼顶", Ok(())),
            ("twelve chars", Ok(())),
        ] {
            assert_eq!(check(password), expected, "{password}");
        }
    }

    #[tokio::test]
    async fn verifies_and_refuses() {
        let hasher = Hasher::default();
        let hash = hasher.hash("a good long password").await.unwrap();
        assert!(hasher.verify("a good long password", Some(&hash)).await.unwrap());
        assert!(!hasher.verify("another long password", Some(&hash)).await.unwrap());
        assert!(!hasher.verify("a password that nobody has", None).await.unwrap());
    }
}
