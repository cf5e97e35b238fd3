//! The window: made, placed, called by other starts, closed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiugai_api::{Environment, Place, data_place};
use tauri::{
    AppHandle, Emitter as _, Manager as _, RunEvent, WebviewWindowBuilder, WindowEvent, Wry,
};

use crate::instance::{self, First};
use crate::placement::Keeper;
use crate::{Host, bindings, dialog};

/// Told to the screen when a file has come from outside.
const INCOMING: &str = "incoming";

/// Told to the screen when the window is about to close and the screen wanted to know.
const CLOSING: &str = "closing";

/// Opens the window and works until it is closed.
pub(crate) fn run(
    environment: Environment,
    file: Option<PathBuf>,
    first: Option<First>,
) -> tauri::Result<()> {
    let builder = bindings::builder();
    let place: Arc<Mutex<Option<instance::Place>>> = Arc::default();
    let taken = Arc::clone(&place);
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(builder.invoke_handler())
        .setup(move |app| {
            let handle = app.handle().clone();
            let data_dir = environment.data_dir.clone();
            let host = Host::new(environment, Box::new(dialog::Native::new(handle.clone())));
            host.begin(file.as_deref());
            app.manage(host);
            open(&handle, Keeper::load(&data_dir))?;
            *taken.lock().unwrap_or_else(PoisonError::into_inner) =
                first.map(|first| first.listen(move |file| called(&handle, file)));
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(move |app, event| {
        if let RunEvent::Exit = event {
            let host = app.state::<Host>();
            let place = place.lock().unwrap_or_else(PoisonError::into_inner).take();
            match place {
                Some(place) => place.give_up(|| host.close()),
                None => host.close(),
            }
            host.wait_for_backups();
        }
    });
    Ok(())
}

/// The one window, where it stood last.
fn open(app: &AppHandle<Wry>, keeper: Keeper) -> tauri::Result<()> {
    let config = app
        .config()
        .app
        .windows
        .first()
        .ok_or(tauri::Error::WindowNotFound)?
        .clone();
    let mut builder = WebviewWindowBuilder::from_config(app, &config)?.visible(false);
    let data = data_place();
    if data.place != Place::Usual {
        // What the web view keeps goes where everything else goes.
        builder = builder.data_directory(data.folder.join("webview"));
    }
    let window = builder.build()?;
    keeper.place(&window);
    window.show()?;
    let followed = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && !followed.state::<Host>().may_close()
        {
            api.prevent_close();
            // A screen that does not hear it cannot hold the window a second time.
            drop(followed.emit(CLOSING, ()));
            return;
        }
        keeper.follow(&followed, event);
    });
    Ok(())
}

/// Another start: its file is kept for the screen, and the window comes to the front.
fn called(app: &AppHandle<Wry>, file: Option<PathBuf>) {
    if let Some(file) = file {
        app.state::<Host>().hand_in(file);
        // A screen that is still loading asks by itself.
        drop(app.emit(INCOMING, ()));
    }
    if let Some(window) = app.get_webview_window("main") {
        // A window that the desktop keeps in the back still has the file.
        drop(window.unminimize());
        drop(window.show());
        drop(window.set_focus());
    }
}
