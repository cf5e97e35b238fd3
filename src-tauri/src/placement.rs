//! Where the window stood last, kept for the next start and never off the screen.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tauri::{Monitor, PhysicalPosition, PhysicalSize, Runtime, WebviewWindow, WindowEvent};

/// The window's size in logical pixels where nothing is kept.
const FIRST: (f64, f64) = (1366.0, 768.0);
/// Screens smaller than this, in logical pixels, are filled at the first start.
const ROOMY: (f64, f64) = (1500.0, 860.0);
/// The smallest sensible window.
const LEAST: (u32, u32) = (640, 400);
/// Height of the title bar in logical pixels; it does not belong to the kept height.
const TITLE_BAR: f64 = 40.0;

/// Where the window stands, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Placement {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    maximized: bool,
}

/// What a screen leaves for windows, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Screen {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    scale: f64,
}

impl From<&Monitor> for Screen {
    fn from(monitor: &Monitor) -> Self {
        let area = monitor.work_area();
        Self {
            x: area.position.x,
            y: area.position.y,
            width: area.size.width,
            height: area.size.height,
            scale: monitor.scale_factor(),
        }
    }
}

impl Screen {
    fn overlap(&self, placement: &Placement) -> i64 {
        let along = |at: i32, size: u32, from: i32, length: u32| {
            let end = (i64::from(at) + i64::from(size)).min(i64::from(from) + i64::from(length));
            (end - i64::from(at.max(from))).max(0)
        };
        along(placement.x, placement.width, self.x, self.width)
            * along(placement.y, placement.height, self.y, self.height)
    }

    /// The window moved and shrunk until it lies on this screen whole.
    fn hold(&self, placement: Placement) -> Placement {
        let width = placement.width.clamp(LEAST.0.min(self.width), self.width);
        let room = self.height.saturating_sub(physical(TITLE_BAR, self.scale));
        let height = placement.height.clamp(LEAST.1.min(room), room);
        let inside = |at: i32, from: i32, spare: u32| {
            at.clamp(from, from.saturating_add(i32::try_from(spare).unwrap_or(0)))
        };
        Placement {
            x: inside(placement.x, self.x, self.width - width),
            y: inside(placement.y, self.y, room - height),
            width,
            height,
            maximized: placement.maximized,
        }
    }

    /// In the middle of this screen, or filling a small one.
    fn first(&self) -> Placement {
        let width = physical(FIRST.0, self.scale);
        let height = physical(FIRST.1, self.scale);
        let middle = |from: i32, room: u32, size: u32| {
            from.saturating_add(i32::try_from(room.saturating_sub(size) / 2).unwrap_or(0))
        };
        self.hold(Placement {
            x: middle(self.x, self.width, width),
            y: middle(self.y, self.height, height),
            width,
            height,
            maximized: self.width < physical(ROOMY.0, self.scale)
                || self.height < physical(ROOMY.1, self.scale),
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "screens have some thousand pixels"
)]
fn physical(logical: f64, scale: f64) -> u32 {
    (logical * scale).round() as u32
}

/// Where to put the window: where it stood, on the screen that shows most of it; in the middle of
/// the first screen where nothing is kept or its screen is gone. None without any screen.
#[must_use]
pub(crate) fn fit(kept: Option<Placement>, screens: &[Screen]) -> Option<Placement> {
    let first = screens.first()?;
    let Some(kept) = kept else {
        return Some(first.first());
    };
    let best = screens
        .iter()
        .max_by_key(|screen| screen.overlap(&kept))
        .filter(|screen| screen.overlap(&kept) > 0);
    Some(best.unwrap_or(first).hold(kept))
}

/// Follows the window and keeps where it stood.
pub(crate) struct Keeper {
    file: PathBuf,
    last: Mutex<Option<Placement>>,
}

impl Keeper {
    /// What a data folder keeps; an unreadable file is as none.
    #[must_use]
    pub(crate) fn load(data_dir: &Path) -> Self {
        let file = data_dir.join("window.json");
        let last = std::fs::read(&file)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            file,
            last: Mutex::new(last),
        }
    }

    /// What is kept.
    #[must_use]
    pub(crate) fn last(&self) -> Option<Placement> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the window, which is not shown yet, where it belongs.
    pub(crate) fn place<R: Runtime>(&self, window: &WebviewWindow<R>) {
        let screens: Vec<Screen> = window
            .available_monitors()
            .unwrap_or_default()
            .iter()
            .map(Screen::from)
            .collect();
        let Some(placement) = fit(self.last(), &screens) else {
            return;
        };
        // A desktop that does not let programs place their windows places them itself.
        drop(window.set_size(PhysicalSize::new(placement.width, placement.height)));
        drop(window.set_position(PhysicalPosition::new(placement.x, placement.y)));
        if placement.maximized {
            drop(window.maximize());
        }
        self.put(placement);
    }

    /// Follows moves and sizes, and writes them down when the window closes.
    pub(crate) fn follow<R: Runtime>(&self, window: &WebviewWindow<R>, event: &WindowEvent) {
        match event {
            WindowEvent::Moved(_) | WindowEvent::Resized(_) => self.note(window),
            WindowEvent::CloseRequested { .. } => {
                self.note(window);
                self.write();
            }
            _ => {}
        }
    }

    fn note<R: Runtime>(&self, window: &WebviewWindow<R>) {
        let maximized = window.is_maximized().unwrap_or(false);
        if window.is_minimized().unwrap_or(false) {
            return;
        }
        let (Ok(size), Ok(position)) = (window.inner_size(), window.outer_position()) else {
            return;
        };
        let now = Placement {
            x: position.x,
            y: position.y,
            width: size.width,
            height: size.height,
            maximized,
        };
        let fills = window
            .current_monitor()
            .ok()
            .flatten()
            .is_some_and(|monitor| {
                let screen = Screen::from(&monitor);
                now.width >= screen.width
                    && now.height + physical(TITLE_BAR, screen.scale) >= screen.height
            });
        self.put(follow(self.last(), now, fills));
    }

    fn put(&self, placement: Placement) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(placement);
    }

    fn write(&self) {
        let Some(placement) = self.last() else {
            return;
        };
        let written = serde_json::to_vec(&placement)
            .map_err(std::io::Error::from)
            .and_then(|bytes| {
                let folder = self.file.parent().unwrap_or(Path::new(""));
                std::fs::create_dir_all(folder)?;
                std::fs::write(&self.file, bytes)
            });
        // A convenience: a full disk must not keep the window open.
        drop(written);
    }
}

/// While the window fills its screen, the size to go back to stays what it was.
fn follow(last: Option<Placement>, now: Placement, fills: bool) -> Placement {
    match last {
        Some(last) if now.maximized || fills => Placement {
            maximized: now.maximized,
            ..last
        },
        _ => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Screen = Screen {
        x: 0,
        y: 0,
        width: 1920,
        height: 1040,
        scale: 1.0,
    };
    const RIGHT: Screen = Screen {
        x: 1920,
        y: 0,
        width: 2560,
        height: 1400,
        scale: 1.5,
    };
    const KEPT: Placement = Placement {
        x: 2000,
        y: 100,
        width: 1400,
        height: 900,
        maximized: false,
    };

    #[test]
    fn the_window_comes_back_where_it_stood() {
        assert_eq!(fit(Some(KEPT), &[LEFT, RIGHT]), Some(KEPT));
        let filled = Placement {
            maximized: true,
            ..KEPT
        };
        assert_eq!(fit(Some(filled), &[LEFT, RIGHT]), Some(filled));
    }

    #[test]
    fn it_never_comes_back_off_the_screen() {
        let far = |x, y| Placement { x, y, ..KEPT };
        let gone = fit(Some(KEPT), &[LEFT]).expect("placed");
        assert_eq!(
            (gone.x, gone.y, gone.width),
            (520, 100, 1400),
            "its screen is gone"
        );
        for placement in [
            far(-5000, 20),
            far(4000, 1300),
            far(-32000, -32000),
            far(1900, -40),
        ] {
            let placed = fit(Some(placement), &[LEFT, RIGHT]).expect("placed");
            let screen = if placed.x >= RIGHT.x { RIGHT } else { LEFT };
            assert!(placed.x >= screen.x && placed.y >= screen.y, "{placed:?}");
            assert!(placed.x + 1400 <= screen.x + i32::try_from(screen.width).expect("small"));
            assert!(placed.y + 900 <= screen.y + i32::try_from(screen.height).expect("small"));
        }
        let huge = Placement {
            width: 9000,
            height: 9000,
            ..KEPT
        };
        let placed = fit(Some(huge), &[LEFT]).expect("placed");
        assert_eq!((placed.width, placed.height), (1920, 1000));
        let tiny = Placement {
            width: 1,
            height: 0,
            ..KEPT
        };
        let placed = fit(Some(tiny), &[LEFT]).expect("placed");
        assert_eq!((placed.width, placed.height), LEAST);
        assert_eq!(fit(Some(KEPT), &[]), None);
    }

    #[test]
    fn the_first_start_fills_a_small_screen_and_keeps_to_the_middle_of_a_large_one() {
        let laptop = Screen {
            width: 1366,
            height: 728,
            ..LEFT
        };
        assert!(fit(None, &[laptop]).expect("placed").maximized);
        let placed = fit(None, &[LEFT]).expect("placed");
        assert_eq!((placed.x, placed.y, placed.maximized), (277, 136, false));
        // A small screen with large letters.
        let sharp = Screen {
            width: 1920,
            height: 1030,
            scale: 1.5,
            ..LEFT
        };
        assert!(fit(None, &[sharp]).expect("placed").maximized);
    }

    #[test]
    fn the_size_to_go_back_to_survives_filling_the_screen() {
        let full = Placement {
            x: 0,
            y: 0,
            width: 1920,
            height: 1017,
            maximized: true,
        };
        let back = Placement {
            maximized: true,
            ..KEPT
        };
        assert_eq!(follow(Some(KEPT), full, true), back);
        assert_eq!(follow(None, KEPT, false), KEPT);
        assert_eq!(follow(Some(full), KEPT, false), KEPT);
    }

    #[test]
    fn it_is_kept_in_the_data_folder() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let data = folder.path().join("数据");
        let keeper = Keeper::load(&data);
        assert_eq!(keeper.last(), None);
        keeper.put(KEPT);
        keeper.write();
        assert_eq!(Keeper::load(&data).last(), Some(KEPT));
        std::fs::write(data.join("window.json"), "{").expect("written");
        assert_eq!(Keeper::load(&data).last(), None);
    }
}
