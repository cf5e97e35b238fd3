//! The real commands behind a local socket, for browser flows: the window's handlers run on
//! Tauri's mock runtime, the screens are served from `ui/dist`, dialogs are answered from a queue.
//!
//! `jiugai-bridge --port 0 --data DIR [--dist DIR]` prints `listening http://127.0.0.1:PORT`.

mod dialogs;
mod http;

use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiugai_desktop::{Host, bindings, environment};
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri::{Manager, WebviewWindow, WebviewWindowBuilder};

use dialogs::Queue;

fn main() -> std::io::Result<()> {
    let mut port = 0u16;
    let mut data = std::env::temp_dir();
    let mut dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    let mut arguments = std::env::args().skip(1);
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match name.as_str() {
            "--port" => port = value.parse().unwrap_or(0),
            "--data" => data = PathBuf::from(value),
            "--dist" => dist = PathBuf::from(value),
            _ => {}
        }
    }
    let queue = Arc::new(Queue::default());
    let window = window(&data, &queue);
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening http://{}", listener.local_addr()?)?;
    out.flush()?;
    for stream in listener.incoming() {
        let (window, queue, dist) = (window.clone(), Arc::clone(&queue), dist.clone());
        let stream = stream?;
        // A small answer does not wait for the one before to be acknowledged.
        stream.set_nodelay(true)?;
        std::thread::spawn(move || {
            // A browser that goes away in the middle is no fault of the bridge.
            drop(http::serve(&stream, &window, &queue, &dist));
        });
    }
    Ok(())
}

/// A window on the mock runtime with the product's own handlers.
fn window(data: &Path, queue: &Arc<Queue>) -> WebviewWindow<MockRuntime> {
    let builder = bindings::builder::<MockRuntime>();
    let app = mock_builder()
        .invoke_handler(builder.invoke_handler())
        .build(mock_context(noop_assets()))
        .expect("the mock runtime needs no system");
    let mut environment = environment();
    environment.data_dir = data.to_owned();
    let host = Host::new(environment, Box::new(dialogs::Answers(Arc::clone(queue))));
    host.begin(None);
    app.manage(host);
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default())
        .build()
        .expect("the mock runtime makes any window");
    // The handlers live as long as the app does, which is as long as the process.
    std::mem::forget(app);
    window
}
