//! Just enough HTTP for one browser on the same machine.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Component, Path, PathBuf};

use serde_json::{Value, json};
use tauri::WebviewWindow;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response};
use tauri::webview::InvokeRequest;

use crate::dialogs::Queue;

/// The screens ask for this before anything else runs: it tells them that they are in a browser.
const MARK: &str = "<script>window.__JIUGAI_BRIDGE__ = true;</script>";

type Answer = (u16, &'static str, Vec<u8>);

/// Answers requests on one connection until the browser closes it.
pub(crate) fn serve(
    stream: &TcpStream,
    window: &WebviewWindow<MockRuntime>,
    queue: &Queue,
    dist: &Path,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some((method, path, body)) = request(&mut reader)? {
        let (status, media, content) = match (method.as_str(), path.as_str()) {
            ("POST", "/ipc") => invoke(window, &body),
            ("POST", "/dialog") => answer_dialog(queue, &body),
            ("GET", "/printed") => ok(&json!(queue.printed())),
            ("GET", path) => file(dist, path),
            _ => (405, "text/plain", Vec::new()),
        };
        let mut out = stream;
        write!(
            out,
            "HTTP/1.1 {status} .\r\nContent-Type: {media}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\r\n",
            content.len()
        )?;
        out.write_all(&content)?;
        out.flush()?;
    }
    Ok(())
}

fn request(reader: &mut impl BufRead) -> std::io::Result<Option<(String, String, Vec<u8>)>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let (method, path) = (
        words.next().unwrap_or("").to_owned(),
        words.next().unwrap_or("/").to_owned(),
    );
    let mut length = 0usize;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some((method, path, body)))
}

fn ok(value: &Value) -> Answer {
    (200, "application/json", value.to_string().into_bytes())
}

/// One command, exactly as the window would send it.
fn invoke(window: &WebviewWindow<MockRuntime>, body: &[u8]) -> Answer {
    let Ok(call) = serde_json::from_slice::<Value>(body) else {
        return (400, "text/plain", Vec::new());
    };
    let request = InvokeRequest {
        cmd: call["cmd"].as_str().unwrap_or_default().to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().expect("a plain address"),
        body: InvokeBody::Json(call["args"].clone()),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    match get_ipc_response(window, request) {
        Ok(body) => match body.deserialize::<Value>() {
            Ok(value) => ok(&json!({ "ok": value })),
            Err(_) => (500, "text/plain", Vec::new()),
        },
        Err(error) => ok(&json!({ "error": error })),
    }
}

fn answer_dialog(queue: &Queue, body: &[u8]) -> Answer {
    let Ok(answer) = serde_json::from_slice::<Value>(body) else {
        return (400, "text/plain", Vec::new());
    };
    queue.push(answer["path"].as_str().map(PathBuf::from));
    ok(&Value::Null)
}

fn file(dist: &Path, path: &str) -> Answer {
    let name = path
        .split(['?', '#'])
        .next()
        .unwrap_or("/")
        .trim_start_matches('/');
    let name = Path::new(if name.is_empty() { "index.html" } else { name });
    if !name
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return (404, "text/plain", Vec::new());
    }
    let Ok(content) = std::fs::read(dist.join(name)) else {
        return (404, "text/plain", Vec::new());
    };
    let media = match name.extension().and_then(|extension| extension.to_str()) {
        Some("html") => {
            let page =
                String::from_utf8_lossy(&content).replacen("<head>", &format!("<head>{MARK}"), 1);
            return (200, "text/html; charset=utf-8", page.into_bytes());
        }
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    (200, media, content)
}
