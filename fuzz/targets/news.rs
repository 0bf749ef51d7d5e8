//! News: any bytes are read as pages or refused, and each page is read.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use netra_law::Law;
use netra_watch::Watch;

static WATCH: OnceLock<Watch> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let watch = WATCH.get_or_init(|| {
        let law = Law::embedded().expect("the shipped packs load");
        Watch::embedded(&law).expect("the shipped data load")
    });
    for page in watch.pages(bytes).unwrap_or_default().iter().take(20) {
        let reading = watch.read(page);
        assert!((0.0..=1.0).contains(&reading.score));
    }
});
