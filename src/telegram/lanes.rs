//! One lane for each chat: what comes from a chat is worked on in order, chats beside each other. A lane lasts as long as it
//! has work, and the work in all of them is bounded. Knows neither Telegram nor what the work is.

use std::collections::VecDeque;
use std::collections::hash_map::{Entry, HashMap};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lanes for work on items.
pub(super) struct Lanes<T, W> {
    work: Arc<W>,
    waiting: Waiting<T>,
    room: Arc<Semaphore>,
    size: u32,
}

/// What waits in each lane, and its share of the room. A lane that is there has somebody working in it.
type Waiting<T> = Arc<Mutex<HashMap<i64, VecDeque<(T, OwnedSemaphorePermit)>>>>;

impl<T, W, F> Lanes<T, W>
where
    T: Send + 'static,
    W: Fn(T) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    /// Lanes in which `work` is done on each item, with room for so much that is taken and not yet done.
    pub(super) fn new(size: u32, work: W) -> Self {
        Self {
            work: Arc::new(work),
            waiting: Waiting::default(),
            room: Arc::new(Semaphore::new(size as usize)),
            size,
        }
    }

    /// Puts an item into a lane, as soon as there is as much room as it needs. If this is cancelled before it returns, nothing
    /// was put.
    pub(super) async fn take(&self, lane: i64, item: T, needs: usize) {
        // What needs more than there is gets all of it.
        let needs = u32::try_from(needs).unwrap_or(self.size).min(self.size);
        let Ok(permit) = Arc::clone(&self.room).acquire_many_owned(needs).await else {
            return;
        };
        match lock(&self.waiting).entry(lane) {
            Entry::Occupied(mut queue) => queue.get_mut().push_back((item, permit)),
            Entry::Vacant(place) => {
                place.insert(VecDeque::new());
                let (work, waiting) = (Arc::clone(&self.work), Arc::clone(&self.waiting));
                tokio::spawn(drive(work, waiting, lane, (item, permit)));
            }
        }
    }

    /// Waits until everything that was taken is done.
    pub(super) async fn finish(&self) {
        // All of the room is free only when no work is left. It is never closed, so this cannot fail.
        let _ = self.room.acquire_many(self.size).await;
    }
}

/// Works in a lane until nothing waits there.
async fn drive<T, W, F>(
    work: Arc<W>,
    waiting: Waiting<T>,
    lane: i64,
    first: (T, OwnedSemaphorePermit),
) where
    T: Send + 'static,
    W: Fn(T) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut next = Some(first);
    while let Some((item, permit)) = next {
        let work = Arc::clone(&work);
        // In a task of its own a panic costs this item, not the lane.
        if tokio::spawn(async move { work(item).await }).await.is_err() {
            log::error!("an update was left unanswered after a panic");
        }
        drop(permit);
        let mut waiting = lock(&waiting);
        next = waiting.get_mut(&lane).and_then(VecDeque::pop_front);
        if next.is_none() {
            waiting.remove(&lane);
        }
    }
}

/// No code panics while it holds this lock; if it ever did, the queues would still be whole.
fn lock<T>(waiting: &Mutex<T>) -> MutexGuard<'_, T> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::mpsc;
    use tokio::time::{sleep, timeout};

    use super::*;

    const ROOM: u32 = 10;
    const SLOW: u32 = 100;
    const PANICS: u32 = 666;

    /// Work that reports its number when it is done; some takes long or panics.
    async fn work(number: u32, done: mpsc::UnboundedSender<u32>) {
        assert_ne!(number, PANICS, "this work panics");
        if number >= SLOW {
            sleep(Duration::from_millis(300)).await;
        }
        done.send(number).expect("the test listens");
    }

    /// The numbers that were reported so far.
    fn all(reports: &mut mpsc::UnboundedReceiver<u32>) -> Vec<u32> {
        std::iter::from_fn(|| reports.try_recv().ok()).collect()
    }

    #[tokio::test]
    async fn a_lane_keeps_its_order_and_delays_no_other() {
        let (done, mut reports) = mpsc::unbounded_channel();
        let lanes = Lanes::new(ROOM, move |number| work(number, done.clone()));
        for (lane, number) in [(1, SLOW), (1, 2), (1, 3), (2, 4)] {
            lanes.take(lane, number, 1).await;
        }
        lanes.finish().await;
        assert_eq!(all(&mut reports), [4, SLOW, 2, 3]);
    }

    #[tokio::test]
    async fn a_panic_costs_one_item_only() {
        let (done, mut reports) = mpsc::unbounded_channel();
        let lanes = Lanes::new(ROOM, move |number| work(number, done.clone()));
        for number in [1, PANICS, 2] {
            lanes.take(1, number, 1).await;
        }
        lanes.finish().await;
        lanes.take(1, 3, 1).await;
        lanes.finish().await;
        assert_eq!(all(&mut reports), [1, 2, 3]);
    }

    #[tokio::test]
    async fn the_room_is_bounded_and_free_again() {
        let (done, mut reports) = mpsc::unbounded_channel();
        // Slow work lasts until it may end: how fast the machine is does not matter.
        let may_end = Arc::new(Semaphore::new(0));
        let lanes = Lanes::new(ROOM, {
            let may_end = Arc::clone(&may_end);
            move |number| {
                let (may_end, done) = (Arc::clone(&may_end), done.clone());
                async move {
                    if number >= SLOW {
                        may_end.acquire().await.expect("it is open").forget();
                    }
                    done.send(number).expect("the test listens");
                }
            }
        });
        lanes.take(1, SLOW, 2).await;
        let full = timeout(Duration::from_millis(50), lanes.take(2, 2, 9)).await;
        assert!(full.is_err(), "there is room for eight more only");
        lanes.take(3, 3, 8).await;
        assert_eq!(reports.recv().await, Some(3));
        may_end.add_permits(1);
        lanes.take(4, 4, 5000).await;
        lanes.finish().await;
        assert_eq!(all(&mut reports), [SLOW, 4]);
        assert!(lock(&lanes.waiting).is_empty(), "no lane outlives its work");
    }
}
