//! A real headless Chromium, driven through ChromeDriver.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::zombie_processes,
    reason = "tests fail by panicking"
)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;

/// Whether the page's script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// It runs.
    On,
    /// It does not: every page must work all the same.
    Off,
}

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `light` or `dark`.
    pub scheme: &'static str,
}

/// A cheap phone.
pub const PHONE: Screen = Screen { width: 360, height: 760, scheme: "light" };
/// A desk.
pub const DESK: Screen = Screen { width: 1280, height: 900, scheme: "light" };

/// A cheap phone at night.
pub const DARK_PHONE: Screen = Screen { scheme: "dark", ..PHONE };
/// A desk at night.
pub const DARK_DESK: Screen = Screen { scheme: "dark", ..DESK };

/// ChromeDriver as a child process.
pub struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    /// Starts ChromeDriver on a free port.
    pub fn start() -> Driver {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts: `cargo xtask test` installs chromium and chromium-driver");
        let out = child.stdout.take().expect("standard output is piped");
        for line in BufReader::new(out).lines() {
            let line = line.expect("chromedriver writes UTF-8");
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                let port = rest.trim_end_matches('.');
                return Driver { child, url: format!("http://127.0.0.1:{port}") };
            }
        }
        panic!("chromedriver ended before it listened");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn chromium() -> PathBuf {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
        .expect("chromium is installed: `cargo xtask test` does it")
}

/// A page in the browser.
pub struct Page {
    /// The WebDriver client.
    pub client: Client,
    base: String,
    screen: Screen,
    _profile: tempfile::TempDir,
}

impl Page {
    /// Opens a browser.
    pub async fn open(driver: &Driver, base: &str, screen: Screen, script: Script) -> Page {
        let profile = tempfile::tempdir().expect("a folder for the browser");
        let arguments = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--hide-scrollbars".to_owned(),
            "--lang=id".to_owned(),
            "--accept-lang=id".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let blocked = if script == Script::Off { 2 } else { 1 };
        let mut capabilities = serde_json::Map::new();
        capabilities.insert(
            "goog:chromeOptions".to_owned(),
            json!({
                "binary": chromium(),
                "args": arguments,
                "prefs": { "profile.managed_default_content_settings.javascript": blocked },
                // The window has a least width; a phone is narrower.
                "mobileEmulation": { "deviceMetrics": { "width": screen.width, "height": screen.height, "pixelRatio": 1.0, "mobile": false, "touch": false } },
            }),
        );
        let client = ClientBuilder::new(hyper_connector())
            .capabilities(capabilities)
            .connect(&driver.url)
            .await
            .expect("the browser starts");
        let page = Page { client, base: base.to_owned(), screen, _profile: profile };
        let feature = json!({ "name": "prefers-color-scheme", "value": screen.scheme });
        page.cdp("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await;
        page
    }

    /// Goes to a path.
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.expect("the page opens");
    }

    /// The page's path.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("there is an address");
        url.path().to_owned()
    }

    /// An element that must be there.
    pub async fn find(&self, css: &str) -> Element {
        let wait = self.client.wait().at_most(Duration::from_secs(10));
        match wait.for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => {
                let path = self.path().await;
                panic!("{css} is not on {path}: {error}\n{}", self.text().await)
            }
        }
    }

    /// Whether an element is there.
    pub async fn has(&self, css: &str) -> bool {
        !self.client.find_all(Locator::Css(css)).await.expect("the page can be searched").is_empty()
    }

    /// The text of the page's main part.
    pub async fn text(&self) -> String {
        let main = self.client.find(Locator::Css("main")).await.expect("every page has a main part");
        main.text().await.expect("it has text")
    }

    /// Types into a field, replacing what is in it.
    pub async fn fill(&self, name: &str, value: &str) {
        let field = self.find(&format!("[name='{name}']")).await;
        let kind = field.attr("type").await.expect("it can be asked").unwrap_or_default();
        match kind.as_str() {
            // What is typed into these depends on the browser's language; their value does not.
            "date" | "datetime-local" => self.set(&field, value).await,
            _ => {
                field.clear().await.expect("the field can be emptied");
                field.send_keys(value).await.expect("the field takes keys");
            }
        }
    }

    /// Scrolls to an element: the driver does so itself only where the page's script may run.
    async fn show(&self, element: &Element) {
        let element = serde_json::to_value(element).expect("an element is JSON");
        self.client
            .execute("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", vec![element])
            .await
            .expect("the page can be scrolled");
    }

    /// Sets a field's value as its picker would.
    async fn set(&self, field: &Element, value: &str) {
        let element = serde_json::to_value(field).expect("an element is JSON");
        let arguments = vec![element, json!(value)];
        self.client.execute("arguments[0].value = arguments[1]", arguments).await.expect("the value can be set");
    }

    /// Chooses an option of a select, a radio button or a checkbox.
    pub async fn choose(&self, name: &str, value: &str) {
        let option = self
            .find(&format!("select[name='{name}'] option[value='{value}'], input[name='{name}'][value='{value}']"))
            .await;
        if !option.is_selected().await.expect("it can be asked") {
            self.show(&option).await;
            option.click().await.expect("it can be chosen");
        }
    }

    /// Puts a file into a file field.
    pub async fn attach(&self, name: &str, file: &Path) {
        let field = self.find(&format!("input[type=file][name='{name}']")).await;
        field.send_keys(file.to_str().expect("UTF-8")).await.expect("the file can be chosen");
    }

    /// Presses a button by the words on it, and waits for the page that follows.
    pub async fn press(&self, words: &str) {
        let xpath = format!("//button[normalize-space()=\"{words}\" and not(@tabindex='-1')]");
        self.click(&xpath, words).await;
    }

    /// Follows a link by its words.
    pub async fn follow(&self, words: &str) {
        let xpath = format!("//a[contains(normalize-space(), \"{words}\")]");
        self.click(&xpath, words).await;
    }

    /// Unfolds every detail with these words.
    pub async fn unfold(&self, words: &str) {
        let xpath = format!("//summary[contains(normalize-space(), \"{words}\")]");
        let summaries = self.client.find_all(Locator::XPath(&xpath)).await.expect("the page can be searched");
        assert!(!summaries.is_empty(), "nothing unfolds under \"{words}\"");
        for summary in summaries {
            self.show(&summary).await;
            summary.click().await.expect("it can be unfolded");
        }
    }

    async fn click(&self, xpath: &str, words: &str) {
        let Ok(element) = self.client.find(Locator::XPath(xpath)).await else {
            panic!("nothing says \"{words}\" on {}:\n{}", self.path().await, self.text().await)
        };
        self.show(&element).await;
        let old = self.client.find(Locator::Css("html")).await.expect("there is a page");
        element.click().await.unwrap_or_else(|e| panic!("\"{words}\" can't be pressed: {e}"));
        self.gone(&old, words).await;
    }

    /// Waits until a page has been replaced by the next one.
    async fn gone(&self, old: &Element, words: &str) {
        for _ in 0..500 {
            if old.tag_name().await.is_err() {
                self.find("main").await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("nothing follows \"{words}\" on {}", self.path().await);
    }

    /// Keeps a picture of the whole page, if pictures are asked for.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("NETRA_SCREENS") else { return };
        let metrics = self.cdp("Page.getLayoutMetrics", json!({})).await;
        let size = &metrics["cssContentSize"];
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        let picture = self.cdp("Page.captureScreenshot", json!({ "captureBeyondViewport": true, "clip": clip })).await;
        let file = format!("{name}-{}-{}.png", self.screen.width, self.screen.scheme);
        keep(&PathBuf::from(folder).join("pages"), &file, &picture);
    }

    /// Keeps a picture of what the screen shows, for the README.
    pub async fn glimpse(&self, name: &str) {
        let Some(folder) = std::env::var_os("NETRA_SCREENS") else { return };
        let picture = self.cdp("Page.captureScreenshot", json!({})).await;
        keep(&PathBuf::from(folder), &format!("{name}.png"), &picture);
    }

    async fn cdp(&self, command: &'static str, parameters: serde_json::Value) -> serde_json::Value {
        self.client.issue_cmd(Cdp { command, parameters }).await.expect("the browser obeys")
    }

    /// Asserts that nothing sticks out sideways.
    pub async fn fits(&self) {
        let wide = self
            .client
            .execute("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]", vec![])
            .await
            .expect("the page can be measured");
        let (scroll, client) = (wide[0].as_u64().unwrap(), wide[1].as_u64().unwrap());
        assert!(scroll <= client + 1, "{} is {scroll} px wide on a screen of {client}", self.path().await);
    }

    /// Closes the browser.
    pub async fn close(self) {
        self.client.close().await.expect("the browser closes");
    }
}

/// A command of the browser's own protocol, through the driver.
#[derive(Debug)]
struct Cdp {
    command: &'static str,
    parameters: serde_json::Value,
}

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (http::Method::POST, Some(body.to_string()))
    }
}

fn keep(folder: &Path, file: &str, picture: &serde_json::Value) {
    std::fs::create_dir_all(folder).expect("the folder for pictures can be made");
    let bytes = decode(picture["data"].as_str().expect("a picture comes back"));
    std::fs::write(folder.join(file), bytes).expect("the picture can be written");
}

/// Base 64, as the browser sends pictures.
fn decode(text: &str) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|b| *b != b'=').map(value).collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for chunk in digits.chunks(4) {
        let bits = chunk.iter().enumerate().fold(0_u32, |all, (i, d)| all | (u32::from(*d) << (18 - 6 * i)));
        bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(chunk.len() - 1));
    }
    bytes
}

fn hyper_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}
