//! 进度: how far a long piece of work has come, for those who wait for it and may stop it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Shared by the work and by those who look at it, from any thread.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    told: Mutex<Option<Told>>,
    done: AtomicUsize,
    stopped: AtomicBool,
}

/// What is told of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The whole, `导入表格`.
    pub title: &'static str,
    /// The step that it is at, `写入`; empty before the first.
    pub step: &'static str,
    /// How much of the step is done.
    pub done: usize,
    /// How much there is to do; 0 when nobody knows.
    pub total: usize,
    /// Whether it can be stopped at this step, with nothing changed.
    pub may_stop: bool,
}

/// Somebody stopped the work; what it had done is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// As long as this lives, the work goes on.
#[must_use]
#[derive(Debug)]
pub struct Going(Option<Progress>);

impl Drop for Going {
    fn drop(&mut self) {
        if let Some(progress) = &self.0 {
            let mut told = progress.told();
            *told = None;
            progress.0.stopped.store(false, Ordering::Relaxed);
        }
    }
}

impl Progress {
    /// Begins a piece of work. A part of another one that goes on already is told as that.
    pub fn begin(&self, title: &'static str) -> Going {
        let mut told = self.told();
        if told.is_some() {
            return Going(None);
        }
        self.0.done.store(0, Ordering::Relaxed);
        *told = Some(Told {
            title,
            step: "",
            done: 0,
            total: 0,
            may_stop: true,
        });
        Going(Some(self.clone()))
    }

    /// The next step, of which `total` is to be done.
    pub fn step(&self, step: &'static str, total: usize) {
        if let Some(told) = self.told().as_mut() {
            self.0.done.store(0, Ordering::Relaxed);
            (told.step, told.total) = (step, total);
        }
    }

    /// The last step: from here on nobody can stop the work.
    ///
    /// # Errors
    /// [`Stopped`] when somebody asked for it before.
    pub fn finish(&self, step: &'static str) -> Result<(), Stopped> {
        let mut told = self.told();
        if self.is_stopped() {
            return Err(Stopped);
        }
        if let Some(told) = told.as_mut() {
            self.0.done.store(0, Ordering::Relaxed);
            (told.step, told.total, told.may_stop) = (step, 0, false);
        }
        Ok(())
    }

    /// So much of the step is done.
    ///
    /// # Errors
    /// [`Stopped`] when somebody asked for it.
    pub fn reach(&self, done: usize) -> Result<(), Stopped> {
        self.0.done.store(done, Ordering::Relaxed);
        match self.is_stopped() {
            true => Err(Stopped),
            false => Ok(()),
        }
    }

    /// Whether somebody asked the work to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }

    /// Asks the work to stop, and says whether it can: it does at the next place where it looks, and takes back
    /// what it had done.
    pub fn stop(&self) -> bool {
        // The last step is not begun meanwhile.
        let told = self.told();
        let may = told.is_some_and(|told| told.may_stop);
        if may {
            self.0.stopped.store(true, Ordering::Relaxed);
        }
        may
    }

    /// How far the work has come; none when there is none.
    #[must_use]
    pub fn now(&self) -> Option<Told> {
        let done = self.0.done.load(Ordering::Relaxed);
        let told = *self.told();
        told.map(|told| Told { done, ..told })
    }

    fn told(&self) -> MutexGuard<'_, Option<Told>> {
        self.0.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_told_from_its_beginning_to_its_end() {
        let progress = Progress::default();
        assert_eq!(progress.now(), None);
        let going = progress.begin("导入表格");
        progress.step("写入", 20);
        assert_eq!(progress.reach(5), Ok(()));
        let part = progress.begin("备份");
        drop(part);
        let told = progress.now().expect("it goes on after its part");
        assert_eq!((told.title, told.step), ("导入表格", "写入"));
        assert_eq!((told.done, told.total, told.may_stop), (5, 20, true));
        drop(going);
        assert_eq!(progress.now(), None);
    }

    #[test]
    fn only_a_step_that_can_be_stopped_is_stopped_and_the_next_work_begins_afresh() {
        let progress = Progress::default();
        assert!(!progress.stop(), "there is nothing to stop");
        let going = progress.begin("导入表格");
        progress.step("写入", 20);
        assert!(progress.stop());
        assert_eq!(progress.reach(2), Err(Stopped));
        assert_eq!(progress.finish("存盘"), Err(Stopped));
        drop(going);
        let going = progress.begin("导入表格");
        assert_eq!(progress.finish("存盘"), Ok(()));
        assert!(!progress.stop());
        assert_eq!(progress.reach(1), Ok(()));
        drop(going);
        let _next = progress.begin("导出");
        assert_eq!(progress.reach(0), Ok(()));
    }
}
